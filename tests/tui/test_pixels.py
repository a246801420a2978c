"""What is drawn in pixels: shapes reach the edges that they name, and letters stay in their cells."""

from __future__ import annotations

import re
import unicodedata

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI
from textual.strip import Strip

from rnn_tui.network.errors import UserError

pytest.importorskip("PIL")

from rnn_tui.tui.picturing import letters
from rnn_tui.tui.picturing.raster import Raster, clusters
from rnn_tui.tui.picturing.shapes import shape

LINES = [chr(code) for code in range(0x2500, 0x2580)]
CELLS = [(7, 15), (8, 17), (16, 32), (11, 20)]
INK, GROUND = (250, 200, 10), (20, 30, 40)
SIDES = {
    "LEFT": ("LEFT", "HORIZONTAL"),
    "RIGHT": ("RIGHT", "HORIZONTAL"),
    "UP": ("UP", "VERTICAL"),
    "DOWN": ("DOWN", "VERTICAL"),
}
EDGES = {
    "LEFT": lambda width, height: (0, 0, 1, height),
    "RIGHT": lambda width, height: (width - 1, 0, width, height),
    "UP": lambda width, height: (0, 0, width, 1),
    "DOWN": lambda width, height: (0, height - 1, width, height),
}


def inked(mask, box):
    return mask.crop(box).getextrema()[1] > 0


def ink(mask):
    """The share of a cell that is covered."""
    return sum(level * count for level, count in enumerate(mask.histogram())) / 255 / (mask.width * mask.height)


@pytest.mark.parametrize(("width", "height"), CELLS)
def test_lines_reach_the_sides_that_they_name_and_no_other(width, height):
    for character in LINES:
        name = unicodedata.name(character)
        if "DASH" in name or "DIAGONAL" in name:
            continue
        mask = shape(character, width, height)
        assert mask.size == (width, height)
        for side, words in SIDES.items():
            reaches = any(re.search(rf"\b{word}\b", name) for word in words)
            assert inked(mask, EDGES[side](width, height)) == reaches, (name, side)


@pytest.mark.parametrize(("width", "height"), CELLS)
def test_lines_of_one_weight_meet(width, height):
    """What leaves a cell on the right is as high and as thick where it comes in on the left of the next."""
    for right, left in ("╭─", "╰╯", "├┤", "─╮", "┏━", "┗┛", "━┻", "╔═", "╚╝"):
        leaving = shape(right, width, height).crop(EDGES["RIGHT"](width, height))
        coming = shape(left, width, height).crop(EDGES["LEFT"](width, height))
        assert leaving.tobytes() == coming.tobytes(), right + left
    for upper, lower in ("╭│", "│╰", "│╯", "╮╯", "┏┃", "┃┗", "┬┴", "╔╚"):
        leaving = shape(upper, width, height).crop(EDGES["DOWN"](width, height))
        coming = shape(lower, width, height).crop(EDGES["UP"](width, height))
        assert leaving.tobytes() == coming.tobytes(), upper + lower


