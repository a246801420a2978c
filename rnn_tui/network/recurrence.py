"""The three cells over a whole batch: forward through time, and backward through time.

Every array is (T, n, B): T timesteps of n numbers for B sequences, one column a sequence, so that a step reads like its
equation. What a step reads is stacked in one column, [x; 1; h_prev], and multiplied by [weight_ih | bias | weight_hh]
in one product. The slopes of the squashing functions are computed for all timesteps at once; the loops hold only what
must wait for the timestep before (forward) or after (backward), and write in place, since at these sizes a new array
costs more than the arithmetic. What both passes return lies in a Workspace, and is good until that is used again.

The equations are those of torch.nn.RNN, torch.nn.GRU and torch.nn.LSTM; backward is the chain rule applied to them
(Werbos, 1990, "Backpropagation through time: what it does and how to do it"). `d_` before a name means the derivative
of the loss by it: d_h is ∂loss/∂h.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Weights:
    """A cell's parameters, in PyTorch's shapes and gate order (rows r, z, n of a GRU; i, f, g, o of an LSTM)."""

    weight_ih: Array  # (gates · hidden_size, input_size)
    weight_hh: Array  # (gates · hidden_size, hidden_size)
    bias_ih: Array  # (gates · hidden_size,)
    bias_hh: Array  # (gates · hidden_size,)

    def stacked(self) -> Array:
        """[weight_ih | bias_ih + bias_hh | weight_hh], (gates · hidden_size, input_size + 1 + hidden_size)."""
        return np.concatenate((self.weight_ih, (self.bias_ih + self.bias_hh)[:, None], self.weight_hh), axis=1)


@dataclass(frozen=True, eq=False)
class Unrolled:
    """What forward leaves behind.

    `stack` is [x; 1; h_prev] of every timestep and one more, (T + 1, input_size + 1 + hidden_size, B); `h`, a view of
    its last rows, holds the hidden states with the zero state in front, (T + 1, hidden_size, B), so that h[:-1] is
    h_prev and h[1:] is h. `values` are the cell's own.
    """

    stack: Array
    h: Array
    values: Mapping[str, Array]


Asked = Array | Sequence[Array | None]
"""For each of T timesteps a derivative (hidden_size, B), or None where the readout doesn't read."""


class Recurrence(Protocol):
    """A cell's two passes."""

    def forward(self, stack: Array, weights: Weights, room: Workspace) -> Unrolled:
        """Run over time; writes the hidden states into the stack, where x, 1 and the zero state stand already."""
        ...

    def backward(self, d_h: Asked, unrolled: Unrolled, weights: Weights, room: Workspace) -> tuple[Array, Array]:
        """From d_h, what the readout asks of h, to (d_ih, d_hh).

        Both are (T, gates · hidden_size, B), where ih is weight_ih·x + bias_ih and hh is weight_hh·h_prev + bias_hh.
        """
        ...


SQUASH: Mapping[str, Callable[..., Any]] = {
    "tanh": np.tanh,
    "relu": lambda z, out: np.maximum(z, 0, out=out),
    "identity": np.positive,
}


def _one_minus_square(a: Array, out: Array) -> Array:
    """1 − a², the derivative of tanh from its output."""
    np.multiply(a, a, out=out)
    return np.subtract(1, out, out=out)


SLOPES: Mapping[str, Callable[..., Any]] = {
    "tanh": _one_minus_square,
    "relu": lambda h, out: np.greater(h, 0, out=out),
    "identity": lambda h, out: np.copyto(out, 1),
}
"""The derivative of each activation, from its output h."""


