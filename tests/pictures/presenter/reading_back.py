"""Large figures, read back from the cells that they are drawn in."""

from __future__ import annotations

from functools import cache

from rnn_tui.pictures.letters import BASE, BLOCKS, figures

DOTS = {block: dots for dots, block in BLOCKS.items()}
SIGNS = "0123456789.+−×=≈≠→%?<>∞e·"


@cache
def glyphs():
    """The dots of each sign of a figure, the widest first."""
    drawn = {sign: figures()[sign][:BASE] for sign in SIGNS}
    return sorted(drawn.items(), key=lambda item: -len(item[1][0]))


@cache
def decoded(cells, scale):
    """The text that a block of half-block cells (a tuple of rows) shows; None where it shows none."""
    if len(cells) * 2 != BASE * scale or any(character not in DOTS for row in cells for character in row):
        return None
    dots = ["".join("#" if DOTS[cell][half] else "." for cell in row)[::scale] for row in cells for half in (0, 1)]
    dots = dots[::scale]
    width, x, text = len(dots[0]), 0, ""
    while x < width:
        if all(row[x] == "." for row in dots):
            x += 1
            continue
        starts = [(sign, rows, start) for sign, rows in glyphs() for start in (x, x - 1) if start >= 0]
        found = next(
            ((sign, start + len(rows[0])) for sign, rows, start in starts if _is_at(rows, dots, start, x)), None
        )
        if found is None:
            return None
        text += found[0]
        x = found[1] + 1
    return text or None


def _is_at(rows, dots, start, first):
    """Whether a glyph stands at column `start`, its first dot in column `first`, and nothing in the column after it."""
    end = start + len(rows[0])
    if end > len(dots[0]) or (start < first and any(row[0] == "#" for row in rows)):
        return False
    fits = all(row[start:end] == glyph for row, glyph in zip(dots, rows, strict=True))
    return fits and (end == len(dots[0]) or all(row[end] == "." for row in dots))
