"""Texts that somebody might type, paste or be sent: of every plane, with all that a terminal or a parser might obey."""

from __future__ import annotations

import string
from random import Random

from tests.builders import WORDS

LONGEST_ARGUMENT = 100_000
"""Characters of an argument that every system takes."""
COMBINING = "\u0300\u0301\u0323\u0489\u20dd\u0e31\u093f\u1ab0\U0001e8d0"
BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JOINED = (
    "👨\u200d👩\u200d👧\u200d👦",
    "🏳️\u200d🌈",
    "🇨🇭🇺",
    "👍🏽",
    "e\u200d",
    "क्\u200dष",
    "\u200d\u200d",
    "☎\ufe0e☎\ufe0f",
)
SPACES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u3000\u200b\ufeff"
ESCAPES = (
    "\x1b[2J", "\x1b[31m", "\x1b]0;title\x07", "\x1b]52;c;ZWNobw==\x07", "\x1b]8;;http://x\x1b\\", "\x1bP$qm\x1b\\",
    "\x1b[6n", "\x1b[c", "\x1b[?1049l", "\x1bc", "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\x1b[201~", "\x1b", "\x0e",
    "\x07", "\x08" * 9, "\x7f", "\x1b[999;999H", "\x1b[?2026h", "\x1b_Gq\x1b\\", "\r\n", "\x0c",
)  # fmt: skip
NUMBERS = (
    "nan", "NaN", "inf", "-inf", "Infinity", "1e400", "-1e400", "1e-400", "1_000", "٣", "0x10", "1,5", "−1.5", "+", "-",
    ".", "1.", ".5", "1e", "--1", "1e308 1e308", "½", "Ⅷ", "0" * 400, "9" * 5000, "1 2 3", "1;2", "²", "1e5000",
)  # fmt: skip
WORDS_OF_SHELLS = (
    "[red]x[/]", "[@click=app.quit]x[/]", "[/]", "[", "$(id)", "`id`", "%s%n", "{0}", "{}", "\\", "'", '"', "$'\\033'",
    "-m", "--", "-", "--sentence=--", "--json", "-h", "@file", "~nobody/x", "~", "../../x", "/dev/null/x", "*", "?",
    "NULL", "None", "__proto__", "3:add", "0:0", "99999999999999999999:add", "1:", ":add", "scale-memory 1e400",
    "silence 0", "hold 1 nan", "drop 0", "word 1", "set weight_hh[1,2] inf", "set weight_hh[0,0] 1", "move 1 99",
    "a.safetensors", "x.pt", ".safetensors", "a" * 300 + ".safetensors", "http://x/y.safetensors",
)  # fmt: skip


def word(chance: Random) -> str:
    """A word that models of `tests.builders` know, or one that nobody knows."""
    return chance.choice([*WORDS[1:], "xyzzy", "café", "naïve", "Don't", "and/or", "l'été"])


def _words(chance: Random) -> str:
    return " ".join(word(chance) for _ in range(chance.randint(1, 12)))


def _plane(chance: Random) -> str:
    first = chance.randrange(17) << 16
    codes = (first + chance.randrange(1 << 16) for _ in range(chance.randint(1, 40)))
    return "".join(chr(code) for code in codes if not 0xD800 <= code <= 0xDFFF and code)


def _block(chance: Random) -> str:
    first = chance.randrange(0x21, 0xD700)
    return "".join(chr(first + chance.randrange(128)) for _ in range(chance.randint(1, 40)))


def _combining(chance: Random) -> str:
    return chance.choice(["", "a", "猫", " "]) + "".join(chance.choices(COMBINING, k=chance.choice([1, 3, 40, 2000])))


def _bidi(chance: Random) -> str:
    return "".join(chance.choice([*BIDI, "abc", "שלום", "١٢٣"]) for _ in range(chance.randint(1, 20)))


def _controls(chance: Random) -> str:
    return "".join(chr(chance.choice([*range(1, 32), *range(0x7F, 0xA0)])) for _ in range(chance.randint(1, 20)))


def _bytes(chance: Random) -> str:
    """An argument with bytes that are no UTF-8, as Python hands it on."""
    return bytes(chance.randrange(1, 256) for _ in range(chance.randint(1, 20))).decode("utf-8", "surrogateescape")


def _letters(chance: Random) -> str:
    return "".join(chance.choices(string.printable, k=chance.randint(1, 60)))


def _wide(chance: Random) -> str:
    return "".join(chance.choices("猫犬日本語한국어ｗｉｄｅ🦜🪢", k=chance.randint(1, 60)))


def _piece(chance: Random) -> str:
    kinds = (_words, _plane, _block, _combining, _bidi, _controls, _letters, _wide, _choice)
    return chance.choice(kinds)(chance)


def _choice(chance: Random) -> str:
    return chance.choice(chance.choice([ESCAPES, NUMBERS, WORDS_OF_SHELLS, JOINED, tuple(SPACES), ("",)]))


def _mixed(chance: Random) -> str:
    return chance.choice(["", " ", " "]).join(_piece(chance) for _ in range(chance.randint(2, 8)))


def _many(chance: Random) -> str:
    return " ".join(_piece(chance)[:9] or "x" for _ in range(chance.choice([50, 300, 1000])))


KINDS = (_words, _plane, _block, _combining, _bidi, _controls, _letters, _wide, _choice, _choice, _mixed, _mixed, _many)


def text(chance: Random) -> str:
    """A text that could stand in a file in UTF-8, of at most some thousand characters."""
    return chance.choice(KINDS)(chance)


def argument(chance: Random) -> str:
    """A text that could stand on a command line: without NUL, perhaps with bytes that are no UTF-8."""
    return (_bytes(chance) if chance.random() < 0.08 else text(chance)).replace("\0", "")


def huge(chance: Random) -> str:
    """A text of about a megabyte, as one word or as few."""
    size = chance.choice([200_000, 1_000_000])
    unit = chance.choice(
        ["x", "\u0301", "é", "1", "-", "a'", "a\u0301", "👨\u200d", "猫", "\x1b[", "“", "!", "_", "\u202e"]
    )
    return (unit * size)[:size]


def content(chance: Random) -> bytes:
    """A file that is said to hold a sentence."""
    found = text(chance).encode("utf-8", "surrogatepass")
    damage = chance.randrange(8)
    if damage == 0:
        return b"\xef\xbb\xbf" + found
    if damage == 1:
        return found.decode().encode("utf-16")
    if damage == 2:
        at = chance.randint(0, len(found))
        return found[:at] + bytes([chance.randrange(256)]) + found[at:]
    if damage == 3:
        return chance.randbytes(chance.randint(0, 200))
    return found + chance.choice([b"", b"\n", b"\r\n", b"\0"])
