"""The numbers of the arithmetic: one digit more than on the screen, so that a reader can add up after it."""

from __future__ import annotations

from rnn_tui import text

DIGITS = 3


def unsigned(value: float) -> str:
    """A number without a plus sign."""
    return text.unsigned(value, DIGITS)


def operand(value: float) -> str:
    """A number inside an equation: in brackets where it is negative."""
    return text.operand(value, DIGITS)
