"""Numbers that are read, as they go on: a curve with the one of now marked, one a feature, or the rows of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.expected import numbers_read
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, stacked, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable, quantity

POINT, HERE = "●", "▸"
GAP = "  "
BLOCKS, SHADES = "▁▂▃▄▅▆▇█", "·░▒▓█"
PIXELS = 6
"""So many features without names or more are the pixels of a picture's row."""
MOST_LINES = 12
"""The most lines of one curve: what is higher is no easier to read."""
LONGEST_NAME = 12
WIDEST = 6
"""The most cells that a number takes in a curve of one line."""
BOTH = 40
"""From this width on a feature's number stands beside what is read in its place."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def features_of(model: Model) -> int:
    """The count of numbers of a timestep; 0 where the network reads none."""
    return model.tokenizer.features if isinstance(model.tokenizer, NumberTokenizer) else 0


def is_picture(model: Model) -> bool:
    """Tell whether the timesteps are the rows of a small picture: many numbers, and none has a name."""
    tokenizer = model.tokenizer
    return isinstance(tokenizer, NumberTokenizer) and tokenizer.features >= PIXELS and not tokenizer.feature_names


def feature_label(model: Model, feature: int) -> str:
    """The name of a feature, or its number (from 1)."""
    tokenizer = model.tokenizer
    return printable(tokenizer.feature_name(feature)) if isinstance(tokenizer, NumberTokenizer) else ""


def curve(view: View, feature: int, width: int, height: int, palette: Palette) -> list[Row]:
    """The numbers of a feature from the first to the last, the one of now marked, those to come dim.

    In one line they are blocks, in more a line of dots; where not all fit those around the one of now are drawn, on
    the scale of all.
    """
    if width < 1 or height < 1:
        return []
    values, (low, high) = numbers_read(view.trace, feature), span(view.trace, feature)
    shown = _window(len(values), view.t, width if height == 1 else 2 * width)
    shares = [_share(values[t], low, high) for t in shown]
    if height == 1:
        return [_blocks(shares, view.t - shown.start, max(1, min(WIDEST, width // len(shares))), palette)]
    return _dotted(shares, view.t - shown.start, width, min(height, MOST_LINES), palette)


def features(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """A curve a feature with its name and its number, beside it where it is wide, else below.

    Those for which there is no room are counted.
    """
    count = features_of(view.model)
    shown = count if count <= height else max(0, height - 1)
    each = min((height - (shown < count)) // max(1, shown), MOST_LINES)
    names = max((cell_len(feature_label(view.model, feature)) for feature in range(count)), default=0)
    names = min(names, LONGEST_NAME, max(2, width // 3))
    rows: list[Row] = []
    for feature in range(shown):
        figures = _figures(view, feature, width - names - 1, palette)
        wide = names if width >= BOTH or each == 1 else max(2, width - width_of(figures) - 1)
        name = Segment(fit(feature_label(view.model, feature), wide) + " ", palette.text)
        left: Row = [name, *figures, Segment(GAP)]
        used = width_of(left)
        if each > 1 and width < BOTH:
            rows += [sized(left, width), *curve(view, feature, width, each - 1, palette)]
            continue
        drawn = curve(view, feature, width - used, each, palette)
        beside = stacked(drawn, max(0, width - used), max(1, len(drawn)))
        rows += [sized([*(left if not y else [Segment(" " * used)]), *line], width) for y, line in enumerate(beside)]
    if shown < count and len(rows) < height:
        rows.append([Segment(fit(f"… {count - shown} more", width), palette.faint)])
    return rows


def picture(view: View, width: int, height: int, palette: Palette, size: int = 1) -> list[Row]:
    """The rows that are read as the rows of a picture, the one of now marked, those to come dim.

    A pixel is two cells wide where there is room, and with a `size` of 2 twice as large.
    """
    trace, count = view.trace, features_of(view.model)
    cell = max(1, min(2 * size, (width - 2) // count))
    columns = min(count, max(1, (width - 2) // cell))
    levels = _pixels(trace)
    rows: list[Row] = []
    for t in _window(len(trace), view.t, max(1, height // size)):
        now = t == view.t
        style = palette.accent + Style(bold=True) if now else palette.text if t < view.t else palette.muted
        shades = [float(np.mean(part)) for part in np.array_split(levels[t], columns)]
        cells = "".join(SHADES[_level(share, len(SHADES))] * cell for share in shades)
        drawn = Segment(cells, style)
        rows += [
            [Segment(f"{HERE} " if now else "  ", palette.accent), drawn],
            *([[Segment("  "), drawn]] * (size - 1)),
        ]
    return rows


def width_of_picture(model: Model, width: int, size: int = 1) -> int:
    """The cells that a picture takes of so many."""
    count = features_of(model)
    return min(width, 2 + count * max(1, min(2 * size, (width - 2) // max(1, count))))


def profile(view: View, t: int, width: int) -> str:
    """The numbers of a timestep beside each other in `width` cells, each on its own scale or that of the picture."""
    trace, model = view.trace, view.model
    if is_picture(model):
        shares, signs = _pixels(trace)[t].tolist(), SHADES
    else:
        all_of = range(features_of(model))
        shares = [_share(numbers_read(trace, k)[t], *span(trace, k)) for k in all_of]
        signs = BLOCKS
    if len(shares) > width:
        shares = [float(np.mean(part)) for part in np.array_split(shares, max(1, width))]
    cell = max(1, width // len(shares))
    cell = min(cell, 3) if signs is BLOCKS and len(shares) > 1 else min(cell, 2)
    return "".join(signs[_level(share, len(signs))] * cell for share in shares)[:width]


def span(trace: Trace, feature: int = 0) -> tuple[float, float]:
    """The smallest and the largest number of a feature in a text."""
    return _spans(trace)[feature]


@lru_cache(maxsize=4)
def _spans(trace: Trace) -> tuple[tuple[float, float], ...]:
    every = (numbers_read(trace, feature) for feature in range(features_of(trace.model)))
    return tuple((min(values), max(values)) for values in every)


@lru_cache(maxsize=4)
def _pixels(trace: Trace) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """All numbers as shares of the way from the smallest to the largest of all, (T, features)."""
    count = features_of(trace.model)
    ends = [span(trace, feature) for feature in range(count)]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    columns = [[_share(value, low, high) for value in numbers_read(trace, feature)] for feature in range(count)]
    return np.array(columns).T


def _figures(view: View, feature: int, room: int, palette: Palette) -> list[Segment]:
    """The number of now, and what is read in its place where there is room for it."""
    value, x = numbers_read(view.trace, feature)[view.t], float(view.step.x[feature])
    if room >= BOTH - LONGEST_NAME:
        shown = fit(quantity(value), 8, "right")
        read_as = Segment(fit(number(x), 6, "right"), palette.signed(x))
        return [Segment(shown, palette.strong), Segment(" → ", palette.faint), read_as]
    text = quantity(value)
    return [Segment(fit(text, max(0, min(len(text), room)), "right"), palette.strong)]


def _window(count: int, t: int, most: int) -> range:
    """The timesteps that are drawn where there is room for `most`."""
    first = max(0, min(t - 2 * most // 3, count - most))
    return range(first, min(count, first + most))


def _share(value: float, low: float, high: float) -> float:
    """The place of a value between two others, from 0 to 1; the middle where they are one."""
    return (value / 2 - low / 2) / (high / 2 - low / 2) if high / 2 > low / 2 else 0.5  # a half: no overflow


def _level(share: float, levels: int) -> int:
    return max(0, min(levels - 1, round(share * (levels - 1))))


def _blocks(shares: Sequence[float], now: int, cell: int, palette: Palette) -> Row:
    row: Row = []
    for k, share in enumerate(shares):
        style = palette.accent + Style(bold=True) if k == now else palette.text if k < now else palette.faint
        row.append(Segment(BLOCKS[_level(share, len(BLOCKS))] * cell, style))
    return row


def _dotted(shares: Sequence[float], now: int, width: int, height: int, palette: Palette) -> list[Row]:
    """The numbers joined by a line of dots, and the point of now."""
    bits = [[0] * width for _ in range(height)]
    xs = [round(k * (2 * width - 1) / max(1, len(shares) - 1)) for k in range(len(shares))]
    ys = [round((1 - share) * (4 * height - 1)) for share in shares]
    for k, (x, y) in enumerate(zip(xs, ys, strict=True)):
        before_x, before_y = (xs[k - 1], ys[k - 1]) if k else (x, y)
        steps = max(abs(x - before_x), abs(y - before_y), 1)
        for step in range(steps + 1):
            column, line = (round(a + (b - a) * step / steps) for a, b in ((before_x, x), (before_y, y)))
            bits[line // 4][column // 2] |= _DOTS[line % 4][column % 2]
    here, rows = (ys[now] // 4, xs[now] // 2), list[Row]()
    for line, cells in enumerate(bits):
        row: Row = []
        for column, dots in enumerate(cells):
            if (line, column) == here:
                row.append(Segment(POINT, palette.accent + Style(bold=True)))
            else:
                style = palette.text if column <= here[1] else palette.faint
                row.append(Segment(chr(0x2800 + dots) if dots else " ", style))
        rows.append(row)
    return rows
