"""Lines, blocks and dots of a terminal as shapes that fill their cell to its edges, whatever the font."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from PIL import Image, ImageDraw

FINE = 4
"""Curves and dots are drawn this many times as large, and made smaller."""
_WEIGHTS = ("LIGHT", "HEAVY", "SINGLE", "DOUBLE")
_SIDES = {"HORIZONTAL": ("LEFT", "RIGHT"), "VERTICAL": ("UP", "DOWN")}
_DASHES = {"DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}
_QUADRANTS = (4, 8, 1, 13, 9, 7, 11, 2, 6, 14)
"""The quarters of U+2596 to U+259F: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""
_BRAILLE = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""The column and row of each bit's dot."""


def shape(character: str, width: int, height: int) -> Image.Image | None:
    """The mask of a character that is drawn as a shape, in a cell's pixels; None for all others."""
    code = ord(character[0])
    if len(character) > 1 or not (0x2500 <= code <= 0x259F or 0x2800 <= code <= 0x28FF):
        return None
    if code >= 0x2800:
        return _dots(code - 0x2800, width, height)
    return _box(character, width, height) if code < 0x2580 else _block(code, width, height)


def _block(code: int, width: int, height: int) -> Image.Image:
    """A block element: parts of the cell, or the whole in a shade."""
    if 0x2591 <= code <= 0x2593:
        return Image.new("L", (width, height), 64 * (code - 0x2590))
    mask, draw = _canvas(width, height)
    for left, top, right, bottom in _parts(code):
        box = [round(left * width), round(top * height), round(right * width) - 1, round(bottom * height) - 1]
        if box[2] >= box[0] and box[3] >= box[1]:
            draw.rectangle(box, fill=255)
    return mask


def _parts(code: int) -> Iterator[tuple[float, float, float, float]]:
    """The parts of a cell that a block fills: left, top, right and bottom, from 0 to 1."""
    if 0x2581 <= code <= 0x2588:
        yield 0, 1 - (code - 0x2580) / 8, 1, 1
    elif 0x2589 <= code <= 0x258F:
        yield 0, 0, (0x2590 - code) / 8, 1
    elif code >= 0x2596:
        quarters = _QUADRANTS[code - 0x2596]
        for bit in range(4):
            if quarters >> bit & 1:
                x, y = bit % 2 / 2, bit // 2 / 2
                yield x, y, x + 0.5, y + 0.5
    else:
        yield {0x2580: (0, 0, 1, 0.5), 0x2590: (0.5, 0, 1, 1), 0x2594: (0, 0, 1, 1 / 8), 0x2595: (7 / 8, 0, 1, 1)}[code]


def _dots(bits: int, width: int, height: int) -> Image.Image:
    """A braille cell."""
    mask, draw = _canvas(width * FINE, height * FINE)
    radius = width * FINE / 8
    for bit, (column, row) in enumerate(_BRAILLE):
        if bits >> bit & 1:
            x, y = (column + 0.5) * width * FINE / 2, (row + 0.5) * height * FINE / 4
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    return mask.resize((width, height), Image.Resampling.BOX)


def _box(character: str, width: int, height: int) -> Image.Image:
    """A box drawing, from its name in Unicode, which says what goes where."""
    name = unicodedata.name(character).removeprefix("BOX DRAWINGS ")
    light = max(1, round(width / 9))
    if "DIAGONAL" in name:
        return _diagonals(name, width, height, light)
    if " ARC " in name:
        return _arc(name, width, height, light)
    mask, draw = _canvas(width, height)
    if dashes := re.fullmatch(r"(\w+) (\w+) DASH (\w+)", name):
        thick = light * (1 + (dashes[1] == "HEAVY"))
        across = dashes[3] == "HORIZONTAL"
        _dashed(draw, width, height, _DASHES[dashes[2]], thick, across=across)
        return mask
    for side, weight in _arms(name):
        thick = light * (1 + (weight == "HEAVY"))
        for offset in (-light, light) if weight == "DOUBLE" else (0,):
            _arm(draw, width, height, side, thick, offset)
    return mask


