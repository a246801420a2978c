"""Exact gradients through time: the loss of a batch, and its derivative by every parameter.

Pure functions on parameters under their PyTorch names (`rnn.weight_ih_l0`, `fc.bias`, … as in the model file), in
whatever dtype the parameters have: float32 to train, float64 to check. `d_` before a name means the derivative of the
loss by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array, softmax
from rnn_tui.network.cells import Cell, cell_class
from rnn_tui.network.cells.cell import Asked, Unrolled
from rnn_tui.network.layers import cell_parameters
from rnn_tui.network.workspace import Workspace

Parameters = Mapping[str, Array]
"""A network's arrays by name. Where there is no `embedding.weight`, tokens are read as one-hot vectors."""

Integers = NDArray[np.integer]


@dataclass(frozen=True)
class Architecture:
    """The kind of network that parameters belong to, in the words of the model file."""

    cell: str = "elman"
    activation: str | None = "tanh"
    readout: str = "last"


@dataclass(frozen=True, eq=False)
class Batch:
    """B sequences side by side, padded to the longest of T tokens.

    `weights` says where the loss is taken and how much each timestep counts, 0 at the padding. Padding follows its
    sequence and no step looks ahead, so what is computed there reaches no loss, and its gradient is exactly 0
    without a mask.
    """

    inputs: Integers | Array  # (T, B) token indices, or (T, B, input_size) numbers
    targets: Integers  # (T, B) the right label at each timestep; any label where weights is 0
    weights: Array  # (T, B)

    @cached_property
    def timesteps(self) -> Integers:
        """The timesteps at which any of the sequences takes a loss, (Q,)."""
        return np.flatnonzero(self.weights.any(axis=1))


def loss_and_gradients(
    architecture: Architecture,
    parameters: Parameters,
    batch: Batch,
    out: dict[str, Array] | None = None,
    workspace: Workspace | None = None,
) -> tuple[float, dict[str, Array]]:
    """The loss Σ weights · cross-entropy, and its gradient by every parameter, by the parameter's name.

    A caller that does this many times gives the arrays to write the gradients to, and a workspace.
    """
    gradients = {name: np.empty_like(array) for name, array in parameters.items()} if out is None else out
    workspace = Workspace(parameters["fc.weight"].dtype) if workspace is None else workspace
    cell = _cell(architecture, parameters)
    unrolled = cell.forward_pass(_stack(cell, parameters, batch.inputs, workspace), workspace)
    read = _read_with_attention if architecture.readout == "attention" else _read
    loss, d_h = read(parameters, unrolled.h[1:], batch, gradients)
    d_ih, d_hh = cell.backward_pass(d_h, unrolled, workspace)
    columns_ih = _cell_gradients(unrolled, d_ih, d_hh, cell_parameters(gradients), workspace)
    if "embedding.weight" in parameters:
        d_x = columns_ih.T @ cell.weight_ih
        index: Integers = batch.inputs.reshape(-1).astype(np.intp, copy=False)  # with an embedding, inputs are its rows
        _add_rows(gradients["embedding.weight"], index, d_x)
    return loss, gradients


def logits_of(
    architecture: Architecture, parameters: Parameters, batch: Batch, workspace: Workspace | None = None
) -> Array:
    """The logits at `batch.timesteps`, (Q, B, output_size)."""
    workspace = Workspace(parameters["fc.weight"].dtype) if workspace is None else workspace
    cell = _cell(architecture, parameters)
    h = cell.forward_pass(_stack(cell, parameters, batch.inputs, workspace), workspace).h[1:]
    if architecture.readout == "attention":
        read = _attend(parameters, h.transpose(2, 0, 1), batch.timesteps)[1].transpose(1, 0, 2)
    else:
        read = h[batch.timesteps].transpose(0, 2, 1)
    logits: Array = read @ parameters["fc.weight"].T + parameters["fc.bias"]
    return logits


def cross_entropy(logits: Array, targets: Integers, weights: Array) -> tuple[float, Array]:
    """Σ weights · −log softmax(logits)[target], and its gradient by the logits: weights · (probs − one_hot(target)).

    logits (n, output_size), targets (n,), weights (n,).
    """
    rows = np.arange(len(targets))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    loss = float(weights @ (np.log(total[:, 0]) - shifted[rows, targets]))
    d_logits = exponentials / total
    d_logits[rows, targets] -= 1
    d_logits *= weights[:, None]
    return loss, d_logits


def _cell(architecture: Architecture, parameters: Parameters) -> Cell:
    return cell_class(architecture.cell).made(cell_parameters(parameters), architecture.activation)


