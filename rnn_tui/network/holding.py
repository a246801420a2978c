"""Values of hidden units that are held at a number at one timestep, and what is computed from them.

A step is computed as ever, the held number takes the place of the one that came out, and what the cell's phases compute
from it (`Phase.parts`) is computed again, for that unit alone: inside a step no unit reads another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, State
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import Combined, Squashed
from rnn_tui.network.held import Held

TINY = 1e-30
"""A step into the imaginary whose square is nothing beside any number."""


def holdable(cell: Cell) -> tuple[str, ...]:
    """The names of the values that can be held, in the order in which they are computed: gates, and what is carried."""
    known = {*(gate.letter for gate in cell.gates), *cell.state_names}
    return tuple(part.name for part in named_parts(cell) if part.name in known)


def step_held(cell: Cell, ih: Array, state: State, held: Sequence[Held]) -> dict[str, Array]:
    """One timestep with values held: what `Cell.step` gives, with the same shapes. Of two of one value the last holds.

    `ih` is (…, rows) and `state` (…, hidden_size) each, as there.
    """
    return _held(cell, cell.step(ih, state), state, held)


def _held(cell: Cell, computed: Mapping[str, Array], state: State, held: Sequence[Held]) -> dict[str, Array]:
    """The values of a step, with those that are held in their places and what is computed from them."""
    values = dict(computed)
    before = {f"{name}_prev": array for name, array in zip(cell.state_names, state, strict=True)}
    asked = {(one.unit, one.name): one.value for one in held}
    for unit in dict.fromkeys(one.unit for one in held):
        changed: set[str] = set()
        for part in named_parts(cell):
            if (unit, part.name) in asked:
                new: Array | float = asked[unit, part.name]
            elif any(value.name in changed for value in part.expression.values()):
                new = part.expression.evaluate(partial(_of_unit, cell, before | values, unit))
            else:
                continue
            changed.add(part.name)
            values[part.name] = values[part.name].copy()
            values[part.name][..., unit : unit + 1] = new
    return values


def unroll_held(cell: Cell, ih: Array, state: State, held: Mapping[int, Sequence[Held]]) -> dict[str, Array]:
    """Every value over a sentence, as `Cell.unroll` gives it, with values held at some timesteps (from 0)."""
    pieces: list[dict[str, Array]] = []
    first = 0
    for t in (*sorted(held), len(ih)):
        if first < t:
            pieces.append(cell.unroll(ih[first:t], state))
            state = _last(cell, pieces[-1])
        if t < len(ih):
            computed = {name: array[0] for name, array in cell.unroll(ih[t : t + 1], state).items()}
            pieces.append({name: array[None] for name, array in _held(cell, computed, state, held[t]).items()})
            state = _last(cell, pieces[-1])
        first = t + 1
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


def advance_held(cell: Cell, ih: Array, state: State, held: Sequence[Held]) -> State:
    """The state of B sequences after one timestep with values held, as `Cell.advance` gives it."""
    values = step_held(cell, ih, state, held)
    return tuple(values[name] for name in cell.state_names)


def jacobian_held(cell: Cell, values: Mapping[str, Array], ih: Array, state: State, held: Sequence[Held]) -> Array:
    """∂s_t/∂s_{t−1} as `Cell.jacobian` gives it, of a step with values held; `values` are those that it computed.

    The rows of the units that hold something are taken by the complex step (Squire & Trapp, 1998), which subtracts
    nothing and so is exact to rounding; a number that is held depends on nothing, so its row is 0.
    """
    jacobian, size = cell.jacobian(values, state), len(state) * cell.hidden_size
    nudges = np.split(TINY * 1j * np.eye(size), len(state), axis=1)  # a row for each number of s_{t−1}
    nudged = tuple(array + nudge for array, nudge in zip(state, nudges, strict=True))
    found = step_held(cell, ih, nudged, held)
    slopes = np.concatenate([found[name].imag.T / TINY for name in cell.state_names])
    rows = [k * cell.hidden_size + one.unit for one in held for k in range(len(state))]
    jacobian[rows] = slopes[rows]
    return jacobian


def named_parts(cell: Cell) -> list[Combined | Squashed]:
    """The parts of the cell's phases that compute a value, in order."""
    parts = (part for phase in cell.phases for part in phase.parts)
    return [part for part in parts if isinstance(part, Combined | Squashed) and part.name]


def _of_unit(cell: Cell, values: Mapping[str, Array], unit: int, value: Value) -> Array:
    """The number of a unit in a value of a step, (…, 1)."""
    return cell.block(values[value.name], value.gate)[..., unit : unit + 1]


def _last(cell: Cell, values: Mapping[str, Array]) -> State:
    """The state after the last timestep."""
    return tuple(values[name][-1] for name in cell.state_names)
