"""The gated recurrent unit (Cho et al., 2014, "Learning phrase representations using RNN encoder-decoder").

As torch.nn.GRU computes it: the reset gate acts on weight_hh·h_prev + bias_hh, after the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnn_tui.network.arrays import Array, sigmoid
from rnn_tui.network.cells.abreast import Abreast, GRUsAbreast
from rnn_tui.network.cells.activations import one_minus_square
from rnn_tui.network.cells.cell import Asked, Cell, StepGradient, Unrolled
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.gates import Gate
from rnn_tui.network.cells.parameters import State
from rnn_tui.network.cells.phases import (
    BlendTable,
    Combined,
    GatesTable,
    MemoryProducts,
    Phase,
    ResultTable,
    Squashed,
    multiply_gates,
    opening,
)
from rnn_tui.network.workspace import Workspace

RESET = Gate("r", "reset", "reset gate")
KEEP = Gate("z", "keep", "update gate")
NEW = Gate("n", "new", "new value", signed=True)
_R, _Z, _N, _H_PREV = Value("r"), Value("z"), Value("n"), Value("h_prev")
_SUM_N = Value("ih", "n") + _R * Value("hh", "n")

PHASES = (
    multiply_gates((RESET, KEEP, NEW), drawn=NEW),
    Phase(
        "gates",
        "Gates",
        "open or close the gates",
        "r, z = σ(ih + hh)",
        ("ih", "hh", "r", "z"),
        operation=2,
        parts=(*opening(RESET), *opening(KEEP)),
        table=GatesTable((RESET, KEEP), drawn=KEEP),
        width=34,
    ),
    Phase(
        "candidate",
        "Candidate",
        "propose a new memory",
        "n = tanh(ih_n + r·hh_n)",
        ("r", "n"),
        parts=(MemoryProducts(NEW), Combined("", _SUM_N, NEW), Squashed("n", "tanh", _SUM_N)),
        table=ResultTable("n", bounded=True, gate=RESET, of=_SUM_N),
    ),
    Phase(
        "blend",
        "Blend",
        "blend old and new",
        "h = (1 − z)·n + z·h_prev",
        ("z", "n", "h_prev", "h"),
        parts=(Combined("h", (1 - _Z) * _N + _Z * _H_PREV),),
        table=BlendTable("h_prev", KEEP, _Z * _H_PREV, "h"),
    ),
)


class GRU(Cell):
    """Rows stacked r, z, n."""

    kind: ClassVar[str] = "gru"
    kind_title: ClassVar[str] = "GRU"
    gates: ClassVar[tuple[Gate, ...]] = (RESET, KEEP, NEW)
    keep_gate: ClassVar[Gate | None] = KEEP

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Multiply, gates, candidate, blend."""
        return PHASES

    def step(self, ih: Array, state: State) -> dict[str, Array]:
        """One timestep, see `Cell.step`.

        hh = weight_hh·h_prev + bias_hh
        r = σ(ih_r + hh_r)
        z = σ(ih_z + hh_z)
        n = tanh(ih_n + r·hh_n)
        h = (1 − z)·n + z·h_prev
        """
        (h_prev,) = state
        hh = self.recall(h_prev)
        (ih_r, ih_z, ih_n), (hh_r, hh_z, hh_n) = self.blocks(ih), self.blocks(hh)
        r = sigmoid(ih_r + hh_r)
        z = sigmoid(ih_z + hh_z)
        n = np.tanh(ih_n + r * hh_n)
        h = (1 - z) * n + z * h_prev
        return {"ih": ih, "hh": hh, "r": r, "z": z, "n": n, "h": h}

    def step_backward(self, values: Mapping[str, Array], state: State, d_state: State) -> StepGradient:
        """d_r, d_z and d_n are those of the sums, before they are squashed."""
        (d_h,), (h_prev,) = d_state, state
        r, z, n = values["r"], values["z"], values["n"]
        hh_n = self.block(values["hh"], "n")
        d_n = d_h * (1 - z) * (1 - n**2)
        d_z = d_h * (h_prev - n) * z * (1 - z)
        d_r = d_n * hh_n * r * (1 - r)
        d_ih = np.concatenate((d_r, d_z, d_n), axis=-1)
        d_hh = np.concatenate((d_r, d_z, d_n * r), axis=-1)
        return StepGradient(d_ih, d_hh, (d_h * z,))

    # The same, quicker

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih and hh, each (T, 3·hidden_size), and r, z, n, h, each (T, hidden_size)."""
        (h_prev,) = state
        size = self.hidden_size
        multiply, add = self.near_weight_hh.dot, np.add
        hh, gates = np.empty_like(ih), np.empty((len(ih), 2 * size), ih.dtype)
        n, h = np.empty((len(ih), size), ih.dtype), np.empty((len(ih), size), ih.dtype)
        # A view of each part of each row, made here for all words at once.
        ih_gates, ih_n, hh_gates, hh_n = ih[:, : 2 * size], ih[:, 2 * size :], hh[:, : 2 * size], hh[:, 2 * size :]
        r, z = gates[:, :size], gates[:, size:]
        rows = zip(ih_gates, ih_n, hh, hh_gates, hh_n, gates, r, z, n, h, strict=True)
        for ih_gates_t, ih_n_t, hh_t, hh_gates_t, hh_n_t, gates_t, r_t, z_t, n_t, h_t in rows:
            multiply(h_prev, hh_t)
            add(hh_t, self.bias_hh, hh_t)
            sigmoid(add(ih_gates_t, hh_gates_t, gates_t), gates_t)
            np.tanh(add(ih_n_t, np.multiply(r_t, hh_n_t, n_t), n_t), n_t)
            # n + z·(h_prev − n), which is (1 − z)·n + z·h_prev with one product less.
            h_prev = add(n_t, np.multiply(z_t, np.subtract(h_prev, n_t, h_t), h_t), h_t)
        return {"ih": ih, "hh": hh, "r": r, "z": z, "n": n, "h": h}

    def beside(self, other: Cell) -> Abreast | None:
        """See `Cell.beside`."""
        return GRUsAbreast((self, other)) if GRUsAbreast.can(self, other) else None

    def advance(self, ih: Array, state: State) -> State:
        """See `Cell.advance`."""
        (h_prev,) = state
        size, hh = self.hidden_size, self.recall(h_prev)
        gates = sigmoid(ih[..., : 2 * size] + hh[:, : 2 * size])
        r, z = gates[:, :size], gates[:, size:]
        n = np.tanh(ih[..., 2 * size :] + r * hh[:, 2 * size :])
        return (n + z * (h_prev - n),)

    def jacobian(self, values: Mapping[str, Array], state: State) -> Array:
        """The derivative of h = (1 − z)·n + z·h_prev by h_prev, on which r, z and n depend, too."""
        r, z, n, (h_prev,) = values["r"], values["z"], values["n"], state
        hh_n = self.block(values["hh"], "n")
        weight_r, weight_z, weight_n = np.split(self.weight_hh, 3)
        into_n = r[:, None] * weight_n + (hh_n * r * (1 - r))[:, None] * weight_r
        through_z = ((h_prev - n) * z * (1 - z))[:, None] * weight_z
        whole: Array = np.diag(z) + through_z + ((1 - z) * (1 - n**2))[:, None] * into_n
        return whole

    def kept(self, values: Mapping[str, Array], state: State) -> Array:
        """z: the share of h_prev that stays."""
        return values["z"]

    def forward_pass(self, stack: Array, workspace: Workspace) -> Unrolled:
        """See `Cell.forward_pass`; values are r, z, n and hh_n, each (T, hidden_size, B)."""
        rows, size = self.weight_hh.shape
        steps, batch = len(stack) - 1, stack.shape[2]
        h, candidate = stack[:, -size:], slice(2 * size, rows)
        weight, ih_n = _products(self, stack, workspace)
        sums, n = workspace.array("sums", steps, rows, batch), workspace.array("n", steps, size, batch)
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

    def backward_pass(self, d_h: Asked, unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
        """See `Cell.backward_pass`: d_r, d_z and d_n are d_h times a factor that needs no d_h."""
        z, n = unrolled.values["z"], unrolled.values["n"]
        steps, size, batch = n.shape
        to_n, factors = _factors(unrolled, workspace)
        d_hh = factors.reshape(steps, 3 * size, batch)
        total = workspace.array("total", steps + 1, size, batch)  # as `h`, with the first state in front
        weight = np.ascontiguousarray(self.weight_hh.T)
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
        d_ih = workspace.array("d_ih", *d_hh.shape)
        np.copyto(d_ih, d_hh)
        np.multiply(total[1:], to_n, out=d_ih[:, 2 * size :])  # n's input doesn't pass r
        return d_ih, d_hh


def _products(cell: GRU, stack: Array, workspace: Workspace) -> tuple[Array, Array]:
    """The stacked weight that gives (r's sum / 2, z's sum / 2, hh_n), and ih_n (T, hidden_size, B) apart from it."""
    size, input_size = cell.hidden_size, cell.input_size
    weight = cell.stacked_weights()
    weight[: 2 * size] *= stack.dtype.type(0.5)
    weight[2 * size :, :input_size] = 0
    weight[2 * size :, input_size] = cell.bias_hh[2 * size :]
    weight_n = np.concatenate((cell.weight_ih[2 * size :], cell.bias_ih[2 * size :, None]), axis=1)
    ih_n = workspace.array("ih_n", len(stack) - 1, size, stack.shape[2])
    return weight, np.matmul(weight_n, stack[:-1, : input_size + 1], out=ih_n)


def _factors(unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
    """∂h by ih_n (T, hidden_size, B), and by hh's r, z and n (T, 3, hidden_size, B)."""
    r, z, n, hh_n = (unrolled.values[name] for name in ("r", "z", "n", "hh_n"))
    to_n, factors = workspace.array("to_n", *n.shape), workspace.array("factors", len(n), 3, *n.shape[1:])
    to_r, to_z, to_hh_n = factors[:, 0], factors[:, 1], factors[:, 2]
    keep = np.subtract(1, z, out=workspace.array("keep", *n.shape))
    np.subtract(unrolled.h[:-1], n, out=to_z)  # ∂h/∂z = h_prev − n, and σ' = z·(1 − z)
    to_z *= z
    to_z *= keep
    one_minus_square(n, out=to_n)  # ∂h/∂n = 1 − z, and tanh' = 1 − n²
    to_n *= keep
    np.multiply(to_n, r, out=to_hh_n)
    np.subtract(1, r, out=to_r)  # r reaches n through r·hh_n, and σ' = r·(1 − r)
    to_r *= to_hh_n
    to_r *= hh_n
    return to_n, factors
