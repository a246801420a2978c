"""Types of arguments: each takes the text, and says in a few words what is wrong with it."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from collections.abc import Callable

from rnn_tui.levels import EASIEST, HARDEST
from rnn_tui.network.kinds import HEAD_FUNCTIONS
from rnn_tui.text import cited, clipped

MOST_DIGITS = 18
MOST_UNITS = 100_000
FINAL = "final"
"""The word for the weights of the model file, where an epoch of its training could stand."""
_FUNCTIONS = ", ".join(HEAD_FUNCTIONS)
HEAD_HELP = f"{{}}: {_FUNCTIONS} (nothing)"
"""The help of --head, with {} for where its functions stand."""


def whole(least: int) -> Callable[[str], int]:
    """A whole number of at least `least`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if len(text) > MOST_DIGITS and text.strip().isdigit():
            raise ArgumentTypeError(f"{cited(text)} has more than {MOST_DIGITS} digits")
        if value < least:
            raise ArgumentTypeError(f"{cited(text)} is no whole number of at least {least}")
        return value

    return read


def from_to(least: int, most: int) -> Callable[[str], int]:
    """A whole number from `least` to `most`."""

    def read(text: str) -> int:
        if text.strip() not in map(str, range(least, most + 1)):
            raise ArgumentTypeError(f"{cited(text)} is no whole number from {least} to {most}")
        return int(text)

    return read


def names(text: str) -> tuple[str, ...]:
    """Names, or numbers, of columns with commas between them."""
    listed = tuple(part.strip() for part in text.split(","))
    if not all(listed):
        raise ArgumentTypeError(f"{cited(text)} lacks a name at a comma; expected names such as warm,wet")
    return listed


def epoch(text: str) -> int | None:
    """An epoch of a training, from 0; None for "final", which is the model file itself."""
    return None if text == FINAL else whole(0)(text)


def integer(text: str) -> int:
    """A whole number, as short as one that counts something."""
    try:
        value = int(text) if len(text) <= MOST_DIGITS else None
    except ValueError:
        value = None
    if value is None:
        raise ArgumentTypeError(f"invalid int value: {cited(text)}")
    return value


def levels(text: str) -> tuple[int, int]:
    """One level of questions, or the first and the last of several: "3", "2-4"."""
    first, dash, last = text.partition("-")
    ends = [int(end) if end in map(str, range(EASIEST, HARDEST + 1)) else 0 for end in (first, last if dash else first)]
    if not EASIEST <= ends[0] <= ends[1]:
        raise ArgumentTypeError(f"{cited(text)} is no level from {EASIEST} to {HARDEST}, such as 3 or 2-4")
    return ends[0], ends[1]


def head(text: str) -> tuple[str, ...]:
    """The functions of a head, with commas between them."""
    listed = tuple(part.strip().lower() for part in text.split(","))
    for function in listed:
        if function.isdigit():
            size = clipped(function, MOST_DIGITS)
            raise ArgumentTypeError(f"{cited(text)} asks for a layer of {size} units, which a head can't have yet")
        if function in ("", "none", "nothing"):
            raise ArgumentTypeError(f"{cited(function)} is no function of a head; leave --head out for nothing")
        if function not in HEAD_FUNCTIONS:
            raise ArgumentTypeError(f"{cited(function)} is no function of a head; there are {_FUNCTIONS}")
    return listed


def sized_head(text: str) -> tuple[tuple[int | None, str], ...]:
    """A head of linear layers and functions, with commas between them: each entry's size (or None) and its function.

    A function behind a size is that of the layer's units; one behind another function stands alone.
    """
    entries: list[tuple[int | None, str]] = []
    open_layer = False
    for part in (part.strip().lower() for part in text.split(",")):
        if part.isascii() and part.isdigit():
            entries.append((_units(part), HEAD_FUNCTIONS[-1]))
        elif part not in HEAD_FUNCTIONS:
            known = f"there are {_FUNCTIONS}, and sizes of layers: 32,relu"
            raise ArgumentTypeError(f"{cited(part)} is no function of a head; {known} (no --head for nothing)")
        elif open_layer:
            entries[-1] = (entries[-1][0], part)
        else:
            entries.append((None, part))
        open_layer = part.isdigit()
    return tuple(entries)


def _units(digits: str) -> int:
    if len(digits) > MOST_DIGITS or not 1 <= int(digits) <= MOST_UNITS:
        raise ArgumentTypeError(f"{cited(digits)} is no size of a layer, which is from 1 to {MOST_UNITS:,}")
    return int(digits)


def above_zero(text: str) -> float:
    """A number above 0."""
    value = _number(text)
    if not value > 0:
        raise ArgumentTypeError(f"{cited(text)} is no number above 0")
    return value


def not_negative(text: str) -> float:
    """A number of 0 or above."""
    value = _number(text)
    if not value >= 0:
        raise ArgumentTypeError(f"{cited(text)} is no number of 0 or above")
    return value


def share(text: str) -> float:
    """A number between 0 and 1, neither of them."""
    value = _number(text)
    if not 0 < value < 1:
        raise ArgumentTypeError(f"{cited(text)} is no share between 0 and 1, such as 0.1")
    return value


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan
