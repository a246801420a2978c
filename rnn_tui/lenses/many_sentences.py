"""The hidden states of one lane after many texts of different lengths, read side by side from zeros."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.lanes import Looked
from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.rereading import merged
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, State
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token

Rows = NDArray[np.intp]
Products = Callable[[Cell], Array]
"""weight_ih·x + bias_ih of some words for a cell of the lowest layer, (words, rows)."""


def cell_of(model: Model, looked: Looked) -> Cell:
    """The cell of a lane."""
    return model.layers[looked.layer or 0].cells[bool(looked.backward)]


def after_one_word(model: Model, looked: Looked, products: Products) -> Array:
    """The hidden state of a lane after each of some words alone, (words, hidden_size)."""

    def read(cell: Cell, below: Array | None, _: bool) -> Array:  # noqa: FBT001
        ih = products(cell) if below is None else _products(cell, below)
        return cell.advance(ih, _zeros(cell, len(ih)))[0]

    return _through(model, looked, read)


def after_each_word(model: Model, sequences: Sequence[Sequence[Token]], looked: Looked, progress: Progress) -> Array:
    """The states after each token of each sequence, (longest, sequences, hidden_size); the longest stands first.

    What is behind the end of a sequence holds zeros.
    """
    lengths = np.array([len(tokens) for tokens in sequences])
    different = {token: k for k, token in enumerate({token for tokens in sequences for token in tokens})}
    reads = np.zeros((len(sequences), lengths[0]), np.intp)
    for row, tokens in enumerate(sequences):
        reads[row, : len(tokens)] = [different[token] for token in tokens]
    lanes = sum(len(layer.cells) for layer in model.layers[: (looked.layer or 0) + 1])
    done = 0

    def told(share: float) -> None:
        progress(min(1.0, (done + share) / lanes))

    def read(cell: Cell, below: Array | None, backward: bool) -> Array:  # noqa: FBT001
        nonlocal done
        if below is None:
            ih = model.embedding.multiply(tuple(different), cell.weight_ih, cell.bias_ih)
            found = _lane(cell, lambda t, row: ih[reads[row, t]], lengths, told, backward=backward)
        else:
            found = _lane(cell, lambda t, row: _products(cell, below[t, row]), lengths, told, backward=backward)
        done += 1
        return found

    return _through(model, looked, read)


def _through(model: Model, looked: Looked, read: Callable[[Cell, Array | None, bool], Array]) -> Array:
    """Run layer by layer up to the lane that is looked at; `read` runs a lane over what the layer below hands up."""
    below: Array | None = None
    top = looked.layer or 0
    for layer in model.layers[:top]:
        lanes = [read(cell, below, backward) for cell, backward in zip(layer.cells, (False, True), strict=False)]
        below = merged(layer, lanes)
    return read(cell_of(model, looked), below, bool(looked.backward))


def _products(cell: Cell, x: Array) -> Array:
    products: Array = x @ cell.weight_ih.T + cell.bias_ih
    return products


def _zeros(cell: Cell, rows: int) -> State:
    return tuple(np.zeros((rows, cell.hidden_size)) for _ in cell.state_names)


def _lane(
    cell: Cell,
    reads: Callable[[Rows, Rows], Array],
    lengths: Rows,
    progress: Progress,
    *,
    backward: bool,
) -> Array:
    """Run a cell over sequences of `lengths`, the longest first; `reads` gives ih (n, rows) at a timestep of each of n.

    At each step only the sequences that still have a token are read: the first so many rows.
    """
    longest = int(lengths[0])
    h, state = np.zeros((longest, len(lengths), cell.hidden_size)), _zeros(cell, len(lengths))
    for step in range(longest):
        count = int(np.count_nonzero(lengths > step))
        t = lengths[:count] - 1 - step if backward else np.full(count, step)
        rows = np.arange(count)
        state = cell.advance(reads(t, rows), tuple(array[:count] for array in state))
        h[t, rows] = state[0]
        progress((step + 1) / longest)
    return h
