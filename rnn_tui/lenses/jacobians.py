"""The single factors of the way back through time: the derivative of a step's state by the state before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rnn_tui.lenses.lanes import Looked, lane_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell
from rnn_tui.network.held import Held
from rnn_tui.network.held_passes import step_backward_held
from rnn_tui.network.holding import jacobian_held
from rnn_tui.network.layers import Lane
from rnn_tui.network.trace import Trace


class Walked(Protocol):
    """The recording through which the way back is walked."""

    @property
    def size(self) -> int:
        """The numbers of the state: those of h, for LSTM those of h and c, of all lanes that are looked at."""
        ...

    def jacobian(self, step: int) -> Array:
        """∂s/∂s_prev (size, size) of a step, counted from 0 in the order in which the words are read."""
        ...

    def kept(self) -> Array:
        """Return the share that the step at each word lets through on average, (T,)."""
        ...

    def spectral_radius(self) -> float | None:
        """The largest |eigenvalue| of weight_hh, where the memory is multiplied by it alone; None with gates."""
        ...


@dataclass(frozen=True, eq=False)
class LaneWalk:
    """The steps of one lane, with its input held fixed."""

    trace: Trace
    looked: Looked

    @property
    def lane(self) -> Lane:
        """Its recording."""
        return lane_of(self.trace, self.looked)

    @property
    def size(self) -> int:
        """See `Walked.size`."""
        return _size(self.lane.cell)

    def jacobian(self, step: int) -> Array:
        """See `Walked.jacobian`."""
        t = len(self.trace) - 1 - step if self.lane.backward else step
        return _of_step(self.lane, t, self._held(t))

    def kept(self) -> Array:
        """See `Walked.kept`."""
        share: Array = _kept(self.lane, [self._held(t) for t in range(len(self.trace))]).mean(axis=1, dtype=np.float64)
        return share

    def spectral_radius(self) -> float | None:
        """See `Walked.spectral_radius`."""
        return _radius([self.lane.cell])

    def _held(self, t: int) -> list[Held]:
        return held_in(self.trace, t, self.looked.layer or 0, backward=bool(self.looked.backward))


@dataclass(frozen=True, eq=False)
class StackWalk:
    """The steps of all layers of a stack that reads forward, whose state is that of all of them, the lowest first.

    A layer reads what the one below has just become, so that its state depends on the old state of all below it.
    """

    trace: Trace

    @property
    def lanes(self) -> list[Lane]:
        """The recordings of all layers."""
        return [layer.forward for layer in self.trace.layers]

    @property
    def size(self) -> int:
        """See `Walked.size`."""
        return sum(_size(lane.cell) for lane in self.lanes)

    def jacobian(self, step: int) -> Array:
        """See `Walked.jacobian`."""
        whole, begin = np.zeros((self.size, self.size)), 0
        below: Array | None = None  # the rows of the layer below's h
        for index, lane in enumerate(self.lanes):
            held = held_in(self.trace, step, index, backward=False)
            end = begin + _size(lane.cell)
            if below is not None:
                whole[begin:end] = _by_input(lane, step, held) @ lane.cell.weight_ih @ below
            whole[begin:end, begin:end] = _of_step(lane, step, held)
            below = whole[begin : begin + lane.cell.hidden_size]
            begin = end
        return whole

    def kept(self) -> Array:
        """See `Walked.kept`: the mean over the units of all layers."""
        held = [[held_in(self.trace, t, index, backward=False) for t in range(len(self.trace))] for index in self._all]
        shares = [_kept(lane, of_lane) for lane, of_lane in zip(self.lanes, held, strict=True)]
        share: Array = np.concatenate(shares, axis=1).mean(axis=1, dtype=np.float64)
        return share

    def spectral_radius(self) -> float | None:
        """See `Walked.spectral_radius`: the largest of all layers; that of all weights that the old state meets."""
        return _radius([lane.cell for lane in self.lanes])

    @property
    def _all(self) -> range:
        return range(len(self.trace.layers))


def held_in(trace: Trace, t: int, layer: int, *, backward: bool) -> list[Held]:
    """The values that word t holds in a lane."""
    return [one for one in trace.tokens[t].held if (one.layer, one.backward) == (layer, backward)]


def _size(cell: Cell) -> int:
    return len(cell.state_names) * cell.hidden_size


def _of_step(lane: Lane, t: int, held: Sequence[Held]) -> Array:
    """∂s_t/∂s_prev of a lane: (hidden_size, hidden_size), for LSTM twice that, [h; c] by [h; c]."""
    values, state = lane.at(t), tuple(lane.before(t).values())
    if held:
        return jacobian_held(lane.cell, values, values["ih"], state, held)
    return lane.cell.jacobian(values, state)


def _by_input(lane: Lane, t: int, held: Sequence[Held]) -> Array:
    """∂s_t/∂ih_t of a lane, (S, rows)."""
    cell, values, state = lane.cell, lane.at(t), tuple(lane.before(t).values())
    size = _size(cell)
    d_state = tuple(np.split(np.eye(size), len(state), axis=1))  # a row for each number of s_t
    if not held:
        return cell.step_backward(values, state, d_state).d_ih
    ih, *before = (np.tile(array, (size, 1)) for array in (values["ih"], *state))
    return step_backward_held(cell, ih, tuple(before), d_state, held).d_ih


def _kept(lane: Lane, held: Sequence[Sequence[Held]]) -> Array:
    """The share that each unit's step lets through, (T, hidden_size); nothing where its last state is held."""
    kept = lane.cell.kept(lane.values, lane.all_before())
    for t, of_word in enumerate(held):
        units = [one.unit for one in of_word if one.name == lane.cell.state_names[-1]]
        if units:  # nothing of what was there stays
            kept = kept.copy()
            kept[t, units] = 0
    return kept


def _radius(cells: Sequence[Cell]) -> float | None:
    if any(cell.gates for cell in cells):
        return None
    return max(float(np.abs(np.linalg.eigvals(cell.weight_hh)).max()) for cell in cells)
