"""A model: tokenizer, embedding, cell, readout, head and output nodes, with the words that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnn_tui.loading import module
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell
from rnn_tui.network.describing import model_in_short, stack_title
from rnn_tui.network.embedding import Embedding, Learned
from rnn_tui.network.floors import Floor, floors_of, is_two_way, shown_on
from rnn_tui.network.heads import Head, Linear, called, with_values
from rnn_tui.network.heads import tensors as head_tensors
from rnn_tui.network.layers import Layer
from rnn_tui.network.outputs import CLASSES, Output
from rnn_tui.network.phases import Phase
from rnn_tui.network.readouts import Readout
from rnn_tui.network.tokens import Token, Tokenizer, Vocabulary, tokenize, tokens_of

_FORMS = module("rnn_tui.export.forms")  # what leaves the program knows this room; so it is named, and not imported


@dataclass(frozen=True)
class Example:
    """A curated sentence and why it is interesting."""

    text: str
    why: str


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that is known before a sentence comes; nothing in it changes.

    It is seen on one of its floors: cell, sizes and phases are those of that floor, `at_floor`.
    """

    name: str
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    embedding: Embedding
    layers: tuple[Layer, ...]  # the bottom one, which reads x, first
    readout: Readout
    fc: Linear  # the output nodes
    labels: tuple[str, ...]  # (output_size)
    head: Head = ()  # what stands between the readout and fc
    output: Output = CLASSES  # what the logits mean
    title: str = ""
    summary: str = ""
    unit_names: tuple[str, ...] | None = None  # (hidden_size), of the lowest floor
    examples: tuple[Example, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)
    at_floor: int = 0
    epoch: int | None = None  # of its training, after which it had these weights; None for those of a model file

    def __repr__(self) -> str:
        sizes = (self.layers[0].input_size, self.layers[0].hidden_size, self.output_size)
        vocab_size, labels = len(self.vocabulary), list(self.labels)
        head = [
            entry.activation if entry.linear is None else f"linear {len(entry.linear.weight)} {entry.activation}"
            for entry in self.head
        ]
        kinds = (self.readout.kind, head, self.output.kind)
        return model_in_short(self.name, self.architecture, vocab_size, sizes, *kinds, labels)

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        form: str = _FORMS().model_form(self)
        return form

    @property
    def called(self) -> str:
        """Its name, and the epoch of its training where it is one: "small, epoch 3"."""
        return self.name if self.epoch is None else f"{self.name}, epoch {self.epoch}"

    @property
    def architecture(self) -> str:
        """The layers as people call them: "Elman tanh", "LSTM, 2 layers, both ways"."""
        return stack_title([(layer.forward.title, layer.bidirectional) for layer in self.layers])

    # Floors

    @cached_property
    def floors(self) -> tuple[Floor, ...]:
        """The floors of the network, the lowest first."""
        return floors_of(self.layers, self.readout, self.head, self.output)

    @property
    def floor(self) -> Floor:
        """The floor on which it is seen."""
        return self.floors[self.at_floor]

    def on(self, floor: int) -> Self:
        """The same network as it is seen on another floor (from 0), on which only the lowest one's units have names."""
        if floor == self.at_floor:
            return self
        if floor not in self._seen:
            seen = replace(self, at_floor=floor, unit_names=None)
            seen.__dict__.update(floors=self.floors, _seen=self._seen)
            self._seen[floor] = seen
        return self._seen[floor]

    @cached_property
    def _seen(self) -> dict[int, Self]:
        """The network on each floor on which it was seen."""
        return {self.at_floor: self}

    @property
    def cell(self) -> Cell:
        """The cell of the floor on which it is seen."""
        return self.floor.cell

    def with_cell(self, cell: Cell, layer: int = 0, *, backward: bool = False) -> Self:
        """The same network with another cell in a layer (from 0)."""
        layers = list(self.layers)
        there = layers[layer]
        layers[layer] = replace(there, backward=cell) if backward else replace(there, forward=cell)
        return replace(self, layers=tuple(layers))

    @property
    def two_way(self) -> bool:
        """True where a layer reads in both directions, so that no answer is there before all words are read."""
        return is_two_way(self.layers)

    @property
    def reads_words(self) -> bool:
        """True on a floor that reads the words themselves, and not what the floor below hands up."""
        return self.floor.layer == 0

    @property
    def taken(self) -> str:
        """The name of the value of the floor below that this one takes, as it is there: "h", "context", "head.0"."""
        return self.floors[self.at_floor - 1].reads if self.at_floor and self.floor.layer is None else "h"

    @property
    def meets(self) -> bool:
        """True on the floor where the two lanes of the top layer meet."""
        return self.phases[0].name == "meet"

    @property
    def answers_each(self) -> bool:
        """True where there is an answer after every word, and not after the last alone."""
        return not self.two_way or self.readout.kind == "each"

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of one timestep on this floor, in order."""
        return self.floor.phases

    @cached_property
    def answering(self) -> tuple[Phase, ...]:
        """The phases of this floor that make the answer of hidden states: of the readout and of the head, and Check."""
        return self.phases[self.state_phase + 1 :]

    def shown_at(self, name: str) -> tuple[int, int]:
        """The floor and the phase in which a value comes to light, from this floor up; see `floors.shown_on`."""
        if name == "h" and self.state_phase < 0:
            name = self.reads  # the units of a hidden layer of the head are what it hands on
        return shown_on(self.floors[self.at_floor :], name)

    @property
    def reads(self) -> str:
        """The name of the value of this floor that Check or the floor above reads, (hidden_size,): "h" or "context"."""
        return self.floor.reads

    @property
    def state_phase(self) -> int:
        """The index of the phase after which the state of this floor is there; −1 where it has none of its own."""
        return -1 if self.floor.layer is None and not self.meets else len(self.cell.phases)

    @property
    def read_as(self) -> str:
        """The name in words of a unit's number in the value that fc reads: "average", "cut"; "" for its memory."""
        entries = [self.head[index] for index in self.floor.entries]
        hidden = bool(entries) and entries[0].linear is not None  # then they are units of its own
        return called(entries, "" if hidden else self.readout.called)

    @property
    def input_size(self) -> int:
        """The length of x on this floor."""
        return self.cell.input_size

    @property
    def hidden_size(self) -> int:
        """The number of hidden units on this floor."""
        return self.cell.hidden_size

    @property
    def output_size(self) -> int:
        """The number of labels."""
        return len(self.labels)

    @property
    def activation(self) -> str | None:
        """The squashing function of a cell that can be given one; None where the functions are fixed."""
        return self.cell.activation

    def unit_name(self, unit: int) -> str:
        """The name of a hidden unit (from 0), or "unit 3" (from 1) where it has none; where lanes meet, "← unit 3"."""
        if self.unit_names:
            return self.unit_names[unit]
        arrow, own = self.layers[-1].lane_of(unit) if self.meets else ("", unit)
        return f"{arrow} unit {own + 1}".lstrip()

    def outputs_of(self, h: Array) -> dict[str, Array]:
        """From hidden states (T, n) to what readout, head and fc make of those up to each, (T, m) each, in order.

        The last two are `logits` (T, output nodes) and the answer, (T, output_size).
        """
        values = self.readout.read(h)
        read = with_values(self.head, values, values.get(self.readout.reads, h))
        logits = self.fc(read)
        return {**values, "logits": logits, self.output.answer: self.output.answers(logits)}

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text; raises InputError where the model can't read it."""
        return tokenize(text, self.tokenizer, self.vocabulary)

    def tokens_of(self, surfaces: Iterable[str]) -> tuple[Token, ...]:
        """The tokens of pieces that are already split; raises InputError as `tokenize` does."""
        return tokens_of(surfaces, self.tokenizer, self.vocabulary)

    @cached_property
    def largest_weights(self) -> Mapping[str, float]:
        """The largest |weight| of weight_ih, weight_hh and fc.weight, for one scale a heat map; 1 where all are 0."""
        weights = {"weight_ih": self.cell.weight_ih, "weight_hh": self.cell.weight_hh, "fc.weight": self.fc.weight}
        return {name: float(np.abs(weight).max(initial=0)) or 1.0 for name, weight in weights.items()}

    def tensors(self) -> dict[str, Array]:
        """Every parameter under its name in the plain PyTorch module (the model file's tensor names)."""
        tensors = {name: array for index, layer in enumerate(self.layers) for name, array in layer.tensors(index)}
        tensors |= {"fc.weight": self.fc.weight, "fc.bias": self.fc.bias}
        if isinstance(self.embedding, Learned):
            tensors["embedding.weight"] = self.embedding.weight
        return tensors | head_tensors(self.head) | self.readout.tensors()
