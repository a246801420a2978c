"""A louder or weaker memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, WeightEdit
from rnn_tui.edits.parts import finite, shortest
from rnn_tui.text import unsigned

if TYPE_CHECKING:
    from rnn_tui.network.model import Model

TOLD = {0.0: "no memory", 0.5: "half the memory", 2.0: "twice the memory"}


@dataclass(frozen=True)
class ScaleMemory(WeightEdit):
    """weight_hh times `factor`, which is 0 or above."""

    factor: float

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"scale-memory {shortest(self.factor)}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "half the memory"."""
        return TOLD.get(self.factor, f"{unsigned(self.factor)} × the memory")

    def changed(self, model: Model) -> Model:
        """The model with that memory; raises InputError where a weight would get too large."""
        from rnn_tui.network.changes import scaled_memory

        return scaled_memory(model, self.factor)


def parse(text: str) -> ScaleMemory:
    """The edit that stands behind "scale-memory"."""
    factor = finite(text)
    if factor < 0:
        raise ValueError("it takes a number of 0 or above")
    return ScaleMemory(factor)


FORM = Form("scale-memory", "scale-memory 0.5", "weight_hh times 0.5", ScaleMemory, parse)
