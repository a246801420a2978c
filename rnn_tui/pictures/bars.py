"""Bars: signed ones around an axis, the sum of two parts, and shares from 0 to 1."""

from __future__ import annotations

import math

from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row

EIGHTHS = " ▏▎▍▌▋▊▉█"
AXIS = "│"
TO_THE_EDGE = 1.0
GHOST = "╎"
SAME = 0.005
"""Share of the scale below which a change is not marked."""


def signed_bar(value: float, scale: float, width: int, palette: Palette) -> Row:
    """A bar of `value` in `width` cells: right of the axis where positive, left where negative.

    `scale` is the |value| that reaches the edge. A value that is no number is drawn as "?".
    """
    return sum_bar(0.0, value, scale, width, palette)


def sum_bar(first: float, second: float, scale: float, width: int, palette: Palette) -> Row:
    """The sum of two parts: `first` is drawn darker, `second` brighter, on the same scale.

    Parts of the same sign stand end to end. Where their signs differ, what is left of the larger is drawn in
    its shade, so that the bar always ends at the sum.
    """
    half = (width - 1) // 2
    if half < 1:
        return [Segment(" " * max(0, width))]
    total = first + second
    if not math.isfinite(total):
        return [Segment("?".center(width), palette.muted)]
    inner, outer = _ends(first, total)
    inner_cells, outer_cells = (min(TO_THE_EDGE, abs(end) / scale) * half * 8 for end in (inner, outer))
    shades = (palette.signed(total, dark=True), palette.signed(total, dark=abs(total - first) < 1e-12))
    filled = _fill(round(inner_cells), round(outer_cells), half, shades, palette, leftwards=total < 0)
    empty = [Segment(" " * half)]
    axis = [Segment(AXIS, palette.faint)]
    spare = [Segment(" " * (width - 2 * half - 1))]
    return filled + axis + empty + spare if total < 0 else empty + axis + filled + spare


def _ends(first: float, total: float) -> tuple[float, float]:
    """The ends of the dark part and of the bar."""
    if first * total <= 0:
        return 0.0, total
    return (first, total) if abs(first) < abs(total) else (total, total)


def _fill(inner: int, outer: int, cells: int, shades: tuple[Style, Style], palette: Palette, *, leftwards: bool) -> Row:
    """`cells` cells from the axis outwards, dark up to `inner` eighths and bright up to `outer` eighths."""
    row: Row = []
    for cell in range(cells):
        dark = max(0, min(8, inner - 8 * cell))
        full = max(0, min(8, outer - 8 * cell))
        row.append(_cell(dark, full, shades, palette, leftwards=leftwards))
    return row[::-1] if leftwards else row


def _cell(dark: int, full: int, shades: tuple[Style, Style], palette: Palette, *, leftwards: bool) -> Segment:
    """One cell that is filled to `full` eighths from the axis, the first `dark` of them in the dark shade."""
    if not full:
        return Segment(" ")
    if dark == full or not dark:
        shade = shades[0] if dark else shades[1]
        if full == 8:
            return Segment("█", shade)
        return _partial(full, shade, palette, leftwards=leftwards)
    if full < 8:  # three shades in one cell can't be drawn: the greater part wins
        return _partial(full, shades[0] if dark * 2 >= full else shades[1], palette, leftwards=leftwards)
    near, far = (shades[1], shades[0]) if leftwards else (shades[0], shades[1])
    eighths = 8 - dark if leftwards else dark
    return Segment(EIGHTHS[eighths], Style(color=near.color, bgcolor=far.color))


def _partial(eighths: int, shade: Style, palette: Palette, *, leftwards: bool) -> Segment:
    """A cell that is filled in part. There are no blocks that grow from the right, so the rest is painted instead."""
    if not leftwards:
        return Segment(EIGHTHS[eighths], shade)
    if palette.text.bgcolor is None:  # without colours the rest can't be painted
        return Segment("▐" if eighths >= 3 else "▕", shade)
    return Segment(EIGHTHS[8 - eighths], Style(color=palette.text.bgcolor, bgcolor=shade.color))


def share_bar(share: float, width: int, style: Style, track: Style | None = None) -> Row:
    """A bar from the left for a share from 0 to 1; what is left of the width is drawn as a thin track if asked."""
    if not math.isfinite(share):
        return [Segment("?".ljust(width)[:width], track)]
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    whole, rest = divmod(eighths, 8)
    row = [Segment("█" * whole, style)] if whole else []
    if rest:
        row.append(Segment(EIGHTHS[rest], style))
    space = width - whole - bool(rest)
    return [*row, Segment(("·" if track else " ") * space, track)] if space else row


def with_ghost(bar: Row, before: float, value: float, scale: float, palette: Palette, *, signed: bool = True) -> Row:
    """The bar with a mark where it ended before an edit; without one where that is the same cell of the same bar.

    A signed bar has its axis in the middle, another starts at the left.
    """
    width = sum(segment.cell_length for segment in bar)
    start = (width - 1) // 2 if signed else 0
    cells = start if signed else width
    if cells < 1 or not (math.isfinite(before) and math.isfinite(scale)) or abs(before - value) < SAME * scale:
        return bar
    offset = min(cells, math.ceil(min(TO_THE_EDGE, abs(before) / scale) * cells))
    at = (start - offset if before < 0 else start + offset) if signed else max(0, offset - 1)
    left, under, right = Segment.divide(bar, [at, at + 1, width])
    cell = under[0]
    on = cell.style.color if cell.style and cell.text == "█" else None
    ink = palette.text if on is None else Style(color=palette.text.bgcolor, bgcolor=on)
    return [*left, Segment(GHOST, ink + Style(bold=True)), *right]
