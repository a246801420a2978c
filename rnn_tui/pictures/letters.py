"""Large letters and figures that a whole room can read, drawn with half blocks.

A glyph is eight dots high: capitals and ascenders stand on rows 0 to 5, small letters on 2 to 5, and what hangs below
the line is in rows 6 and 7. Two rows of dots are one row of cells, so a word is three rows high, or four with a g. At a
scale of 2 a dot is two by two, and a word six rows high.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

DOTS = 8
BASE = 6
"""The dots from the top of a capital to the line that it stands on."""
BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SHEETS = (
    (
        "abcdefghijklm",
        """
        .... #... .... ...# .... .## .... #... # .# #... #. .....
        .... #... .... ...# .... #.. .... #... . .. #..# #. .....
        .### ###. .### .### .##. ##. .### ###. # .# #.#. #. ##.#.
        #..# #..# #... #..# #.## #.. #..# #..# # .# ##.. #. #.#.#
        #..# #..# #... #..# ##.. #.. #..# #..# # .# #.#. #. #.#.#
        .### ###. .### .### .### #.. .### #..# # .# #..# .# #.#.#
        .... .... .... .... .... ... ...# .... . .# .... .. .....
        .... .... .... .... .... ... ###. .... . #. .... .. .....
        """,
    ),
    (
        "nopqrstuvwxyz",
        """
        .... .... .... .... ... .... .#. .... ..... ..... .... .... ....
        .... .... .... .... ... .... .#. .... ..... ..... .... .... ....
        ###. .##. ###. .### #.# .### ### #..# #...# #...# #..# #..# ####
        #..# #..# #..# #..# ##. ##.. .#. #..# .#.#. #.#.# .##. #..# ..#.
        #..# #..# #..# #..# #.. ..## .#. #..# .#.#. #.#.# .##. #..# .#..
        #..# .##. ###. .### #.. ###. .## .### ..#.. .#.#. #..# .### ####
        .... .... #... ...# ... .... ... .... ..... ..... .... ...# ....
        .... .... #... ...# ... .... ... .... ..... ..... .... ###. ....
        """,
    ),
    (
        "ABCDEFGHIJKLM",
        """
        .##. ###. .### ###. #### #### .### #..# ### ..## #..# #... #...#
        #..# #..# #... #..# #... #... #... #..# .#. ...# #.#. #... ##.##
        #..# ###. #... #..# ###. ###. #... #### .#. ...# ##.. #... #.#.#
        #### #..# #... #..# #... #... #.## #..# .#. ...# #.#. #... #...#
        #..# #..# #... #..# #... #... #..# #..# .#. #..# #..# #... #...#
        #..# ###. .### ###. #### #... .### #..# ### .##. #..# #### #...#
        .... .... .... .... .... .... .... .... ... .... .... .... .....
        .... .... .... .... .... .... .... .... ... .... .... .... .....
        """,
    ),
    (
        "NOPQRSTUVWXYZ",
        """
        #...# .##. ###. .##.. ###. .### ##### #..# #...# #...# #...# #...# #####
        ##..# #..# #..# #..#. #..# #... ..#.. #..# #...# #...# .#.#. .#.#. ...#.
        #.#.# #..# #..# #..#. #..# .##. ..#.. #..# #...# #...# ..#.. ..#.. ..#..
        #..## #..# ###. #..#. ###. ...# ..#.. #..# .#.#. #.#.# ..#.. ..#.. .#...
        #...# #..# #... #.##. #.#. ...# ..#.. #..# .#.#. ##.## .#.#. ..#.. #....
        #...# .##. #... .##.# #..# ###. ..#.. .##. ..#.. #...# #...# ..#.. #####
        ..... .... .... ..... .... .... ..... .... ..... ..... ..... ..... .....
        ..... .... .... ..... .... .... ..... .... ..... ..... ..... ..... .....
        """,
    ),
    (
        "0123456789",
        """
        .##. .#. ###. ###. #..# #### .##. #### .##. .##.
        #..# ##. ...# ...# #..# #... #... ...# #..# #..#
        #.## .#. .##. .##. #### ###. ###. ..#. .##. #..#
        ##.# .#. #... ...# ...# ...# #..# ..#. #..# .###
        #..# .#. #... ...# ...# ...# #..# .#.. #..# ...#
        .##. ### #### ###. ...# ###. .##. .#.. .##. .##.
        .... ... .... .... .... .... .... .... .... ....
        .... ... .... .... .... .... .... .... .... ....
        """,
    ),
    (
        ".,!?'’-−+:;()^<>/_…",
        """
        . .. # ###. # # ... .... ... . .. .# #. .#. ... ... ...# .... .....
        . .. # ...# # # ... .... ... . .. #. .# #.# ..# #.. ...# .... .....
        . .. # .##. . . ... .... .#. # .# #. .# ... .#. .#. ..#. .... .....
        . .. # .#.. . . ### #### ### . .. #. .# ... #.. ..# ..#. .... .....
        . .. . .... . . ... .... .#. . .. #. .# ... .#. .#. .#.. .... .....
        # .# # .#.. . . ... .... ... # .# .# #. ... ..# #.. .#.. #### #.#.#
        . #. . .... . . ... .... ... . #. .. .. ... ... ... .... .... .....
        . .. . .... . . ... .... ... . .. .. .. ... ... ... .... .... .....
        """,
    ),
    (
        "×=≈≠→%·∞",
        """
        ... .... ...... ..... ..... ##..# . .......
        ... .... .##..# ...#. ..#.. ##..# . .......
        #.# #### #..##. ##### ...#. ...#. . .##.##.
        .#. .... ...... ..#.. ##### .#... # #..#..#
        #.# #### .##..# ##### ...#. #..## . .##.##.
        ... .... #..##. .#... ..#.. #..## . .......
        ... .... ...... ..... ..... ..... . .......
        ... .... ...... ..... ..... ..... . .......
        """,
    ),
)


@cache
def glyphs() -> Mapping[str, tuple[str, ...]]:
    """The eight rows of dots of every character that there is."""
    found: dict[str, tuple[str, ...]] = {}
    for characters, drawn in SHEETS:
        rows = [line.split() for line in drawn.split("\n") if line.strip()]
        found |= {character: tuple(row[k] for row in rows) for k, character in enumerate(characters)}
    return found


@cache
def figures() -> Mapping[str, tuple[str, ...]]:
    """The same for numbers: a 1 as wide as the other digits, so that points are in line, and a 0 that is no 8."""
    one = ("..#.", ".##.", "..#.", "..#.", "..#.", ".###", "....", "....")
    return {**glyphs(), "0": glyphs()["O"], "1": one}


def width_of(text: str, scale: int = 1, *, figure: bool = False) -> int:
    """The cells that `large` takes for a text; 0 where it can't draw it."""
    known = figures() if figure else glyphs()
    sizes = [len(known[character][0]) if character in known else 0 for character in text]
    return (sum(sizes) + len(sizes) - 1) * scale if sizes and all(sizes) else 0


def large(text: str, width: int, scale: int = 1, *, figure: bool = False) -> list[str]:
    """The text in large letters, three rows or four, times `scale`; as a `figure` all digits are equally wide.

    Nothing where a letter isn't there or it is wider than `width`.
    """
    if not 0 < width_of(text, scale, figure=figure) <= width:
        return []
    known = figures() if figure else glyphs()
    dots = [".".join(known[character][row] for character in text) for row in range(DOTS)]
    if not any("#" in row for row in dots[BASE:]):
        dots = dots[:BASE]
    if scale > 1:
        dots = ["".join(dot * scale for dot in row) for row in dots for _ in range(scale)]
    return ["".join(map(_block, upper, lower)) for upper, lower in zip(dots[::2], dots[1::2], strict=True)]


def _block(upper: str, lower: str) -> str:
    """The cell of two dots."""
    return BLOCKS[upper == "#", lower == "#"]
