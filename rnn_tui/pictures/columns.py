"""The columns of a unit's row in each phase, made from the kind of table that the phase says it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from rnn_tui.loading import module
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.expressions import Expression
from rnn_tui.network.cells.phases import (
    AttentionTable,
    BlendTable,
    GatesTable,
    MemoryTable,
    PartsTable,
    Phase,
    ProductsTable,
    ResultTable,
    VotesTable,
)
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import View

Kind = Literal["name", "heat", "bar", "gate", "number", "glyph"]


@dataclass(frozen=True)
class Column:
    """One column of a phase's table.

    `values` are (hidden_size,), or (hidden_size, n) for heat cells, whose `vector` (n,) stands above them. A bar is
    drawn darker up to `part`, and grows from `start` when it appears. `scale` reaches the edge. `least` to `most` cells
    wide; the column with the highest `spare` goes first where there is no room. `ghost` is what the values were before
    an edit, in the same shape.
    """

    kind: Kind
    head: str = ""
    values: Array | None = None
    part: Array | None = None
    start: Array | None = None
    ghost: Array | None = None
    vector: Array | None = None
    vector_scale: float = 1.0
    scale: float = 1.0
    least: int = 0
    most: int = 0
    spare: int = 0
    of: int = 0  # how many heat cells the whole row has
    one_hot: bool = False  # the vector is all zeros but for a one, which is written as 1
    timeless: bool = False  # drawn before the phase has been reached: weights are always there


_looking_back = module("rnn_tui.pictures.lookback")  # which is made of these columns
NUMBER_WIDTH = 6
MOST_CELLS = 200
MOST_LABELS = 4


def name_column(view: View) -> Column:
    """The unit's name with the mark of the picked one in front."""
    wide = view.label_width + 1
    return Column("name", "" if view.model.unit_names else " #", least=min(wide, 8), most=wide, timeless=True)


def number(values: Array, head: str = "", spare: int = 0) -> Column:
    """A value in figures."""
    return Column("number", head, values, least=NUMBER_WIDTH, most=NUMBER_WIDTH, spare=spare)


def bar(
    values: Array,
    scale: float,
    head: str = "",
    *,
    part: Array | None = None,
    start: Array | None = None,
    ghost: Array | None = None,
    spare: int = 0,
    most: int = 41,
) -> Column:
    """A signed bar; one that is a sum grows from its first part."""
    origin = part if start is None else start
    return Column("bar", head, values, part, origin, ghost, scale=scale, least=5, most=most, spare=spare)


def gate(values: Array, head: str, ghost: Array | None) -> Column:
    """A bar from 0 (closed) to 1 (open)."""
    return Column("gate", head, values, ghost=ghost, least=4, most=16)


def glyph(text: str, spare: int = 0) -> Column:
    """A sign between two columns."""
    return Column("glyph", text, least=len(text), most=len(text), spare=spare)


def columns(view: View, phase: Phase) -> Sequence[Column]:
    """The columns of a phase, from the kind of table that it says it has; none where it has another picture."""
    if phase.table is None:
        return ()
    made: list[Column] = _COLUMNS[type(phase.table)](view, phase.table)
    return made


@lru_cache(maxsize=4)
def input_columns(trace: Trace) -> list[int]:
    """The columns of weight_ih in the order in which they are drawn, the same for every word of a sentence.

    For one-hot words those of this sentence come first, in their order, since they are the ones that are picked.
    """
    if not isinstance(trace.model.embedding, OneHot):
        return list(range(trace.model.input_size))
    order = dict.fromkeys(token.index for token in trace.tokens if token.index is not None)
    order |= dict.fromkeys(range(trace.model.input_size))
    return list(order)


def _scale(view: View) -> float:
    """One scale for everything that is added: so bars of Multiply and Add can be compared."""
    totals = (phase.table.total for phase in view.model.phases if isinstance(phase.table, MemoryTable))
    return view.scale("ih", "hh", *totals)


def _block(values: Array, gate: Gate | None, view: View) -> Array:
    """The first axis of what is stacked gate by gate (rows, …), of one gate: (hidden_size, …)."""
    block: Array = view.model.cell.block(values.T, "" if gate is None else gate.letter).T
    return block


def _evaluated(view: View, expression: Expression) -> Array:
    """An equation of the cell for all units, (hidden_size,)."""
    cell, step = view.model.cell, view.step
    array: Array = expression.evaluate(lambda value: cell.block(step[value.name], value.gate))
    return array


def _input_weights(view: View, gate: Gate | None, spare: int = 1) -> Column:
    order = input_columns(view.trace)[:MOST_CELLS]
    weight = _block(view.model.cell.weight_ih, gate, view)
    return Column(
        "heat",
        values=weight[:, order],
        ghost=_old_weights(view, "weight_ih", gate, np.array(order)),
        vector=view.step.x[order],
        vector_scale=view.input_scale,
        scale=view.model.largest_weights["weight_ih"],
        least=min(4, len(order)),
        most=2 * len(order),
        spare=spare,
        of=view.model.input_size,
        one_hot=isinstance(view.model.embedding, OneHot),
        timeless=True,
    )


def _old_weights(view: View, name: str, gate: Gate | None, columns: Array | slice) -> Array | None:
    """The same weights before the edits; None where they were the same, as they are without edits."""
    if view.before is None or getattr(view.before.model.cell, name) is getattr(view.model.cell, name):
        return None
    old: Array = _block(getattr(view.before.model.cell, name), gate, view)[:, columns]
    return old


