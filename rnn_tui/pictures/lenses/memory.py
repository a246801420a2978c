"""How long each word is remembered: a triangle of heat cells, words down and words across."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from rich.segment import Segment

from rnn_tui.lenses.memory import Memory
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.heat import ZERO_BELOW, heat_style, level
from rnn_tui.pictures.lenses.wordrows import WordRows, name, stacked_rows, word_rows
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import percent, printable, unsigned

TITLE = "Memory"
WORDS = "what is left of each word, after each word"

NARROWEST, WIDEST = 4, 12
FIGURES = 5
"""From this width on a cell has its figure in it; a narrower one has the tenths of the scale, from 1 to 9."""
TENTHS = 10
LEFT = 6
MOST_BAR = 16
HEAD = "left now"


@dataclass(frozen=True)
class Grid:
    """Where the cells stand: word t from column `x + (t − first) · cell` on, `count` of them; rows as `rows` has them.

    `left` columns at the right say what is left of each word now, `bar` of them as a bar.
    """

    rows: WordRows
    x: int
    first: int
    count: int
    cell: int
    left: int
    bar: int

    @property
    def words(self) -> range:
        """The visible columns, as words from 0."""
        return range(self.first, self.first + self.count)


def grid(view: View, width: int, height: int) -> Grid:
    """The widest cells that fit, and what is left of the width for the shares."""
    rows = word_rows(view, width, height)
    x, total = rows.name_width + 2, len(view.trace)
    left = LEFT if width - x - LEFT >= total * FIGURES else 0
    room = max(1, width - x - left)
    cell = max(NARROWEST, min(WIDEST, room // total))
    count = max(1, min(total, room // cell))
    first = max(0, min(view.t + 1 - max(1, count * 2 // 3), total - count))
    spare = width - x - count * cell
    bar = min(MOST_BAR, spare - LEFT - 2) if left and spare - LEFT - 2 >= 4 else 0
    return Grid(rows, x, first, count, cell, left + bar + 2 * bool(bar), bar)


def draw(measured: Memory, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """At most `height` rows of `width` cells; what has not been read yet is not drawn."""
    if width < 1 or height < 1:
        return []
    laid = grid(view, width, height)
    scale = _scale(measured)
    bars = {k: _lines(measured, view, laid, k, scale, palette) for k in laid.rows.words}
    drawn = stacked_rows(view, laid.rows, _heads(view, laid, palette), bars, width, palette)
    return [*drawn, *_foot(view, laid, width, height - len(drawn), palette)]


def spot(measured: Memory, view: View, width: int, height: int, x: int, y: int) -> tuple[str, int] | None:
    """A click on a cell goes to the word across, one on a name to that word."""
    laid = grid(view, width, height)
    place = (x - laid.x) // laid.cell
    if x >= laid.x and 0 <= place < laid.count:
        return ("go_to", laid.first + place + 1)
    t = laid.rows.word_at(y)
    return None if t is None or x >= laid.x else ("go_to", t + 1)


def _scale(measured: Memory) -> float:
    influence = measured.influence
    return float(influence.max(initial=0, where=np.isfinite(influence))) or 1.0


def _heads(view: View, laid: Grid, palette: Palette) -> Row:
    row: Row = [*blank(laid.x)]
    for t in laid.words:
        style = palette.accent if t == view.t else palette.muted if t < view.t else palette.faint
        row.append(Segment(fit(printable(view.trace.tokens[t].surface), laid.cell - 1, "center") + " ", style))
    if laid.left:
        row.append(Segment(fit(HEAD if laid.bar else "left", laid.left, "right"), palette.muted))
    return row


def _lines(measured: Memory, view: View, laid: Grid, k: int, scale: float, palette: Palette) -> list[Row]:
    """The rows of word k: its cells from its own column on, and what is left of it now."""
    first = name(view, laid.rows, k, palette, known=k <= view.t)
    lines = [first, *(blank(laid.x) for _ in range(laid.rows.thickness - 1))]
    middle = (laid.rows.thickness - 1) // 2
    for place, row in enumerate(lines):
        for t in laid.words:
            row.extend(_cell(float(measured.influence[k, t]), k, t, view, laid, scale, palette, figure=place == middle))
        row.extend(_left(measured, view, laid, k, palette, figure=place == middle))
    if middle:
        lines[0], lines[middle] = _renamed(lines, middle, laid)
    return lines


def _renamed(lines: list[Row], middle: int, laid: Grid) -> tuple[Row, Row]:
    """The name beside the figures, in the middle of thick cells."""
    (top_name, top), (blank_name, rest) = (
        list(Segment.divide(lines[place], [laid.x, sum(segment.cell_length for segment in lines[place])]))
        for place in (0, middle)
    )
    return [*blank_name, *top], [*top_name, *rest]


def _cell(value: float, k: int, t: int, view: View, laid: Grid, scale: float, palette: Palette, *, figure: bool) -> Row:
    inner = laid.cell - 1
    if t < k:
        return blank(laid.cell)
    if t > view.t:
        return [Segment(fit("·" if figure else "", inner, "center") + " ", palette.faint)]
    style = heat_style(value, scale, palette)
    if not math.isfinite(value):
        text = "?" if figure else ""
    elif laid.cell >= FIGURES:
        text = _figure(value, inner) if figure else ""
    elif figure:
        text = str(max(1, level(value, scale, TENTHS))) if value >= scale * ZERO_BELOW else "·"
    else:
        text = ""
    return [Segment(fit(text, inner, "center"), style), Segment(" ")]


def _figure(value: float, width: int) -> str:
    """With as many digits as fit."""
    return next((text for digits in (2, 1) if len(text := unsigned(value, digits)) <= width), unsigned(value, 0))


def _left(measured: Memory, view: View, laid: Grid, k: int, palette: Palette, *, figure: bool) -> Row:
    """How much of what word k moved when it was read is left now, in per cent and as a bar."""
    if not laid.left:
        return []
    share = measured.left(k, view.t) if k <= view.t else math.nan
    if not math.isfinite(share):
        return blank(laid.left)
    row: Row = [Segment("  "), *share_bar(min(1.0, share), laid.bar, palette.answer, palette.faint)] if laid.bar else []
    said = fit(percent(share), LEFT, "right") if figure else " " * LEFT
    return [*row, Segment(said, palette.strong if k == 0 else None)]


def _foot(view: View, laid: Grid, width: int, room: int, palette: Palette) -> list[Row]:
    """Which columns are visible, where not all are and there is a row for it."""
    if room < 1 or laid.count == len(view.trace):
        return []
    unit = view.model.tokenizer.unit
    said = f" across: {unit}s {laid.first + 1}–{laid.first + laid.count} of {len(view.trace)}"
    return [sized([Segment(fit(said, width), palette.muted)], width)]
