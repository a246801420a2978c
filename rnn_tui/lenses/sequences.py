"""Many sequences read side by side in float64, and the answer to each, whatever the cell and the readout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.stepping import probabilities, step
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import InputError
from rnn_tui.network.held import Held
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace

LARGEST = 2**18
"""The most bytes of gates that one call of `step` works on: what stays in the processor's cache is much quicker."""

FEWEST = 16
"""Fewer rows than this in a call cost more in calls than they save in cache."""

Carried = tuple[Array, ...]
"""The values carried from word to word, one row a sequence: h, (c,) and what the readout keeps (`Readout.gather`)."""


def start(trace: Trace) -> Carried:
    """Return what one sequence carries before its first word, (1, n) each."""
    state = tuple(trace.initial[name][None] for name in trace.model.cell.state_names)
    return (*state, *trace.model.readout.start(state[0]))


def read(model: Model, ih: Array, carried: Carried, held: Sequence[Held] = ()) -> Carried:
    """One more word of B sequences; `ih` is (B, gates · hidden_size), or (gates · hidden_size,) where all read it.

    `held` are the values that are held at that word, in all of them.
    """
    size = len(model.cell.state_names)
    state = step(model, ih, carried[:size], held)
    return (*state, *model.readout.gather(state[0], carried[size:]))


def answers(model: Model, carried: Carried) -> Array:
    """The probabilities (B, output_size) if the sequences ended here."""
    size = len(model.cell.state_names)
    return probabilities(model, model.readout.handed(carried[0], carried[size:]))


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

    def read(self, ih: Array, carried: Carried, held: Sequence[Held] = ()) -> Carried:
        """As the function `read`, for any number of sequences."""
        rows = max(FEWEST, LARGEST // (8 * ih.shape[-1]))
        pieces = []
        for first in range(0, len(carried[0]), rows):
            piece = slice(first, first + rows)
            pieces.append(read(self.model, ih if ih.ndim == 1 else ih[piece], picked(carried, piece), held))
            self.done += len(pieces[-1][0])
            self.progress(min(1.0, self.done / self.work))
        return pieces[0] if len(pieces) == 1 else joined(*pieces)

    def read_words(self, trace: Trace, words: NDArray[np.intp], carried: Carried) -> Carried:
        """One more word of B sequences, each a word of its own of the trace, (B,) timesteps; what it holds is held."""
        after = self.read(trace.values["ih"][words], carried)
        for t, token in enumerate(trace.tokens):
            if token.held:
                rows = np.flatnonzero(words == t)
                those = read(self.model, trace.values["ih"][t], picked(carried, rows), token.held)
                for array, part in zip(after, those, strict=True):
                    array[rows] = part
        return after


def answered_at(trace: Trace, t: int | None) -> int:
    """The timestep, from 0, of the answer that a lens at timestep `t` asks about; None is the last one.

    Raises InputError for a timestep that the trace doesn't have.
    """
    if t is not None and not 0 <= t < len(trace):
        raise InputError(f"there is no timestep {t}; this trace has 0 to {len(trace) - 1}")
    return t if t is not None and trace.model.readout.kind == "each" else len(trace) - 1
