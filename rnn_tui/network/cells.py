"""The cells: Elman, GRU and LSTM, in PyTorch's equations, names, shapes and gate order.

Every equation is PyTorch's (torch.nn.RNN, torch.nn.GRU, torch.nn.LSTM). A cell holds its parameters and nothing else;
its state is handed in and handed back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np

from rnn_tui.network.arrays import Array, aligned, sigmoid
from rnn_tui.network.phases import CHECK, MULTIPLY, READ, Phase

State = tuple[Array, ...]
"""What a cell carries from one timestep to the next: (h,) or, for LSTM, (h, c); each (hidden_size,)."""

CACHED_BYTES = 2**20
"""A matrix up to this size stays in the second cache of today's processors from one word to the next."""

ACTIVATIONS: Mapping[str, Callable[..., Array]] = {
    "tanh": np.tanh,
    "relu": lambda z, out=None: np.maximum(z, 0, out=out),
    "identity": lambda z, out=None: np.positive(z, out=out),
}


class Cell(Protocol):
    """What every cell can do."""

    kind: ClassVar[str]
    gates: ClassVar[int]
    state_names: ClassVar[tuple[str, ...]]

    @property
    def phases(self) -> tuple[Phase, ...]:
        """What one timestep does, in order."""
        ...

    @property
    def weight_ih(self) -> Array:
        """(gates · hidden_size, input_size)."""
        ...

    @property
    def weight_hh(self) -> Array:
        """(gates · hidden_size, hidden_size)."""
        ...

    @property
    def bias_ih(self) -> Array:
        """(gates · hidden_size,)."""
        ...

    @property
    def bias_hh(self) -> Array:
        """(gates · hidden_size,)."""
        ...

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """Run over a sentence.

        `ih` is (T, gates · hidden_size), the input already multiplied: weight_ih·x_t + bias_ih for every t, which
        needs no hidden state and so is done for all words at once. Returns every value that the cell's phases name,
        each (T, n), `ih` and `h` among them.
        """
        ...


def zero_state(cell: Cell) -> State:
    """The state before the first word: zeros, as PyTorch's."""
    hidden_size = cell.weight_hh.shape[1]
    return tuple(np.zeros(hidden_size, cell.weight_hh.dtype) for _ in cell.state_names)


class _Multiplying:
    """weight_hh as the words of a sentence are multiplied by it, one after the other."""

    weight_hh: Array

    @cached_property
    def _weight_hh(self) -> Array:
        """By column and on a cache line, which is quicker for a matrix that stays in a processor's cache."""
        return aligned(self.weight_hh.T).T if self.weight_hh.nbytes <= CACHED_BYTES else self.weight_hh


@dataclass(frozen=True, eq=False)
class Elman(_Multiplying):
    """The plain recurrent cell (Elman, 1990), torch.nn.RNN: h = activation(ih + weight_hh·h_prev + bias_hh)."""

    weight_ih: Array  # (hidden_size, input_size)
    weight_hh: Array  # (hidden_size, hidden_size)
    bias_ih: Array  # (hidden_size,)
    bias_hh: Array  # (hidden_size,)
    activation: str = "tanh"

    kind: ClassVar[str] = "elman"
    gates: ClassVar[int] = 1
    state_names: ClassVar[tuple[str, ...]] = ("h",)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Read, multiply, add, squash, check."""
        add = Phase(
            "add",
            "Add",
            "add what it remembers",
            "ih + weight_hh·h_prev + bias_hh",
            ("ih", "hh", "pre_activation"),
            operation=2,
        )
        squash = Phase("squash", "Squash", SQUASH_WORDS[self.activation], SQUASH_NOTATION[self.activation], ("h",))
        return (READ, MULTIPLY, add, squash, CHECK)

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih, hh, pre_activation and h, each (T, hidden_size)."""
        (h_prev,) = state
        multiply, add, squash = self._weight_hh.dot, np.add, ACTIVATIONS[self.activation]
        # For a small network a call costs more than its arithmetic. So bias_hh is added for all words at once, to the
        # sum before the loop and to hh after it, which leaves three calls a word; and `out` is given by position.
        pre_activation = ih + self.bias_hh
        hh, h = np.empty_like(ih), np.empty_like(ih)
        first = 0
        if len(ih) and not h_prev.any():  # weight_hh·0 is 0 whatever the weights, and reading them takes the most time
            hh[0], h_prev, first = 0, squash(pre_activation[0], h[0]), 1
        for pre_t, hh_t, h_t in zip(pre_activation[first:], hh[first:], h[first:], strict=True):
            multiply(h_prev, hh_t)
            add(pre_t, hh_t, pre_t)
            h_prev = squash(pre_t, h_t)
        hh += self.bias_hh
        return {"ih": ih, "hh": hh, "pre_activation": pre_activation, "h": h}


SQUASH_WORDS = {
    "tanh": "squash into −1 … 1",
    "relu": "cut off below 0",
    "identity": "leave as it is",
}
SQUASH_NOTATION = {
    "tanh": "h = tanh(pre_activation)",
    "relu": "h = max(0, pre_activation)",
    "identity": "h = pre_activation",
}


