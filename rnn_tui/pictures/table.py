"""A phase's table: one row a hidden unit, drawn from its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.cells.phases import MemoryTable, PartsTable, ProductsTable, ResultTable
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.bars import parts_bar, share_bar, with_ghost
from rnn_tui.pictures.columns import Column
from rnn_tui.pictures.heat import heat_row
from rnn_tui.pictures.others import others
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.phasecolumns import LEFT, columns
from rnn_tui.pictures.rows import Row, blank, fit, over, sized
from rnn_tui.pictures.unitrows import unit_rows
from rnn_tui.pictures.view import View
from rnn_tui.text import number, percent

TO_COME = "·"
MARK = "▾"
FRAME = 4
"""The cells that a panel is wider than what is in it."""


REST = 3
"""The cells that Multiply is wider than its share, about: it has what is left where the others have theirs."""


Placed = Sequence[tuple[Column, int]]
"""Columns with their widths."""


def lay_out(view: View, phase: Phase, width: int) -> Placed:
    """The columns of a phase that fit into `width` cells, with their widths."""
    listed = columns(view, phase)
    if view.wide and (cells := _bar_of_result(view, phase, width)):
        most = 0 if isinstance(phase.table, PartsTable) else cells  # beside nothing but figures there is room for more
        listed = [_with_bar(column, cells, most) if column.parts else column for column in listed]
    return placed_columns(listed, width)


def _with_bar(column: Column, least: int, most: int) -> Column:
    """The column of a bar with as many cells at least, if it is a sum's, and at most, if that is not 0."""
    shortest = max(column.least, least) if len(column.parts) > 1 else column.least
    return replace(column, least=shortest, most=most or column.most)


def _bar_of_result(view: View, phase: Phase, width: int) -> int:
    """The cells of the bar of what comes out of this phase's sum, in a panel of its own beside this one; 0 for none.

    The sum's bar has at least as many: a smaller number is never the longer bar.
    """
    result = _result_of(view, phase)
    if result is None:
        return 0
    panel = width + FRAME - (REST if isinstance(phase.table, ProductsTable) else 0)
    least, most = panel * result.width // phase.width, -(-(panel + 1) * result.width // phase.width)
    listed = columns(view, result)
    placed = (placed_columns(listed, beside - FRAME) for beside in range(least, most + 1))  # one of them it has
    sizes = (size for columns_placed in placed for column, size in columns_placed if column.parts)
    return (max(sizes, default=0) - 1) // 2 * 2 + 1  # of an even number one would be beside the bar


def _result_of(view: View, phase: Phase) -> Phase | None:
    """The phase that shows what comes out of what a phase adds, or multiplies for a sum."""
    tables = [known.table for known in view.model.phases]
    of = phase.table
    if isinstance(of, ProductsTable):
        of = next((table for table in tables if isinstance(table, MemoryTable)), None)
    value = of.total if isinstance(of, MemoryTable) else of.value if isinstance(of, PartsTable) else None
    return next((known for known in view.model.phases if value and _comes_of(known, value)), None)


def _comes_of(phase: Phase, value: str) -> bool:
    """True where the result of a phase comes of a value."""
    return isinstance(phase.table, ResultTable) and phase.table.of == value


def table(view: View, phase: Phase, placed: Placed, width: int, palette: Palette) -> list[Row]:
    """A head row, `view.pitch` rows for each visible unit, and one for those out of sight, each `width` cells."""
    come = view.progress(phase) > 0
    now = view.progress(phase) == 0
    head: Row = []
    for column, size in placed:
        head += [*_head(column, size, palette, come=come), Segment(" ")]
    rows = unit_rows(head, view.units, view.pitch, lambda unit: _unit(view, placed, unit, palette, come=come, now=now))
    if view.others and not come:
        rows.append(others(view, phase, width, palette))
    return [sized(row, width) for row in rows]


def placed_columns(listed: Sequence[Column], width: int) -> Placed:
    """The columns that fit into `width` cells, one cell between two of them, with their widths."""
    kept = _standing(listed)
    while kept:
        most_spare = max(column.spare for column in kept)
        wished = most_spare >= LEFT
        if sum((max(column.least, column.wished) if wished else column.least) + 1 for column in kept) <= width + 1:
            break
        if not most_spare:
            break
        listed = [column for column in listed if column.spare != most_spare]
        kept = _standing(listed)
    widths = [column.least for column in kept]
    room = width + 1 - sum(widths) - len(widths)
    while room > 0 and (growing := [k for k, column in enumerate(kept) if widths[k] < column.most]):
        grows = min(growing, key=lambda p: (widths[p] - kept[p].least) / kept[p].pace)
        widths[grows] += 1
        room -= 1
    return [(_whole(column, size), size) for column, size in zip(kept, widths, strict=True)]


