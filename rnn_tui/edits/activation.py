"""Another squashing function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, WeightEdit

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class Activation(WeightEdit):
    """The activation becomes tanh, relu or identity (Elman only)."""

    name: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"activation {self.name}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "relu as the squash"."""
        return "no squash" if self.name == "identity" else f"{self.name} as the squash"

    def changed(self, model: Model) -> Model:
        """The model with that function; raises InputError where it can't have it."""
        from rnn_tui.network.changes import with_activation

        return with_activation(model, self.name)


def parse(text: str) -> Activation:
    """The edit that stands behind "activation"."""
    if text.strip() not in ("tanh", "relu", "identity"):
        raise ValueError("it takes tanh, relu or identity")
    return Activation(text.strip())


FORM = Form("activation", "activation relu", "tanh, relu or identity (Elman alone)", Activation, parse)
