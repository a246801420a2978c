"""From a batch to its loss, and back to the gradient by every parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop.architecture import Architecture
from rnn_tui.network.backprop.batch import Batch
from rnn_tui.network.backprop.losses import LOSSES
from rnn_tui.network.backprop.stack import LayerRun, back_through, run_layers
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.heads import Head, Linear, linear_of, made, outputs, through, value_name
from rnn_tui.network.readouts import READOUTS, Readout
from rnn_tui.network.workspace import Workspace

Parameters = Mapping[str, Array]
"""A network's arrays by name. Where there is no `embedding.weight`, tokens are read as one-hot vectors."""


def loss_and_gradients(
    architecture: Architecture,
    parameters: Parameters,
    batch: Batch,
    out: dict[str, Array] | None = None,
    workspace: Workspace | None = None,
) -> tuple[float, dict[str, Array]]:
    """The loss Σ weights · loss of an answer (see `LOSSES`), and its gradient by every parameter, by its name.

    A caller that does this many times gives the arrays to write the gradients to, and a workspace. Raises ValueError
    where a network that answers after the last token alone is asked before it.
    """
    _check_asked(architecture, batch)
    gradients = {name: np.empty_like(array) for name, array in parameters.items()} if out is None else out
    workspace = Workspace(parameters["fc.weight"].dtype) if workspace is None else workspace
    runs = run_layers(architecture, parameters, batch, workspace)
    h, order = _top(architecture, runs[-1], workspace), _order(architecture)
    loss, d_h = _answered(architecture, parameters, h, batch, gradients)
    back_through(runs, runs[-1].asked_by_readout(d_h, backward=order), gradients, workspace)
    return loss, gradients


def logits_of(
    architecture: Architecture, parameters: Parameters, batch: Batch, workspace: Workspace | None = None
) -> Array:
    """The logits at `batch.timesteps`, (Q, B, nodes); NaN where the network has no answer: before its last token."""
    workspace = Workspace(parameters["fc.weight"].dtype) if workspace is None else workspace
    runs = run_layers(architecture, parameters, batch, workspace)
    h = _top(architecture, runs[-1], workspace)
    read, _ = _readout(architecture, parameters).forward_pass(h, batch.timesteps)
    logits = outputs(made(architecture.head, parameters), linear_of(parameters, "fc"), read)
    if not architecture.answers_each:
        logits[batch.timesteps[:, None] != batch.ends] = np.nan
    return logits


def _check_asked(architecture: Architecture, batch: Batch) -> None:
    """Raise ValueError where the network is asked for an answer that it hasn't."""
    if architecture.answers_each:
        return
    if batch.weights[np.arange(len(batch.weights))[:, None] != batch.ends].any():
        raise ValueError("a network that reads in both directions is asked for an answer before the last token")


def _order(architecture: Architecture) -> bool | None:
    """The order of timesteps in which the readout reads the top layer's lanes; see `LayerRun.hand_on`."""
    return None if architecture.readout == "last" else False


def _top(architecture: Architecture, run: LayerRun, workspace: Workspace) -> Array:
    """The hidden states that the readout reads, (T, output_size, B)."""
    if len(run.lanes) == 1:
        return run.lanes[0].h
    (steps, batch), size = run.batch.weights.shape, run.parts[-1].stop
    rows = workspace.array("top", steps, size, batch)
    run.hand_on(rows, backward=_order(architecture))
    return rows


def _answered(
    architecture: Architecture, parameters: Parameters, h: Array, batch: Batch, gradients: dict[str, Array]
) -> tuple[float, Asked]:
    """From the hidden states (T, n, B) to the loss and back: what readout, head and fc ask of them."""
    readout, head = _readout(architecture, parameters), made(architecture.head, parameters)
    read, kept = readout.forward_pass(h, batch.timesteps)
    given = through(head, read)
    loss, d_read = _answer(architecture, parameters, given[-1] if given else read, batch, gradients)
    d_read = _back_through_head(head, d_read, [read, *given], gradients)
    d_h, found = readout.backward_pass(d_read, h, batch.timesteps, kept)
    for name, gradient in found.items():
        gradients[name][...] = gradient
    return loss, d_h


def _readout(architecture: Architecture, parameters: Parameters) -> Readout:
    return READOUTS[architecture.readout].made(parameters)


def _answer(
    architecture: Architecture, parameters: Parameters, read: Array, batch: Batch, gradients: dict[str, Array]
) -> tuple[float, Array]:
    """From what fc reads (Q, B, n), the loss and the derivative by it, of the same shape."""
    timesteps = batch.timesteps
    rows = read.reshape(-1, read.shape[2])
    fc = linear_of(parameters, "fc")
    weights = batch.weights[timesteps].reshape(-1).astype(rows.dtype, copy=False)
    targets = batch.targets[timesteps]
    loss, d_logits = LOSSES[architecture.output](fc(rows), targets.reshape(-1, *targets.shape[2:]), weights)
    return loss, _back_through_linear("fc", fc, d_logits, rows, gradients).reshape(read.shape)


def _back_through_head(head: Head, d_read: Array, values: Sequence[Array], gradients: dict[str, Array]) -> Array:
    """From the derivative by what the head gives to that by what it reads.

    `values` are what it reads and what each entry gives, (Q, B, n) each.
    """
    for index in reversed(range(len(head))):
        entry, x, y = head[index], values[index], values[index + 1]
        d_read = d_read * entry.function.slope(y)
        if entry.linear is not None:
            d_rows, rows = d_read.reshape(-1, y.shape[2]), x.reshape(-1, x.shape[2])
            d_read = _back_through_linear(value_name(index), entry.linear, d_rows, rows, gradients).reshape(x.shape)
    return d_read


def _back_through_linear(name: str, linear: Linear, d_y: Array, x: Array, gradients: dict[str, Array]) -> Array:
    """Write the gradients of a linear layer, and return the derivative by what it reads; d_y (n, out), x (n, in)."""
    np.matmul(d_y.T, x, out=gradients[f"{name}.weight"])
    np.sum(d_y, axis=0, out=gradients[f"{name}.bias"])
    d_x: Array = d_y @ linear.weight
    return d_x