def test_dashes_are_as_many_as_their_names_say():
    counts = {"DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}
    for character in LINES:
        if dashed := re.fullmatch(r"BOX DRAWINGS \w+ (\w+) DASH (\w+)", unicodedata.name(character)):
            mask = shape(character, 16, 32)
            line = mask.crop((0, 16, 16, 17)) if dashed[2] == "HORIZONTAL" else mask.crop((8, 0, 9, 32))
            assert len(re.findall(rb"\xff+", line.tobytes())) == counts[dashed[1]]


@pytest.mark.parametrize(("width", "height"), CELLS)
def test_blocks_cover_the_part_that_they_name(width, height):
    words = {"ONE": 1, "THREE": 3, "FIVE": 5, "SEVEN": 7}
    of = {"EIGHTH": 8, "EIGHTHS": 8, "QUARTER": 4, "QUARTERS": 4}
    shades = {"LIGHT": 1 / 4, "MEDIUM": 2 / 4, "DARK": 3 / 4}
    for code in range(0x2580, 0x25A0):
        name = unicodedata.name(chr(code))
        if part := re.search(r"(\w+) (EIGHTHS?|QUARTERS?) BLOCK", name):
            expected = words[part[1]] / of[part[2]]
        elif "SHADE" in name:
            expected = shades[name.split()[0]]
        elif name.startswith("QUADRANT"):
            expected = len(re.findall("UPPER|LOWER", name)) / 4
        else:
            expected = 1 if name == "FULL BLOCK" else 1 / 2
        assert ink(shape(chr(code), width, height)) == pytest.approx(expected, abs=0.5 / min(width, height) + 0.01), (
            name
        )


def test_braille_has_a_dot_a_bit():
    one = ink(shape("⠁", 16, 32))
    for bits in range(256):
        assert ink(shape(chr(0x2800 + bits), 16, 32)) == pytest.approx(one * bits.bit_count(), rel=0.02)


def test_all_else_is_a_letter():
    for character in ("a", "→", "●", "─̈", "猫", "\u24ff", "\u25a0", "\u2900"):
        assert shape(character, 8, 17) is None


def drawn(text, columns, **style):
    style = Style.from_color(*(Style.parse("rgb({},{},{})".format(*rgb)).color for rgb in (INK, GROUND))) + Style(
        **style
    )
    raster = Raster((columns, 1), 16)
    return raster, raster.draw([Strip([Segment(text, style)])])


@pytest.mark.parametrize(
    "letter", ["W", "g", "→", "●", "é", "e\u0301", "猫", "😀", "ﷺ", "◉", "ₜ", "Σ", "\ufffd", "█", "╳"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_nothing_leaves_its_cells(letter, bold):
    width = sum(cells for _, cells in clusters(letter))
    raster, image = drawn(f" {letter} ", width + 2, bold=bold)
    cell, height = raster.letters.width, raster.letters.height
    assert image.size == ((width + 2) * cell, height)
    for box in ((0, 0, cell, height), ((width + 1) * cell, 0, (width + 2) * cell, height)):
        assert image.crop(box).getcolors() == [(cell * height, GROUND)]
    assert len(image.crop((cell, 0, (width + 1) * cell, height)).getcolors()) >= 1 + (letter != "█")


def test_marks_stand_on_their_letters():
    assert list(clusters("ae\u0301猫x")) == [("a", 1), ("e\u0301", 1), ("猫", 2), ("x", 1)]


def test_bold_reverse_dim_and_lines_are_seen():
    plain = drawn("Word", 4)[1].tobytes()
    seen = {plain}
    for style in ("bold", "reverse", "dim", "underline", "strike"):
        seen.add(drawn("Word", 4, **{style: True})[1].tobytes())
    assert len(seen) == 6
    _, image = drawn("    ", 4, reverse=True)
    assert image.getcolors()[0][1] == INK


def test_without_a_font_one_line_says_what_helps(monkeypatch):
    monkeypatch.setattr(letters, "MONOSPACED", (("no-such-font.ttf", "no-such-font.ttf"),))
    with pytest.raises(UserError, match="install DejaVu Sans Mono"):
        letters.Letters(13)


@pytest.mark.parametrize("theme", [MONOKAI, DEFAULT_TERMINAL_THEME])
def test_colours_of_the_terminal_are_those_of_its_theme(theme):
    raster = Raster((3, 1), 16, ansi=theme)
    image = raster.draw([Strip([Segment("█", Style()), Segment("█", Style(color="red")), Segment(" ", Style())])])
    shown = [image.getpixel((raster.letters.width * column + 1, 1)) for column in range(3)]
    assert shown == [tuple(theme.foreground_color), tuple(theme.ansi_colors[1]), tuple(theme.background_color)]
