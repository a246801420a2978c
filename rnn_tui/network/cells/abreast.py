"""Two cells of a kind, one that reads forward and one backward, which take their steps together: twice as quick.

A step of a small cell takes its time to be asked for, not to be computed. So the units of both cells are laid side by
side, gate by gate, and each operation is one on both. σ(v) is (1 + tanh(v / 2)) / 2, and each ½ goes where it costs
nothing: the inner one into the weights, the outer one into what comes after. Halving and doubling round nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from rnn_tui.network.arrays import Array, aligned
from rnn_tui.network.cells.parameters import CellParameters, State

MOST_ABREAST = 128
"""Up to so many units two cells are quicker abreast: beyond, computing takes longer than asking for it."""
MOST_IN_ONE = 48
"""Up to so many units both cells' weights stand in one matrix, half of it zeros: one product costs less than two."""

Both = tuple[dict[str, Array], dict[str, Array]]
"""The values of both cells over a sentence, each in the order in which its cell reads."""


class Steps(NamedTuple):
    """The arrays in which the steps of a sentence are computed, [t] each.

    `hidden` is h before each step and after the last, as many times as large as it is `doubled`, (T + 1, 2, size);
    `products` is what it is multiplied into, and `added` the same gate by gate, (T, gates, 2, size).
    """

    hidden: Array
    products: Array
    added: Array


class Abreast:
    """Two cells of a kind and of a size that take their steps together.

    `scale` is what the rows of each gate are multiplied with, and h comes `doubled` times as large.
    """

    def __init__(self, cells: Sequence[CellParameters], scale: Sequence[float], doubled: int = 1) -> None:
        size, self.dtype = cells[0].hidden_size, cells[0].weight_hh.dtype
        self.size, self.gates, self.doubled = size, len(scale), doubled
        self.scale = np.array(scale, self.dtype)[:, None, None]
        self.unscale = (1 / self.scale)[:, 0]
        self.bias = np.stack([cell.bias_hh.reshape(self.gates, size) for cell in cells], axis=1)
        self.bias_of_each = self.bias.swapaxes(0, 1)[:, None]
        weights = [cell.weight_hh.reshape(self.gates, size, size) * (self.scale / doubled) for cell in cells]
        self.in_one = size <= MOST_IN_ONE
        if self.in_one:
            whole = np.zeros((self.gates, 2, size, 2, size), self.dtype)
            for lane, weight in enumerate(weights):
                whole[:, lane, :, lane] = weight
            self.multiply: Callable[[Array, Array], object] = _by_column(whole.reshape(-1, 2 * size)).dot
        else:
            self._a, self._b = (_by_column(weight.reshape(-1, size)).dot for weight in weights)
            self.multiply = self._multiply

    @staticmethod
    def can(a: CellParameters, b: CellParameters) -> bool:
        """Tell whether two cells are of a kind and a size that take their steps together."""
        alike = type(a) is type(b) and (a.hidden_size, a.weight_hh.dtype) == (b.hidden_size, b.weight_hh.dtype)
        return alike and a.hidden_size <= MOST_ABREAST

    def _multiply(self, hidden: Array, products: Array) -> None:
        """Multiply h of both cells, (2, size), into what is a row each, (2, rows)."""
        self._a(hidden[0], products[0])
        self._b(hidden[1], products[1])

    def laid(self, stacked: Sequence[Array]) -> Array:
        """Lay what is stacked gate by gate in each cell, (T, rows) each, side by side: (T, gates, 2, size)."""
        laid = np.empty((len(stacked[0]), self.gates, 2, self.size), self.dtype)
        for lane, array in enumerate(stacked):
            laid[:, :, lane] = array.reshape(-1, self.gates, self.size)
        return laid

    def steps(self, count: int, states: Sequence[State]) -> Steps:
        """Room for so many steps, the first of which comes after what both remember."""
        hidden = np.empty((count + 1, 2, self.size), self.dtype)
        hidden[0, 0], hidden[0, 1] = states[0][0], states[1][0]
        hidden[0] *= self.doubled
        if self.in_one:
            added = np.empty((count, self.gates, 2, self.size), self.dtype)
            return Steps(hidden, added.reshape(count, -1), added)
        products = np.empty((count, 2, self.gates * self.size), self.dtype)
        return Steps(hidden, products, products.reshape(count, 2, self.gates, self.size).swapaxes(1, 2))

    def row(self, array: Array) -> Array:
        """Return what is laid side by side, (T, …, 2, size), as a step takes it: in one row where both are in one."""
        return array.reshape(len(array), -1) if self.in_one else array

    def recalled(self, steps: Steps) -> Array:
        """Hh = weight_hh·h_prev + bias_hh of both cells, (2, T, rows), from the products."""
        count = len(steps.added)
        hh: Array = np.multiply(steps.added.transpose(2, 0, 1, 3), self.unscale, order="C")
        hh += self.bias_of_each
        return hh.reshape(2, count, -1)

    def unroll(self, ih: Sequence[Array], states: Sequence[State]) -> Both | None:
        """Every value of both cells over a sentence, as `Cell.unroll` gives it of one.

        `ih` is (T, rows) each and `states` what each carries into its first step, both in the order in which it reads.
        None where a number was none in the end (NaN): in one matrix, 0 times it is none either, and what is none in
        one cell would be so in the other.
        """
        both = self._unrolled(ih, states)
        ends = [values["h"][-1] for values in both]
        return both if np.isfinite(np.add(*ends).sum()) else None

    def _unrolled(self, ih: Sequence[Array], states: Sequence[State]) -> Both:
        """The same, whatever the numbers are."""
        raise NotImplementedError


