"""The numbers of the arithmetic: one digit more than on the screen, so that a reader can add up after it."""

from __future__ import annotations

from rnn_tui import rounding, text

DIGITS = 3


def unsigned(value: float) -> str:
    """A number without a plus sign."""
    return text.unsigned(value, DIGITS)


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
