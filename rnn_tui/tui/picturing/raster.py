"""Lines of a screen as pixels: what a terminal would show, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import MONOKAI, TerminalTheme
from textual.strip import Strip

from rnn_tui.tui.picturing.letters import Letters
from rnn_tui.tui.picturing.shapes import shape

RGB = tuple[int, int, int]
DIMMED = 0.5
"""How far a dim letter goes from the background to its colour."""


class Raster:
    """An image of a screen whose lines are drawn anew where they have changed."""

    def __init__(self, size: tuple[int, int], font_size: int, shades: int = 256, ansi: TerminalTheme = MONOKAI) -> None:
        """Raises UserError where no font is to draw with.

        `size` is in columns and rows; an edge has so many `shades`; `ansi` has the colours that a terminal gives.
        """
        self.ansi = ansi
        self.shades = [round(round(level * (shades - 1) / 255) * 255 / (shades - 1)) for level in range(256)]
        self.letters = Letters(font_size)
        columns, rows = size
        self.image = Image.new("RGB", (columns * self.letters.width, rows * self.letters.height))
        self._drawn: list[Strip | None] = [None] * rows
        self._masks: dict[tuple[str, int, bool], Image.Image] = {}

    def draw(self, lines: Sequence[Strip]) -> Image.Image:
        """Draw the lines of a screen; the image is the raster's own, and changes with the next."""
        for row, strip in enumerate(lines):
            if strip != self._drawn[row]:
                self._draw_line(row, strip)
                self._drawn[row] = strip
        return self.image

    def _draw_line(self, row: int, strip: Strip) -> None:
        width, height = self.letters.width, self.letters.height
        x, y = 0, row * height
        for segment in strip:
            style = segment.style or Style.null()
            ink, ground = _colours(style, self.ansi)
            length = segment.cell_length * width
            self.image.paste(ground, (x, y, x + length, y + height))
            for letter, cells in clusters(segment.text):
                if not letter.isspace():
                    self.image.paste(ink, (x, y), self._mask(letter, cells, bold=bool(style.bold)))
                x += cells * width
            for drawn, part in ((style.underline, 0.92), (style.strike, 0.55)):
                if drawn:
                    line = y + round(part * height)
                    self.image.paste(ink, (x - length, line, x, line + max(1, width // 9)))

    def _mask(self, letter: str, cells: int, *, bold: bool) -> Image.Image:
        key = letter, cells, bold
        if key not in self._masks:
            drawn = shape(letter, self.letters.width, self.letters.height)
            self._masks[key] = (drawn or self.letters.mask(letter, cells, bold=bold)).point(self.shades)
        return self._masks[key]


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """The letters of a text, each with the marks that stand over it, and the columns that it takes."""
    cluster, cells = "", 0
    for character in text:
        width = cell_len(character)
        if width and cluster:
            yield cluster, cells
            cluster, cells = "", 0
        cluster += character
        cells += width
    if cluster:
        yield cluster, cells


def _colours(style: Style, ansi: TerminalTheme) -> tuple[RGB, RGB]:
    """The colours of the letters and of what is behind them."""
    ink, ground = _rgb(style.color, ansi, foreground=True), _rgb(style.bgcolor, ansi, foreground=False)
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        red, green, blue = (round(g + DIMMED * (i - g)) for i, g in zip(ink, ground, strict=True))
        ink = red, green, blue
    return ink, ground


def _rgb(colour: Color | None, ansi: TerminalTheme, *, foreground: bool) -> RGB:
    red, green, blue = (colour or Color.default()).get_truecolor(ansi, foreground=foreground)
    return red, green, blue