@dataclass(frozen=True)
class ElmanRecurrence:
    """h = activation(ih + hh)."""

    activation: str = "tanh"

    def forward(self, stack: Array, weights: Weights, room: Workspace) -> Unrolled:
        """See `Recurrence.forward`."""
        squash, weight = SQUASH[self.activation], weights.stacked()
        h = stack[:, -len(weight) :]
        pre_activation = np.empty_like(h[0])
        for column, h_t in zip(stack[:-1], h[1:], strict=True):
            np.dot(weight, column, out=pre_activation)
            squash(pre_activation, out=h_t)
        return Unrolled(stack, h, {})

    def backward(self, d_h: Asked, unrolled: Unrolled, weights: Weights, room: Workspace) -> tuple[Array, Array]:
        """d_pre = d_h · activation'(pre_activation), and weight_hhᵀ·d_pre goes on to the step before."""
        h = unrolled.h[1:]
        d_pre = room.array("d_pre", *h.shape)
        SLOPES[self.activation](h, out=d_pre)
        weight, carried = np.ascontiguousarray(weights.weight_hh.T), np.zeros_like(d_pre[0])
        for d_h_t, d_pre_t in zip(d_h[::-1], d_pre[::-1], strict=True):
            if d_h_t is not None:
                np.add(carried, d_h_t, out=carried)
            np.multiply(carried, d_pre_t, out=d_pre_t)
            np.dot(weight, d_pre_t, out=carried)
        return d_pre, d_pre


@dataclass(frozen=True)
class GRURecurrence:
    """r, z = σ(ih + hh); n = tanh(ih_n + r·hh_n); h = (1 − z)·n + z·h_prev."""

    def forward(self, stack: Array, weights: Weights, room: Workspace) -> Unrolled:
        """See `Recurrence.forward`; values are r, z, n and hh_n, each (T, hidden_size, B)."""
        rows, size = weights.weight_hh.shape
        steps, batch = len(stack) - 1, stack.shape[2]
        h, candidate = stack[:, -size:], slice(2 * size, rows)
        weight, ih_n = _gru_products(stack, weights, room)
        sums, n = room.array("sums", steps, rows, batch), room.array("n", steps, size, batch)
        gates, hh_n = sums[:, : 2 * size], sums[:, candidate]
        r, z = gates[:, :size], gates[:, size:]
        half = stack.dtype.type(0.5)
        for column, h_prev, h_t, ih_n_t, sums_t, gates_t, r_t, z_t, hh_n_t, n_t in zip(
            stack[:-1], h[:-1], h[1:], ih_n, sums, gates, r, z, hh_n, n, strict=True
        ):
            np.dot(weight, column, out=sums_t)
            np.tanh(gates_t, out=gates_t)  # σ(v) = ½ + ½·tanh(½·v); the rows of r and z are halved already
            np.multiply(gates_t, half, out=gates_t)
            np.add(gates_t, half, out=gates_t)
            np.multiply(r_t, hh_n_t, out=n_t)
            np.add(n_t, ih_n_t, out=n_t)
            np.tanh(n_t, out=n_t)
            np.subtract(h_prev, n_t, out=h_t)  # n + z·(h_prev − n) is (1 − z)·n + z·h_prev
            np.multiply(h_t, z_t, out=h_t)
            np.add(h_t, n_t, out=h_t)
        return Unrolled(stack, h, {"r": r, "z": z, "n": n, "hh_n": hh_n})

    def backward(self, d_h: Asked, unrolled: Unrolled, weights: Weights, room: Workspace) -> tuple[Array, Array]:
        """d_r, d_z and d_n, each before its squashing, are d_h times a factor that needs no d_h."""
        z, n = unrolled.values["z"], unrolled.values["n"]
        steps, size, batch = n.shape
        to_n, factors = _gru_factors(unrolled, room)
        d_hh = factors.reshape(steps, 3 * size, batch)
        total = room.array("total", steps + 1, size, batch)  # as `h`, with the zero state in front
        weight = np.ascontiguousarray(weights.weight_hh.T)
        through_gates, total[-1] = np.empty_like(n[0]), 0
        for d_h_t, z_t, total_t, total_before, factors_t, d_hh_t in zip(
            d_h[::-1], z[::-1], total[:0:-1], total[-2::-1], factors[::-1], d_hh[::-1], strict=True
        ):
            if d_h_t is not None:
                np.add(total_t, d_h_t, out=total_t)
            np.multiply(factors_t, total_t, out=factors_t)
            np.dot(weight, d_hh_t, out=through_gates)
            np.multiply(total_t, z_t, out=total_before)
            np.add(total_before, through_gates, out=total_before)
        d_ih = room.array("d_ih", *d_hh.shape)
        np.copyto(d_ih, d_hh)
        np.multiply(total[1:], to_n, out=d_ih[:, 2 * size :])  # n's input doesn't pass r
        return d_ih, d_hh


