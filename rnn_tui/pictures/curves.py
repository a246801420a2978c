"""Curves in braille dots: a squashing function with its point on it."""

from __future__ import annotations

import math

import numpy as np
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.text import NO_NUMBER, number

POINT = "●"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def curve(function: str, x: float, y: float, width: int, height: int, palette: Palette) -> list[Row]:
    """The function around 0 in `width` by `height` cells, its axes, and the point (x, y) where it lies.

    The picture reaches at least from −3 to 3, further where the point lies further out.
    """
    if math.isnan(x) or math.isnan(y):
        return [[Segment(f"{NO_NUMBER} no number to draw", palette.muted)]]
    if math.isinf(x) or math.isinf(y):
        return [[Segment("∞ too large to draw", palette.muted)]]
    if width < 8 or height < 3:
        return [[Segment("no room to draw", palette.muted)]]
    reach = max(3.0, abs(x) * 1.15)
    low, high = _range(function, reach)
    dots = [[0] * width for _ in range(height)]
    heights = FUNCTIONS[function].function(np.linspace(-reach, reach, width * 2))
    for column, z in enumerate(heights.tolist()):
        line = _line(z, low, high, height * 4)
        dots[line // 4][column // 2] |= _DOTS[line % 4][column % 2]
    cells = [
        [(chr(0x2800 + bits) if bits else " ", palette.signed(0) if bits else palette.text) for bits in row]
        for row in dots
    ]
    _axes(cells, low, high, palette)
    for row, bits_row in zip(cells, dots, strict=True):
        for k, bits in enumerate(bits_row):
            if bits:
                row[k] = (chr(0x2800 + bits), palette.text)
    column = round((x / reach + 1) / 2 * (width - 1))
    line = _line(y, low, high, height * 4) // 4
    cells[line][column] = (POINT, palette.signed(y) + Style(bold=True))
    label = f" {number(x)} → {number(y)} "
    right, left = column + 2, column - 1 - len(label)
    start = right if right + len(label) <= width else left
    for k, character in enumerate(label if start >= 0 else ""):  # where it fits on neither side, it is left out
        cells[line][start + k] = (character, palette.strong)
    return [[Segment(text, style) for text, style in row] for row in cells]


def _range(function: str, reach: float) -> tuple[float, float]:
    """The lowest and highest y of the picture."""
    if function == "tanh":
        return -1.15, 1.15
    if function == "sigmoid":
        return -0.1, 1.1
    return (-reach, reach) if function == "identity" else (-reach / 4, reach)


def _line(y: float, low: float, high: float, lines: int) -> int:
    """The line of dots, from the top, on which y lies."""
    return max(0, min(lines - 1, round((high - y) / (high - low) * (lines - 1))))


def _axes(cells: list[list[tuple[str, Style]]], low: float, high: float, palette: Palette) -> None:
    middle, zero = len(cells[0]) // 2, _line(0, low, high, len(cells) * 4) // 4
    for row in cells:
        row[middle] = ("┊", palette.faint)
    cells[zero] = [("┈", palette.faint)] * len(cells[zero])
    cells[zero][middle] = ("┼", palette.faint)
