"""A phase's table: one row a hidden unit, drawn from its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.phases import Phase
from rnn_tui.pictures.bars import share_bar, sum_bar, with_ghost
from rnn_tui.pictures.columns import Column, columns, name_column
from rnn_tui.pictures.heat import heat_row
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, over, sized
from rnn_tui.pictures.unitrows import unit_rows
from rnn_tui.pictures.view import View
from rnn_tui.text import number

TO_COME = "·"


Placed = Sequence[tuple[Column, int]]
"""Columns with their widths."""


def lay_out(view: View, phase: Phase, width: int) -> Placed:
    """The columns of a phase that fit into `width` cells, with their widths."""
    listed = columns(view, phase)
    if listed and not view.wide and listed[0].kind != "name":  # side by side, the names at the left serve all phases
        listed = [name_column(view), *listed]
    return placed_columns(listed, width)


def table(view: View, phase: Phase, placed: Placed, width: int, palette: Palette) -> list[Row]:
    """A head row and `view.pitch` rows for each visible unit, each exactly `width` cells."""
    come = view.progress(phase) > 0
    now = view.progress(phase) == 0
    head: Row = []
    for column, size in placed:
        head += [*_head(column, size, palette, come=come), Segment(" ")]
    rows = unit_rows(head, view.units, view.pitch, lambda unit: _unit(view, placed, unit, palette, come=come, now=now))
    return [sized(row, width) for row in rows]


def placed_columns(listed: Sequence[Column], width: int) -> Placed:
    """The columns that fit into `width` cells, one cell between two of them, with their widths."""
    kept = list(listed)
    while kept and sum(column.least + 1 for column in kept) > width + 1:
        most_spare = max(kept, key=lambda column: column.spare)
        if not most_spare.spare:
            break
        # Columns of a kind go together: bars for one gate and none for the next would say something that isn't so.
        kept = [column for column in kept if (column.kind, column.spare) != (most_spare.kind, most_spare.spare)]
    widths = [column.least for column in kept]
    room = width + 1 - sum(widths) - len(widths)
    while room > 0 and (growing := [k for k, column in enumerate(kept) if widths[k] < column.most]):
        # Bars grow three times as fast as the rest: they are what is seen from the back of the room.
        grows = min(growing, key=lambda p: (widths[p] - kept[p].least) / (3 if kept[p].kind in ("bar", "gate") else 1))
        widths[grows] += 1
        room -= 1
    return [(_whole(column, size), size) for column, size in zip(kept, widths, strict=True)]


def _whole(column: Column, size: int) -> Column:
    """Heat cells that are all drawn two cells wide where there is room for all, and else one cell wide."""
    if column.kind != "heat" or column.values is None:
        return column
    cells = size // 2 if size >= column.values.shape[1] * 2 else size
    vector = None if column.vector is None else column.vector[:cells]
    return replace(column, values=column.values[:, :cells], vector=vector, of=column.of or column.values.shape[1])


def _cell_width(column: Column, size: int) -> int:
    cells = 0 if column.values is None else column.values.shape[1]
    return 2 if cells and size >= 2 * cells else 1


def _head(column: Column, size: int, palette: Palette, *, come: bool) -> Row:
    if column.kind == "name":
        return [Segment(fit(column.head, size), palette.faint)]
    if column.kind == "heat" and column.vector is not None:
        row = heat_row(column.vector, column.vector_scale, palette, _cell_width(column, size), ones=column.one_hot)
        return sized(row, size)
    text = "" if column.kind == "glyph" or come else column.head
    align = "right" if column.kind == "number" else "center"
    return [Segment(fit(text, size, align), palette.muted)]


def _unit(view: View, placed: Placed, unit: int, palette: Palette, *, come: bool, now: bool) -> list[Row]:
    """The lines of a unit, at most `view.pitch`; from three on, bars and heat cells are thicker."""
    picked = unit == view.unit
    colours = palette.on_picked if picked else palette
    lines: list[Row] = []
    for line in range(max(1, view.pitch - 1)):
        row: Row = []
        for column, size in placed:
            if line and column.kind in ("name", "glyph", "number"):
                drawn = blank(size)
            elif come and not column.timeless:
                drawn = _coming(column, size, palette)
            else:
                drawn = _cell(view, column, unit, size, colours, now=now)
            row += [*drawn, Segment(" ")]
        lines.append(over(row, palette.picked) if picked else row)
    return lines


def _coming(column: Column, size: int, palette: Palette) -> Row:
    """The cells that are kept for a value that has not been computed yet."""
    return [Segment(fit(TO_COME if column.kind == "number" else "", size, "right"), palette.faint)]


def _cell(view: View, column: Column, unit: int, size: int, palette: Palette, *, now: bool) -> Row:
    if column.kind == "name":
        return _name(view, unit, size, palette)
    if column.kind == "glyph":
        return [Segment(column.head, palette.muted)]
    assert column.values is not None
    if column.kind == "heat":
        before = None if column.ghost is None else column.ghost[unit][: column.values.shape[1]]
        row = heat_row(column.values[unit], column.scale, palette, _cell_width(column, size), before=before)
        return sized(row, size)
    value = float(column.values[unit])
    if column.kind == "number":
        ink = palette.signed(value) + Style(bold=now or None)
        return [Segment(fit(number(value), size, "right"), ink)]
    if column.kind == "gate":
        return _with_ghost(column, unit, share_bar(value, size, palette.bar, palette.faint), palette)
    if now and column.start is not None:
        start = max(-column.scale, min(column.scale, float(column.start[unit])))
        value = start + (value - start) * view.motion
    part = 0.0 if column.part is None else float(column.part[unit])
    return _with_ghost(column, unit, sum_bar(part, value - part, column.scale, size, palette), palette)


def _with_ghost(column: Column, unit: int, drawn: Row, palette: Palette) -> Row:
    """The bar with a mark where it ended before an edit."""
    if column.ghost is None or column.values is None:
        return drawn
    before, value = float(column.ghost[unit]), float(column.values[unit])
    return with_ghost(drawn, before, value, column.scale, palette, signed=column.kind == "bar")


def _name(view: View, unit: int, size: int, palette: Palette) -> Row:
    picked = unit == view.unit
    name = fit(view.unit_label(unit), size - 1)
    return [Segment("▸" if picked else " ", palette.accent), Segment(name, palette.accent if picked else palette.text)]
