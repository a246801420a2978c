"""The models that a lens has something to show for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.network.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class Need:
    """A property of a model without which a lens has nothing to show.

    `met` says whether a model has it; `missing` tells of a model without it, after its name, and `instead` the shipped
    model, by name, in which the lens has something to show, with `there` telling what.
    """

    met: Callable[[Model], bool]
    missing: str
    instead: str
    there: str

    def check(self, model: Model) -> None:
        """Raise InputError, which names a model that has it, where this one doesn't."""
        if not self.met(model):
            raise InputError(f"“{model.name}” {self.missing}; the model {self.instead} {self.there}")


ATTENTION = Need(
    met=lambda model: model.readout.kind == "attention",
    missing="has no attention: its answer is made from one hidden state",
    instead="sentiment-attention",
    there="looks back over all of them",
)
