"""A recurrent cell: what it is made of, and all that is computed with it.

A new cell says its `gates` and `phases`, `step` (its equations) and `step_backward` (the chain rule applied to them);
everything else here follows from those two. The cells of this package replace what follows by versions that are
quicker, and are tested to give the same numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.abreast import Abreast
from rnn_tui.network.cells.parameters import CellParameters, State
from rnn_tui.network.cells.phases import Phase
from rnn_tui.network.workspace import Workspace


class StepGradient(NamedTuple):
    """The derivative of something by what went into a step, from its derivative by what came out.

    `d_ih` and `d_hh` are (…, rows), by the two sums. `d_state` is by the state that was carried in, each
    (…, hidden_size), but for the way through hh, which is the same in every cell: d_hh·weight_hh, by h.
    """

    d_ih: Array
    d_hh: Array
    d_state: State


class Unrolled(NamedTuple):
    """The result of `forward_pass`, which `backward_pass` needs.

    `stack` is [x; 1; h_prev] of every timestep and one more, (T + 1, input_size + 1 + hidden_size, B); `h`, a view of
    its last rows, holds the hidden states with the first state in front, (T + 1, hidden_size, B), so that h[:-1] is
    h_prev and h[1:] is h. `values` are the cell's own.
    """

    stack: Array
    h: Array
    values: Mapping[str, Array]


Asked = Array | Sequence[Array | None]
"""For each of T timesteps a derivative (hidden_size, B), or None where the readout doesn't read."""


class Cell(CellParameters, ABC):
    """A cell: its parameters and its equations. Its state is handed in and handed back.

    One with no parameters of its own needs no `@dataclass`: it inherits that of `CellParameters`.
    """

    # The definition

    @property
    @abstractmethod
    def phases(self) -> tuple[Phase, ...]:
        """The phases of one timestep, after x is read and until h is there, in order."""

    @abstractmethod
    def step(self, ih: Array, state: State) -> dict[str, Array]:
        """One timestep: the definition of the cell.

        `ih` is weight_ih·x + bias_ih, (…, rows), and `state` what was carried in, each (…, hidden_size); any leading
        axes. Returns every value that the phases show, in the order in which they are computed, `ih`, `hh` and what
        is carried on (`h`, …) among them.
        """

    @abstractmethod
    def step_backward(self, values: Mapping[str, Array], state: State, d_state: State) -> StepGradient:
        """The chain rule applied to `step`: from the derivatives by what it carried on to those by what went in.

        `values` and `state` are those of `step`; `d_state` holds a derivative of each of `state_names`,
        (…, hidden_size), which may have more leading axes than `values`.
        """

    # What follows from it

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """The values that stand side by side in a table of a step, a table each; names as in the phases."""
        names = dict.fromkeys(name for phase in self.phases for name in phase.shows if name not in ("ih", "hh"))
        before = tuple(f"{name}_prev" for name in self.state_names)
        rest = tuple(name for name in names if name not in before)
        return (("ih", "hh"), (*before, *rest)) if self.gates else ((before[0], "ih", "hh", *before[1:], *rest),)

    def unroll(self, ih: Array, state: State) -> dict[str, Array]:
        """Every value of `step` over a sentence, (T, n) each.

        `ih` is (T, rows), the input already multiplied: that needs no hidden state, so it is done for all words at
        once. `state` is what is carried into the first word.
        """
        steps = []
        for ih_t in ih:
            steps.append(self.step(ih_t, state))
            state = tuple(steps[-1][name] for name in self.state_names)
        return {name: np.stack([values[name] for values in steps]) for name in steps[0]}

    def beside(self, other: Cell) -> Abreast | None:
        """This cell and another that reads the other way, as they take their steps together; None where they don't."""
        return None

    def advance(self, ih: Array, state: State) -> State:
        """One timestep of B sequences, each a row: the state after it, and nothing between.

        `ih` is (B, rows), or (rows,) where all read the same; `state` is each (B, hidden_size).
        """
        values = self.step(ih, state)
        return tuple(values[name] for name in self.state_names)

    def jacobian(self, values: Mapping[str, Array], state: State) -> Array:
        """∂s_t/∂s_{t−1} of one step, where s is all that is carried, stacked: (S, S), S = states · hidden_size.

        `values` are those of the step, `state` is what was carried into it.
        """
        size = len(self.state_names) * self.hidden_size
        d_state = tuple(np.split(np.eye(size), len(self.state_names), axis=1))  # a row for each number of s_t
        _, d_hh, (d_h, *rest) = self.step_backward(values, state, d_state)
        return np.concatenate([d_h + d_hh @ self.weight_hh, *rest], axis=1)

    def kept(self, values: Mapping[str, Array], state: State) -> Array:
        """Return how much of its old state each unit lets through in a step, (…, hidden_size).

        With gates it is the share of the last of the states that stays what it was; without them it is the slope of
        the squash, which all that is remembered has to pass.
        """
        one, rest = np.ones_like(values["h"]), [np.zeros_like(values["h"]) for _ in self.state_names[1:]]
        if self.keep_gate is None:
            return self.step_backward(values, state, (one, *rest)).d_hh
        return self.step_backward(values, state, (*rest, one)).d_state[-1]

    def forward_pass(self, stack: Array, workspace: Workspace) -> Unrolled:
        """Run over time with B sequences side by side, each a column.

        `stack` is [x; 1; h_prev] of every timestep and one more (see `Unrolled`), in which x, 1 and the first hidden
        state stand already; writes the other hidden states into it. What a cell carries beside h starts from zeros.
        What is returned lies in `workspace`, and is good until that is used again.
        """
        h, batch = stack[:, -self.hidden_size :], stack.shape[2]
        ih = stack[:-1, : self.input_size].transpose(0, 2, 1) @ self.weight_ih.T + self.bias_ih
        rest = (np.zeros((batch, self.hidden_size), stack.dtype) for _ in self.state_names[1:])
        state: State = (h[0].T, *rest)
        steps = []
        for ih_t, h_t in zip(ih, h[1:], strict=True):
            steps.append(self.step(ih_t, state))
            state = tuple(steps[-1][name] for name in self.state_names)
            h_t[:] = state[0].T
        return Unrolled(stack, h, {name: np.stack([values[name] for values in steps]) for name in steps[0]})

    def backward_pass(self, d_h: Asked, unrolled: Unrolled, workspace: Workspace) -> tuple[Array, Array]:
        """From d_h, what the readout asks of h, to (d_ih, d_hh), each (T, rows, B).

        `d_` before a name means the derivative of the loss by it: d_h is ∂loss/∂h. (Werbos, 1990, "Backpropagation
        through time: what it does and how to do it".)
        """
        values = unrolled.values
        carried = [np.zeros_like(values["h"][0]) for _ in self.state_names]
        found = []
        for t in range(len(values["h"]) - 1, -1, -1):
            asked = d_h[t]
            if asked is not None:
                carried[0] = carried[0] + asked.T
            others = (values[name][t - 1] if t else np.zeros_like(carried[0]) for name in self.state_names[1:])
            state = (unrolled.h[t].T, *others)
            step = self.step_backward({name: array[t] for name, array in values.items()}, state, tuple(carried))
            carried = [step.d_state[0] + step.d_hh @ self.weight_hh, *step.d_state[1:]]
            found.append((step.d_ih.T, step.d_hh.T))
        d_ih, d_hh = (np.stack(arrays[::-1]) for arrays in zip(*found, strict=True))
        return d_ih, d_hh
