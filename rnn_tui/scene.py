"""A Reading is what a network reads; a Scene is a Reading and how it is shown. Neither holds anything computed.

The text form of a Scene is the command line that opens it, so that a view can be sent to somebody as one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.network.phases import Phase
    from rnn_tui.network.trace import Trace

DEFAULT_TEXT = "Kicking and screaming"


@dataclass(frozen=True)
class Reading:
    """A model's name or path, the text that it reads, and the edits in force, in order."""

    model: str
    text: str
    edits: tuple[Edit, ...] = ()

    @property
    def unedited(self) -> Reading:
        """The same model and text without the edits."""
        return replace(self, edits=())

    def of_text(self, text: str) -> Reading:
        """The same network on another text; edits of words go with the words that they edited."""
        if not self.edits:
            return replace(self, text=text)
        from rnn_tui.edits import without_words  # only where something is edited: start-up time is a feature

        return replace(self, text=text, edits=without_words(self.edits))


@dataclass(frozen=True, order=True)
class Position:
    """A timestep, from 0, and the phase inside it, as its index among the cell's phases, from 0."""

    t: int = 0
    phase: int = 0


@dataclass(frozen=True, kw_only=True)
class Showing:
    """The way of showing something, whatever it is: one reading, or several in lockstep.

    `notation` puts equations beside the words, `hidden` covers the answer until the class has guessed, `lens` is the
    name of the lens that is open.
    """

    position: Position = Position()
    notation: bool = False
    hidden: bool = False
    lens: str | None = None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All that is read: when this changes, something is computed, and undo counts a step."""
        raise NotImplementedError

    @property
    def steps_by_word(self) -> bool:
        """True where there are no phases to see, so that a step is a word."""
        raise NotImplementedError

    @property
    def keeps_lens(self) -> bool:
        """True where there must be a lens, so that after the last one comes the first."""
        return False

    def at(self, position: Position) -> Self:
        """The same at another position."""
        return replace(self, position=position)

    def with_lens(self, lens: str | None) -> Self:
        """The same through another lens, or through none."""
        return replace(self, lens=lens)


@dataclass(frozen=True)
class Scene(Showing):
    """One reading and how it is shown.

    `unit` is the picked hidden unit, from 0; until one is picked it is None, and what is shown is the one that counts
    most for the answer (`unit_in`). `arithmetic` opens every product of that unit, from line `scroll` on; in
    it `weight` is the picked weight, counted through all sums from 0. `full` gives the lens the whole screen. `what_if`
    opens the panel of edits, in which the edit of index `chosen` is chosen. `temperature` is how boldly the network
    writes on.
    """

    reading: Reading
    unit: int | None = None
    arithmetic: bool = False
    scroll: int = 0
    weight: int | None = None
    full: bool = False
    what_if: bool = False
    chosen: int = 0
    temperature: float = 0.8

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The one reading."""
        return (self.reading,)

    @property
    def model(self) -> str:
        """The model's name or path."""
        return self.reading.model

    @property
    def text(self) -> str:
        """The text that the network reads."""
        return self.reading.text

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits in force, in order."""
        return self.reading.edits

    @property
    def steps_by_word(self) -> bool:
        """With a lens on the whole screen there are no phases to see."""
        return self.full and self.lens is not None and not self.arithmetic

    @property
    def keeps_lens(self) -> bool:
        """A lens on the whole screen is followed by another."""
        return self.full

    def at(self, position: Position) -> Scene:
        """The same scene at another position, where the arithmetic begins at its top."""
        return replace(self, position=position, scroll=0, weight=None)

    def unit_in(self, trace: Trace) -> int:
        """The unit that is shown of this trace: the picked one, or the one that counts most for the answer."""
        if self.unit is not None:
            return self.unit
        from rnn_tui.network.votes import units_by_vote  # only where there is a trace: a scene needs no NumPy

        return units_by_vote(trace)[0]

    def with_unit(self, unit: int | None) -> Scene:
        """The same scene with another unit picked, whose arithmetic begins at its top."""
        return replace(self, unit=unit, scroll=0, weight=None)

    def with_lens(self, lens: str | None) -> Scene:
        """The same scene through another lens, which takes the place of the arithmetic."""
        return replace(self.without_arithmetic(), lens=lens)

    def without_arithmetic(self) -> Scene:
        """The same scene with the arithmetic closed, and nothing scrolled or picked in it."""
        return replace(self, arithmetic=False, scroll=0, weight=None)

    def of(self, reading: Reading) -> Scene:
        """Another reading shown in the same way, from its start, with nothing picked in it."""
        unit = self.unit if reading.model == self.model else None
        return replace(self, reading=reading, position=Position(), unit=unit, scroll=0, weight=None, chosen=0)

    def fitted(self, trace: Trace) -> Scene:
        """The same scene with position, unit and chosen edit inside what there is.

        While the panel of edits is open a unit is picked: what is changed must not change what is looked at.
        """
        unit = self.unit_in(trace) if self.what_if else self.unit
        last = Position(len(trace) - 1, len(trace.model.phases) - 1)
        return replace(
            self,
            position=Position(min(self.position.t, last.t), min(self.position.phase, last.phase)),
            unit=None if unit is None else min(unit, trace.model.hidden_size - 1),
            chosen=max(0, min(self.chosen, len(self.edits) - 1)),
        )

    def to_arguments(self, phases: Sequence[Phase]) -> list[str]:
        """The arguments that open this scene: -m … -s … --at 3:add."""
        arguments = ["-m", self.model, *sentence_arguments(self.text)]
        arguments += ["--at", f"{self.position.t + 1}:{phases[self.position.phase].name}"]
        for edit in self.edits:
            arguments += ["--edit", edit.to_text()]
        options = {
            "--unit": None if self.unit is None else self.unit + 1,
            "--lens": self.lens,
            "--scroll": self.scroll or None,
            "--weight": None if self.weight is None else self.weight + 1,
            "--chosen": self.chosen + 1 if self.chosen else None,
            "--temperature": f"{self.temperature:g}" if self.temperature != Scene.temperature else None,
        }
        for option, value in options.items():
            arguments += [] if value is None else [option, str(value)]
        flags = {
            "--notation": self.notation,
            "--arithmetic": self.arithmetic,
            "--hide": self.hidden,
            "--full": self.full,
            "--what-if": self.what_if,
        }
        return arguments + [flag for flag, on in flags.items() if on]


def parse_position(at: str | None, trace: Trace) -> Position:
    """The position that "3:add", "3" or None (the start) names; raises UserError where there is no such position."""
    if at is None:
        return Position()
    word, _, phase = at.partition(":")
    names = [known.name for known in trace.model.phases]
    unit = trace.model.tokenizer.unit
    if not (word.isascii() and word.isdigit()):
        raise UserError(f"--at {at}: expected WORD:PHASE, such as 1:{names[1]} (the {unit}s count from 1)")
    if not 1 <= int(word) <= len(trace):
        raise UserError(f"--at {at}: the sentence has {len(trace)} {unit}s, so 1 to {len(trace)}")
    if phase and phase not in names:
        raise UserError(f"--at {at}: no phase is called “{phase}”; this model has {', '.join(names)}")
    return Position(int(word) - 1, names.index(phase) if phase else 0)


def moved(position: Position, by: int, phases: int, length: int) -> Position:
    """`by` phases on (or back), through the words, and no further than the first and the last."""
    index = position.t * phases + position.phase + by
    return Position(*divmod(max(0, min(index, length * phases - 1)), phases))


def word_moved(position: Position, by: int, phases: int, length: int) -> Position:
    """One word on or back, in the same phase; beyond the last word its last phase, before the first its first."""
    t = position.t + by
    if t >= length:
        return Position(length - 1, phases - 1)
    return Position(t, position.phase) if t >= 0 else Position(0, 0)
