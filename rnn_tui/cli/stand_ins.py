"""Signs of ASCII for those that a stream's encoding lacks: one for one, so that columns stay columns."""

from __future__ import annotations

import unicodedata

VALUES = ("−·≈≠≤±∞", "-.~!</I")
"""Signs of values and before them, of which no two may look the same: a zero is no minus."""
HEIGHTS = ("▁▂▃▄▅▆▇█", "_,;=*%&#")
WIDTHS = ("▏▎▍▌▋▊▉", "'\"![*%&")
"""Shares of a cell, from little to nearly all."""
BLOCKS = ("▀▔▐▕░▒▓╎", "^`)]:+H;")
MARKS = ("●◉○◐◌◆◇✓✗▸◂‹›", "*@o%o&$*x><<>")
ARROWS = ("→←↑↓▲▼▾", "><^v^vv")
FRAMES = ("─━│┃╭╮╰╯┏┓┗┛├┤┬┴┻┼┄┈┊", "-=||,.`'++++||++++~-:")
SPACES = ("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")
LETTERS = ("“”‘’′—–…×✕²³ᵀᵗΔΣσβεθλ∂√∫‖⊢⟨⟩", "\"\"'''--_xx23TtDSsbetldVS|>{}")
_SIGNS = {
    drawn: sign
    for several, signs in (VALUES, HEIGHTS, WIDTHS, BLOCKS, MARKS, ARROWS, FRAMES, SPACES, LETTERS)
    for drawn, sign in zip(several, signs, strict=True)
}


def stand_in(character: str) -> str:
    """The sign for a character, as many columns wide as it is; "?" where nothing looks like it."""
    if character in _SIGNS:
        return _SIGNS[character]
    if unicodedata.category(character) in ("Mn", "Me"):  # which are drawn into the cell before
        return ""
    return "??" if unicodedata.east_asian_width(character) in "WF" else "?"