def _stack(cell: Cell, parameters: Parameters, inputs: Integers | Array, workspace: Workspace) -> Array:
    """[x; 1; h_prev] of every timestep and one more, x, 1 and the zero state filled in.

    (T + 1, input_size + 1 + hidden_size, B).
    """
    input_size, hidden_size = cell.input_size, cell.hidden_size
    steps, batch = inputs.shape[:2]
    stack = workspace.array("stack", steps + 1, input_size + 1 + hidden_size, batch)
    x = stack[:steps, :input_size]
    if inputs.ndim == 3:
        x[:] = inputs.transpose(0, 2, 1)
    elif "embedding.weight" in parameters:
        x[:] = parameters["embedding.weight"][inputs].transpose(0, 2, 1)
    else:
        x[:] = np.arange(input_size)[:, None] == inputs[:, None]
    stack[:, input_size] = 1
    stack[0, input_size + 1 :] = 0
    return stack


def _read(parameters: Parameters, h: Array, batch: Batch, gradients: dict[str, Array]) -> tuple[float, Asked]:
    """The readouts `last` and `each`, there and back: the loss and d_h."""
    loss, d_read = _answer(parameters, h[batch.timesteps].transpose(0, 2, 1), batch, gradients)
    d_h: list[Array | None] = [None] * len(h)
    for t, d_h_t in zip(batch.timesteps, d_read.transpose(0, 2, 1), strict=True):
        d_h[t] = d_h_t
    return loss, d_h


def _read_with_attention(
    parameters: Parameters, h: Array, batch: Batch, gradients: dict[str, Array]
) -> tuple[float, Asked]:
    """The readout `attention`, there and back: the loss and d_h."""
    h = np.ascontiguousarray(h.transpose(2, 0, 1))  # (B, T, hidden_size): each sequence looks back over its own
    attention, context = _attend(parameters, h, batch.timesteps)
    loss, d_read = _answer(parameters, context.transpose(1, 0, 2), batch, gradients)
    d_context = d_read.transpose(1, 0, 2)
    d_attention = d_context @ h.transpose(0, 2, 1)
    through_softmax = attention * (d_attention - (attention * d_attention).sum(axis=2, keepdims=True))
    d_scores = through_softmax.sum(axis=1)  # (B, T)
    gradients["attention.weight"][0] = d_scores.reshape(-1) @ h.reshape(-1, h.shape[2])
    gradients["attention.bias"][0] = d_scores.sum()
    d_by_sequence = attention.transpose(0, 2, 1) @ d_context + d_scores[:, :, None] * parameters["attention.weight"]
    d_h: Array = d_by_sequence.transpose(1, 2, 0)
    return loss, d_h


def _attend(parameters: Parameters, h: Array, timesteps: Integers) -> tuple[Array, Array]:
    """Weigh the hidden states so far: attention (B, Q, T), rows adding to 1, and context (B, Q, hidden_size).

    `h` is (B, T, hidden_size). e_t = attention.weight·h_t + attention.bias; the softmax of e over the words so far
    weighs the h_t.
    """
    scores = h @ parameters["attention.weight"][0] + parameters["attention.bias"]
    later = np.arange(h.shape[1]) > timesteps[:, None]
    attention = softmax(np.where(later, np.array(-np.inf, h.dtype), scores[:, None, :]))
    return attention, attention @ h


def _answer(parameters: Parameters, read: Array, batch: Batch, gradients: dict[str, Array]) -> tuple[float, Array]:
    """From what fc reads (Q, B, hidden_size), the loss and the derivative by it, of the same shape."""
    timesteps = batch.timesteps
    rows = read.reshape(-1, read.shape[2])
    logits = rows @ parameters["fc.weight"].T + parameters["fc.bias"]
    weights = batch.weights[timesteps].reshape(-1).astype(rows.dtype, copy=False)
    loss, d_logits = cross_entropy(logits, batch.targets[timesteps].reshape(-1), weights)
    np.matmul(d_logits.T, rows, out=gradients["fc.weight"])
    np.sum(d_logits, axis=0, out=gradients["fc.bias"])
    return loss, (d_logits @ parameters["fc.weight"]).reshape(read.shape)


def _cell_gradients(
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


def _columns(array: Array, name: str, workspace: Workspace) -> Array:
    """From (T, n, B) to (n, T · B): all timesteps side by side."""
    steps, n, batch = array.shape
    columns = workspace.array(name, n, steps, batch)
    columns[:] = array.transpose(1, 0, 2)
    return columns.reshape(n, steps * batch)


def _add_rows(total: Array, index: Integers, rows: Array) -> None:
    """Make `total` zero, then total[index] += rows, where an index may come several times.

    np.add.at is quick in one dimension alone.
    """
    total[:] = 0
    flat = index[:, None] * total.shape[1] + np.arange(total.shape[1])
    np.add.at(total.reshape(-1), flat.reshape(-1), rows.reshape(-1))
