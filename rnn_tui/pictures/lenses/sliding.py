"""One word slid through the sentence: the answer's probability with the word at each timestep, as columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import percent, printable

EIGHTHS = " ▁▂▃▄▅▆▇█"
AXIS = 5
WIDEST_COLUMN = 14
FIGURES = 5  # a column as wide as this has its per cent below it


@dataclass(frozen=True)
class Columns:
    """The timesteps that are visible, `count` from `first` on, `cell` cells each, right of the axis."""

    first: int
    count: int
    cell: int

    def timestep_at(self, x: int) -> int | None:
        """The timestep that covers a cell of the row, or None."""
        t = (x - AXIS) // self.cell
        return self.first + t if x >= AXIS and t < self.count else None

    @property
    def timesteps(self) -> range:
        """The visible timesteps, from 0."""
        return range(self.first, self.first + self.count)


def columns(view: View, width: int) -> Columns:
    """All timesteps, or as many as fit with the one where the word is among them."""
    total, room = len(view.trace), max(1, width - AXIS)
    cell = max(1, min(WIDEST_COLUMN, room // total))
    count = min(total, room)
    at = view.t if view.slid is None else view.slid
    return Columns(max(0, min(at - count // 2, total - count)), count, cell)


def sliding(p: Array, head: Row, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The curve of p (T,) below `head`; while the word slides, up to where it is, and the sentence above it."""
    shown = columns(view, width)
    top = [sized(head, width)] if height > 3 else []
    if view.slid is not None:
        top.append(sentence(view, view.slid, width, palette))
    feet = [_numbers(shown, view, width, palette)]
    if shown.cell >= FIGURES and height - len(top) >= 5:
        feet.append(_figures(p, shown, view, width, palette))
    plot = max(1, height - len(top) - len(feet))
    return [*top, *(_line(p, shown, line, plot, view, width, palette) for line in range(plot)), *feet][:height]


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


def _line(p: Array, shown: Columns, line: int, lines: int, view: View, width: int, palette: Palette) -> Row:
    """One line of the columns, from the top; half way up is a dotted line."""
    middle = (lines - 1) // 2
    label = {0: "100%", middle: "50%", lines - 1: "0%"}.get(line, "") if lines > 2 else {0: "100%"}.get(line, "")
    row = [Segment(fit(label, AXIS - 1, "right") + " ", palette.faint)]
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
        return ("?" if line == lines - 1 else ground), palette.faint
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
        start = AXIS + (t - shown.first) * shown.cell + max(0, (body - len(text)) // 2)
        start = min(start, max(0, width - 1 - len(text)))  # a figure never touches the frame
        if start < used + (used > 0):  # it would run into the one before: that of the word comes first
            if t != at:
                continue
            row, used = [], 0
        row += [*blank(start - used), Segment(text, palette.accent if t == at else palette.faint)]
        used = start + len(text)
    return sized(row, width)


def _figures(p: Array, shown: Columns, view: View, width: int, palette: Palette) -> Row:
    row = blank(AXIS)
    for t in shown.timesteps:
        style = palette.accent if t == _at(view) else palette.text
        text = percent(float(p[t])) if _reached(t, view) else "·"
        row.append(Segment(fit(text, shown.cell - 1, "center") + " ", style if _reached(t, view) else palette.faint))
    return sized(row, width)
