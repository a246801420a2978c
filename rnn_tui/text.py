"""Numbers and foreign text as they may stand on a terminal."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

WIDEST_NUMBER = 8
LONGEST_CITED = 60
"""The longest that a message quotes something that it was given, such as a word or a line of a file."""
LONGEST_RUN = 600
LONGEST_MESSAGE = 2_000
"""The longest run without a space in a message, and the longest message."""
LONGEST_WORD = 16
"""The longest that a word of a sentence or the name of a unit is quoted inside one."""
MOST_DIGITS = 9
"""The most digits of a number that counts something."""
MINUS = "\N{MINUS SIGN}"
NO_NUMBER = "?"
"""The one mark for what is no number any more, such as ∞ − ∞; what is infinite is written ∞."""
IS_NO_NUMBER = "is no number"
"""Said in place of an equals sign and a result where nothing comes out of an equation: "∞ − ∞ is no number"."""
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
    """A number with its sign, at most 8 characters wide: "+0.90", "−0.70", "+1.2e9", "+∞"; "?" for NaN.

    What rounds to zero has no sign: "0.00".
    """
    value = float(value)
    if math.isnan(value):
        return NO_NUMBER
    if math.isinf(value):
        return "+∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:+.{digits}f}"
    if len(text) > WIDEST_NUMBER:
        mantissa, exponent = f"{value:+.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    if not text.strip("+-0."):
        return text[1:]
    return text.replace("-", MINUS)


def quantity(value: float) -> str:
    """A number in a unit of its own, with four digits and all that stand before the point: "432.1", "−0.0525", "12346".

    From a billion on, and near 0, it has a power of ten: "1.235e9", "1.2e−5".
    """
    value = float(value)
    if not math.isfinite(value):
        return unsigned(value)
    text = f"{value:.4g}" if abs(value) < 1000 or abs(value) >= 1e9 else f"{value:.0f}"
    mantissa, power, exponent = text.partition("e")
    text = f"{mantissa}e{int(exponent)}" if power else text
    return "0" if not text.strip("-0.") else text.replace("-", MINUS)


def magnitude(log10: float, nothing: str = "0") -> str:
    """A size from its power of ten, which may be beyond what a float holds: "0.37", "1.2e−400"; `nothing` for 10^−∞."""
    if math.isnan(log10):
        return NO_NUMBER
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


def equated(left: str, sign: str, result: float, digits: int = 2) -> str:
    """An equation: "0.90 × 0.50 = 0.45", "−∞ + ∞ is no number"; `sign` is = or ≈."""
    return f"{left} {IS_NO_NUMBER}" if math.isnan(result) else f"{left} {sign} {unsigned(result, digits)}"


def in_words(value: float) -> str:
    """A number as it stands in a sentence: "+0.90", "−∞", "no number"."""
    return "no number" if math.isnan(value) else number(value)


def percent(p: float) -> str:
    """A probability in whole per cent; "<1%" and ">99%" rather than a certainty that is none."""
    p = float(p)
    if not math.isfinite(p):
        return unsigned(p)
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
    most = 4 * longest
    shown = printable(text[:most])  # of a longer one the rest isn't looked at, unless so much of that is invisible
    if len(shown) <= longest and len(text) > most:
        shown = printable(text)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def cited(text: object) -> str:
    """Something that was given, as a message quotes it: printable, at most 60 characters of it, in quotation marks."""
    begun = str(text)[: 20 * LONGEST_CITED]  # of a megabyte no more is looked at than can be shown
    return f"“{clipped(' '.join(begun.splitlines()), LONGEST_CITED)}”"


def in_one_line(message: str) -> str:
    """A message in one line, nothing in it longer than can be read: the ends of longer runs become "…"."""
    line = " ".join(message.splitlines())
    if len(line) > LONGEST_RUN:
        line = " ".join(word if len(word) <= LONGEST_RUN else word[: LONGEST_RUN - 1] + "…" for word in line.split(" "))
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"


def _shown(character: str) -> str:
    """The text that stands for one character, perhaps none."""
    if character in _SHOWN:
        return _SHOWN[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return REPLACEMENT
    return "" if category == "Cf" else character


def joined(names: Sequence[object], last: str) -> str:
    """Names with commas between them, and a word before the last: "last, mean or max"."""
    *before, final = map(str, names)
    return f"{', '.join(before)} {last} {final}" if before else final


def counted(text: str, most: int) -> int | None:
    """The index, from 0, that a number from 1 to `most` stands for; None for any other text."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return None
    return int(text) - 1 if 1 <= int(text) <= most else None
