"""One row of bars under the words of the ribbon: a lens's figure for each word."""

from __future__ import annotations

import math

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.pictures.heat import sign_glyph
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.ribbon import WordCells, under_words
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View

EIGHTHS = " ▁▂▃▄▅▆▇█"
LEAST_SCALE = 0.05
"""The least scale of signed bars, 5 % of probability: where no word counts for more, the bars stay low."""


def bars_under(values: Array, laid: WordCells, view: View, width: int, palette: Palette, *, signed: bool) -> Row:
    """One row of `width` cells that scrolls with the ribbon: a bar under each word, as wide as the word.

    With `signed` what is positive stands up, orange, after a +, and what is negative hangs down, blue, after a −; the
    largest |value| (T,) fills its cell. Else the values are shares of 1; one as large as five words have on average
    fills its cell, so that the scale is the same at every position.
    """
    largest = max((abs(value) for value in map(float, values) if math.isfinite(value)), default=0.0)
    scale = max(LEAST_SCALE, largest) if signed else min(1.0, 5 / len(values))

    def draw(t: int, size: int) -> Row:
        return _bar(float(values[t]), scale, size, palette, signed=signed)

    return under_words(view, laid, width, draw)


def _bar(value: float, scale: float, size: int, palette: Palette, *, signed: bool) -> Row:
    """The bar of one word: its sign where the word's label begins, and a block under the word."""
    inner = " " * (size - 2)
    glyph = sign_glyph(value, scale)
    if glyph in "·?":
        return [Segment(glyph.center(size), palette.faint)]
    style = palette.signed(value) if signed else palette.accent
    eighths = max(1, round(min(1.0, abs(value) / scale) * 8))
    block, style_of_block = _hanging(eighths, style, palette) if value < 0 else (EIGHTHS[eighths], style)
    return [Segment(glyph if signed else " ", style), Segment(inner.replace(" ", block), style_of_block), Segment(" ")]


def _hanging(eighths: int, style: Style, palette: Palette) -> tuple[str, Style]:
    """A block that hangs from the top. There are few such characters, so the rest of the cell is painted instead."""
    if eighths == 8:
        return EIGHTHS[8], style
    if palette.text.bgcolor is None:  # without colours the rest can't be painted
        return ("▀" if eighths >= 3 else "▔"), style
    return EIGHTHS[8 - eighths], Style(color=palette.text.bgcolor, bgcolor=style.color)
