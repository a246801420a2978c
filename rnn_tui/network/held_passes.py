"""Forward and back over a sentence in which values are held, many sequences side by side.

A number that is held depends on nothing, so no derivative goes through it. Where a unit holds something, its step is
taken back by the complex step (Squire & Trapp, 1998) of the cell's own equations (`Phase.parts`), which is exact to
rounding; all other units go back as ever (`Cell.step_backward`), since inside a step no unit reads another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, State
from rnn_tui.network.cells.cell import StepGradient
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.held import Held
from rnn_tui.network.holding import TINY, named_parts, step_held

Holds = Mapping[int, Sequence[Held]]
"""What is held, by timestep (from 0)."""


def forward_held(cell: Cell, ih: Array, state: State, held: Holds) -> list[State]:
    """The states of P sequences before the first of T words and after each, T + 1 of them, (P, hidden_size) each.

    `ih` is (T, P, rows), `state` (hidden_size,) each.
    """
    states = [tuple(np.broadcast_to(array, (ih.shape[1], cell.hidden_size)) for array in state)]
    for t, ih_t in enumerate(ih):
        values = step_held(cell, ih_t, states[-1], held.get(t, ()))
        states.append(tuple(values[name] for name in cell.state_names))
    return states


def backward_held(cell: Cell, ih: Array, states: Sequence[State], d_h: Array, held: Holds) -> Array:
    """From ∂/∂h of every word, (T, P, hidden_size), to ∂/∂ih, (T, P, rows); `states` are those of `forward_held`."""
    d_ih = np.empty_like(ih)
    carried = [np.zeros_like(array) for array in states[0]]
    for t in range(len(ih) - 1, -1, -1):
        carried[0] = carried[0] + d_h[t]
        step = step_backward_held(cell, ih[t], states[t], tuple(carried), held.get(t, ()))
        d_ih[t] = step.d_ih
        carried = [step.d_state[0] + step.d_hh @ cell.weight_hh, *step.d_state[1:]]
    return d_ih


def step_backward_held(cell: Cell, ih: Array, state: State, d_state: State, held: Sequence[Held]) -> StepGradient:
    """The chain rule applied to `step_held`, as `Cell.step_backward` applies it to `step`; (P, n) each."""
    values = cell.step(ih, state)
    units = sorted({one.unit for one in held})
    free = tuple(array.copy() for array in d_state)
    for array in free:
        array[:, units] = 0
    step = cell.step_backward(values, state, free)
    if not units:
        return step
    found = StepGradient(step.d_ih.copy(), step.d_hh.copy(), tuple(array.copy() for array in step.d_state))
    before = {f"{name}_prev": array for name, array in zip(cell.state_names, state, strict=True)}
    for unit in units:
        asked = {one.name: one.value for one in held if one.unit == unit}
        for value, target, index in _went_in(cell, found, unit):
            slopes = _slopes(cell, before | values, unit, asked, value)
            target[:, index] = sum(d[:, unit] * slope for d, slope in zip(d_state, slopes, strict=True))
    return found


def _went_in(cell: Cell, found: StepGradient, unit: int) -> Iterator[tuple[Value, Array, int]]:
    """The numbers that go into a unit's step, and for each the array, and its column, that its derivative goes to."""
    letters = [gate.letter for gate in cell.gates] or [""]
    for letter, row in zip(letters, cell.rows_of(unit), strict=True):
        yield Value("ih", letter), found.d_ih, row
        yield Value("hh", letter), found.d_hh, row
    for name, array in zip(cell.state_names, found.d_state, strict=True):
        yield Value(f"{name}_prev"), array, unit


def _slopes(
    cell: Cell, values: Mapping[str, Array], unit: int, asked: Mapping[str, float], nudged: Value
) -> list[Array]:
    """The derivative of each of a unit's states by one of the numbers that go into its step, (P,) each."""
    found: dict[str, Array] = {}

    def number(value: Value) -> Array:
        if value.name in found:
            return found[value.name]
        own: Array = cell.block(values[value.name], value.gate)[:, unit]
        nudge: Array = own + TINY * 1j  # type: ignore[assignment]  # which is complex, as all that comes of it
        return nudge if value == nudged else own

    for part in named_parts(cell):
        held = asked.get(part.name)
        found[part.name] = part.expression.evaluate(number) if held is None else np.full(len(values["ih"]), held)
    return [np.imag(found[name]) / TINY for name in cell.state_names]