def _standing(listed: Sequence[Column]) -> list[Column]:
    """The columns without those that stand instead of others that are still there."""
    levels = {column.spare for column in listed}
    return [column for column in listed if not column.instead or column.instead not in levels]


def _whole(column: Column, size: int) -> Column:
    """The heat cells that fit: all of them two cells wide, or one cell wide, or as wide as the words above them."""
    if column.kind != "heat" or column.values is None:
        return column
    total, first = column.values.shape[1], 0
    cells = size // 2 if size >= total * 2 else size
    if column.words:
        cells = max(1, min(total, size * total // column.most))
        first = max(0, min(total, (column.marked or 0) + 1) - cells)  # the word of now is always among them
    part = slice(first, first + cells)
    return replace(
        column,
        values=column.values[:, part],
        ghost=None if column.ghost is None else column.ghost[:, part],
        vector=None if column.vector is None else column.vector[part],
        words=column.words[part],
        marked=None if column.marked is None else column.marked - first,
        of=column.of or total,
    )


def _cell_width(column: Column, size: int) -> int:
    cells = 0 if column.values is None else column.values.shape[1]
    if column.words:
        return max(1, size // cells)
    return 2 if cells and size >= 2 * cells else 1


def _head(column: Column, size: int, palette: Palette, *, come: bool) -> Row:
    if column.kind == "name":
        return [Segment(fit(column.head, size), palette.faint)]
    if column.words:
        return sized(_words_above(column, _cell_width(column, size), palette), size)
    if column.kind == "heat" and column.vector is not None:
        return sized(heat_row(column.vector, column.vector_scale, palette, _cell_width(column, size)), size)
    text = "" if column.kind == "glyph" or come else column.head
    align = "right" if column.kind in ("number", "share") else "center"
    return [Segment(fit(text, size, align), palette.muted)]


def _words_above(column: Column, cell: int, palette: Palette) -> Row:
    """The words of one-hot columns; the word of now has a mark in front."""
    row: Row = []
    for place, word in enumerate(column.words):
        marked = place == column.marked
        shown = (MARK if marked else " ") + fit(word, min(cell_len(word), max(0, cell - 2)))
        row += [Segment(fit(shown, cell - 1, "center"), palette.accent if marked else palette.muted), Segment(" ")]
    return row


def _unit(view: View, placed: Placed, unit: int, palette: Palette, *, come: bool, now: bool) -> list[Row]:
    """The lines of a unit, at most `view.pitch`; from three on, bars and heat cells are thicker."""
    picked = unit == view.unit
    colours = palette.on_picked if picked else palette
    lines: list[Row] = []
    for line in range(max(1, view.pitch - 1)):
        row: Row = []
        for column, size in placed:
            if line and column.kind in ("name", "glyph", "number", "share"):
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
    return [Segment(fit(TO_COME if column.kind in ("number", "share") else "", size, "right"), palette.faint)]


def _cell(view: View, column: Column, unit: int, size: int, palette: Palette, *, now: bool) -> Row:
    if column.kind == "name":
        return _name(view, unit, size, palette)
    if column.kind == "glyph":
        return [Segment(column.sign(unit) if column.sign else column.head, palette.muted)]
    assert column.values is not None
    if column.kind == "heat":
        before = None if column.ghost is None else column.ghost[unit][: column.values.shape[1]]
        cell = _cell_width(column, size)
        row = heat_row(column.values[unit], column.scale, palette, cell, gap=bool(column.words), before=before)
        return sized(row, size)
    value = float(column.values[unit])
    if column.kind in ("number", "share"):
        text, ink = (percent(value), palette.text) if column.kind == "share" else (number(value), palette.signed(value))
        return [Segment(fit(text, size, "right"), ink + Style(bold=now or None))]
    if column.kind == "gate":
        return _with_ghost(column, unit, share_bar(value, size, palette.bar, palette.faint), palette)
    return _with_ghost(column, unit, _bar(column, unit, size, palette, view.motion if now else 1.0), palette)


def _bar(column: Column, unit: int, size: int, palette: Palette, motion: float) -> Row:
    """A signed bar in its parts, of which all but the first are still growing."""
    (first, shade), *others = column.parts
    value = float(first[unit])
    if column.start is not None and motion != 1:
        start = max(-column.scale, min(column.scale, float(column.start[unit])))
        value = start + (value - start) * motion
    grown = [(float(part[unit]) * motion, of_part) for part, of_part in others]
    return parts_bar([(value, shade), *grown], column.scale, size, palette)


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
