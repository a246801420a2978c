"""The readouts that pool: the mean of all hidden states so far, and their largest values, unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.phases import POOL_MAX, POOL_MEAN, Phase
from rnn_tui.network.readouts.readout import Integers, Readout, Sums


@dataclass(frozen=True, eq=False)
class Mean(Readout):
    """context_t = (h_1 + … + h_t) / t, as torch.mean over the timesteps and Keras's GlobalAveragePooling1D."""

    kind: ClassVar[str] = "mean"
    title: ClassVar[str] = "mean over the {}s"
    phases: ClassVar[tuple[Phase, ...]] = (POOL_MEAN,)
    reads: ClassVar[str] = "context"
    called: ClassVar[str] = "average"

    def read(self, h: Array) -> dict[str, Array]:
        """See `Readout.read`; adds `context` (T, hidden_size)."""
        counts = np.arange(1, len(h) + 1, dtype=h.dtype)[:, None]
        return {"context": np.cumsum(h, axis=0, dtype=h.dtype) / counts}

    def shares(self, values: Mapping[str, Array], t: int) -> Array:
        """See `Readout.shares`: all alike."""
        return np.full(t + 1, 1 / (t + 1), values["h"].dtype)

    def start(self, h: Array) -> Sums:
        """See `Readout.start`: the sum of the states, and how many they are."""
        return np.zeros_like(h), np.zeros((len(h), 1), h.dtype)

    def gather(self, h: Array, sums: Sums) -> Sums:
        """See `Readout.gather`."""
        total, count = sums
        return total + h, count + 1

    def handed(self, h: Array, sums: Sums) -> Array:
        """See `Readout.handed`; of no state at all it is zeros."""
        total, count = sums
        return np.divide(total, count, out=np.zeros_like(total), where=count != 0)

    def forward_pass(self, h: Array, timesteps: Integers) -> tuple[Array, Sums]:
        """See `Readout.forward_pass`."""
        counts = (timesteps + 1).astype(h.dtype)[:, None, None]
        return (np.cumsum(h, axis=0, dtype=h.dtype)[timesteps] / counts).transpose(0, 2, 1), ()

    def backward_pass(self, d_read: Array, h: Array, timesteps: Integers, kept: Sums) -> tuple[Asked, dict[str, Array]]:
        """See `Readout.backward_pass`: each state so far has 1 / t of the derivative by the mean."""
        d_h = np.zeros_like(h)
        d_h[timesteps] = d_read.transpose(0, 2, 1) / (timesteps + 1).astype(h.dtype)[:, None, None]
        later: Array = np.cumsum(d_h[::-1], axis=0, dtype=h.dtype)[::-1]  # a state is in its own mean and in all later
        return later, {}


@dataclass(frozen=True, eq=False)
class Max(Readout):
    """context_t = max(h_1, …, h_t), unit by unit, as torch.max over the timesteps and Keras's GlobalMaxPooling1D.

    Of equal values the first counts, as in PyTorch.
    """

    kind: ClassVar[str] = "max"
    title: ClassVar[str] = "largest over the {}s"
    phases: ClassVar[tuple[Phase, ...]] = (POOL_MAX,)
    reads: ClassVar[str] = "context"
    called: ClassVar[str] = "largest"

    def read(self, h: Array) -> dict[str, Array]:
        """See `Readout.read`; adds `context` (T, hidden_size)."""
        return {"context": np.maximum.accumulate(h, axis=0)}

    def shares(self, values: Mapping[str, Array], t: int) -> Array:
        """See `Readout.shares`: the share of the hidden units whose largest value is there."""
        origins = first_largest(values["h"][: t + 1])[-1]
        counts: Array = np.bincount(origins, minlength=t + 1) / len(origins)
        return counts

    def start(self, h: Array) -> Sums:
        """See `Readout.start`: the largest values, and whether there are any."""
        return np.zeros_like(h), np.zeros((len(h), 1), h.dtype)

    def gather(self, h: Array, sums: Sums) -> Sums:
        """See `Readout.gather`."""
        largest, any_read = sums
        return np.where(any_read != 0, np.maximum(largest, h), h), np.ones_like(any_read)

    def handed(self, h: Array, sums: Sums) -> Array:
        """See `Readout.handed`; of no state at all it is zeros."""
        return sums[0]

    def forward_pass(self, h: Array, timesteps: Integers) -> tuple[Array, Sums]:
        """See `Readout.forward_pass`."""
        return np.maximum.accumulate(h, axis=0)[timesteps].transpose(0, 2, 1), ()

    def backward_pass(self, d_read: Array, h: Array, timesteps: Integers, kept: Sums) -> tuple[Asked, dict[str, Array]]:
        """See `Readout.backward_pass`: the state that had the largest value has the whole derivative by it."""
        d_h = np.zeros_like(h)
        where = first_largest(h)[timesteps]  # (Q, hidden_size, B)
        units, sequences = np.ogrid[: h.shape[1], : h.shape[2]]
        for t, d_read_t in zip(where, d_read.transpose(0, 2, 1), strict=True):
            d_h[t, units, sequences] += d_read_t  # one place for each unit and sequence, so that none comes twice
        return d_h, {}


def first_largest(h: Array) -> Integers:
    """The timestep of the largest value so far, the first of equal ones, of the same shape as `h` (T, …)."""
    largest = np.maximum.accumulate(h, axis=0)
    newly = np.ones(h.shape, np.bool_)
    newly[1:] = h[1:] > largest[:-1]
    steps = np.arange(len(h)).reshape(-1, *[1] * (h.ndim - 1))
    return np.maximum.accumulate(np.where(newly, steps, 0), axis=0)
