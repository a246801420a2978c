"""A phase's table: one row a hidden unit, drawn from its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.cells.phases import BlendTable, MemoryTable, PartsTable, ProductsTable, ResultTable
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


Placed = Sequence[tuple[Column, int]]
"""Columns with their widths."""


def lay_out(view: View, phase: Phase, width: int) -> Placed:
    """The columns of a phase that fit into `width` cells, with their widths."""
    listed = columns(view, phase)
    if phase.name in dict(view.widths) and _of_equation(view, phase) and (cells := _cells_of_equation(view)):
        uncapped = isinstance(phase.table, PartsTable)  # what is shown of a cell is never larger than the cell
        listed = [
            replace(column, least=cells, wished=cells, most=column.most if uncapped else cells)
            if column.parts
            else column
            for column in listed
        ]
    return placed_columns(listed, width)


def _of_equation(view: View, phase: Phase) -> bool:
    """True where a phase draws a part of the equation that runs through the phases, or what comes of it.

    Multiply has its own scale where there are gates between it and what comes out.
    """
    if isinstance(phase.table, ProductsTable):
        return not view.model.cell.gates
    return isinstance(phase.table, MemoryTable | PartsTable | BlendTable | ResultTable)


_CELLS: dict[object, int] = {}
"""The cells of bars that are known: each panel asks for them at every draw, and they change with the layout alone."""
MOST_KNOWN = 8


def _cells_of_equation(view: View) -> int:
    """The cells of every bar of the equation where the phases stand side by side: as many as all have room for.

    So on one scale a smaller number is never the longer bar. Of an even number one would stand beside the bar.
    """
    key = (view.trace, view.before, view.widths, view.scene.notation)
    if key not in _CELLS:
        inside = dict(view.widths)
        sizes = [
            size
            for phase in view.model.phases
            if phase.name in inside and _of_equation(view, phase)
            for column, size in placed_columns(columns(view, phase), inside[phase.name])
            if column.parts
        ]
        if len(_CELLS) >= MOST_KNOWN:
            _CELLS.clear()
        _CELLS[key] = (min(sizes, default=0) - 1) // 2 * 2 + 1
    return max(0, _CELLS[key])


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


def value_at(placed: Placed, x: int) -> str:
    """The name of the value whose figures stand at cell `x` of a row, where it can be held; "" elsewhere."""
    end = 0
    for column, size in placed:
        if end <= x < end + size:
            return column.value
        end += size + 1
    return ""


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
    wishes = [max(column.least, column.wished) for column in kept]
    widths = wishes if sum(wishes) + len(wishes) <= width + 1 else [column.least for column in kept]
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