def _gru_products(stack: Array, weights: Weights, room: Workspace) -> tuple[Array, Array]:
    """The stacked weight that gives (r's sum / 2, z's sum / 2, hh_n), and ih_n (T, hidden_size, B) apart from it."""
    size, input_size = weights.weight_hh.shape[1], weights.weight_ih.shape[1]
    weight = weights.stacked()
    weight[: 2 * size] *= stack.dtype.type(0.5)
    weight[2 * size :, :input_size] = 0
    weight[2 * size :, input_size] = weights.bias_hh[2 * size :]
    weight_n = np.concatenate((weights.weight_ih[2 * size :], weights.bias_ih[2 * size :, None]), axis=1)
    ih_n = room.array("ih_n", len(stack) - 1, size, stack.shape[2])
    return weight, np.matmul(weight_n, stack[:-1, : input_size + 1], out=ih_n)


def _gru_factors(unrolled: Unrolled, room: Workspace) -> tuple[Array, Array]:
    """∂h by ih_n (T, hidden_size, B), and by hh's r, z and n (T, 3, hidden_size, B)."""
    r, z, n, hh_n = (unrolled.values[name] for name in ("r", "z", "n", "hh_n"))
    to_n, factors = room.array("to_n", *n.shape), room.array("factors", len(n), 3, *n.shape[1:])
    to_r, to_z, to_hh_n = factors[:, 0], factors[:, 1], factors[:, 2]
    keep = np.subtract(1, z, out=room.array("keep", *n.shape))
    np.subtract(unrolled.h[:-1], n, out=to_z)  # ∂h/∂z = h_prev − n, and σ' = z·(1 − z)
    to_z *= z
    to_z *= keep
    _one_minus_square(n, out=to_n)  # ∂h/∂n = 1 − z, and tanh' = 1 − n²
    to_n *= keep
    np.multiply(to_n, r, out=to_hh_n)
    np.subtract(1, r, out=to_r)  # r reaches n through r·hh_n, and σ' = r·(1 − r)
    to_r *= to_hh_n
    to_r *= hh_n
    return to_n, factors


