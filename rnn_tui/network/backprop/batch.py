"""A batch: sequences side by side, and the answers that are right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array

Integers = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Batch:
    """B sequences side by side, padded to the longest of T tokens.

    `weights` says where the loss is taken and how much each timestep counts, 0 at the padding. Padding follows its
    sequence, and a lane that reads backward begins at the last token of each sequence and has its padding after the
    first one, too (as PyTorch reads packed sequences). So no step reads padding before a token, what is computed there
    reaches no loss, and its gradient is exactly 0 without a mask.
    """

    inputs: Integers | Array  # (T, B) token indices, or (T, B, input_size) numbers
    targets: Integers | Array  # (T, B) labels, or (T, B, K) standardised numbers; any where weights is 0, but finite
    weights: Array  # (T, B)
    lengths: Integers | None = None  # (B,), how many tokens each has; only what reads backward needs to know

    @cached_property
    def timesteps(self) -> Integers:
        """The timesteps at which any of the sequences takes a loss, (Q,)."""
        return np.flatnonzero(self.weights.any(axis=1))

    @cached_property
    def ends(self) -> Integers:
        """The timestep of the last token of each sequence, (B,); raises ValueError where no lengths are given."""
        if self.lengths is None:
            raise ValueError("what reads backward begins at the last token: the batch has to say the lengths")
        return np.asarray(self.lengths) - 1

    def turned(self, array: Array) -> Array:
        """Turn each sequence of (T, n, B) around, from its last token to its first.

        Padding stays where it is, so that to turn twice changes nothing. May be a view.
        """
        order = self._order
        if order is None:
            return array[::-1]
        steps, n, batch = array.shape
        rows = array.transpose(0, 2, 1).reshape(steps * batch, n)  # copying whole rows is quicker than single numbers
        return rows.take(order, axis=0).reshape(steps, batch, n).transpose(0, 2, 1)

    def inputs_as_read(self, *, backward: bool) -> Integers | Array:
        """The inputs, timestep by timestep, in the order in which a lane reads them, in their shape."""
        if not backward:
            return self.inputs
        if self._order is None:
            return self.inputs[::-1]
        steps, batch, *rest = self.inputs.shape
        return self.inputs.reshape(steps * batch, *rest)[self._order].reshape(self.inputs.shape)

    @cached_property
    def _order(self) -> Integers | None:
        """The rows of (T · B, …) in the order of a lane that reads backward; None where no sequence has padding."""
        steps, batch = self.weights.shape
        t, ends = np.arange(steps)[:, None], self.ends
        if (ends == steps - 1).all():
            return None
        turned: Integers = np.where(t <= ends, ends - t, t) * batch + np.arange(batch)
        return turned.reshape(-1)
