"""The place at which something is asked: a scene, its trace, and the words behind the name of the kind."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rnn_tui.network.errors import UserError
from rnn_tui.network.generation import writing_of
from rnn_tui.network.model import Model
from rnn_tui.network.phases import Phase
from rnn_tui.network.trace import Trace
from rnn_tui.questions.lanes import lane_name, words_of
from rnn_tui.questions.question import Question
from rnn_tui.scene import Position, Scene
from rnn_tui.scene_text import lane_arguments, position_text
from rnn_tui.text import LONGEST_WORD, clipped, quoted

MOST_CHOICES = 6
"""The most choices of a question where there could be more: as many as can be taken in, and a key each."""


def capitalised(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


class CannotAskError(UserError):
    """A question that can't be asked here; the message says why, and what can be done."""


def check_finite(*values: float) -> None:
    """Raise CannotAskError where one of the numbers is none, or infinite."""
    if not all(map(math.isfinite, values)):
        raise CannotAskError("the numbers grow beyond all bounds here, so there is nothing to ask about them")


@dataclass(frozen=True)
class Place:
    """A scene and its trace, and the words behind the kind's name.

    `others` are models that may be asked about, too; `names` are other names of the choices, where somebody gives them.
    `floor` is the one that is asked about; that of the scene's position unless said.
    """

    scene: Scene
    trace: Trace
    arguments: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    floor: int | None = None

    def __post_init__(self) -> None:
        """See the trace from the floor that is asked about."""
        floor = self.scene.position.floor if self.floor is None else self.floor
        object.__setattr__(self, "trace", self.trace.on(floor))

    def on(self, floor: int) -> Place:
        """The same place, where another floor is asked about."""
        return replace(self, floor=floor)

    @property
    def model(self) -> Model:
        """The network."""
        return self.trace.model

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of a timestep."""
        return self.model.phases

    @property
    def position(self) -> Position:
        """The position of the scene."""
        return self.scene.position

    @property
    def end(self) -> Position:
        """The last position, where the answer is."""
        return self.trace.order.last

    @property
    def unit(self) -> int:
        """The unit that is shown, from 0."""
        return self.scene.unit_in(self.trace)

    @property
    def backward(self) -> bool:
        """True on a lane that reads from the last word to the first."""
        return self.model.floor.backward

    @property
    def lane(self) -> str:
        """The lane that is asked about: "layer 2, backward"; "" where there is only one."""
        return lane_name(self.model.floors, self.model.at_floor)

    def comes(self, at: Position) -> bool:
        """True where the walk comes to a position after that of the scene."""
        order = self.trace.order
        return order.index(at) > order.index(self.position)

    @property
    def counted(self) -> str:
        """A token in words: word, character or number."""
        return self.model.tokenizer.unit

    def word(self, t: int) -> str:
        """A token and its number: "word 2, “and”"."""
        return f"{self.counted} {t + 1}, {self.surface(t)}"

    def surface(self, t: int) -> str:
        """A token in quotation marks, as it was typed; the mark with which every text begins is called that."""
        surface = quoted(clipped(self.trace.tokens[t].surface, LONGEST_WORD))
        if t or self.model.provenance.get("start") != self.trace.tokens[t].text:
            return surface
        return f"the start mark {surface}" if writing_of(self.model) else surface

    def sentence(self) -> str:
        """Say what is read: "the sentence" or, for other tokens than words, "the text"."""
        return "sentence" if self.counted == "word" else "text"

    def unit_name(self, unit: int) -> str:
        """The name of a unit: "unit 3", "unit verb"."""
        name = clipped(self.model.unit_name(unit), LONGEST_WORD)
        return f"unit {name}" if self.model.unit_names else name

    def unit_in_lane(self, unit: int) -> str:
        """The name of a unit, with its lane where there are several: "unit 3 (layer 2, backward)"."""
        return f"{self.unit_name(unit)} ({self.lane})" if self.lane else self.unit_name(unit)

    def ahead(self, phase: int) -> Position:
        """The next position at which this phase (its index) brings something to light that is not to be seen yet.

        That is at this word where the walk has not come so far, or the answer of it is covered, and else at the next
        word that is read; raises CannotAskError where there is none.
        """
        order, floor = self.trace.order, self.model.at_floor
        words, known = words_of(order, floor), order.known(self.position, phase, floor)
        if known and self.scene.covers(phase, self.model):
            here = (known[-1], floor) == (self.position.t, self.position.floor)
            if here or len(known) == len(words):
                return Position(known[-1], phase, floor)
        if len(known) < len(words):
            return Position(words[len(known)], phase, floor)
        last = "first" if self.backward else "last"
        lane = f" in {self.lane}" if self.lane else ""
        seen = f"what comes out of {self.phases[phase].name} at the {last} {self.counted}{lane} is to be seen already"
        before = order.index(Position(words[-1], phase, floor)) - 1
        if before < 0:
            raise CannotAskError(f"{seen}, from the start on; ask for another number")
        earlier, floors = order.at(before), self.model.floors
        at = " ".join([position_text(earlier, floors), *lane_arguments(earlier, floors)])
        raise CannotAskError(f"{seen}; ask it earlier, such as at {at}")

    def covered(self, unit: int | None = None) -> Scene:
        """The scene with nothing open over it and the answer covered; with `unit`, that unit picked."""
        scene = self.scene if unit is None else self.scene.with_unit(unit)
        return replace(scene.without_arithmetic(), hidden=True, lens=None, full=False, what_if=False, chosen=0)

    def question(
        self,
        kind: str,
        level: int,
        text: str,
        *,
        ask: str,
        answer: str | float,
        why: str,
        reveals: Position,
        target: str | None,
        unit: int | None = None,
        uncovers: bool | None = None,
        **rest: object,
    ) -> Question:
        """The question over this scene, with the answer covered.

        It `uncovers` what is covered where that is said, or else where its answer comes out of a phase that is covered.
        """
        return Question(
            kind,
            level,
            text,
            self.covered(unit),
            reveals,
            ask,
            answer,
            why,
            target,
            self.model.floors,
            uncovers=self._makes_answer(reveals) if uncovers is None else uncovers,
            counted=self.counted,
            **rest,  # type: ignore[arg-type]
        )

    def _makes_answer(self, at: Position) -> bool:
        """True where what comes out at a position makes the answer."""
        return at.phase > self.model.on(at.floor).state_phase

    def no_more(self, kind: str, most: int = 0) -> None:
        """Raise CannotAskError where more words stand behind the kind's name than it takes."""
        if len(self.arguments) > most:
            raise CannotAskError(f"“{kind}” takes {'nothing' if not most else f'at most {most}'} behind it")


@dataclass(frozen=True)
class Kind:
    """A kind of question.

    `levels` are those of its questions, 1 (easy) to 5, the usual one first. `form` is how it is written, `summary` what
    it asks. `make` makes the question, or raises UserError where it can't be asked; `draw` gives the text form of
    one that could be asked, for practice, or None. `suggest` gives text forms of what could be asked at the position of
    the scene, each with its rank: 0 is the most natural. `numbers` is True where the answer is a number, `guessed`
    where that is guessed and not computed, `named` where somebody else may name the choices, and `of_numbers` where it
    is about a network that answers with numbers.
    """

    name: str
    levels: tuple[int, ...]
    form: str
    summary: str
    make: Callable[[Place], Question]
    draw: Callable[[Place, random.Random], str | None]
    suggest: Callable[[Place], Iterable[tuple[int, str]]]
    numbers: bool = False
    named: bool = False
    guessed: bool = False
    of_numbers: bool = False

    @property
    def traced(self) -> bool:
        """True where the answer is about one number of the trace, which `trace --json` prints."""
        return self.name in ("value", "direction", "sign", "largest")
