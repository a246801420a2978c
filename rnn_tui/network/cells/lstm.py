"""Long short-term memory (Hochreiter & Schmidhuber, 1997), as torch.nn.LSTM computes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnn_tui.network.arrays import Array, sigmoid
from rnn_tui.network.cells.abreast import Abreast, LSTMsAbreast
from rnn_tui.network.cells.cell import Asked, Cell, StepGradient, Unrolled
from rnn_tui.network.cells.expressions import Applied, Value
from rnn_tui.network.cells.gates import Gate
from rnn_tui.network.cells.parameters import State
from rnn_tui.network.cells.phases import (
    Combined,
    GatesTable,
    PartsTable,
    Phase,
    ResultTable,
    Squashed,
    multiply_gates,
    opening,
)
from rnn_tui.network.workspace import Workspace

WRITE = Gate("i", "write", "input gate")
KEEP = Gate("f", "keep", "forget gate")
NEW = Gate("g", "new", "new value", signed=True)
SHOW = Gate("o", "show", "output gate")
GATES = (WRITE, KEEP, NEW, SHOW)
_KEPT, _NEW = Value("f") * Value("c_prev"), Value("i") * Value("g")

PHASES = (
    multiply_gates(GATES, drawn=NEW),
    Phase(
        "gates",
        "Gates",
        "open or close the gates",
        "i, f, o = σ(ih + hh); g = tanh(ih + hh)",
        ("ih", "hh", "i", "f", "g", "o"),
        operation=2,
        parts=tuple(part for gate in GATES for part in opening(gate)),
        table=GatesTable(GATES, drawn=KEEP),
        width=34,
    ),
    Phase(
        "write",
        "Write",
        "keep and write",
        "c = f·c_prev + i·g",
        ("f", "c_prev", "i", "g", "c"),
        parts=(Combined("c", _KEPT + _NEW),),
        table=PartsTable(_KEPT, _NEW, "c"),
        width=26,
    ),
    Phase(
        "expose",
        "Expose",
        "show a part of it",
        "h = o·tanh(c)",
        ("o", "c", "h"),
        parts=(Squashed("", "tanh", Value("c")), Combined("h", Value("o") * Applied("tanh", Value("c")))),
        table=ResultTable("h", bounded=True, gate=SHOW, of="c"),
    ),
)


class LSTM(Cell):
    """Rows stacked i, f, g, o."""

    kind: ClassVar[str] = "lstm"
    kind_title: ClassVar[str] = "LSTM"
    gates: ClassVar[tuple[Gate, ...]] = GATES
    keep_gate: ClassVar[Gate | None] = KEEP
    state_names: ClassVar[tuple[str, ...]] = ("h", "c")
    state_titles: ClassVar[Mapping[str, tuple[str, str]]] = {
        **Cell.state_titles,
        "c": ("Cell state", "the long memory after each {}"),
    }

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Multiply, gates, write, expose."""
        return PHASES

    def step(self, ih: Array, state: State) -> dict[str, Array]:
        """One timestep, see `Cell.step`.

        hh = weight_hh·h_prev + bias_hh
        i = σ(ih_i + hh_i)
        f = σ(ih_f + hh_f)
        g = tanh(ih_g + hh_g)
        o = σ(ih_o + hh_o)
        c = f·c_prev + i·g
        h = o·tanh(c)
        """
        h_prev, c_prev = state
        hh = self.recall(h_prev)
        sum_i, sum_f, sum_g, sum_o = self.blocks(ih + hh)
        i = sigmoid(sum_i)
        f = sigmoid(sum_f)
        g = np.tanh(sum_g)
        o = sigmoid(sum_o)
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        return {"ih": ih, "hh": hh, "i": i, "f": f, "g": g, "o": o, "c_prev": c_prev, "c": c, "h": h}

    def step_backward(self, values: Mapping[str, Array], state: State, d_state: State) -> StepGradient:
        """d_i, d_f, d_g and d_o are those of the sums, before they are squashed."""
        (d_h, d_c), (_, c_prev) = d_state, state
        i, f, g, o = (values[gate.letter] for gate in GATES)
        tanh_c = np.tanh(values["c"])
        d_c = d_c + d_h * o * (1 - tanh_c**2)
        d_i = d_c * g * i * (1 - i)
        d_f = d_c * c_prev * f * (1 - f)
        d_g = d_c * i * (1 - g**2)
        d_o = d_h * tanh_c * o * (1 - o)
        d_sums = np.concatenate((d_i, d_f, d_g, d_o), axis=-1)
        return StepGradient(d_sums, d_sums, (np.zeros_like(d_h), d_c * f))

    # The same, quicker

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih, hh, each (T, 4·hidden_size), and i, f, g, o, c_prev, c, h, each (T, H)."""
        h_prev, c_prev = state
        size = self.hidden_size
        multiply, add = self.near_weight_hh.dot, np.add
        hh, gates = np.empty_like(ih), ih + self.bias_hh
        c = np.empty((len(ih) + 1, size), ih.dtype)
        h = np.empty((len(ih), size), ih.dtype)
        c[0] = c_prev
        # A view of each part of each row, made here for all words at once.
        i, f, g, o = (gates[:, k * size : (k + 1) * size] for k in range(4))
        # One tanh squashes all four, since σ(v) = (1 + tanh(v / 2)) / 2: half is 0.5 but for g, where it is 1.
        half = np.full(4 * size, 0.5, ih.dtype)
        half[2 * size : 3 * size] = 1
        rest = 1 - half
        for hh_t, gates_t, i_t, f_t, g_t, o_t, c_prev_t, c_t, h_t in zip(
            hh, gates, i, f, g, o, c[:-1], c[1:], h, strict=True
        ):
            multiply(h_prev, hh_t)
            add(gates_t, hh_t, gates_t)
            np.tanh(np.multiply(gates_t, half, gates_t), gates_t)
            add(np.multiply(gates_t, half, gates_t), rest, gates_t)
            add(np.multiply(f_t, c_prev_t, c_t), np.multiply(i_t, g_t, h_t), c_t)  # h_t is free until the next line
            h_prev = np.multiply(o_t, np.tanh(c_t, h_t), h_t)
        hh += self.bias_hh
        return {"ih": ih, "hh": hh, "i": i, "f": f, "g": g, "o": o, "c_prev": c[:-1], "c": c[1:], "h": h}

    def beside(self, other: Cell) -> Abreast | None:
        """See `Cell.beside`."""
        return LSTMsAbreast((self, other)) if LSTMsAbreast.can(self, other) else None

    def advance(self, ih: Array, state: State) -> State:
        """See `Cell.advance`."""
        h_prev, c_prev = state
        size, sums = self.hidden_size, self.recall(h_prev)
        sums += ih
        g = np.tanh(sums[:, 2 * size : 3 * size])
        gates = sigmoid(sums, sums)
        i, f, o = gates[:, :size], gates[:, size : 2 * size], gates[:, 3 * size :]
        c = f * c_prev + i * g
        return o * np.tanh(c), c

    def jacobian(self, values: Mapping[str, Array], state: State) -> Array:
        """The derivative of (h, c) by (h_prev, c_prev), where i, f, g and o depend on h_prev: (2·H, 2·H)."""
        (i, f, g, o), (_, c_prev) = (values[gate.letter] for gate in GATES), state
        tanh_c = np.tanh(values["c"])
        weight_i, weight_f, weight_g, weight_o = np.split(self.weight_hh, 4)
        c_by_h = (g * i * (1 - i))[:, None] * weight_i + (c_prev * f * (1 - f))[:, None] * weight_f
        c_by_h += (i * (1 - g**2))[:, None] * weight_g
        through_c = o * (1 - tanh_c**2)
        h_by_h = through_c[:, None] * c_by_h + (tanh_c * o * (1 - o))[:, None] * weight_o
        return np.block([[h_by_h, np.diag(through_c * f)], [c_by_h, np.diag(f)]])

    def kept(self, values: Mapping[str, Array], state: State) -> Array:
        """f: the share of c_prev that stays."""
        return values["f"]

    def forward_pass(self, stack: Array, workspace: Workspace) -> Unrolled:
        """See `Cell.forward_pass`; values are gates (T, 4, hidden_size, B), tanh_c, and kept + written = c."""
        rows, size = self.weight_hh.shape
        steps, batch = len(stack) - 1, stack.shape[2]
        h, gates = stack[:, -size:], workspace.array("gates", steps, 4, size, batch)
        kept, written, tanh_c = (workspace.array(name, steps, size, batch) for name in ("kept", "written", "tanh_c"))
        # One tanh squashes all four, since σ(v) = ½ + ½·tanh(½·v); the first ½ goes into the weights.
        scale = np.full((rows, batch), 0.5, stack.dtype)
        scale[2 * size : 3 * size] = 1
        offset, weight = 1 - scale, self.stacked_weights() * scale[:, :1]
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

    def backward_pass(self, d_h: Asked, unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
        """d_c = d_h·o·(1 − tanh²(c)) + what later steps ask; d_i, d_f and d_g are d_c, d_o is d_h, times a factor."""
        f = unrolled.values["gates"][:, 1]
        steps, size, batch = f.shape
        to_c, factors = _factors(unrolled, workspace)
        d_sums = factors.reshape(steps, 4 * size, batch)
        weight = np.ascontiguousarray(self.weight_hh.T)
        carried, d_c, from_h = np.zeros_like(f[0]), np.zeros_like(f[0]), np.empty_like(f[0])
        for d_h_t, to_c_t, f_t, d_ifg, d_o, d_sums_t in zip(
            d_h[::-1], to_c[::-1], f[::-1], factors[::-1, :3], factors[::-1, 3], d_sums[::-1], strict=True
        ):
            if d_h_t is not None:
                np.add(carried, d_h_t, out=carried)
            np.multiply(carried, to_c_t, out=from_h)
            np.add(d_c, from_h, out=d_c)
            np.multiply(d_ifg, d_c, out=d_ifg)
            np.multiply(d_o, carried, out=d_o)
            np.multiply(d_c, f_t, out=d_c)
            np.dot(weight, d_sums_t, out=carried)
        return d_sums, d_sums


def _factors(unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
    """∂h/∂c (T, hidden_size, B); and ∂c by what i, f and g squash, ∂h by what o squashes (T, 4, hidden_size, B).

    Each is the derivative of a gate, σ·(1 − σ) or 1 − tanh², times what the gate is multiplied by: two passes over an
    array where forward has made a part of it, as in g·i·(1 − i) = written − written·i.
    """
    kept, written, tanh_c = (unrolled.values[name] for name in ("kept", "written", "tanh_c"))
    gates, h = unrolled.values["gates"], unrolled.h[1:]
    i, f, g, o = (gates[:, k] for k in range(4))
    to_c, factors = workspace.array("to_c", *tanh_c.shape), workspace.array("factors", *gates.shape)
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