class LSTMsAbreast(Abreast):
    """Two LSTMs. c_prev stands behind i, f, g and o, so that one product makes i·g and f·c_prev."""

    def __init__(self, cells: Sequence[CellParameters]) -> None:
        super().__init__(cells, (0.5, 0.5, 1.0, 0.5), doubled=2)
        ones = np.ones((1, 4, 2, self.size), self.dtype)
        ones[:, 2] = 0  # g is signed, and as large as it is
        self.ones = self.row(ones)[0]

    def _unrolled(self, ih: Sequence[Array], states: Sequence[State]) -> Both:
        """See `Abreast.unroll`; the gates i, f and o are twice as large until the last step is done."""
        count, size, row = len(ih[0]), self.size, self.row
        inputs = self.laid(ih)
        inputs += self.bias
        inputs *= self.scale
        steps = self.steps(count, states)
        values = np.empty((count + 1, 5, 2, size), self.dtype)
        values[0, 4, 0], values[0, 4, 1] = states[0][1], states[1][1]
        sums, cs = row(values[:-1, :4]), values[:, 4]
        ones = self.ones
        half, product = np.full((2, size), 0.5, self.dtype), np.empty((2, 2, size), self.dtype)
        written, kept = product
        multiply, add, times, tanh = self.multiply, np.add, np.multiply, np.tanh
        hidden = row(steps.hidden) if self.in_one else steps.hidden
        for h_prev, products, added, inputs_t, sums_t, i_f, g_c, o, c, h in zip(
            hidden[:-1], steps.products, row(steps.added) if self.in_one else steps.added, row(inputs), sums,
            values[:-1, :2], values[:-1, 2::2], values[:-1, 3], cs[1:], steps.hidden[1:], strict=True,
        ):  # fmt: skip
            multiply(h_prev, products)
            tanh(add(inputs_t, added, sums_t), sums_t)
            add(sums_t, ones, sums_t)
            times(i_f, g_c, product)
            times(add(written, kept, written), half, c)
            times(o, tanh(c, h), h)
        values[:-1, :4] *= self.scale
        steps.hidden[1:] *= self.dtype.type(0.5)
        hh = self.recalled(steps)
        a, b = (
            {
                "ih": ih[lane], "hh": hh[lane], "i": values[:-1, 0, lane], "f": values[:-1, 1, lane],
                "g": values[:-1, 2, lane], "o": values[:-1, 3, lane], "c_prev": cs[:-1, lane], "c": cs[1:, lane],
                "h": steps.hidden[1:, lane],
            }
            for lane in (0, 1)
        )  # fmt: skip
        return a, b


class GRUsAbreast(Abreast):
    """Two GRUs. r comes twice as large and hh_n half as large, so that their product is what it is."""

    def __init__(self, cells: Sequence[CellParameters]) -> None:
        super().__init__(cells, (0.5, 0.5, 0.5))

    def _unrolled(self, ih: Sequence[Array], states: Sequence[State]) -> Both:
        """See `Abreast.unroll`; the gates r and z are twice as large until the last step is done."""
        count, size, row = len(ih[0]), self.size, self.row
        inputs = self.laid(ih)
        inputs[:, :2] += self.bias[:2]
        inputs[:, :2] *= self.dtype.type(0.5)
        steps = self.steps(count, states)
        values = np.empty((count, 3, 2, size), self.dtype)  # r, z and n
        half, bias_n = np.full((2, size), 0.5, self.dtype), self.bias[2] * self.dtype.type(0.5)
        ones = row(np.ones((1, 2, 2, size), self.dtype))[0]
        multiply, add, times, tanh, less = self.multiply, np.add, np.multiply, np.tanh, np.subtract
        for multiplied, products, r_z, added, inputs_t, r, z, n, added_n, inputs_n, h_prev, h in zip(
            row(steps.hidden)[:-1], steps.products, row(values[:, :2]), row(steps.added[:, :2]), row(inputs[:, :2]),
            values[:, 0], values[:, 1], values[:, 2], steps.added[:, 2], inputs[:, 2], steps.hidden[:-1],
            steps.hidden[1:], strict=True,
        ):  # fmt: skip
            multiply(multiplied, products)
            tanh(add(inputs_t, added, r_z), r_z)
            add(r_z, ones, r_z)
            tanh(add(inputs_n, times(r, add(added_n, bias_n, n), n), n), n)
            # n + z·(h_prev − n), which is (1 − z)·n + z·h_prev with one product less.
            add(n, times(times(z, less(h_prev, n, h), h), half, h), h)
        values[:, :2] *= self.dtype.type(0.5)
        hh = self.recalled(steps)
        a, b = (
            {
                "ih": ih[lane], "hh": hh[lane], "r": values[:, 0, lane], "z": values[:, 1, lane],
                "n": values[:, 2, lane], "h": steps.hidden[1:, lane],
            }
            for lane in (0, 1)
        )  # fmt: skip
        return a, b


def _by_column(weight: Array) -> Array:
    """A matrix by column and on a cache line; see `CellParameters.near_weight_hh`."""
    return aligned(weight.T).T
