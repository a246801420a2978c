"""Rows of words, one under the other: as thick as there is room for, and the current word always among them."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, over, shared, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

LONGEST_NAME = 16
THICKEST = 5


@dataclass(frozen=True)
class WordRows:
    """The visible words, below one row of heads: `pitch` rows each, the last of them empty where there are more.

    Where not all are, the last row says so.
    """

    first: int
    count: int
    total: int
    pitch: int
    name_width: int

    def word_at(self, y: int) -> int | None:
        """The word that covers a row, or None."""
        t = (y - 1) // self.pitch
        return self.first + t if y >= 1 and t < self.count else None

    @property
    def words(self) -> range:
        """The visible words, from 0."""
        return range(self.first, self.first + self.count)

    @property
    def thickness(self) -> int:
        """The rows that a bar takes."""
        return max(1, self.pitch - 1)


def word_rows(
    view: View,
    width: int,
    height: int,
    *,
    looking_back: bool = False,
    looking_on: bool = False,
    thickest: int = THICKEST,
) -> WordRows:
    """Lay the words out in `height` rows.

    When looking back, the words before the current one matter most, when looking on, those after it.
    """
    total, room = len(view.trace), max(1, height - 1)
    pitch = max(1, min(thickest, room // total))
    count = min(total, room // pitch)
    if count < total:
        count = max(1, room - 1)  # the last row says which words these are
    before = max(count - 2, min(1, count - 1)) if looking_back else count // 4 if looking_on else count * 2 // 3 - 1
    first = max(0, min(view.t - max(0, before), total - count))
    names = [printable(view.trace.tokens[t].surface) for t in range(first, first + count)]
    name_width = min(shared(names), LONGEST_NAME, max(3, width // 4))
    return WordRows(first, count, total, pitch, name_width)


def name(view: View, rows: WordRows, t: int, palette: Palette, *, known: bool = True) -> Row:
    """The word in front of its bar, with the mark of the current one."""
    now = t == view.t
    style = palette.accent if now else palette.text if known else palette.faint
    text = fit(printable(view.trace.tokens[t].surface), rows.name_width)
    return [Segment("▸" if now else " ", palette.accent), Segment(f"{text} ", style)]


def stacked_rows(
    view: View, rows: WordRows, heads: Row, bars: dict[int, list[Row]], width: int, palette: Palette
) -> list[Row]:
    """The heads, and each visible word's rows, `rows.thickness` of them; the current word's have their own ground."""
    drawn = [sized(heads, width)]
    for t in rows.words:
        lines = [over(sized(line, width), palette.picked) if t == view.t else sized(line, width) for line in bars[t]]
        drawn += [*lines, *[blank(width)] * (rows.pitch - rows.thickness)]
    if rows.count < rows.total:
        unit = view.model.tokenizer.unit
        first, last = rows.first + 1, rows.first + rows.count
        said = f" {unit}s {first}–{last} of {rows.total}" if last > first else f" {unit} {first} of {rows.total}"
        drawn.append(sized([Segment(fit(said, width), palette.muted)], width))
    return drawn
