"""The columns of a unit's row in each phase, made from the kind of table that the phase says it has.

Where there is no room, first go the signs between numbers, then the weights. A sum loses all of its parts or none: one
that lacks a part would be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from rnn_tui.loading import module
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.expressions import Expression, Value
from rnn_tui.network.cells.phases import (
    BlendTable,
    Combined,
    GatesTable,
    HeadProducts,
    MemoryTable,
    PartsTable,
    Phase,
    PoolTable,
    ProductsTable,
    ResultTable,
    VotesTable,
)
from rnn_tui.network.heads import is_of_head
from rnn_tui.pictures.bars import BRIGHT, DARK, GREY
from rnn_tui.pictures.columns import (
    LONG_BAR,
    LONGEST_BAR,
    Column,
    Part,
    bar,
    equals,
    gate,
    glyph,
    name_column,
    number,
    product_sign,
    share,
    sum_sign,
)
from rnn_tui.pictures.naming import gate_head, value_head
from rnn_tui.pictures.scales import bar_scale
from rnn_tui.pictures.view import View
from rnn_tui.pictures.weights import block, head_weights, input_weights, memory_weights, output_weights

SIGNS, WEIGHTS, LEFT, BAR, PARTS = 9, 8, 7, 2, 1
"""What goes first where there is no room; the input goes where it stands in the panel to the left, too."""
FACTORS, THIRD, SECOND, NAMES = 6, 5, 4, 3
HELD = "≠"
CELLS_OF_PARTS = 7  # the cells in which what pulls against each other can be seen, beside the other phases


def columns(view: View, phase: Phase) -> Sequence[Column]:
    """The columns of a phase, from the kind of table that it says it has; none where it has another picture."""
    if phase.table is None:
        return ()
    made: list[Column] = _COLUMNS[type(phase.table)](view, phase.table)
    first = view.model.floor.layer is None and phase is view.model.phases[0]
    if (view.alone or first) and made[0].kind != "name":  # side by side, the names at the left serve all phases
        made = [name_column(view, NAMES), *made]
    return made


def bias_of(view: View, stacked: str = "bias_hh") -> Array | None:
    """The bias of the memory, (hidden_size,); None where the cell has none to show."""
    bias: Array = getattr(view.model.cell, stacked)
    return block(bias, None, view) if bias.any() else None


def _evaluated(view: View, expression: Expression) -> Array:
    """An equation of the cell for all units, (hidden_size,)."""
    cell, step = view.model.cell, view.step
    with np.errstate(over="ignore", invalid="ignore"):  # huge weights
        array: Array = expression.evaluate(lambda value: cell.block(step[value.name], value.gate))
    return array


def _products(view: View, table: ProductsTable) -> list[Column]:
    ih, cell, scale = view.step["ih"], view.model.cell, bar_scale(view, sums=True)
    one_hot = view.one_hot  # then it is the columns that are picked from
    listed: list[Column] = [name_column(view), input_weights(view, table.drawn, PARTS if one_hot else THIRD)]
    if not cell.gates:
        into = bar(ih, scale, start=np.zeros_like(ih), ghost=view.ghost("ih"), spare=BAR)
        return [*listed, into, number(ih, "input", scale)]
    for known in cell.gates:
        values, head = block(ih, known, view), f"→{gate_head(view, known)}"
        listed += [bar(values, scale, spare=WEIGHTS, most=9), number(values, head, scale)]
    return listed


def _memory(view: View, table: MemoryTable) -> list[Column]:
    ih, total, bias = view.step["ih"], view.step[table.total], bias_of(view)
    memory = view.model.cell.remembered(view.step["hh"])
    scale = bar_scale(view)
    added: list[Part] = [(memory, DARK), *([] if bias is None else [(bias, GREY)]), (ih, BRIGHT)]
    drawn = bar(
        total, scale, parts=added, ghost=view.ghost(table.total),
        spare=BAR if view.alone else 0, wished=0 if view.alone else CELLS_OF_PARTS,
    )  # fmt: skip
    of_bias = [] if bias is None else [glyph("+", SIGNS), number(bias, "bias", scale, PARTS)]
    plus = [glyph("+", SIGNS), *([] if view.alone else [glyph("+", instead=LEFT)])]
    return [
        memory_weights(view, None, WEIGHTS),
        number(ih, "input", scale, PARTS if view.alone else LEFT),
        *plus,
        number(memory, "memory", scale, PARTS),
        *of_bias,
        equals(sum_sign([part for part, _ in added], total), PARTS),
        drawn,
        number(total, "sum", scale),
    ]


def _gates(view: View, table: GatesTable) -> list[Column]:
    """The weights of one gate, then how far each is open, and last the new values, which are signed."""
    listed = [memory_weights(view, table.drawn, SECOND)]
    least = max(len(gate_head(view, known)) for known in table.gates)  # bars that are compared are equally long
    for known in sorted(table.gates, key=lambda known: known.signed):
        values, ghost, head = view.step[known.letter], view.ghost(known.letter), gate_head(view, known)
        if known.signed:
            scale = bar_scale(view)
            listed += [bar(values, scale, head, ghost=ghost), number(values, "", 1.0, PARTS, known.letter)]
        else:
            listed += [gate(values, head, ghost, least), _open(view, values, BAR, known.letter)]
    return listed


def _open(view: View, values: Array, spare: int, letter: str) -> Column:
    """How far a gate is open in figures: in per cent, or from 0 to 1."""
    if view.scene.notation:
        return number(values, "", 1.0, spare, letter)
    return share(values, spare=spare, value=letter)


def _passed(view: View, known: Gate, spare: int) -> list[Column]:
    """A gate that something passes: its bar, and how far it is open in figures."""
    values = view.step[known.letter]
    return [gate(values, gate_head(view, known), view.ghost(known.letter)), _open(view, values, spare, known.letter)]


def _result(view: View, table: ResultTable) -> list[Column]:
    """A result, and beside it what it comes from, where the phase has its panel to itself."""
    values, name = view.step[table.value], table.value
    of = Value(table.of) if isinstance(table.of, str) else table.of
    beside = of is not None and view.alone
    # After a head the sums of the cell are done with, and beside them what is left would hardly be seen.
    own = is_of_head(name) or view.model.floor.layer is None
    drawn = (name, *((table.of,) if isinstance(table.of, str) else ()))
    scale = view.scale(*drawn) if own else bar_scale(view, of=of if beside else None)
    products = next((part for part in phase_with(view, table).parts if isinstance(part, HeadProducts)), None)
    source: list[Column] = [] if products is None else [head_weights(view, products.index, WEIGHTS)]
    start = None if of is None else _evaluated(view, of)
    if start is not None and beside:
        known = table.of if isinstance(table.of, str) and (own or view.model.cell.gates) else ""
        head = value_head(view, known) if known else "sum"
        source += [bar(start, scale, spare=SECOND), number(start, head, scale)]
    passed = _passed(view, table.gate, THIRD) if table.gate else []
    most = LONGEST_BAR if view.model.meets else LONG_BAR  # where lanes meet, nothing else is drawn
    shown = bar(values, scale, start=start, ghost=view.ghost(name), most=most)
    return [
        *passed,
        *source,
        *([] if view.model.meets else [equals(_unless_held(view, name, lambda _: "→"), SIGNS)]),
        shown,
        number(values, value_head(view, name), scale, value=name),
    ]


def _unless_held(view: View, name: str, sign: Callable[[int], str]) -> Callable[[int], str]:
    """The sign before a result, for each unit; ≠ where it is held, and so doesn't come of what leads to it."""
    if not view.trace.tokens[view.t].held:
        return sign
    return lambda unit: HELD if view.holds(name, unit) else sign(unit)


