"""Bars: signed ones around an axis, sums of signed parts, and shares from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.text import number, unsigned

EIGHTHS = " ▏▎▍▌▋▊▉█"
AXIS = "│"
TO_THE_EDGE = 1.0
GHOST = "╎"
CANCELLED = "░"
DARK, GREY, BRIGHT = "dark", "grey", "bright"
SAME = 0.005
"""Share of the scale below which a change is not marked."""


def signed_bar(value: float, scale: float, width: int, palette: Palette) -> Row:
    """A bar of `value` in `width` cells: right of the axis where positive, left where negative.

    `scale` is the |value| that reaches the edge. A value that is infinite or no number is written: "+∞", "?".
    """
    return sum_bar(0.0, value, scale, width, palette)


def sum_bar(first: float, second: float, scale: float, width: int, palette: Palette) -> Row:
    """The sum of two parts: `first` is drawn darker, `second` brighter, on the same scale.

    Parts of the same sign stand end to end. Where their signs differ, what is left of the larger is drawn in
    its shade, so that the bar always ends at the sum.
    """
    half = (width - 1) // 2
    total = first + second
    if half < 1 or not math.isfinite(total):
        return _no_bar(total, width, palette)
    inner, outer = _ends(first, total)
    shades = [(inner, palette.signed(total, dark=True)), (outer, palette.signed(total))]
    return _around(
        _filled(shades, scale, half, palette, leftwards=total < 0), [], half, width, palette, leftwards=total < 0
    )


Shaded = tuple[float, str]
"""A part of a sum, and its shade: DARK, GREY or BRIGHT."""


def parts_bar(parts: Sequence[Shaded], scale: float, width: int, palette: Palette) -> Row:
    """The sum of signed parts: what is positive stands to the right, what is negative to the left, end to end.

    What one side takes from the other is hatched, and as long on both; what is left is solid and ends at the sum.
    """
    half = (width - 1) // 2
    total = sum(value for value, _ in parts)
    if half < 1 or not math.isfinite(total):
        return _no_bar(total, width, palette)
    leftwards = total < 0
    ends: list[tuple[float, Style]] = []
    reach = 0.0
    for value, shade in parts:
        if value and (value < 0) == leftwards:
            reach += abs(value)
            ends.append((min(reach, abs(total)), _shade(value, shade, palette)))
    solid = _filled(ends, scale, half, palette, leftwards=leftwards)
    begins = sum(cell.text != " " for cell in solid)
    hatched = min(round(min(TO_THE_EDGE, max(0.0, reach - abs(total)) / scale) * half), half - begins)
    sign = -1.0 if leftwards else 1.0
    solid[begins : begins + hatched] = [Segment(CANCELLED, palette.signed(sign))] * hatched
    opposite = [Segment(CANCELLED, palette.signed(-sign))] * hatched
    return _around(solid, opposite, half, width, palette, leftwards=leftwards)


def _shade(value: float, shade: str, palette: Palette) -> Style:
    return palette.muted if shade == GREY else palette.signed(value, dark=shade == DARK)


def _no_bar(total: float, width: int, palette: Palette) -> Row:
    """The cells of a bar for which there is no room, or whose value is infinite or no number: that is written."""
    if (width - 1) // 2 < 1:
        return [Segment(" " * max(0, width))]
    return [Segment(number(total).center(width), palette.muted)]


def _around(filled: Row, opposite: Row, half: int, width: int, palette: Palette, *, leftwards: bool) -> Row:
    """The axis with the cells of a bar on its side and those `opposite` on the other, both from the axis outwards."""
    opposite = [*opposite, Segment(" " * (half - len(opposite)))]
    left, right = (filled, opposite) if leftwards else (opposite, filled)
    return [*left[::-1], Segment(AXIS, palette.faint), *right, Segment(" " * (width - 2 * half - 1))]


def _ends(first: float, total: float) -> tuple[float, float]:
    """The ends of the dark part and of the bar."""
    if first * total <= 0:
        return 0.0, total
    return (first, total) if abs(first) < abs(total) else (total, total)


def _filled(
    ends: Sequence[tuple[float, Style]], scale: float, cells: int, palette: Palette, *, leftwards: bool
) -> list[Segment]:
    """`cells` cells from the axis outwards; each shade goes from where the one before it ends to its own end."""
    marks = [(round(min(TO_THE_EDGE, abs(end) / scale) * cells * 8), style) for end, style in ends]
    row: list[Segment] = []
    for cell in range(cells):
        begins, shares = 8 * cell, []
        for mark, style in marks:
            stops = max(begins, min(mark, 8 * cell + 8))
            shares += [(stops - begins, style)] if stops > begins else []
            begins = stops
        row.append(_cell(shares, palette, leftwards=leftwards))
    return row


def _cell(shares: Sequence[tuple[int, Style]], palette: Palette, *, leftwards: bool) -> Segment:
    """One cell that is filled from the axis with so many eighths of each shade."""
    if not shares:
        return Segment(" ")
    full = sum(eighths for eighths, _ in shares)
    if full == 8 and len(shares) == 2 and palette.text.bgcolor is not None:  # else there would be a hole
        (eighths, left), (_, right) = reversed(shares) if leftwards else shares
        return Segment(EIGHTHS[eighths], Style(color=left.color, bgcolor=right.color))
    _, shade = max(shares, key=lambda share: share[0])  # more can't be drawn in one cell: the greatest part wins
    return Segment("█", shade) if full == 8 else _partial(full, shade, palette, leftwards=leftwards)


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
        return [Segment(unsigned(share).ljust(width)[:width], track)]
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
