"""The scales of bars: one for all that an equation puts together and that comes of it, the same for every word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.expressions import Expression, Value
from rnn_tui.network.cells.phases import BlendTable, GatesTable, MemoryTable, PartsTable, ResultTable
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import View


def bar_scale(view: View, *, sums: bool = False, of: Expression | None = None) -> float:
    """The |value| that reaches the edge of a signed bar, in all traces that are shown on one scale.

    A cell without gates has one for everything. Behind a gate nothing is left of the size of its `sums`, so a cell with
    gates has one for what goes into them, and one for what comes out. `of` is an expression that is drawn, too.
    """
    traces, kind = view.scaled_with, type(view.model.cell)
    gated = all(trace.model.cell.gates for trace in traces)
    either = (sums,) if gated else (False, True)
    found = [_largest(trace, sums=with_sums) for trace in traces for with_sums in either]
    if of is not None:
        found += [_largest_of(trace, of) for trace in traces if type(trace.model.cell) is kind]
    return max(found) or 1.0


def over_time(trace: Trace, value: Value) -> Array:
    """A value of the cell at every timestep, (T, hidden_size)."""
    cell = trace.model.cell
    if value.name in trace.values:
        return cell.block(trace.values[value.name], value.gate)
    carried = value.name.removesuffix("_prev")
    before: Array = np.concatenate((trace.initial[carried][None], trace.values[carried][:-1]))
    return before


@lru_cache(maxsize=4)
@np.errstate(over="ignore", invalid="ignore")  # huge weights; what is no number has no say in a scale
def _largest(trace: Trace, *, sums: bool) -> float:
    """The largest |value| of a trace: with gates of what goes into them, or of what comes out; else of everything."""
    if not trace.model.cell.gates:
        return max((_size(array) for array in (trace.values["ih"], *_drawn(trace))), default=0.0)
    if not sums:
        return max(map(_size, _drawn(trace)), default=0.0)
    tables = (phase.table for phase in trace.model.cell.phases)
    made = [table.of for table in tables if isinstance(table, ResultTable) and isinstance(table.of, Expression)]
    return max(_size(trace.values["ih"]), *(_largest_of(trace, of) for of in made), 0.0)


@lru_cache(maxsize=4)
@np.errstate(over="ignore", invalid="ignore")
def _largest_of(trace: Trace, expression: Expression) -> float:
    return _size(expression.evaluate(lambda value: over_time(trace, value)))


def _drawn(trace: Trace) -> Iterator[Array]:
    """All that is drawn as a signed bar in the tables of the cell but its input, (T, hidden_size) each."""

    def value_of(value: Value) -> Array:
        return over_time(trace, value)

    for phase in trace.model.cell.phases:
        match phase.table:
            case MemoryTable():
                memory = trace.model.cell.remembered(trace.values["hh"])
                bias = np.broadcast_to(trace.model.cell.bias_hh, memory.shape)
                yield from _sides(trace.values["ih"], memory, bias)
            case PartsTable(kept, new):
                yield from _sides(kept.evaluate(value_of), new.evaluate(value_of))
            case BlendTable(_, _, kept, value):
                old = kept.evaluate(value_of)
                yield from _sides(old, over_time(trace, Value(value)) - old)
            case ResultTable(value):
                yield over_time(trace, Value(value))
            case GatesTable(gates):
                yield from (over_time(trace, Value(gate.letter)) for gate in gates if gate.signed)


def _sides(*parts: Array) -> tuple[Array, Array]:
    """How far a sum reaches to the right and to the left: its positive parts together, and its negative ones."""
    return sum(np.maximum(part, 0) for part in parts), sum(np.minimum(part, 0) for part in parts)  # type: ignore[return-value]


def _size(values: Array) -> float:
    """The largest finite |value|."""
    sizes = np.abs(values)
    return float(sizes.max(initial=0, where=np.isfinite(sizes)))
