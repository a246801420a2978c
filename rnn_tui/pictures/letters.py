"""Large letters for a word that a whole room can read, drawn with half blocks.

A glyph is eight dots high: capitals and ascenders stand on rows 0 to 5, small letters on 2 to 5, and what hangs below
the line is in rows 6 and 7. Two rows of dots are one row of cells, so a word is three rows high, or four with a g.
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
)


@cache
def glyphs() -> Mapping[str, tuple[str, ...]]:
    """The eight rows of dots of every character that there is."""
    found: dict[str, tuple[str, ...]] = {}
    for characters, drawn in SHEETS:
        rows = [line.split() for line in drawn.split("\n") if line.strip()]
        found |= {character: tuple(row[k] for row in rows) for k, character in enumerate(characters)}
    return found


def large(text: str, width: int) -> list[str]:
    """The text in large letters, three rows or four; nothing where a letter isn't there or it is wider than `width`."""
    known = glyphs()
    if not text or any(character not in known for character in text):
        return []
    dots = [".".join(known[character][row] for character in text) for row in range(DOTS)]
    if len(dots[0]) > width:
        return []
    if not any("#" in row for row in dots[BASE:]):
        dots = dots[:BASE]
    return ["".join(map(_block, upper, lower)) for upper, lower in zip(dots[::2], dots[1::2], strict=True)]


def _block(upper: str, lower: str) -> str:
    """The cell of two dots."""
    return BLOCKS[upper == "#", lower == "#"]


def spaced(text: str, width: int) -> str:
    """The text with a space between its letters where that fits."""
    return " ".join(text) if text.isascii() and text.isalpha() and 2 * len(text) - 1 <= width else text
