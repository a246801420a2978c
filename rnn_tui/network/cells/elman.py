"""The plain recurrent cell (Elman, 1990, "Finding structure in time"), as torch.nn.RNN computes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.activations import ACTIVATIONS, Function
from rnn_tui.network.cells.cell import Asked, Cell, StepGradient, Unrolled
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.parameters import State
from rnn_tui.network.cells.phases import (
    MULTIPLY,
    Combined,
    MemoryProducts,
    MemoryTable,
    Phase,
    ResultTable,
    Squashed,
)
from rnn_tui.network.errors import InputError
from rnn_tui.network.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Elman(Cell):
    """h = activation(weight_ih·x + bias_ih + weight_hh·h_prev + bias_hh)."""

    activation: str = "tanh"

    kind: ClassVar[str] = "elman"
    kind_title: ClassVar[str] = "Elman"
    activations: ClassVar[tuple[str, ...]] = tuple(ACTIVATIONS)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Multiply, add, squash."""
        return _phases(self.activation)

    @property
    def squash(self) -> Function:
        """The squashing function."""
        return ACTIVATIONS[self.activation]

    def with_activation(self, activation: str) -> Self:
        """The cell with another squashing function; raises InputError where there is no such function."""
        if activation not in self.activations:
            raise InputError(f"no activation is called “{activation}”; there are {', '.join(self.activations)}")
        return replace(self, activation=activation)

    def step(self, ih: Array, state: State) -> dict[str, Array]:
        """One timestep, see `Cell.step`.

        hh = weight_hh·h_prev + bias_hh
        pre_activation = ih + hh
        h = activation(pre_activation)
        """
        (h_prev,) = state
        hh = self.recall(h_prev)
        pre_activation = ih + hh
        h = self.squash.function(pre_activation)
        return {"ih": ih, "hh": hh, "pre_activation": pre_activation, "h": h}

    def step_backward(self, values: Mapping[str, Array], state: State, d_state: State) -> StepGradient:
        """d_pre_activation = d_h · activation'(pre_activation), for ih and hh alike."""
        (d_h,) = d_state
        d_pre_activation = d_h * self.squash.slope(values["h"])
        return StepGradient(d_pre_activation, d_pre_activation, (np.zeros_like(d_h),))

    # The same, quicker

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """See `Cell.unroll`. Returns ih, hh, pre_activation and h, each (T, hidden_size)."""
        (h_prev,) = state
        multiply, add, squash = self.near_weight_hh.dot, np.add, self.squash.function
        # For a small network a call costs more than its arithmetic. So bias_hh is added for all words at once, to the
        # sum before the loop and to hh after it, which leaves three calls a word; and `out` is given by position.
        pre_activation = ih + self.bias_hh
        hh, h = np.empty_like(ih), np.empty_like(ih)
        first = 0
        if len(ih) and not h_prev.any():  # weight_hh·0 is 0 whatever the weights, and reading them takes the most time
            hh[0], h_prev, first = 0, squash(pre_activation[0], h[0]), 1
        for pre_t, hh_t, h_t in zip(pre_activation[first:], hh[first:], h[first:], strict=True):
            multiply(h_prev, hh_t)
            add(pre_t, hh_t, pre_t)
            h_prev = squash(pre_t, h_t)
        hh += self.bias_hh
        return {"ih": ih, "hh": hh, "pre_activation": pre_activation, "h": h}

    def advance(self, ih: Array, state: State) -> State:
        """See `Cell.advance`."""
        hh = self.recall(state[0])
        hh += ih
        return (self.squash.function(hh, hh),)

    def jacobian(self, values: Mapping[str, Array], state: State) -> Array:
        """∂h/∂h_prev = diag(activation'(pre_activation))·weight_hh."""
        return self.squash.slope(values["h"])[:, None] * self.weight_hh

    def kept(self, values: Mapping[str, Array], state: State) -> Array:
        """The slope of the squash: 1 − h² for tanh."""
        return self.squash.slope(values["h"])

    def forward_pass(self, stack: Array, workspace: Workspace) -> Unrolled:
        """See `Cell.forward_pass`. There are no values but h."""
        squash, weight = self.squash.function, self.stacked_weights()
        h = stack[:, -len(weight) :]
        pre_activation = np.empty_like(h[0])
        for column, h_t in zip(stack[:-1], h[1:], strict=True):
            np.dot(weight, column, out=pre_activation)
            squash(pre_activation, h_t)
        return Unrolled(stack, h, {})

    def backward_pass(self, d_h: Asked, unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
        """See `Cell.backward_pass`: weight_hhᵀ·d_pre_activation goes on to the step before."""
        h = unrolled.h[1:]
        d_pre = workspace.array("d_pre", *h.shape)
        self.squash.slope(h, d_pre)
        weight, carried = np.ascontiguousarray(self.weight_hh.T), np.zeros_like(d_pre[0])
        for d_h_t, d_pre_t in zip(d_h[::-1], d_pre[::-1], strict=True):
            if d_h_t is not None:
                np.add(carried, d_h_t, out=carried)
            np.multiply(carried, d_pre_t, out=d_pre_t)
            np.dot(weight, d_pre_t, out=carried)
        return d_pre, d_pre


@lru_cache(maxsize=len(ACTIVATIONS))
def _phases(activation: str) -> tuple[Phase, ...]:
    """The phases, whose last says what the activation does."""
    squash = ACTIVATIONS[activation]
    added = Combined("pre_activation", Value("ih") + Value("hh"))
    return (
        MULTIPLY,
        Phase(
            "add",
            "Add",
            "add what it remembers",
            "ih + weight_hh·h_prev + bias_hh",
            ("ih", "hh", "pre_activation"),
            operation=2,
            parts=(MemoryProducts(), added),
            table=MemoryTable("pre_activation"),
            width=34,
        ),
        Phase(
            "squash",
            "Squash",
            squash.words,
            squash.notation,
            ("h",),
            parts=(Squashed("h", activation, Value("pre_activation")),),
            table=ResultTable("h", squash.bounds is not None, of="pre_activation"),
            width=20,
        ),
    )
