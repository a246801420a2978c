"""A canvas of braille dots, two across and four down in a cell, with texts over them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.pictures.rows import Row

ACROSS, DOWN = 2, 4
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.uint8)
_BLANK = 0x2800

Indices = NDArray[np.intp]


class Canvas:
    """`width` by `height` cells. Dots are counted from the top left; those outside the canvas are not drawn.

    A cell has one style: that of the dots drawn last, or of its text, which hides the dots.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._dots = np.zeros((height * DOWN, width * ACROSS), np.bool_)
        self._style = np.zeros((height, width), np.intp)
        self._styles: list[Style | None] = [None]
        self._texts: dict[tuple[int, int], tuple[str, int]] = {}  # by cell; "" is the second half of a wide character
        self._taken = np.zeros((height, width), np.bool_)

    def dots(self, x: Indices, y: Indices, style: Style) -> None:
        """Draw dots in these columns and rows of dots."""
        inside = (x >= 0) & (x < self.width * ACROSS) & (y >= 0) & (y < self.height * DOWN)
        x, y = x[inside], y[inside]
        self._dots[y, x] = True
        self._style[y // DOWN, x // ACROSS] = self._number(style)

    def free(self, column: int, row: int, width: int) -> bool:
        """True where these cells are on the canvas and without text."""
        if not (0 <= row < self.height and column >= 0 and column + width <= self.width):
            return False
        return not self._taken[row, column : column + width].any()

    def apart(self, column: int, row: int, width: int) -> bool:
        """True where these cells are free, without dots, and the cells to their left and right without text."""
        if not self.free(column, row, width) or self._drawn(column, row, width):
            return False
        return not self._taken[row, max(0, column - 1) : column + width + 1].any()

    def _drawn(self, column: int, row: int, width: int) -> bool:
        lines, columns = slice(row * DOWN, (row + 1) * DOWN), slice(column * ACROSS, (column + width) * ACROSS)
        return bool(self._dots[lines, columns].any())

    def text(self, column: int, row: int, text: str, style: Style) -> None:
        """Write a text over what is there; what leaves the canvas is cut."""
        number = self._number(style)
        for character in text:
            size = cell_len(character)
            if not size and (row, column - 1) in self._texts:  # a combining mark belongs to the character before it
                before, _ = self._texts[row, column - 1]
                self._texts[row, column - 1] = (before + character, number)
            elif 0 <= row < self.height and column >= 0 and column + size <= self.width:
                for half in range(size):
                    self._texts[row, column + half] = ("" if half else character, number)
                    self._taken[row, column + half] = True
            column += size

    def rows(self) -> list[Row]:
        """The canvas as rows of exactly `width` cells."""
        dots = self._dots.reshape(self.height, DOWN, self.width, ACROSS).transpose(0, 2, 1, 3)
        bits = (dots * _BITS).sum(axis=(2, 3))
        styles = np.where(bits > 0, self._style, 0)
        return [self._row(row, bits[row].tolist(), styles[row].tolist()) for row in range(self.height)]

    def _row(self, row: int, bits: list[int], styles: list[int]) -> Row:
        cells = [(chr(_BLANK + dots) if dots else " ", style) for dots, style in zip(bits, styles, strict=True)]
        for column in np.flatnonzero(self._taken[row]).tolist():
            cells[column] = self._texts[row, column]
        runs = ((number, "".join(text for text, _ in run)) for number, run in groupby(cells, lambda cell: cell[1]))
        return [Segment(text, self._styles[number]) for number, text in runs if text]

    def _number(self, style: Style) -> int:
        if style not in self._styles:
            self._styles.append(style)
        return self._styles.index(style)


FARTHEST = 2.0**31
"""The whole number beyond which nothing is drawn anyway."""


def rounded(values: Array) -> Indices:
    """The nearest whole numbers."""
    whole: Any = np.clip(np.nan_to_num(np.rint(values)), -FARTHEST, FARTHEST)
    return np.asarray(whole, np.intp)


@dataclass(frozen=True, eq=False)
class Trail:
    """The dots of the straight lines from point to point: those of line n are from `starts[n]` to `starts[n + 1]`."""

    x: Indices
    y: Indices
    starts: Indices

    @classmethod
    def through(cls, x: Array, y: Array) -> Trail:
        """The lines through these points, which are finite."""
        lines = max(0, len(x) - 1)
        counts = np.maximum(np.maximum(np.abs(np.diff(x)), np.abs(np.diff(y))), 1).astype(np.intp) + 1
        starts = np.concatenate(([0], np.cumsum(counts)))
        which = np.repeat(np.arange(lines), counts)
        share = (np.arange(len(which)) - starts[which]) / (counts[which] - 1)
        along_x, along_y = (values[which] + share * np.diff(values)[which] for values in (x, y))
        return cls(rounded(along_x), rounded(along_y), starts)

    def draw(self, canvas: Canvas, first: int, last: int, style: Style) -> None:
        """Draw the lines from `first` up to `last`, that one not included."""
        begin, end = self.starts[np.clip((first, last), 0, len(self.starts) - 1)]
        canvas.dots(self.x[begin:end], self.y[begin:end], style)
