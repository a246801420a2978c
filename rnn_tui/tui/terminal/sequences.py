"""The sequences of a terminal that are keys, mouse or focus, as against replies and what nobody knows."""

from __future__ import annotations

import re
from functools import lru_cache

from textual._xterm_parser import XTermParser

FOCUS = r"\x1b\[[IO]"
MOUSE = r"\x1b\[<\d{1,3};\d{1,5};\d{1,5}[Mm]"
SYNCHRONIZED = r"\x1b\[\?2026;[0-4]\$y"
"""The reply that Textual asks for and needs: whether a frame can be shown at once (DECRQM 2026)."""
LETTER = r"\x1b\[(?:(?:1;\d{1,3})?[A-HP-S]|[Za-d])|\x1b\[\[[A-E]|\x1bO\d?[@-~]"
"""Arrows, home, end, f1 to f4; F3 and the report of a cursor in the first row are one, which Textual then ignores."""
NUMBERED = r"\x1b\[(\d{1,5})(?:;\d{1,3})?[~^$@]"
NUMBERS = {*range(1, 9), *range(11, 16), *range(17, 22), *range(23, 27), 28, 29, *range(31, 35), 57427}
"""The function keys of a VT220 and xterm; Textual takes any other number for that of a character, 99 for "c"."""
KITTY = r"\x1b\[(\d{1,7})(?:;(\d{0,3})(?:;(\d{1,7}(?::\d{1,7})*))?)?u"
"""A key in the protocol of kitty: the character, the modifiers, the text (all by number).

Textual ends the program where there are alternate keys or kinds of events, which it doesn't ask for.
"""
BELOW_TEXT, LAST_CHARACTER = 0x20, 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


def is_for_the_program(sequence: str) -> bool:
    """True for keys, mouse and focus; false for replies to queries, whoever asked, and for what is none of all."""
    if re.fullmatch(MOUSE, sequence) or re.fullmatch(FOCUS, sequence) or re.fullmatch(SYNCHRONIZED, sequence):
        return True
    return _is_key(sequence)


@lru_cache(maxsize=1024)
def _is_key(sequence: str) -> bool:
    numbered = re.fullmatch(NUMBERED, sequence)
    kitty = re.fullmatch(KITTY, sequence)
    known = (
        re.fullmatch(LETTER, sequence)
        or (numbered and int(numbered[1]) in NUMBERS)
        or (kitty and _is_character(int(kitty[1])) and all(map(_is_text, (kitty[3] or "32").split(":"))))
    )
    return bool(known) and _is_understood(sequence)


def _is_character(number: int) -> bool:
    return number <= LAST_CHARACTER and number not in SURROGATES


def _is_text(number: str) -> bool:
    return int(number) >= BELOW_TEXT and _is_character(int(number))


def _is_understood(sequence: str) -> bool:
    """True where Textual's parser makes something of the whole sequence, and waits for no more of it.

    One that it doesn't know it types out, character by character, once no more comes; which it knows differs from
    release to release.
    """
    parser = XTermParser()
    try:
        return bool([*parser.feed(sequence)]) and not [*parser.feed("")]
    except Exception:  # noqa: BLE001  # whatever it is that this release stumbles over, the sequence is no key to it
        return False
