"""Many sequences read side by side in float64, and the answer to each, whatever the cell and the readout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.stepping import attends, probabilities, step
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import InputError
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import Attention
from rnn_tui.network.trace import Trace

LARGEST = 2**18
"""The most bytes of gates that one call of `step` works on: what stays in the processor's cache is much quicker."""

FEWEST = 16
"""Fewer rows than this in a call cost more in calls than they save in cache."""

Carried = tuple[Array, ...]
"""The values carried from word to word, one row a sequence: h, (c,) and with the attention readout its sums
so far: Σ exp(e)·h (B, hidden_size), Σ exp(e) (B, 1) and the largest score e (B, 1), all kept relative to the largest
(see `Attention.read`)."""


def start(trace: Trace) -> Carried:
    """Return what one sequence carries before its first word, (1, n) each."""
    state = tuple(trace.initial[name][None] for name in trace.model.cell.state_names)
    if not attends(trace.model):
        return state
    return (*state, np.zeros_like(state[0]), np.zeros((1, 1)), np.full((1, 1), -np.inf))


def read(model: Model, ih: Array, carried: Carried) -> Carried:
    """One more word of B sequences; `ih` is (B, gates · hidden_size), or (gates · hidden_size,) where all read it."""
    size = len(model.cell.state_names)
    state = step(model, ih, carried[:size])
    return (*state, *attend(model, state[0], carried[size:])) if attends(model) else state


def attend(model: Model, h: Array, sums: Carried) -> Carried:
    """The running sums of the attention readout with one more hidden state of each sequence, h (B, hidden_size).

    The three are those of `Attention.read`: the weighted states, the weights, and the largest score so far.
    """
    weighted, total, largest = sums
    readout = cast(Attention, model.readout)
    scores = h @ readout.attention_weight.T + readout.attention_bias
    highest = np.maximum(largest, scores)
    rescale, weight = np.exp(largest - highest), np.exp(scores - highest)
    return weighted * rescale + weight * h, total * rescale + weight, highest


def answers(model: Model, carried: Carried) -> Array:
    """The probabilities (B, output_size) if the sequences ended here; attention to nothing at all reads zeros."""
    if not attends(model):
        return probabilities(model, carried[0])
    weighted, total, _ = carried[-3:]
    return probabilities(model, np.divide(weighted, total, out=np.zeros_like(weighted), where=total != 0))


def joined(*parts: Carried) -> Carried:
    """The sequences of several groups in one."""
    return tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))


def picked(carried: Carried, rows: slice | NDArray[np.intp]) -> Carried:
    """Some of the sequences."""
    return tuple(array[rows] for array in carried)


@dataclass
class Reader:
    """Reads sequences in pieces that fit the processor's cache, and says after each piece how far the whole is.

    `work` is how many words are to be read in all, each word of each sequence counted; `done` how many have been.
    """

    model: Model
    work: int
    progress: Progress
    done: int = 0

    def read(self, ih: Array, carried: Carried) -> Carried:
        """As the function `read`, for any number of sequences."""
        rows = max(FEWEST, LARGEST // (8 * ih.shape[-1]))
        pieces = []
        for first in range(0, len(carried[0]), rows):
            piece = slice(first, first + rows)
            pieces.append(read(self.model, ih if ih.ndim == 1 else ih[piece], picked(carried, piece)))
            self.done += len(pieces[-1][0])
            self.progress(min(1.0, self.done / self.work))
        return pieces[0] if len(pieces) == 1 else joined(*pieces)


def answered_at(trace: Trace, t: int | None) -> int:
    """The timestep, from 0, of the answer that a lens at timestep `t` asks about; None is the last one.

    Raises InputError for a timestep that the trace doesn't have.
    """
    if t is not None and not 0 <= t < len(trace):
        raise InputError(f"there is no timestep {t}; this trace has 0 to {len(trace) - 1}")
    return t if t is not None and trace.model.readout.kind == "each" else len(trace) - 1
