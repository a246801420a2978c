"""The kind of network that parameters belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import OUTPUTS


@dataclass(frozen=True)
class Architecture:
    """The kind of network that parameters belong to, in the words of the model file."""

    layers: tuple[LayerKind, ...] = (LayerKind(),)  # the bottom one first
    readout: str = "last"
    head: tuple[EntryKind, ...] = ()
    output: str = "classes"

    @classmethod
    def of(cls, model: Model) -> Self:
        """The architecture of a model."""
        layers, head = (layer.kind for layer in model.layers), (entry.kind for entry in model.head)
        return cls(tuple(layers), model.readout.kind, tuple(head), model.output.kind)

    @property
    def two_way(self) -> bool:
        """True where any of its layers reads in both directions."""
        return any(layer.bidirectional for layer in self.layers)

    @property
    def answers_each(self) -> bool:
        """True where there is an answer after every token, and not after the last alone.

        What a lane that reads backward makes of the first tokens comes from the last ones.
        """
        return not self.two_way or self.readout == "each"

    def nodes(self, labels: int) -> int:
        """The number of output nodes, for so many labels."""
        return OUTPUTS[self.output]().nodes(labels)
