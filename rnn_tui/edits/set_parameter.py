"""One number of the network set to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, WeightEdit
from rnn_tui.edits.lane import GROUND, Lane, split
from rnn_tui.edits.parts import finite, shortest
from rnn_tui.edits.parts import index as index_of
from rnn_tui.text import unsigned

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class SetParameter(WeightEdit):
    """One number of a parameter, by the parameter's short name and its index (from 0); of a lane where that has it."""

    name: str
    index: tuple[int, ...]
    value: float
    lane: Lane = GROUND

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"set {self._called} {shortest(self.value)}{self.lane.text}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "the weight from unit 2 to unit 1 at 0.25"."""
        from rnn_tui.network.cells import PARAMETERS
        from rnn_tui.network.naming import parameter_in_words

        seen = self.lane.seen(model, self.to_text())
        lane = self.lane.told(model) if self.name in PARAMETERS else ""
        return f"{parameter_in_words(seen, self.name, self.index)}{lane} at {unsigned(self.value)}"

    def changed(self, model: Model) -> Model:
        """The model with that number; raises InputError where there is no such parameter or index."""
        from rnn_tui.network.changes import with_parameter

        self.lane.seen(model, self.to_text())
        lane = self.lane
        return with_parameter(model, self.name, self.index, self.value, lane.layer, backward=lane.backward)

    @property
    def _called(self) -> str:
        return f"{self.name}[{','.join(str(index + 1) for index in self.index)}]"


def parse(text: str) -> SetParameter:
    """The edit that stands behind "set"."""
    rest, lane = split(text)
    weight, _, value = rest.strip().rpartition(" ")
    name, bracket, index = weight.strip().partition("[")
    if not (name and bracket and index.endswith("]")):
        raise ValueError("it takes a parameter, its place in brackets, and a number")
    indices = tuple(index_of(part) for part in index.removesuffix("]").split(","))
    return SetParameter(name.strip(), indices, finite(value), lane)


FORM = Form(
    "set",
    "set weight_hh[1,2] 0.25",
    "one number of weight_ih, weight_hh, bias_ih, bias_hh, fc.weight, fc.bias or of a hidden layer (head.0.weight)",
    SetParameter,
    parse,
)
