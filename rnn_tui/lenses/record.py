"""A lens as a record: what it is called, what it shows and depends on, and the module that computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rnn_tui.lenses.needs import Need
    from rnn_tui.lenses.progress import Progress
    from rnn_tui.network.trace import Trace


@dataclass(frozen=True)
class Question:
    """One lens by its name, and what its answer depends on besides the trace.

    `t` is the timestep (from 0) of the answer that is asked about, where every word has an answer of its own; None is
    the answer after the last word. `unit` is a hidden unit (from 0), for a lens that looks at one; None is all of them.
    With `word`, a timestep, only the positions of that word are swept; with `whole` those of every word are, however
    long the sentence is. `layer` (from 0) and `backward` name the lane of a stack that is looked at; None is the top
    layer, and the lane that reads forward.
    """

    lens: str
    t: int | None = None
    unit: int | None = None
    word: int | None = None
    whole: bool = False
    layer: int | None = None
    backward: bool | None = None


class Computing(Protocol):
    """The module that computes a lens."""

    def compute(self, trace: Trace, asked: Question, progress: Progress) -> Any:
        """The lens's own result, arrays with names; raises InputError where the trace has nothing for it."""
        ...

    def to_json(self, measured: Any) -> dict[str, Any]:
        """The fields of the result, as plain numbers, lists and strings."""
        ...


@dataclass(frozen=True)
class Lens:
    """One lens.

    `title` is its name, `asks` the question that it answers, as the title of its picture, with {unit} for what one
    token is called (`asked_of`); without one its name is the title. `shows` is one line that says what its numbers are
    and stands beside the title, `summary` one line for the help. `load` imports the module that computes it.
    `of_answer` says that the result depends on which timestep's answer is asked about, `of_unit` that it depends on the
    picked unit. `each_word` says that it has one figure for each word, which its picture draws under the ribbon
    (`pictures.lenses.LensPicture.under`). `slides` says that its module can move one word through all positions
    (`sweep_word(trace, word, t, progress)`), and that it tells whether a result holds that of every word
    (`swept_already(measured)`). `backward` says that it is walked from the last word to the first, so that all of it is
    to be seen at the first. `each_phase` says that its picture follows the phases, so that a step is a phase with
    it on the whole screen, too. `of_layer` says that the result depends on which layer of a stack is looked at, and
    `of_direction` that it depends on the direction, too. `need` is what a model must have for it, or for a part of it.
    """

    name: str
    title: str
    shows: str
    summary: str
    load: Callable[[], Computing]
    of_answer: bool = False
    of_unit: bool = False
    each_word: bool = False
    slides: bool = False
    backward: bool = False
    each_phase: bool = False
    of_layer: bool = False
    of_direction: bool = False
    need: Need | None = None
    asks: str = ""

    def asked_of(self, unit: str) -> str:
        """The question that it answers, of a model whose tokens are called so: "How long is each word remembered?"."""
        return self.asks.format(unit=unit) or self.title