@dataclass(frozen=True, eq=False)
class GRU(_Multiplying):
    """The gated recurrent unit (Cho et al., 2014) as torch.nn.GRU computes it; rows stacked r, z, n."""

    weight_ih: Array  # (3·hidden_size, input_size)
    weight_hh: Array  # (3·hidden_size, hidden_size)
    bias_ih: Array  # (3·hidden_size,)
    bias_hh: Array  # (3·hidden_size,)

    kind: ClassVar[str] = "gru"
    gates: ClassVar[int] = 3
    state_names: ClassVar[tuple[str, ...]] = ("h",)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Read, multiply, gates, candidate, blend, check."""
        gates = Phase(
            "gates", "Gates", "open or close the gates", "r, z = σ(ih + hh)", ("ih", "hh", "r", "z"), operation=2
        )
        candidate = Phase("candidate", "Candidate", "propose a new memory", "n = tanh(ih_n + r·hh_n)", ("r", "n"))
        blend = Phase("blend", "Blend", "blend old and new", "h = (1 − z)·n + z·h_prev", ("z", "n", "h_prev", "h"))
        return (READ, MULTIPLY, gates, candidate, blend, CHECK)

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih and hh, each (T, 3·hidden_size), and r, z, n, h, each (T, hidden_size)."""
        (h_prev,) = state
        size = self.weight_hh.shape[1]
        multiply, add = self._weight_hh.dot, np.add
        hh, gates = np.empty_like(ih), np.empty((len(ih), 2 * size), ih.dtype)
        n, h = np.empty((len(ih), size), ih.dtype), np.empty((len(ih), size), ih.dtype)
        # A view of each part of each row, made here for all words at once.
        ih_gates, ih_n, hh_gates, hh_n = ih[:, : 2 * size], ih[:, 2 * size :], hh[:, : 2 * size], hh[:, 2 * size :]
        r, z = gates[:, :size], gates[:, size:]
        rows = zip(ih_gates, ih_n, hh, hh_gates, hh_n, gates, r, z, n, h, strict=True)
        for ih_gates_t, ih_n_t, hh_t, hh_gates_t, hh_n_t, gates_t, r_t, z_t, n_t, h_t in rows:
            multiply(h_prev, hh_t)
            add(hh_t, self.bias_hh, hh_t)
            sigmoid(add(ih_gates_t, hh_gates_t, gates_t), gates_t)
            np.tanh(add(ih_n_t, np.multiply(r_t, hh_n_t, n_t), n_t), n_t)
            # n + z·(h_prev − n), which is (1 − z)·n + z·h_prev with one product less.
            h_prev = add(n_t, np.multiply(z_t, np.subtract(h_prev, n_t, h_t), h_t), h_t)
        return {"ih": ih, "hh": hh, "r": r, "z": z, "n": n, "h": h}


@dataclass(frozen=True, eq=False)
class LSTM(_Multiplying):
    """Long short-term memory (Hochreiter & Schmidhuber, 1997) as torch.nn.LSTM computes it; rows stacked i, f, g, o."""

    weight_ih: Array  # (4·hidden_size, input_size)
    weight_hh: Array  # (4·hidden_size, hidden_size)
    bias_ih: Array  # (4·hidden_size,)
    bias_hh: Array  # (4·hidden_size,)

    kind: ClassVar[str] = "lstm"
    gates: ClassVar[int] = 4
    state_names: ClassVar[tuple[str, ...]] = ("h", "c")

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Read, multiply, gates, write, expose, check."""
        gates = Phase(
            "gates",
            "Gates",
            "open or close the gates",
            "i, f, o = σ(ih + hh); g = tanh(ih + hh)",
            ("ih", "hh", "i", "f", "g", "o"),
            operation=2,
        )
        write = Phase("write", "Write", "keep and write", "c = f·c_prev + i·g", ("f", "c_prev", "i", "g", "c"))
        expose = Phase("expose", "Expose", "show a part of it", "h = o·tanh(c)", ("o", "c", "h"))
        return (READ, MULTIPLY, gates, write, expose, CHECK)

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih, hh, each (T, 4·hidden_size), and i, f, g, o, c_prev, c, h, each (T, H)."""
        h_prev, c_prev = state
        size = self.weight_hh.shape[1]
        multiply, add = self._weight_hh.dot, np.add
        hh, gates = np.empty_like(ih), ih + self.bias_hh
        c = np.empty((len(ih) + 1, size), ih.dtype)
        h = np.empty((len(ih), size), ih.dtype)
        c[0] = c_prev
        # A view of each part of each row, made here for all words at once.
        i, f, g, o = (gates[:, k * size : (k + 1) * size] for k in range(4))
        # One tanh squashes all four, since σ(v) = (1 + tanh(v / 2)) / 2: half is 0.5 but for g, where it is 1.
        half = np.full(4 * size, 0.5, ih.dtype)
        half[2 * size : 3 * size] = 1
        rest = 1 - half
        for hh_t, gates_t, i_t, f_t, g_t, o_t, c_prev_t, c_t, h_t in zip(
            hh, gates, i, f, g, o, c[:-1], c[1:], h, strict=True
        ):
            multiply(h_prev, hh_t)
            add(gates_t, hh_t, gates_t)
            np.tanh(np.multiply(gates_t, half, gates_t), gates_t)
            add(np.multiply(gates_t, half, gates_t), rest, gates_t)
            add(np.multiply(f_t, c_prev_t, c_t), np.multiply(i_t, g_t, h_t), c_t)  # h_t is free until the next line
            h_prev = np.multiply(o_t, np.tanh(c_t, h_t), h_t)
        hh += self.bias_hh
        return {"ih": ih, "hh": hh, "i": i, "f": f, "g": g, "o": o, "c_prev": c[:-1], "c": c[1:], "h": h}


CELLS: Mapping[str, type[Elman | GRU | LSTM]] = {cell.kind: cell for cell in (Elman, GRU, LSTM)}
