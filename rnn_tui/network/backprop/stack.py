"""The stack of layers, each with a lane or two: there, and back to the parameters of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop.architecture import Architecture
from rnn_tui.network.backprop.batch import Batch
from rnn_tui.network.backprop.lanes import Below, Inputs, LaneRun, add_rows, cell_gradients, run_lane
from rnn_tui.network.cells import cell_class
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.layers import Merge, cell_parameters
from rnn_tui.network.workspace import Workspace


@dataclass(frozen=True, eq=False)
class LayerRun:
    """The run of a layer over a batch: a lane, or one for each direction."""

    batch: Batch
    lanes: tuple[LaneRun, ...]
    merge: Merge

    @cached_property
    def parts(self) -> tuple[slice, ...]:
        """The rows of each lane in what is handed on: one under the other, or all of them where they are added up."""
        size = self.lanes[0].cell.hidden_size
        starts = [size * index if self.merge == "concat" else 0 for index in range(len(self.lanes))]
        return tuple(slice(start, start + size) for start in starts)

    def hand_on(self, rows: Array, *, backward: bool | None) -> None:
        """See `Below.hand_on`. With None for `backward` each lane hands on its states in the order in which it read.

        Then a sequence's last timestep has the final state of both: PyTorch's h_n.
        """
        for index, (lane, part) in enumerate(zip(self.lanes, self.parts, strict=True)):
            h = lane.h if backward in (None, lane.backward) else self.batch.turned(lane.h)
            if index and self.merge == "sum":
                rows[:, part] += h
            else:
                rows[:, part] = h

    def asked_by_lanes(self, d_rows: Sequence[tuple[Array, bool]]) -> list[Asked]:
        """From the derivatives by what the lanes of the layer above read to what each lane is asked.

        `d_rows` has each derivative (T, output_size, B) with the direction of that lane.
        """
        found: list[Asked] = []
        for lane, part in zip(self.lanes, self.parts, strict=True):
            parts = [_in_order(self.batch, d[:, part], turn=backward != lane.backward) for d, backward in d_rows]
            found.append(parts[0] if len(parts) == 1 else np.add(*parts))
        return found

    def asked_by_readout(self, d_h: Asked, *, backward: bool | None) -> list[Asked]:
        """From the derivatives by what `hand_on` wrote, (T, output_size, B), to what each lane is asked."""
        if len(self.lanes) == 1:
            return [d_h]
        if backward is None:
            return [[None if d is None else d[part] for d in d_h] for part in self.parts]
        shape = (len(self.lanes[0].h), self.parts[-1].stop, self.lanes[0].h.shape[2])
        return self.asked_by_lanes([(_whole(d_h, shape, self.lanes[0].h.dtype), backward)])


def run_layers(
    architecture: Architecture, parameters: Mapping[str, Array], batch: Batch, workspace: Workspace
) -> list[LayerRun]:
    """Run every layer over a batch, the bottom one first."""
    runs: list[LayerRun] = []
    for index, kind in enumerate(architecture.layers):
        below: Below = runs[-1] if runs else Inputs(batch, parameters.get("embedding.weight"))
        lanes = []
        for backward in (False, True) if kind.bidirectional else (False,):
            cell = cell_class(kind.cell).made(cell_parameters(parameters, index, backward=backward), kind.activation)
            room = workspace.part(f"{index}{' backward' if backward else ''}")
            lanes.append(run_lane(cell, below, batch.weights.shape, room, backward=backward))
        runs.append(LayerRun(batch, tuple(lanes), kind.merge))
    return runs


def back_through(
    runs: Sequence[LayerRun], asked: list[Asked], gradients: Mapping[str, Array], workspace: Workspace
) -> None:
    """From what each lane of the top layer is asked to the gradients of all layers, and of the embedding."""
    embedding = gradients.get("embedding.weight")
    if embedding is not None:
        embedding[:] = 0
    for index in range(len(runs) - 1, -1, -1):
        batch, d_below = runs[index].batch, []
        for lane, d_h in zip(runs[index].lanes, asked, strict=True):
            d_ih, d_hh = lane.cell.backward_pass(d_h, lane.unrolled, workspace)
            own = cell_parameters(gradients, index, backward=lane.backward)
            columns = cell_gradients(lane.unrolled, d_ih, d_hh, own, workspace)
            if index:
                d_below.append((_d_below(lane, columns, batch, workspace.part(f"{index}")), lane.backward))
            elif embedding is not None:  # with one, inputs are its rows
                rows = batch.inputs_as_read(backward=lane.backward).reshape(-1).astype(np.intp, copy=False)
                add_rows(embedding, rows, columns.T @ lane.cell.weight_ih)
        if index:
            asked = runs[index - 1].asked_by_lanes(d_below)


def _d_below(lane: LaneRun, columns: Array, batch: Batch, workspace: Workspace) -> Array:
    """The derivative by what a lane read, (T, input_size, B): weight_ihᵀ·d_ih; `columns` is d_ih, (rows, T · B)."""
    steps, size = batch.weights.shape
    name = "d_below backward" if lane.backward else "d_below"
    out = workspace.array(name, lane.cell.input_size, steps * size)
    np.matmul(lane.cell.weight_ih.T, columns, out=out)
    return out.reshape(-1, steps, size).transpose(1, 0, 2)


def _in_order(batch: Batch, array: Array, *, turn: bool) -> Array:
    return batch.turned(array) if turn else array


def _whole(asked: Asked, shape: tuple[int, ...], dtype: np.dtype[np.floating]) -> Array:
    """An array (T, n, B) of what is asked, with zeros where nothing is."""
    if isinstance(asked, np.ndarray):
        return asked
    whole = np.zeros(shape, dtype)
    for t, d in enumerate(asked):
        if d is not None:
            whole[t] = d
    return whole