def phase_with(view: View, table: object) -> Phase:
    """The phase whose values stand in a table."""
    return next(phase for phase in view.model.phases if phase.table is table)


def _blend(view: View, table: BlendTable) -> list[Column]:
    phase = phase_with(view, table)
    (blended,) = (part.expression for part in phase.parts if isinstance(part, Combined))
    kept = _evaluated(view, table.kept)
    return [*_passed(view, table.gate, THIRD), *_sum_of_two(view, kept, _evaluated(view, blended) - kept, table.value)]


def _parts(view: View, table: PartsTable) -> list[Column]:
    return _sum_of_two(view, _evaluated(view, table.kept), _evaluated(view, table.new), table.value)


def _sum_of_two(view: View, kept: Array, new: Array, name: str) -> list[Column]:
    """What is kept and what is new, and what they are together."""
    values, scale = view.step[name], bar_scale(view)
    drawn_kept, drawn_new = kept, new
    if view.trace.tokens[view.t].held:  # then the bar is of what is held, and not of what leads to it
        held = np.array([view.holds(name, unit) for unit in range(len(values))])
        drawn_kept, drawn_new = np.where(held, 0, kept), np.where(held, values, new)
    parts = ((drawn_kept, DARK), (drawn_new, BRIGHT))
    return [
        number(kept, "kept", scale, PARTS),
        glyph("+", SIGNS),
        number(new, "new", scale, PARTS),
        equals(_unless_held(view, name, sum_sign((kept, new), values)), PARTS),
        bar(values, scale, parts=parts, ghost=view.ghost(name), spare=BAR if view.alone else 0),
        number(values, value_head(view, name), scale, value=name),
    ]


def _votes(view: View, table: VotesTable) -> list[Column]:
    votes, _ = view.votes()
    read, weight, scale = view.step[view.read], view.speaking(view.model), view.vote_scale
    factors = FACTORS if view.alone else SIGNS  # beside Squash the memory is in sight, the weights are not
    cast = bar(votes, scale, start=np.zeros_like(votes), ghost=view.old_votes(), most=31)
    return [
        output_weights(view, WEIGHTS),
        number(weight, "weight", view.weight_scale("fc.weight"), factors),
        glyph("×", factors),
        number(read, value_head(view, view.read), view.scale(view.read), factors),
        equals(product_sign(weight, read, votes), factors),
        cast,
        number(votes, "vote", scale),
    ]


def _pooled(view: View, table: PoolTable) -> list[Column]:
    made: list[Column] = _looking_back().lookback(view, table)
    return made


_looking_back = module("rnn_tui.pictures.lookback")  # only networks that read all of their states have it
_COLUMNS: Mapping[type, Callable[[View, Any], list[Column]]] = {
    ProductsTable: _products,
    MemoryTable: _memory,
    GatesTable: _gates,
    ResultTable: _result,
    BlendTable: _blend,
    PartsTable: _parts,
    PoolTable: _pooled,
    VotesTable: _votes,
}
