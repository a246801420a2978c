"""A Reading is what a network reads; a Scene is a Reading and how it is shown. Neither holds anything computed.

The text form of a Scene is the command line that opens it, so that a view can be sent to somebody as one line.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from rnn_tui.lenses import follows_phases
from rnn_tui.network.position import START, Position

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.network.model import Model
    from rnn_tui.network.trace import Trace

__all__ = ["DEFAULT_TEXT", "START", "Asked", "Position", "Reading", "Scene", "Showing"]

DEFAULT_TEXT = "Kicking and screaming"


@dataclass(frozen=True)
class Reading:
    """A model's name or path, the text that it reads, and the edits in force, in order.

    `epoch` is the epoch of the model's training whose weights are meant; None for those of the model file.
    """

    model: str
    text: str
    edits: tuple[Edit, ...] = ()
    epoch: int | None = None

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


@dataclass(frozen=True, kw_only=True)
class Showing:
    """The way of showing something, whatever it is: one reading, or several in lockstep.

    `notation` puts equations beside the words, `hidden` covers the answer until the class has guessed, `lens` is the
    name of the lens that is open.
    """

    position: Position = START
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

    @property
    def asking(self) -> bool:
        """True while a question is open whose answer isn't shown yet: then one can answer it, and little else."""
        return False

    @property
    def covered(self) -> bool:
        """True where nothing of the answer may be seen; pictures and stories ask this or `covers`, and nothing else."""
        return self.hidden or self.asks_answer

    @property
    def asks_answer(self) -> bool:
        """True while a question is open that the answer, or what is made of it, would tell."""
        return False

    @property
    def covers_names(self) -> bool:
        """True where not even the names of the phases to come may be seen."""
        return False

    def covers(self, phase: int, model: Model) -> bool:
        """True where what comes out of a phase of the model, by its index, may not be seen: it makes the answer."""
        return self.covered and phase > model.state_phase

    def at(self, position: Position) -> Self:
        """The same at another position."""
        return replace(self, position=position)

    def with_lens(self, lens: str | None) -> Self:
        """The same through another lens, or through none."""
        return replace(self, lens=lens)


@dataclass(frozen=True)
class Asked:
    """A question that is open over a scene.

    `question` is its text form, such as "direction h[3]". `votes` are one or two shows of hands: of each hand the
    index of its choice, from 0, in the order in which they were counted. `given` is what was typed. Once it is
    `revealed` the panels show the answer. `before` is the scene over which it was asked, to which closing leads back.
    `ask` are other words for it, such as those of a lesson, and `choices` other names of what can be chosen. It
    `uncovers` what `hidden` covers, or is about nothing of that; it is `of_phases` where the names of the phases to
    come would give the answer away.
    """

    question: str
    votes: tuple[tuple[int, ...], ...] = ((),)
    given: str = ""
    revealed: bool = False
    before: Scene | None = field(default=None, compare=False, repr=False)
    ask: str = ""
    choices: tuple[str, ...] = ()
    of_phases: bool = field(default=False, compare=False)
    uncovers: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Scene(Showing):
    """One reading and how it is shown.

    `unit` is the picked hidden unit, from 0; until one is picked it is None, and what is shown is the one that counts
    most for the answer (`unit_in`). `arithmetic` opens every product of that unit, from line `scroll` on; in
    it `weight` is the picked weight, counted through all sums from 0. `full` gives the lens the whole screen. `what_if`
    opens the panel of edits, in which the edit of index `chosen` is chosen. `temperature` is how boldly the network
    writes on. `presenting` gives the screen to the phase at work, so large that it can be read from the back of a room.
    `over_epochs` shows the words of a training across its epochs. `asked` is the question that is open.
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
    asked: Asked | None = None
    presenting: bool = False
    over_epochs: bool = False

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The one reading."""
        return (self.reading,)

    @property
    def model(self) -> str:
        """The model's name or path."""
        return self.reading.model

    @property
    def epoch(self) -> int | None:
        """The epoch of the training whose weights are meant; None for those of the model file."""
        return self.reading.epoch

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
        """With a lens on the whole screen there are no phases to see, but for one that draws them."""
        return self.full and self.lens is not None and not self.arithmetic and not follows_phases(self.lens)

    @property
    def presents(self) -> bool:
        """True where the presenter view is seen; arithmetic, a lens on the whole screen and a question go before it."""
        return self.presenting and not (self.arithmetic or self.asked or (self.full and self.lens is not None))

    @property
    def keeps_lens(self) -> bool:
        """A lens on the whole screen is followed by another."""
        return self.full

    @property
    def asking(self) -> bool:
        """See `Showing.asking`."""
        return self.asked is not None and not self.asked.revealed

    @property
    def led(self) -> bool:
        """True where a lesson leads on, so that the story needn't say which key does."""
        return False

    @property
    def asks_answer(self) -> bool:
        """See `Showing.asks_answer`."""
        return self.asked is not None and self.asking and self.asked.uncovers

    @property
    def covers_names(self) -> bool:
        """See `Showing.covers_names`."""
        return self.asked is not None and self.asking and self.asked.of_phases

    def at(self, position: Position) -> Scene:
        """The same scene at another position: the arithmetic begins at its top, and a revealed question is closed."""
        return replace(self, position=position, scroll=0, weight=None, asked=self.asked if self.asking else None)

    def unit_in(self, trace: Trace) -> int:
        """The unit that is shown of this trace: the picked one, or the one that counts most for the answer.

        On a floor that has no such unit it is the one that counts most there. While a question is open it is the first:
        which one counts most would say something of the answer.
        """
        trace = trace.on(self.position.floor)
        if self.unit is not None and self.unit < trace.model.hidden_size:
            return self.unit
        if self.asking:
            return 0
        from rnn_tui.network.votes import units_by_vote  # only where there is a trace: a scene needs no NumPy

        return units_by_vote(trace)[0]

    def with_unit(self, unit: int | None) -> Scene:
        """The same scene with another unit picked, whose arithmetic begins at its top."""
        return replace(self, unit=unit, scroll=0, weight=None)

    def with_lens(self, lens: str | None) -> Scene:
        """The same scene through another lens, which takes the place of the arithmetic.

        In the presenter view there is no room for a small one: it gets the whole screen.
        """
        full = self.full or (self.presenting and lens is not None)
        return replace(self.without_arithmetic(), lens=lens, full=full)

    def without_arithmetic(self) -> Scene:
        """The same scene with the arithmetic closed, and nothing scrolled or picked in it."""
        return replace(self, arithmetic=False, scroll=0, weight=None)

    def of(self, reading: Reading) -> Scene:
        """Another reading shown in the same way, from its start, with nothing picked in it."""
        unit = self.unit if reading.model == self.model else None  # at every epoch its units are the same
        return replace(
            self, reading=reading, position=Position(), unit=unit, scroll=0, weight=None, chosen=0, asked=None
        )

    def fitted(self, trace: Trace) -> Scene:
        """The same scene with position, unit and chosen edit inside what there is.

        While the panel of edits is open a unit is picked: what is changed must not change what is looked at.
        """
        unit = self.unit_in(trace) if self.what_if else self.unit
        position = trace.order.fitted(self.position)
        return replace(
            self,
            position=position,
            unit=None if unit is None else min(unit, trace.on(position.floor).model.hidden_size - 1),
            chosen=max(0, min(self.chosen, len(self.edits) - 1)),
        )
