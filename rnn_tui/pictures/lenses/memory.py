"""The picture of the lens memory: a triangle of heat cells, words down and words across."""

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
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import Row, blank, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.rounding import ABOUT, share_closes
from rnn_tui.story.lenses.stacks import hears_both, read_words
from rnn_tui.text import percent, printable, unsigned

NARROWEST, WIDEST = 4, 24
FIGURES = 5
"""From this width on a cell has its figure in it; a narrower one has the tenths of the scale, from 1 to 9."""
TENTHS = 10
LEFT = 7
MOST_BAR = 16
HEAD = "left now"
THICK_BAR = 3
MANY_TIMES = 10
WITH_SHARES = 40
WITH_FIRST = 5
"""From this height on the first word stays in sight when the rows have moved on."""


@dataclass(frozen=True)
class MemoryLayout:
    """The cells' positions: word t from column `x + (t − first) · cell` on, `count` of them; rows as `rows` has them.

    `left` columns at the right say what is left of each word now, `bar` of them as a bar. `pinned` says that the row of
    the first word stands above the others, which begin with a later one.
    """

    rows: WordRows
    x: int
    first: int
    count: int
    cell: int
    left: int
    bar: int
    pinned: bool
    triangle: bool = True
    """False where there are cells below the diagonal, too: what is read from the end moves what stands before it."""

    @property
    def words(self) -> range:
        """The visible columns, as words from 0."""
        return range(self.first, self.first + self.count)

    def word_at(self, y: int) -> int | None:
        """The word of a row, or None."""
        return 0 if self.pinned and y == 1 else self.rows.word_at(y - self.pinned)


@dataclass(frozen=True, eq=False)
class Seen:
    """All that is drawn: what was measured, the view, the layout, the words that have been read, and the scale."""

    measured: Memory
    view: View
    laid: MemoryLayout
    known: range
    scale: float


