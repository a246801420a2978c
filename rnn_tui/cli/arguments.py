"""Types of arguments: each takes the text, and says in a few words what is wrong with it."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from collections.abc import Callable


def whole(least: int) -> Callable[[str], int]:
    """A whole number of at least `least`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise ArgumentTypeError(f"“{text}” is no whole number of at least {least}")
        return value

    return read


def above_zero(text: str) -> float:
    """A number above 0."""
    value = _number(text)
    if not value > 0:
        raise ArgumentTypeError(f"“{text}” is no number above 0")
    return value


def not_negative(text: str) -> float:
    """A number of 0 or above."""
    value = _number(text)
    if not value >= 0:
        raise ArgumentTypeError(f"“{text}” is no number of 0 or above")
    return value


def share(text: str) -> float:
    """A number between 0 and 1, neither of them."""
    value = _number(text)
    if not 0 < value < 1:
        raise ArgumentTypeError(f"“{text}” is no share between 0 and 1, such as 0.1")
    return value


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan
