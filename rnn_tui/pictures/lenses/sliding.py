"""One word slid through the sentence: the answer's probability with the word at each timestep, as columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import MINUS, NO_NUMBER, percent, printable

EIGHTHS = " ▁▂▃▄▅▆▇█"
AXIS, NUMBERS_AXIS = 5, 8
"""The cells left of the columns, for shares and for numbers."""
WIDEST_COLUMN = 14
FIGURES = 5  # a column as wide as this has its per cent below it


@dataclass(frozen=True)
class Columns:
    """The timesteps that are visible, `count` from `first` on, `cell` cells each, right of the axis."""

    first: int
    count: int
    cell: int
    axis: int = AXIS

    def timestep_at(self, x: int) -> int | None:
        """The timestep that covers a cell of the row, or None."""
        t = (x - self.axis) // self.cell
        return self.first + t if x >= self.axis and t < self.count else None

    @property
    def timesteps(self) -> range:
        """The visible timesteps, from 0."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True)
class Scale:
    """The values at the foot and at the top of the columns: 0 and 1 of a probability, its ends for a number."""

    low: float
    high: float
    numbers: bool

    def shares(self, p: Array) -> Array:
        """The part of its column that each value fills, (T,)."""
        return (p - self.low) / (self.high - self.low) if self.numbers else p

    def marks(self, room: int) -> tuple[str, str, str]:
        """The values at the top, half way up and at the foot of the axis, in so many cells."""
        if not self.numbers:
            return "100%", "50%", "0%"
        low, half, high = (in_cells(value, room) for value in (self.low, (self.low + self.high) / 2, self.high))
        return high, "" if half in (low, high) else half, low

    def said(self, value: float, room: int) -> str:
        """A value below its column, in so many cells."""
        return in_cells(value, room) if self.numbers else percent(value)


def scale_of(p: Array, view: View) -> Scale:
    """The scale of a curve."""
    if not view.model.output.is_number:
        return Scale(0.0, 1.0, numbers=False)
    finite = p[np.isfinite(p)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    return Scale(low, high, numbers=True) if high > low else Scale(low - 1, high + 1, numbers=True)


def in_cells(value: float, room: int) -> str:
    """A number in so many cells, with as many digits as fit, up to four after the point."""
    if not math.isfinite(value):
        return NO_NUMBER
    texts = [f"{value:.{digits}f}" for digits in (4, 3, 2, 1, 0)]
    mantissa, _, exponent = f"{value:.0e}".partition("e")
    texts.append(f"{mantissa}e{int(exponent)}")
    return next((text for text in texts if len(text) <= room), texts[-1]).replace("-", MINUS)


def columns(view: View, width: int) -> Columns:
    """All timesteps, or as many as fit with the one where the word is among them."""
    axis = NUMBERS_AXIS if view.model.output.is_number else AXIS
    total, room = len(view.trace), max(1, width - axis)
    cell = max(1, min(WIDEST_COLUMN, room // total))
    count = min(total, room)
    at = view.t if view.slid is None else view.slid
    return Columns(max(0, min(at - count // 2, total - count)), count, cell, axis)


def sliding(p: Array, head: Row, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The curve of p (T,) below `head`; while the word slides, up to where it is, and the sentence above it."""
    shown = columns(view, width)
    scale = scale_of(p, view)
    top = [sized(head, width)] if height > 3 else []
    if view.slid is not None:
        top.append(sentence(view, view.slid, width, palette))
    feet = [_numbers(shown, view, width, palette)]
    if shown.cell >= FIGURES and height - len(top) >= 5:
        feet.append(_figures(p, scale, shown, view, width, palette))
    plot = max(1, height - len(top) - len(feet))
    return [
        *top,
        *(_line(scale.shares(p), scale, shown, line, plot, view, width, palette) for line in range(plot)),
        *feet,
    ][:height]


def sentence(view: View, t: int, width: int, palette: Palette) -> Row:
    """The sentence with the current word moved to timestep t, as much as fits around it."""
    surfaces = [printable(token.surface) for token in view.trace.tokens]
    moved = surfaces.pop(view.t)
    gap = view.model.tokenizer.separator
    near = slice(max(0, t - width), t + width)  # more words than cells can't be visible
    before = "".join(word + gap for word in surfaces[near.start : t])
    after = "".join(gap + word for word in surfaces[t : near.stop])
    row = [Segment(f" {before}", palette.muted), Segment(moved, palette.badge), Segment(after, palette.muted)]
    middle = 1 + cell_len(before) + cell_len(moved) // 2
    start = max(0, min(middle - width // 2, width_of(row) - width))
    if start:
        _, row = (list(part) for part in Segment.divide(row, [start, start + width]))
    return sized(row, width)


def _at(view: View) -> int:
    """The timestep where the word is now."""
    return view.t if view.slid is None else view.slid


def _reached(t: int, view: View) -> bool:
    """True where the sliding word has been at timestep t."""
    return view.slid is None or t <= view.slid


def _line(
    p: Array, scale: Scale, shown: Columns, line: int, lines: int, view: View, width: int, palette: Palette
) -> Row:
    """One line of the columns, from the top; half way up is a dotted line."""
    middle = (lines - 1) // 2
    top, half, bottom = scale.marks(shown.axis - 1)
    label = {0: top, middle: half, lines - 1: bottom}.get(line, "") if lines > 2 else {0: top}.get(line, "")
    row = [Segment(fit(label, shown.axis - 1, "right") + " ", palette.faint)]
    ground = "┈" if lines > 2 and line == middle else " "
    body = max(1, shown.cell - 1) if shown.cell > 1 else 1
    for t in shown.timesteps:
        glyph, style = ground, palette.faint
        if _reached(t, view):
            glyph, style = _cell(float(p[t]), line, lines, ground, _style(t, view, palette), palette)
        row += [Segment(glyph * body, style), Segment(ground * (shown.cell - body), palette.faint)]
    return sized(row, width)


def _cell(p: float, line: int, lines: int, ground: str, style: Style, palette: Palette) -> tuple[str, Style]:
    """The character of one line of a column, and its style."""
    if not math.isfinite(p):
        return (NO_NUMBER if line == lines - 1 else ground), palette.faint
    eighths = max(1, round(p * lines * 8)) - (lines - 1 - line) * 8
    return (EIGHTHS[min(8, eighths)], style) if eighths > 0 else (ground, palette.faint)


def _style(t: int, view: View, palette: Palette) -> Style:
    return palette.answer if t == _at(view) else palette.muted


def _numbers(shown: Columns, view: View, width: int, palette: Palette) -> Row:
    """The numbers of the timesteps, from 1, that of the word marked; only it and the two ends where room is scarce."""
    row: Row = []
    total, at = len(view.trace), _at(view)
    every = shown.cell > len(str(total)) + 1
    used = 0
    wanted = shown.timesteps if every else sorted({shown.first, at, shown.first + shown.count - 1})
    for t in wanted:
        text = f"▲{t + 1}" if t == at else str(t + 1)
        body = max(1, shown.cell - 1)
        start = shown.axis + (t - shown.first) * shown.cell + max(0, (body - len(text)) // 2)
        start = min(start, max(0, width - 1 - len(text)))  # a figure never touches the frame
        if start < used + (used > 0):  # it would run into the one before: that of the word comes first
            if t != at:
                continue
            row, used = [], 0
        row += [*blank(start - used), Segment(text, palette.accent if t == at else palette.faint)]
        used = start + len(text)
    return sized(row, width)


def _figures(p: Array, scale: Scale, shown: Columns, view: View, width: int, palette: Palette) -> Row:
    row = blank(shown.axis)
    for t in shown.timesteps:
        style = palette.accent if t == _at(view) else palette.text
        text = scale.said(float(p[t]), shown.cell - 1) if _reached(t, view) else "·"
        row.append(Segment(fit(text, shown.cell - 1, "center") + " ", style if _reached(t, view) else palette.faint))
    return sized(row, width)
