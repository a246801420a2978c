"""The parts of a text form: each reads a piece of text, and raises ValueError with what was expected."""

from __future__ import annotations

import math

from rnn_tui.network.errors import InputError
from rnn_tui.text import LONGEST_CITED


def shown(text: str) -> str:
    """The text as a message quotes it."""
    return text if len(text) <= LONGEST_CITED else text[: LONGEST_CITED - 1] + "…"


def index(text: str) -> int:
    """An index from 0, of one that is typed from 1."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and int(digits) >= 1):
        raise ValueError(f"“{shown(digits)}” is no place (they count from 1)" if digits else "a place is missing")
    return int(digits) - 1


def index_and_word(text: str) -> tuple[int, str]:
    """An index, and the rest of the line as it stands, since a space may be what is meant."""
    first, _, word = text.lstrip().partition(" ")
    if not word:
        raise ValueError("it takes a place and a word")
    return index(first), word


def finite(text: str) -> float:
    """A number; 0 for −0."""
    try:
        value = float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{shown(text.strip())}” is no number" if text.strip() else "a number is missing")
    return value + 0.0


def shortest(value: float) -> str:
    """The shortest text that gives the same number: "0.5", "2"."""
    return repr(float(value)).removesuffix(".0")


def check_word(t: int, count: int, edit: str, unit: str) -> None:
    """Raise InputError, which quotes the edit, where there is no word at timestep `t` (from 0) of `count`."""
    if not 0 <= t < count:
        among = f"1 to {count}" if count > 1 else "1" if count else "none"
        raise InputError(f"“{shown(edit)}”: there is no {unit} {t + 1} here, only {among}")