def _arms(name: str) -> Iterator[tuple[str, str]]:
    """The sides to which lines go from the middle, each with its weight: "DOWN LIGHT AND RIGHT HEAVY"."""
    weight = "LIGHT"
    for part in name.split(" AND "):
        words = part.split()
        weight = next((word for word in words if word in _WEIGHTS), weight)
        for word in words:
            if word not in _WEIGHTS:
                yield from ((side, weight) for side in _SIDES.get(word, (word,)))


def _arm(draw: ImageDraw.ImageDraw, width: int, height: int, side: str, thick: int, offset: int) -> None:
    """A line from the middle to a side of the cell; `offset` moves it across its direction."""
    x, y = (width - thick) // 2, (height - thick) // 2
    if side in ("LEFT", "RIGHT"):
        left, right = (0, x + thick - 1) if side == "LEFT" else (x, width - 1)
        draw.rectangle([left, y + offset, right, y + offset + thick - 1], fill=255)
    else:
        top, bottom = (0, y + thick - 1) if side == "UP" else (y, height - 1)
        draw.rectangle([x + offset, top, x + offset + thick - 1, bottom], fill=255)


def _dashed(draw: ImageDraw.ImageDraw, width: int, height: int, count: int, thick: int, *, across: bool) -> None:
    """A line of dashes, with half a gap at each end, so that the next cell's go on."""
    length = width if across else height
    gap = max(1, round(length / count / 3))
    at = ((height if across else width) - thick) // 2
    for number in range(count):
        first, last = round(number * length / count), round((number + 1) * length / count) - gap - 1
        first, last = first + gap // 2, max(last + gap // 2, first + gap // 2)
        ends = [first, at, last, at + thick - 1] if across else [at, first, at + thick - 1, last]
        draw.rectangle(ends, fill=255)


def _arc(name: str, width: int, height: int, thick: int) -> Image.Image:
    """A corner that is round: a quarter of a circle, and straight for at least a pixel to both sides of the cell."""
    mask, draw = _canvas(width * FINE, height * FINE)
    wide, high, line = width * FINE, height * FINE, thick * FINE
    left, top = (width - thick) // 2 * FINE, (height - thick) // 2 * FINE  # of the straight lines that go on from it
    right, down = "RIGHT" in name, "DOWN" in name
    radius = min(wide - left if right else left + line, high - top if down else top + line) - FINE
    box_x = left if right else left + line - 2 * radius
    box_y = top if down else top + line - 2 * radius
    start = {(True, True): 180, (False, True): 270, (False, False): 0, (True, False): 90}[right, down]
    draw.arc([box_x, box_y, box_x + 2 * radius - 1, box_y + 2 * radius - 1], start, start + 90, fill=255, width=line)
    from_y, to_y = (top + radius, high) if down else (0, top + line - radius)
    from_x, to_x = (left + radius, wide) if right else (0, left + line - radius)
    if to_y > from_y:
        draw.rectangle([left, from_y, left + line - 1, to_y - 1], fill=255)
    if to_x > from_x:
        draw.rectangle([from_x, top, to_x - 1, top + line - 1], fill=255)
    return mask.resize((width, height), Image.Resampling.BOX)


def _diagonals(name: str, width: int, height: int, thick: int) -> Image.Image:
    """A line from corner to corner, or two."""
    mask, draw = _canvas(width * FINE, height * FINE)
    if "UPPER RIGHT" in name or "CROSS" in name:
        draw.line([width * FINE, 0, 0, height * FINE], fill=255, width=thick * FINE)
    if "UPPER LEFT" in name or "CROSS" in name:
        draw.line([0, 0, width * FINE, height * FINE], fill=255, width=thick * FINE)
    return mask.resize((width, height), Image.Resampling.BOX)


def _canvas(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    mask = Image.new("L", (width, height))
    return mask, ImageDraw.Draw(mask)
