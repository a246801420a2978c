"""The numbers of the arithmetic: one digit more than on the screen, so that a reader can add up after it."""

from __future__ import annotations

import math

from rnn_tui import rounding, text

DIGITS = 3


def unsigned(value: float) -> str:
    """A number without a plus sign."""
    return text.unsigned(value, DIGITS)


def equated(left: str, sign: str, result: float) -> str:
    """An equation; where nothing comes out of it, that is said in words: "∞ − ∞ is no number"."""
    return text.equated(left, sign, result, DIGITS)


def equated_quantity(left: str, sign: str, result: float) -> str:
    """An equation whose result is a number in a unit of its own (`text.quantity`)."""
    return f"{left} {text.IS_NO_NUMBER}" if math.isnan(result) else f"{left} {sign} {text.quantity(result)}"


def bracketed(value: float) -> str:
    """A number in a unit of its own inside an equation: in brackets where it is negative."""
    shown = text.quantity(value)
    return f"({shown})" if shown.startswith(text.MINUS) else shown


def operand(value: float) -> str:
    """A number inside an equation: in brackets where it is negative."""
    return text.operand(value, DIGITS)


def as_shown(value: float) -> float:
    """Return the number that is read off a figure."""
    return rounding.as_shown(value, DIGITS)


def product_sign(product: float, weight: float, value: float) -> str:
    """The sign between weight × value and their product."""
    return sign_of(product, as_shown(weight) * as_shown(value))


def sum_sign(total: float, *added: float) -> str:
    """The sign between some numbers that are added and their sum."""
    return sign_of(total, sum(map(as_shown, added)))


def sign_of(result: float, from_shown: float) -> str:
    """Return "=" where `from_shown`, which comes out of the numbers as shown, is the shown result, and else "≈"."""
    return rounding.sign_of(result, from_shown, DIGITS)
