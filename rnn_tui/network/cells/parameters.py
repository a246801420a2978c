"""The parameters of a cell, and how its rows, gates and states are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self

import numpy as np

from rnn_tui.network.arrays import Array, aligned
from rnn_tui.network.cells.gates import Gate
from rnn_tui.network.errors import InputError

State = tuple[Array, ...]
"""The state that a cell carries from one timestep to the next: (h,) or, for LSTM, (h, c); each (hidden_size,)."""

PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
"""The names of a cell's parameters."""

CACHED_BYTES = 2**20
"""A matrix up to this size stays in the second cache of today's processors from one word to the next."""


@dataclass(frozen=True, eq=False)
class CellParameters:
    """The parameters of a cell, in PyTorch's shapes, and what they are called; nothing in them changes.

    It reads its input through ih = weight_ih·x + bias_ih, which is computed for it, and its memory through
    hh = weight_hh·h_prev + bias_hh. Both are stacked gate by gate: rows = row_blocks·hidden_size.
    """

    weight_ih: Array  # (rows, input_size)
    weight_hh: Array  # (rows, hidden_size)
    bias_ih: Array  # (rows,)
    bias_hh: Array  # (rows,)

    kind: ClassVar[str]
    """Its name in the model file and on the command line."""
    kind_title: ClassVar[str]
    """Its name as people call it."""
    gates: ClassVar[tuple[Gate, ...]] = ()
    """The blocks of rows in their order; none where there is one block, which is no gate."""
    keep_gate: ClassVar[Gate | None] = None
    """The gate that says how much of the old state stays, or goes."""
    state_names: ClassVar[tuple[str, ...]] = ("h",)
    """What it carries, in the order of State."""
    state_titles: ClassVar[Mapping[str, tuple[str, str]]] = {"h": ("Memory", "the hidden state after each {}")}
    """The name of each state in words, and what it is, with {} for what a token is called."""
    activations: ClassVar[tuple[str, ...]] = ()
    """The squashing functions that it can be given; none where its functions are fixed."""

    @classmethod
    def made(cls, parameters: Mapping[str, Array], activation: str | None = None) -> Self:
        """A cell of its parameters by their names; raises InputError where it can't have the activation."""
        cell = cls(**parameters)
        return cell if activation is None else cell.with_activation(activation)

    @classmethod
    def row_blocks(cls) -> int:
        """Return the number of blocks of hidden_size rows in its weights: one a gate, or one."""
        return max(1, len(cls.gates))

    @classmethod
    def state_title(cls, name: str, unit: str = "word") -> tuple[str, str]:
        """Return the name of a state in words, and what it is; made from its letter where the cell says neither.

        `unit` is what a token is called: word, character or number.
        """
        title, words = cls.state_titles.get(name, (f"State {name}", f"{name} after each {{}}"))
        return title, words.format(unit)

    @property
    def input_size(self) -> int:
        """The length of x."""
        return int(self.weight_ih.shape[1])

    @property
    def hidden_size(self) -> int:
        """The number of hidden units."""
        return int(self.weight_hh.shape[1])

    @property
    def activation(self) -> str | None:
        """The name of the squashing function, where there is a choice."""
        return None

    @property
    def title(self) -> str:
        """The cell as people call it: "Elman tanh", "GRU"."""
        return cell_title_of(type(self), self.activation)

    def with_activation(self, activation: str) -> Self:
        """The cell with another squashing function; raises InputError where its functions are fixed."""
        raise InputError(f"{self.title}, whose functions are fixed")

    def zero_state(self) -> State:
        """The state before the first word: zeros, as PyTorch's."""
        return tuple(np.zeros(self.hidden_size, self.weight_hh.dtype) for _ in self.state_names)

    def block(self, stacked: Array, gate: str) -> Array:
        """The numbers (…, hidden_size) of a gate, by its letter, in what is stacked gate by gate (…, rows)."""
        at = next((k for k, known in enumerate(self.gates) if known.letter == gate), 0)
        return stacked[..., at * self.hidden_size : (at + 1) * self.hidden_size]

    def blocks(self, stacked: Array) -> list[Array]:
        """Take apart what is stacked gate by gate (…, rows): (…, hidden_size) each."""
        size = self.hidden_size
        return [stacked[..., start : start + size] for start in range(0, stacked.shape[-1], size)]

    def rows_of(self, unit: int) -> list[int]:
        """The rows of the weights that feed a hidden unit (from 0): one a gate."""
        return [block * self.hidden_size + unit for block in range(self.row_blocks())]

    def recall(self, h_prev: Array) -> Array:
        """Multiply what is remembered: hh = weight_hh·h_prev + bias_hh, from (…, hidden_size) to (…, rows)."""
        hh: Array = h_prev @ self.weight_hh.T
        hh += self.bias_hh
        return hh

    def remembered(self, hh: Array) -> Array:
        """Return what comes from the memory alone, weight_hh·h_prev, of hh, (…, rows): hh less bias_hh."""
        return hh - self.bias_hh

    def stacked_weights(self) -> Array:
        """[weight_ih | bias_ih + bias_hh | weight_hh], (rows, input_size + 1 + hidden_size), by which a stack goes."""
        return np.concatenate((self.weight_ih, (self.bias_ih + self.bias_hh)[:, None], self.weight_hh), axis=1)

    @cached_property
    def near_weight_hh(self) -> Array:
        """weight_hh by column and on a cache line, which is quicker for a matrix that stays in a processor's cache."""
        return aligned(self.weight_hh.T).T if self.weight_hh.nbytes <= CACHED_BYTES else self.weight_hh


def cell_title_of(cell: type[CellParameters], activation: str | None) -> str:
    """The kind of cell as people call it, with its squashing function where there is a choice: "Elman tanh"."""
    return " ".join(filter(None, (cell.kind_title, activation)))
