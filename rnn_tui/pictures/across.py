"""Every word across the epochs of a training: a heat cell each, an epoch a row, with what it is in plain words."""

from __future__ import annotations

import math

from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.heat import heat_style
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, sized
from rnn_tui.replay import ANSWER, GRADIENT, MEMORY, UNIT, Across
from rnn_tui.text import magnitude, number, percent, printable

NAMES = 6
"""The cells of an epoch's number."""
NARROWEST, WIDEST = 5, 12
FELT = 4
"""The powers of ten over which a gradient's colour goes out."""
_SAID = {
    MEMORY: "left of each word in the memory at the end, epoch by epoch",
    GRADIENT: "how much of a change at each word is still felt at the end, epoch by epoch",
}


def across_epochs(found: Across, epoch: int, t: int, width: int, height: int, palette: Palette) -> list[Row]:
    """A caption, the words, and a row an epoch, as many as there is room for, evenly; the one of now is marked."""
    cell = max(NARROWEST, min(WIDEST, (width - NAMES) // max(1, len(found.words))))
    shown = _around(t, len(found.words), max(1, (width - NAMES) // cell))
    rows: list[Row] = [sized([Segment(f" {_caption(found)}", palette.strong)], width), blank(width)]
    head: Row = [Segment(fit(" epoch", NAMES), palette.muted)]
    for index in shown:
        style = palette.accent + Style(bold=True) if index == t else palette.text
        head.append(Segment(fit(printable(found.words[index]), cell - 1, "right") + " ", style))
    rows.append(sized(head, width))
    for k in _picked(found.epochs, epoch, height - len(rows)):
        now = found.epochs[k] == _nearest(found.epochs, epoch)
        mark = "▸" if now else " "
        row: Row = [Segment(fit(f"{mark}{found.epochs[k]:>4} ", NAMES), palette.accent if now else palette.muted)]
        for index in shown:
            value = float(found.values[k, index])
            style = heat_style(_strength(found, value), 1.0, palette)
            row += [Segment(fit(_text(found, value), cell - 1, "right"), style), Segment(" ")]
        rows.append(sized(row, width))
    return rows[:height]


def _caption(found: Across) -> str:
    replay = found.replay
    if found.kind == ANSWER:
        names = dict.fromkeys(replay.labels)
        what = printable(replay.labels[-1]) if len(names) == 1 else "the right tag, as the trained network has it,"
        said = what if replay.is_number else f"how probable {what} is"
        return f"{said} after each word, epoch by epoch"
    return f"unit {found.unit + 1} after each word, epoch by epoch" if found.kind == UNIT else _SAID[found.kind]


def _text(found: Across, value: float) -> str:
    if math.isnan(value):
        return "·"
    if found.kind == GRADIENT:
        return magnitude(value)
    if found.kind == MEMORY:
        return percent(value)
    return percent(value) if found.kind == ANSWER and not found.replay.is_number else number(value)


def _strength(found: Across, value: float) -> float:
    """The value as the strength of its colour, from −1 to 1; that of a share counts from its middle."""
    if math.isnan(value):
        return value
    if found.kind == GRADIENT:
        return max(0.0, min(1.0, 1 + value / FELT))
    if found.kind == ANSWER and not found.replay.is_number:
        return 2 * value - 1
    if found.kind == ANSWER:
        known = [abs(float(one)) for one in found.values.flat if math.isfinite(one)]
        return value / max(known, default=1.0) if any(known) else 0.0
    return value


def _picked(epochs: tuple[int, ...], epoch: int, rows: int) -> list[int]:
    """The indices of at most so many epochs, evenly from the first to the last, the one of now among them."""
    if rows < 1:
        return []
    if len(epochs) <= rows:
        return list(range(len(epochs)))
    now = epochs.index(_nearest(epochs, epoch))
    even = [round(k * (len(epochs) - 1) / max(1, rows - 1)) for k in range(rows)]
    if now not in even:
        even[min(range(rows), key=lambda k: abs(even[k] - now))] = now
    return sorted(set(even))


def _nearest(epochs: tuple[int, ...], epoch: int) -> int:
    return min(epochs, key=lambda one: (abs(one - epoch), -one))


def _around(t: int, length: int, room: int) -> range:
    """The words that there is room for, the one of now among them."""
    first = max(0, min(t - room // 2, length - room))
    return range(first, min(length, first + room))
