"""A model: tokenizer, embedding, cell and readout, with the words that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell
from rnn_tui.network.describing import model_in_short
from rnn_tui.network.embedding import Embedding, Learned
from rnn_tui.network.layers import Layer
from rnn_tui.network.phases import Phase, phases_around
from rnn_tui.network.readouts import Attention, Readout
from rnn_tui.network.tokens import Token, Tokenizer, Vocabulary, tokenize, tokens_of


@dataclass(frozen=True)
class Example:
    """A curated sentence and why it is interesting."""

    text: str
    why: str


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that is known before a sentence comes; nothing in it changes."""

    name: str
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    embedding: Embedding
    layers: tuple[Layer, ...]  # the bottom one, which reads x, first
    readout: Readout
    labels: tuple[str, ...]  # (output_size)
    title: str = ""
    summary: str = ""
    unit_names: tuple[str, ...] | None = None  # (hidden_size)
    examples: tuple[Example, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        sizes = (self.input_size, self.hidden_size, self.output_size)
        vocab_size, labels = len(self.vocabulary), list(self.labels)
        return model_in_short(self.name, self.cell.title, vocab_size, sizes, self.readout.kind, labels)

    @property
    def cell(self) -> Cell:
        """The cell of a network with one forward layer, which all networks have for now."""
        return self.layers[0].forward

    def with_cell(self, cell: Cell) -> Self:
        """The same network with another cell in its first layer."""
        first, *rest = self.layers
        return replace(self, layers=(replace(first, forward=cell), *rest))

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of one timestep, in order."""
        return phases_around(self.cell.phases, self.readout.phases)

    @property
    def state_phase(self) -> int:
        """The index of the phase after which the new state is there: the last of the cell's."""
        return len(self.cell.phases)

    @property
    def input_size(self) -> int:
        """The length of x."""
        return self.layers[0].input_size

    @property
    def hidden_size(self) -> int:
        """The number of hidden units of the cell."""
        return self.cell.hidden_size

    @property
    def output_size(self) -> int:
        """The number of labels."""
        return int(self.readout.weight.shape[0])

    @property
    def activation(self) -> str | None:
        """The squashing function of a cell that can be given one; None where the functions are fixed."""
        return self.cell.activation

    def unit_name(self, unit: int) -> str:
        """The name of a hidden unit (from 0), or "unit 3" (from 1) where it has none."""
        return self.unit_names[unit] if self.unit_names else f"unit {unit + 1}"

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text; raises InputError where the model can't read it."""
        return tokenize(text, self.tokenizer, self.vocabulary)

    def tokens_of(self, surfaces: Iterable[str]) -> tuple[Token, ...]:
        """The tokens of pieces that are already split; raises InputError as `tokenize` does."""
        return tokens_of(surfaces, self.tokenizer, self.vocabulary)

    @cached_property
    def largest_weights(self) -> Mapping[str, float]:
        """The largest |weight| of weight_ih, weight_hh and fc.weight, for one scale a heat map; 1 where all are 0."""
        weights = {"weight_ih": self.cell.weight_ih, "weight_hh": self.cell.weight_hh, "fc.weight": self.readout.weight}
        return {name: float(np.abs(weight).max(initial=0)) or 1.0 for name, weight in weights.items()}

    def tensors(self) -> dict[str, Array]:
        """Every parameter under its name in the plain PyTorch module (the model file's tensor names)."""
        tensors = {name: array for index, layer in enumerate(self.layers) for name, array in layer.tensors(index)}
        tensors |= {"fc.weight": self.readout.weight, "fc.bias": self.readout.bias}
        if isinstance(self.embedding, Learned):
            tensors["embedding.weight"] = self.embedding.weight
        if isinstance(self.readout, Attention):
            tensors["attention.weight"] = self.readout.attention_weight
            tensors["attention.bias"] = self.readout.attention_bias
        return tensors
