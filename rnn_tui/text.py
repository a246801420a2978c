"""Numbers and foreign text as they may stand on a terminal."""

from __future__ import annotations

import math
import unicodedata

WIDEST_NUMBER = 8
LONGEST_WORD = 16
"""The longest that a word of a sentence or the name of a unit is quoted inside one."""
MINUS = "\N{MINUS SIGN}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Invisible, or drawn into the cell before by some terminals only, and not of category Cf.
_DROPPED = [
    *map(chr, range(0xFE00, 0xFE10)),  # variation selectors
    *map(chr, range(0xE0100, 0xE01F0)),
    *"\u180b\u180c\u180d\u180f\u034f\u115f\u1160\u3164\uffa0",
    *map(chr, range(0x1F3FB, 0x1F400)),  # skin tones
]
_SHOWN = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "␡",
    **dict.fromkeys("\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "␊"),
    **dict.fromkeys(_DROPPED, ""),
    **{chr(0x1F1E6 + letter): chr(ord("A") + letter) for letter in range(26)},  # flags are two of these
}


def number(value: float, digits: int = 2) -> str:
    """A number with its sign, at most 8 characters wide: "+0.90", "−0.70", "+1.2e9", "+∞", "NaN".

    What rounds to zero has no sign: "0.00".
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:+.{digits}f}"
    if len(text) > WIDEST_NUMBER:
        mantissa, exponent = f"{value:+.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    if not text.strip("+-0."):
        return text[1:]
    return text.replace("-", MINUS)


def magnitude(log10: float, nothing: str = "0") -> str:
    """A size from its power of ten, which may be beyond what a float holds: "0.37", "1.2e−400"; `nothing` for 10^−∞."""
    if math.isnan(log10):
        return "NaN"
    if math.isinf(log10):
        return "∞" if log10 > 0 else nothing
    if -2 <= log10 < 4:
        return unsigned(10.0**log10)
    exponent = math.floor(log10)
    mantissa = f"{10.0 ** (log10 - exponent):.1f}"
    if mantissa == "10.0":
        mantissa, exponent = "1.0", exponent + 1
    return f"{mantissa}e{exponent}".replace("-", MINUS)


def unsigned(value: float, digits: int = 2) -> str:
    """A number without a plus in front: "0.90", "−0.70"."""
    return number(value, digits).removeprefix("+")


def operand(value: float, digits: int = 2) -> str:
    """A number as it stands inside a formula: "0.90", "(−0.70)"."""
    text = unsigned(value, digits)
    return f"({text})" if text.startswith(MINUS) else text


def percent(p: float) -> str:
    """A probability in whole per cent; "<1%" and ">99%" rather than a certainty that is none."""
    p = float(p)
    if math.isnan(p):
        return "NaN"
    if 0 < p <= 0.005:
        return "<1%"
    if 0.995 <= p < 1:
        return ">99%"
    return f"{p:.0%}"


def printable(text: str) -> str:
    """The text with nothing in it that a terminal obeys, and as many columns as it shows.

    Control characters become their pictures (␛, ␉, ␊) or "�"; what is invisible (bidi controls, joiners, variation
    selectors) or joins differently from terminal to terminal (skin tones) is dropped, flags become their two
    letters, and a combining mark with nothing before it gets a ◌.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(map(_shown, text))
    return f"◌{shown}" if shown and unicodedata.category(shown[0]).startswith("M") else shown


def quoted(text: str) -> str:
    """The printable text in quotation marks: “text”."""
    return f"“{printable(text)}”"


def clipped(text: str, longest: int) -> str:
    """The printable text, its end replaced by "…" where it has more than `longest` characters."""
    shown = printable(text)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def _shown(character: str) -> str:
    """The text that stands for one character, perhaps none."""
    if character in _SHOWN:
        return _SHOWN[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return REPLACEMENT
    return "" if category == "Cf" else character
