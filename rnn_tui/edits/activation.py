"""Another squashing function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, WeightEdit
from rnn_tui.network.kinds import ACTIVATIONS

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


CHOICES = f"{', '.join(ACTIVATIONS[:-1])} or {ACTIVATIONS[-1]}"


@dataclass(frozen=True)
class Activation(WeightEdit):
    """The activation of a cell that can be given one (Elman) becomes another."""

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
    if text.strip() not in ACTIVATIONS:
        raise ValueError(f"it takes {CHOICES}")
    return Activation(text.strip())


FORM = Form("activation", "activation relu", f"{CHOICES} (Elman alone)", Activation, parse)
