"""The network without its memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, WeightEdit

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class Forget(WeightEdit):
    """weight_hh and bias_hh become 0."""

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return "forget"

    def told(self, model: Model) -> str:
        """The edit in a few words."""
        return "the memory cut off"

    def changed(self, model: Model) -> Model:
        """The model without memory."""
        from rnn_tui.network.changes import without_memory

        return without_memory(model)


def parse(text: str) -> Forget:
    """The edit that stands behind "forget"."""
    if text.strip():
        raise ValueError("it stands alone")
    return Forget()


FORM = Form("forget", "forget", "weight_hh and bias_hh become 0: the network without its memory", Forget, parse)
