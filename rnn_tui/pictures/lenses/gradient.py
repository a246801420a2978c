"""The way back through time: how much a change of the memory after each word would still change at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.lenses.gradient import EXPLODES, VANISHES, Gradient
from rnn_tui.pictures.bars import EIGHTHS, GHOST
from rnn_tui.pictures.lenses.wordrows import WordRows, name, stacked_rows, word_rows
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit
from rnn_tui.pictures.view import View
from rnn_tui.text import magnitude

TITLE = "Gradient"
WORDS = "the way back: what is left of it at each word"

FIGURE = 9
FACTOR = 9
KEPT = 7
WITH_KEPT = 64
LEAST_DECADES = 4
NARROWEST = 9


@dataclass(frozen=True)
class Axis:
    """A log scale of `cells` cells from 10^low to 10^high; 1 lies at cell `one`."""

    low: int
    high: int
    cells: int

    def place(self, log10: float) -> float:
        """Where a power of ten lies, in cells from the left, cut off at the ends."""
        share = (max(self.low, min(self.high, log10)) - self.low) / (self.high - self.low)
        return share * self.cells

    def mark(self, log10: float) -> int:
        """The cell in which a power of ten lies."""
        return min(self.cells - 1, int(self.place(log10)))


@dataclass(frozen=True)
class Layout:
    """A row a word: its name, a bar on the axis, the product, and where there is room the factor and what is kept."""

    rows: WordRows
    axis: Axis
    with_factor: bool
    with_kept: bool


def layout(measured: Gradient, view: View, width: int, height: int) -> Layout:
    """The axis reaches as far as the product does, and at least from 1/1000 to 10."""
    rows = word_rows(view, width, height, looking_back=False)
    known = [float(value) for value in measured.log10_norm if math.isfinite(value)]
    low, high = math.floor(min([*known, -3.0]) - 1e-9), math.ceil(max([*known, 1.0]) + 1e-9)
    room = width - rows.name_width - 2
    with_factor = room - FIGURE - FACTOR >= NARROWEST
    with_kept = width >= WITH_KEPT
    cells = max(1, room - FIGURE - FACTOR * with_factor - KEPT * with_kept)
    return Layout(rows, Axis(low, high, cells), with_factor, with_kept)


def draw(measured: Gradient, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """At most `height` rows of `width` cells: the walk backward has come from the end to the current word."""
    if width < 1 or height < 1:
        return []
    laid = layout(measured, view, width, height)
    bars = {t: _lines(measured, view, laid, t, palette) for t in laid.rows.words}
    return stacked_rows(view, laid.rows, _heads(laid, palette), bars, width, palette)[:height]


def spot(measured: Gradient, view: View, width: int, height: int, x: int, y: int) -> tuple[str, int] | None:
    """A click on a word's row walks there."""
    t = layout(measured, view, width, height).rows.word_at(y)
    return None if t is None else ("go_to", t + 1)


def _heads(laid: Layout, palette: Palette) -> Row:
    """The scale: what is below 1/1000 has vanished, what is above 1000 has exploded."""
    axis = laid.axis
    marks = [" "] * axis.cells
    for log10, text in ((0.0, "1"), (math.log10(VANISHES), "1/1000"), (math.log10(EXPLODES), "1000")):
        if axis.low <= log10 <= axis.high:
            _write(marks, axis.mark(log10), text)
    row: Row = [*blank(laid.rows.name_width + 2), Segment("".join(marks), palette.muted)]
    row.append(Segment(fit("left", FIGURE, "right"), palette.muted))
    if laid.with_factor:
        row.append(Segment(fit("factor", FACTOR, "right"), palette.muted))
    if laid.with_kept:
        row.append(Segment(fit("kept", KEPT, "right"), palette.muted))
    return row


def _write(cells: list[str], at: int, text: str) -> None:
    """Write a label around a cell, where nothing stands yet."""
    start = max(0, min(at - len(text) // 2, len(cells) - len(text)))
    if start + len(text) <= len(cells) and not "".join(cells[max(0, start - 1) : start + len(text) + 1]).strip():
        cells[start : start + len(text)] = text


def _lines(measured: Gradient, view: View, laid: Layout, t: int, palette: Palette) -> list[Row]:
    known = t >= view.t
    first = name(view, laid.rows, t, palette, known=known)
    lines = [first, *(blank(laid.rows.name_width + 2) for _ in range(laid.rows.thickness - 1))]
    for place, row in enumerate(lines):
        row.extend(_bar(float(measured.log10_norm[t]), laid.axis, palette) if known else _empty(laid.axis, palette))
        if not place:
            row.extend(
                _figures(measured, laid, t, palette) if known else [Segment(fit("·", FIGURE, "right"), palette.faint)]
            )
    return lines


def _bar(log10: float, axis: Axis, palette: Palette) -> Row:
    """From 1 to the product: what is lost to the left, blue, what has grown to the right, orange."""
    if math.isnan(log10):
        return [Segment(fit("?", axis.cells, "center"), palette.muted)]
    one, end = axis.place(0.0), axis.place(log10)
    low, high = min(one, end), max(one, end)
    style = palette.negative if log10 < 0 else palette.positive
    row: Row = []
    for cell in range(axis.cells):
        filled = max(0.0, min(high, cell + 1) - max(low, cell))
        if filled >= 0.95 or (filled > 0 and low > cell):
            row.append(Segment("█", style))
        elif filled > 0:
            row.append(Segment(EIGHTHS[max(1, round(filled * 8))], style))
        else:
            row.append(_track(cell, axis, palette))
    return row


def _empty(axis: Axis, palette: Palette) -> Row:
    return [_track(cell, axis, palette) for cell in range(axis.cells)]


def _track(cell: int, axis: Axis, palette: Palette) -> Segment:
    """The lines at 1, 1/1000 and 1000."""
    if cell == axis.mark(0.0):
        return Segment("│", palette.muted)
    marks = {
        axis.mark(math.log10(limit)) for limit in (VANISHES, EXPLODES) if axis.low <= math.log10(limit) <= axis.high
    }
    return Segment(GHOST if cell in marks else " ", palette.faint)


def _figures(measured: Gradient, laid: Layout, t: int, palette: Palette) -> Row:
    """The product from the end back to this word, the factor of its step, and what its squash or gate keeps."""
    log10 = float(measured.log10_norm[t])
    row: Row = [Segment(fit(magnitude(log10), FIGURE, "right"), palette.strong)]
    if laid.with_factor:
        factor = float(measured.factor[t]) if t < len(measured.factor) else math.nan
        text = f"≤ {magnitude(math.log10(factor) if factor > 0 else -math.inf)}" if math.isfinite(factor) else ""
        row.append(Segment(fit(text, FACTOR, "right")))
    if laid.with_kept:
        kept = float(measured.kept[t + 1]) if t + 1 < len(measured.kept) else math.nan
        row.append(Segment(fit(f"{kept:.0%}" if math.isfinite(kept) else "", KEPT, "right"), palette.muted))
    return row