@dataclass(frozen=True)
class LSTMRecurrence:
    """i, f, o = σ(ih + hh); g = tanh(ih + hh); c = f·c_prev + i·g; h = o·tanh(c)."""

    def forward(self, stack: Array, weights: Weights, room: Workspace) -> Unrolled:
        """See `Recurrence.forward`; values are gates (T, 4, hidden_size, B), tanh_c, and kept + written = c."""
        rows, size = weights.weight_hh.shape
        steps, batch = len(stack) - 1, stack.shape[2]
        h, gates = stack[:, -size:], room.array("gates", steps, 4, size, batch)
        kept, written, tanh_c = (room.array(name, steps, size, batch) for name in ("kept", "written", "tanh_c"))
        # One tanh squashes all four, since σ(v) = ½ + ½·tanh(½·v); the first ½ goes into the weights.
        scale = np.full((rows, batch), 0.5, stack.dtype)
        scale[2 * size : 3 * size] = 1
        offset, weight = 1 - scale, weights.stacked() * scale[:, :1]
        c = np.zeros_like(h[0])
        for column, h_t, all_t, i, f, g, o, kept_t, written_t, tanh_c_t in zip(
            stack[:-1], h[1:], gates.reshape(steps, rows, batch), *(gates[:, k] for k in range(4)), kept, written,
            tanh_c, strict=True,
        ):  # fmt: skip
            np.dot(weight, column, out=all_t)
            np.tanh(all_t, out=all_t)
            np.multiply(all_t, scale, out=all_t)
            np.add(all_t, offset, out=all_t)
            np.multiply(f, c, out=kept_t)
            np.multiply(i, g, out=written_t)
            np.add(kept_t, written_t, out=c)
            np.tanh(c, out=tanh_c_t)
            np.multiply(o, tanh_c_t, out=h_t)
        return Unrolled(stack, h, {"gates": gates, "kept": kept, "written": written, "tanh_c": tanh_c})

    def backward(self, d_h: Asked, unrolled: Unrolled, weights: Weights, room: Workspace) -> tuple[Array, Array]:
        """d_c = d_h·o·(1 − tanh²(c)) + what later steps ask; d_i, d_f and d_g are d_c, d_o is d_h, times a factor."""
        f = unrolled.values["gates"][:, 1]
        steps, size, batch = f.shape
        to_c, factors = _lstm_factors(unrolled, room)
        d_pre = factors.reshape(steps, 4 * size, batch)
        weight = np.ascontiguousarray(weights.weight_hh.T)
        carried, d_c, from_h = np.zeros_like(f[0]), np.zeros_like(f[0]), np.empty_like(f[0])
        for d_h_t, to_c_t, f_t, d_ifg, d_o, d_pre_t in zip(
            d_h[::-1], to_c[::-1], f[::-1], factors[::-1, :3], factors[::-1, 3], d_pre[::-1], strict=True
        ):
            if d_h_t is not None:
                np.add(carried, d_h_t, out=carried)
            np.multiply(carried, to_c_t, out=from_h)
            np.add(d_c, from_h, out=d_c)
            np.multiply(d_ifg, d_c, out=d_ifg)
            np.multiply(d_o, carried, out=d_o)
            np.multiply(d_c, f_t, out=d_c)
            np.dot(weight, d_pre_t, out=carried)
        return d_pre, d_pre


def _lstm_factors(unrolled: Unrolled, room: Workspace) -> tuple[Array, Array]:
    """∂h/∂c (T, hidden_size, B); and ∂c by what i, f and g squash, ∂h by what o squashes (T, 4, hidden_size, B).

    Each is the derivative of a gate, σ·(1 − σ) or 1 − tanh², times what the gate is multiplied by: two passes over an
    array where forward has made a part of it, as in g·i·(1 − i) = written − written·i.
    """
    kept, written, tanh_c = (unrolled.values[name] for name in ("kept", "written", "tanh_c"))
    gates, h = unrolled.values["gates"], unrolled.h[1:]
    i, f, g, o = (gates[:, k] for k in range(4))
    to_c, factors = room.array("to_c", *tanh_c.shape), room.array("factors", *gates.shape)
    for whole, one, other, factor in (
        (written, written, i, factors[:, 0]),
        (kept, kept, f, factors[:, 1]),
        (i, written, g, factors[:, 2]),
        (h, h, o, factors[:, 3]),
        (o, h, tanh_c, to_c),
    ):
        np.multiply(one, other, out=factor)
        np.subtract(whole, factor, out=factor)
    return to_c, factors


def recurrence(cell: str, activation: str | None = None) -> Recurrence:
    """The passes of a cell by its name in the model file: elman, gru or lstm; raises KeyError for another."""
    if cell == "elman":
        return ElmanRecurrence(activation or "tanh")
    gated: Mapping[str, Recurrence] = {"gru": GRURecurrence(), "lstm": LSTMRecurrence()}
    return gated[cell]
