"""One lane of a network, a cell that reads a batch in one direction: there and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop.batch import Batch, Integers
from rnn_tui.network.cells import Cell
from rnn_tui.network.cells.cell import Unrolled
from rnn_tui.network.workspace import Workspace


class Below(Protocol):
    """A source of what a lane reads: the inputs, or the layer below."""

    def hand_on(self, rows: Array, *, backward: bool) -> None:
        """Write what is read, timestep by timestep in the order of a direction, into `rows` (T, input_size, B)."""
        ...


class Inputs(NamedTuple):
    """The input of the bottom layer: numbers, rows of an embedding or, without one, one-hot vectors."""

    batch: Batch
    embedding: Array | None  # (vocab_size, input_size)

    def hand_on(self, rows: Array, *, backward: bool) -> None:
        """See `Below.hand_on`."""
        inputs = self.batch.inputs_as_read(backward=backward)
        if inputs.ndim == 3:
            rows[:] = inputs.transpose(0, 2, 1)
        elif self.embedding is not None:
            x = self.embedding.take(cast(Integers, inputs), axis=0)  # four times as quick as [inputs]
            rows[:] = x.transpose(0, 2, 1)
        else:
            rows[:] = np.arange(rows.shape[1])[:, None] == inputs[:, None]


class LaneRun(NamedTuple):
    """The run of a cell over a batch; timesteps stand in the order in which it read them."""

    cell: Cell
    backward: bool
    unrolled: Unrolled

    @property
    def h(self) -> Array:
        """The hidden states, (T, hidden_size, B)."""
        return self.unrolled.h[1:]


def run_lane(cell: Cell, below: Below, shape: tuple[int, int], workspace: Workspace, *, backward: bool) -> LaneRun:
    """Run a cell over a batch of `shape` (T, B); what is kept of it lies in `workspace`, which is for this lane alone.

    The stack is [x; 1; h_prev] of every timestep and one more, (T + 1, input_size + 1 + hidden_size, B).
    """
    (steps, batch), input_size = shape, cell.input_size
    stack = workspace.array("stack", steps + 1, input_size + 1 + cell.hidden_size, batch)
    below.hand_on(stack[:steps, :input_size], backward=backward)
    stack[:, input_size] = 1
    stack[0, input_size + 1 :] = 0
    return LaneRun(cell, backward, cell.forward_pass(stack, workspace))


def cell_gradients(
    unrolled: Unrolled, d_ih: Array, d_hh: Array, gradients: Mapping[str, Array], workspace: Workspace
) -> Array:
    """Write the gradients by the cell's parameters, by their short names, each one product over all timesteps.

    Returns d_ih with all timesteps side by side, (rows, T · B).
    ih = [weight_ih | bias_ih]·[x; 1] and hh = [bias_hh | weight_hh]·[1; h_prev] at every timestep.
    """
    one = gradients["weight_ih"].shape[1]  # the row of the ones
    stack = _columns(unrolled.stack[:-1], "columns_stack", workspace)
    columns = _columns(d_hh, "columns_hh", workspace)
    products = columns @ stack.T
    gradients["weight_hh"][:] = products[:, one + 1 :]
    gradients["bias_hh"][:] = products[:, one]
    if d_ih is not d_hh:
        columns = _columns(d_ih, "columns_ih", workspace)
        products = columns @ stack[: one + 1].T
    gradients["weight_ih"][:] = products[:, :one]
    gradients["bias_ih"][:] = products[:, one]
    return columns


def add_rows(total: Array, index: Integers, rows: Array) -> None:
    """Add rows to total[index], where an index may come several times.

    np.add.at is quick in one dimension alone.
    """
    flat = index[:, None] * total.shape[1] + np.arange(total.shape[1])
    np.add.at(total.reshape(-1), flat.reshape(-1), rows.reshape(-1))


def _columns(array: Array, name: str, workspace: Workspace) -> Array:
    """From (T, n, B) to (n, T · B): all timesteps side by side."""
    steps, n, batch = array.shape
    columns = workspace.array(name, n, steps, batch)
    columns[:] = array.transpose(1, 0, 2)
    return columns.reshape(n, steps * batch)