def grid(view: View, width: int, height: int, *, triangle: bool = True) -> MemoryLayout:
    """The widest cells that fit, and what is left of the width for the shares; cells are never higher than wide.

    Where there is more than a `triangle` there are no shares: nothing of a word has to be left of what it was.
    """
    rows = word_rows(view, width, height, looking_back=True)
    pinned = rows.first > 0 and height >= WITH_FIRST
    if pinned:
        rows = word_rows(view, width, height - 1, looking_back=True)
    x, total = rows.name_width + 2, len(view.trace)
    narrowest = min(NARROWEST, rows.name_width + 2)
    left = LEFT if triangle and _with_shares(width - x, total, narrowest) else 0
    room = max(1, width - x - left)
    cell = max(narrowest, min(WIDEST, room // total))
    if not pinned:
        rows = word_rows(view, width, height, looking_back=True, thickest=cell // 2)
    count = max(1, min(total, room // cell))
    first = max(0, min(view.t + 2 - count, total - count))
    spare = width - x - count * cell
    bar = min(MOST_BAR, spare - LEFT - 2) if left and spare - LEFT - 2 >= 4 else 0
    return MemoryLayout(rows, x, first, count, cell, left + bar + 2 * bool(bar), bar, pinned, triangle)


def _with_shares(room: int, total: int, narrowest: int) -> bool:
    """True where the shares have a column: unless figures, or even words, would have to go for it."""
    for cell in (FIGURES, narrowest):
        if room >= total * cell:
            return room >= total * cell + LEFT
    return room >= WITH_SHARES


def draw(
    measured: Memory, view: View, width: int, height: int, palette: Palette, *, scale: float | None = None
) -> list[Row]:
    """At most `height` rows of `width` cells; what has not been read yet is not drawn.

    `scale` is the influence that has the brightest colour: the largest here, unless another one is given.
    """
    if width < 1 or height < 1:
        return []
    laid = grid(view, width, height, triangle=not hears_both(view.trace, measured.looked))
    scale = _scale(measured) if scale is None else scale
    known = read_words(view.trace, view.scene, measured.looked)
    seen = Seen(measured, view, laid, known, scale)
    bars = {k: _lines(seen, k, palette) for k in laid.rows.words}
    drawn = stacked_rows(view, laid.rows, _heads(seen, palette), bars, width, palette)
    if laid.pinned:
        drawn.insert(1, sized(_lines(seen, 0, palette)[0], width))
    foot = _foot(view, laid, scale, width, palette)
    if laid.rows.count < laid.rows.total:
        drawn[-1] = foot
    elif laid.count < laid.rows.total or laid.cell < FIGURES:
        drawn.append(foot)
    return drawn[:height]


def pick_at(measured: Memory, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """A click on a cell goes to the word across, one on a name to that word."""
    laid = grid(view, width, height, triangle=not hears_both(view.trace, measured.looked))
    column = (x - laid.x) // laid.cell
    if x >= laid.x and 0 <= column < laid.count:
        return WordPick(laid.first + column)
    t = laid.word_at(y)
    return None if t is None or x >= laid.x else WordPick(t)


def shared_scale(*measured: Memory) -> dict[str, float]:
    """The options of `draw` that make the pictures of several results comparable: one scale for all."""
    return {"scale": max(map(_scale, measured))}


def _scale(measured: Memory) -> float:
    influence = measured.influence
    return float(influence.max(initial=0, where=np.isfinite(influence))) or 1.0


def _heads(seen: Seen, palette: Palette) -> Row:
    view, laid = seen.view, seen.laid
    row: Row = [*blank(laid.x)]
    for t in laid.words:
        style = palette.accent if t == view.t else palette.muted if t in seen.known else palette.faint
        row.append(Segment(fit(printable(view.trace.tokens[t].surface), laid.cell - 1, "center") + " ", style))
    if laid.left:
        row.append(Segment(fit(HEAD if laid.bar else "left", laid.left - 1, "right") + " ", palette.muted))
    return row


def _lines(seen: Seen, k: int, palette: Palette) -> list[Row]:
    """The rows of word k: its cells from its own column on, and what is left of it now; figures stand in the middle."""
    laid, lines = seen.laid, []
    middle = (laid.rows.thickness - 1) // 2
    for n in range(laid.rows.thickness):
        figure = n == middle
        row = name(seen.view, laid.rows, k, palette, known=k in seen.known) if figure else blank(laid.x)
        for t in laid.words:
            row += _cell(seen, k, t, palette, figure=figure)
        row += _left(seen.measured, seen.view, laid, k, palette, figure=figure, bar=abs(n - middle) <= THICK_BAR // 2)
        lines.append(row)
    return lines


def _cell(seen: Seen, k: int, t: int, palette: Palette, *, figure: bool) -> Row:
    laid, scale, value = seen.laid, seen.scale, float(seen.measured.influence[k, t])
    inner = laid.cell - 1
    if t < k and laid.triangle:
        return blank(laid.cell)
    if t not in seen.known:
        return [Segment(fit("·" if figure else "", inner, "center") + " ", palette.faint)]
    style = heat_style(value, scale, palette)
    if not math.isfinite(value):
        text = unsigned(value) if figure else ""
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


def _left(
    measured: Memory, view: View, laid: MemoryLayout, k: int, palette: Palette, *, figure: bool, bar: bool
) -> Row:
    """The share of what word k moved when it was read that is left now, in per cent and as a bar."""
    if not laid.left:
        return []
    share = measured.left(k, view.t) if k <= view.t else math.nan
    if not (math.isfinite(share) and (figure or bar)):
        return blank(laid.left)
    row: Row = []
    if laid.bar:
        row = [Segment("  "), *share_bar(min(1.0, share), laid.bar, palette.answer, palette.faint)] if bar else []
        row = row or blank(laid.bar + 2)
    about = "" if _closes(measured, laid, k, view.t) else f"{ABOUT} "
    said = fit(f"{about}{_share(share)} ", LEFT, "right") if figure else " " * LEFT
    return [*row, Segment(said, palette.strong if k == 0 else None)]


def _closes(measured: Memory, laid: MemoryLayout, k: int, t: int) -> bool:
    """True where the figures that stand in the cells of word k, divided, give the share that is said of them.

    In cells without figures, or where the share is said as a multiple, there is nothing to divide.
    """
    share = measured.left(k, t)
    if laid.cell < FIGURES or share >= MANY_TIMES:
        return True
    left, moved = (float(_figure(float(measured.influence[k, at]), laid.cell - 1)) for at in (t, k))
    return share_closes(share, left / moved) if moved else True


def _share(share: float) -> str:
    """In per cent, or how many times as much where that is many times."""
    if share < MANY_TIMES:
        return percent(share)
    mantissa, exponent = f"{share:.0e}".split("e")
    return f"×{share:.0f}" if share < 9999.5 else f"×{mantissa}e{int(exponent)}"


def _foot(view: View, laid: MemoryLayout, scale: float, width: int, palette: Palette) -> Row:
    """The meaning of the digits in narrow cells, and the words that are visible, where not all are."""
    tenths = f" 1–9: tenths of {unsigned(scale)}" if laid.cell < FIGURES else ""
    unit, rows = view.model.tokenizer.unit, laid.rows
    down = f"{'1 and ' * laid.pinned}{rows.first + 1}–{rows.first + rows.count}"
    across = f"{laid.first + 1}–{laid.first + laid.count}"
    if rows.count == rows.total and laid.count == rows.total:
        return sized([Segment(fit(tenths, width), palette.muted)], width)
    if rows.count < rows.total and laid.count < rows.total:
        seen = f"{down} down, {across} across,"
    else:
        seen = down if rows.count < rows.total else f"across: {across}"
    windows = f" {unit}s {seen} of {rows.total}"
    both = f"{windows} ·{tenths}" if tenths else windows
    return sized([Segment(fit(both if len(both) <= width else windows, width), palette.muted)], width)