def _memory_weights(view: View, gate: Gate | None, spare: int) -> Column:
    weight = _block(view.model.cell.weight_hh, gate, view)
    start = min(view.first, max(0, view.model.hidden_size - 4))
    return Column(
        "heat",
        values=weight[:, start : start + MOST_CELLS],
        ghost=_old_weights(view, "weight_hh", gate, slice(start, start + MOST_CELLS)),
        vector=view.step.h_prev[start : start + MOST_CELLS],
        of=view.model.hidden_size,
        vector_scale=view.scale("h"),
        scale=view.model.largest_weights["weight_hh"],
        least=min(4, view.model.hidden_size),
        most=2 * view.model.hidden_size,
        spare=spare,
        timeless=True,
    )


def _products(view: View, table: ProductsTable) -> list[Column]:
    ih, cell = view.step["ih"], view.model.cell
    listed: list[Column] = [name_column(view), _input_weights(view, table.drawn)]
    if not cell.gates:
        into = bar(ih, _scale(view), start=np.zeros_like(ih), ghost=view.ghost("ih"))
        return [*listed, into, number(ih, "input")]
    for known in cell.gates:
        block, head = _block(ih, known, view), f"→{known.letter}"
        listed += [bar(block, _scale(view), head, spare=3, most=9), number(block, head)]
    return listed


def _memory(view: View, table: MemoryTable) -> list[Column]:
    ih, hh, total = view.step["ih"], view.step["hh"], view.step[table.total]
    return [
        _memory_weights(view, None, spare=2),
        number(ih, "input", spare=3),
        glyph("+"),
        number(hh, "memory"),
        glyph("="),
        bar(total, _scale(view), part=hh, ghost=view.ghost(table.total)),
        number(total, "sum"),
    ]


def _gates(view: View, table: GatesTable) -> list[Column]:
    """The weights of one gate, then how far each is open, and last the new values, which are signed."""
    listed = [_memory_weights(view, table.drawn, spare=3)]
    for known in sorted(table.gates, key=lambda known: known.signed):
        values, ghost = view.step[known.letter], view.ghost(known.letter)
        drawn = bar(values, 1.0, known.letter, ghost=ghost) if known.signed else gate(values, known.letter, ghost)
        listed += [drawn, number(values, spare=1 if known.signed else 2)]
    return listed


def _result(view: View, table: ResultTable) -> list[Column]:
    values, name = view.step[table.value], table.value
    scale = 1.0 if table.bounded else view.scale(name)
    start = None if table.of is None else view.step[table.of]
    shown = bar(values, scale, name if table.gate else "", start=start, ghost=view.ghost(name))
    passed = [_gate_column(view, table.gate)] if table.gate else []
    return [*passed, glyph("→", spare=2), shown, number(values, name)]


def _blend(view: View, table: BlendTable) -> list[Column]:
    values, kept = view.step[table.value], _evaluated(view, table.kept)
    return [
        number(view.step[table.old], "memory", spare=1),
        _gate_column(view, table.gate),
        glyph("→", spare=2),
        bar(values, 1.0, part=kept, ghost=view.ghost(table.value)),
        number(values, table.value),
    ]


def _parts(view: View, table: PartsTable) -> list[Column]:
    values, kept, name = view.step[table.value], _evaluated(view, table.kept), table.value
    before = [f"{name}_prev"] if f"{name}_prev" in view.trace.values else []
    return [
        # Where there is no room the signs go first: a sum that lacks one of its parts would be wrong.
        number(kept, "kept", spare=2),
        glyph("+", spare=3),
        number(_evaluated(view, table.new), "new", spare=2),
        glyph("=", spare=3),
        bar(values, view.scale(name, *before), part=kept, ghost=view.ghost(name)),
        number(values, name),
    ]


def _gate_column(view: View, known: Gate) -> Column:
    return gate(view.step[known.letter], known.letter, view.ghost(known.letter))


def _votes(view: View, table: VotesTable) -> list[Column]:
    votes, _ = view.votes()
    weight = view.model.readout.weight.T
    if weight.shape[1] > MOST_LABELS:  # too many to tell apart: then those of the label that leads
        weight = weight[:, [int(view.step.probs.argmax())]]
    heat = Column(
        "heat",
        values=weight,
        ghost=_old_outputs(view),
        scale=view.model.largest_weights["fc.weight"],
        least=min(2, weight.shape[1]),
        most=2 * weight.shape[1],
        spare=1,
        timeless=weight.shape[1] > 1 or view.model.output_size == 1,  # which label leads is not known beforehand
    )
    cast = bar(votes, view.vote_scale, start=np.zeros_like(votes), ghost=view.old_votes(), most=31)
    return [heat, cast, number(votes, "vote")]


def _old_outputs(view: View) -> Array | None:
    """The weights of the output nodes before the edits, where they are other ones and all are drawn."""
    if view.before is None or view.model.output_size > MOST_LABELS:
        return None
    old: Array = view.before.model.readout.weight.T
    return None if view.before.model.readout.weight is view.model.readout.weight else old


def _lookback(view: View, table: AttentionTable) -> list[Column]:
    made: list[Column] = _looking_back().lookback(view, table)
    return made


_COLUMNS: Mapping[type, Callable[[View, Any], list[Column]]] = {
    ProductsTable: _products,
    MemoryTable: _memory,
    GatesTable: _gates,
    ResultTable: _result,
    BlendTable: _blend,
    PartsTable: _parts,
    AttentionTable: _lookback,
    VotesTable: _votes,
}
