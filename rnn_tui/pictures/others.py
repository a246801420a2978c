"""The hidden units that have no row of their own in a phase: one row, a heat cell each."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import GatesTable, ProductsTable
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.heat import heat_row
from rnn_tui.pictures.naming import gate_head
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, width_of
from rnn_tui.pictures.view import View
from rnn_tui.pictures.weights import block


def others(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    """Their number, and a cell for each, with the unit's name before it where there is room for all names."""
    values, scale = values_of(view, phase)
    row: Row = [Segment(f" +{len(view.others)} {gate_of(view, phase)}", palette.muted)]
    room = width - width_of(row)
    count = len(view.others)
    names = [view.unit_label(unit) for unit in view.others] if 4 * count <= room else []  # a name, a cell, two gaps
    named = bool(names) and sum(cell_len(name) + 3 for name in names) <= room
    each = next((cells for cells in (2, 1) if cells * count <= room), 0)
    if not named:
        units = view.others if each else view.others[: max(0, room - 1)]
        return [
            *row,
            *heat_row(values[units], scale, palette, max(1, each)),
            Segment("" if each else "…", palette.muted),
        ]
    for unit, name in zip(view.others, names, strict=True):
        row += [Segment(fit(name, cell_len(name)) + " ", palette.muted), *heat_row(values[[unit]], scale, palette)]
        row.append(Segment(" "))
    return row


def gate_of(view: View, phase: Phase) -> str:
    """The gate whose values are shown, where a phase has those of several."""
    table = phase.table
    drawn = table.drawn if isinstance(table, GatesTable | ProductsTable) else None
    return "" if drawn is None else f"{gate_head(view, drawn)}: "


def values_of(view: View, phase: Phase) -> tuple[Array, float]:
    """The number that a phase brings to light of each unit, (hidden_size,), and the size of the largest."""
    table, name = phase.table, phase.shows[-1]
    if isinstance(table, GatesTable):
        return view.step[table.drawn.letter], 1.0
    if "logits" in phase.shows:
        return view.votes()[0], view.vote_scale
    values = view.step[name]
    return block(values, table.drawn, view) if isinstance(table, ProductsTable) else values, view.scale(name)
