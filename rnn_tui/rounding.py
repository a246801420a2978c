"""The check that an equation still holds once its numbers are rounded to the digits that are shown."""

from __future__ import annotations

import math

from rnn_tui.text import MINUS, NO_NUMBER, number, percent, quantity

EQUAL, ABOUT = "=", "≈"
_LARGEST = 3.4e38  # of float32, in which the network computes: what is larger has become ∞ there
_BOUNDS = {"<1%": 0.0, ">99%": 1.0}


def as_shown(value: float, digits: int = 2) -> float:
    """Return the number that is read off `text.number`: −0.238 is shown as −0.24, and read as that."""
    return _read(number(value, digits))


def quantity_as_shown(value: float) -> float:
    """Return the number that is read off `text.quantity`: 432.149 is shown as 432.1, and read as that."""
    return _read(quantity(value))


def sign_of_quantity(result: float, from_shown: float) -> str:
    """Return what `sign_of` does for a result that is shown by `text.quantity`."""
    return EQUAL if _text_closes(quantity(result), from_shown) else ABOUT


def share_as_shown(p: float) -> float:
    """Return the share that is read off `text.percent`: 0.573 is shown as 57%; one that is shown as <1% is read as 0.

    What is shown as >99% is read as 1.
    """
    if not math.isfinite(p):
        return p
    text = percent(p)
    return _BOUNDS[text] if text in _BOUNDS else float(text.removesuffix("%")) / 100


def sign_of(result: float, from_shown: float, digits: int = 2) -> str:
    """Return "=" where somebody who computes with the shown numbers gets the shown result, else "≈".

    `from_shown` is what comes out of the numbers as they are shown (`as_shown`, `share_as_shown`); what lies half-way
    between two results may be rounded to either.
    """
    return EQUAL if closes(result, from_shown, digits) else ABOUT


def closes(result: float, from_shown: float, digits: int = 2) -> bool:
    """Tell whether `from_shown`, rounded, is `result` as it is shown with so many digits."""
    return _text_closes(number(result, digits), from_shown)


def _text_closes(text: str, from_shown: float) -> bool:
    """Tell whether `from_shown`, rounded, is the number of a text."""
    shown = _read(text)
    if not (math.isfinite(shown) and math.isfinite(from_shown)):
        beyond = math.isinf(shown) and abs(from_shown) > _LARGEST and (shown > 0) == (from_shown > 0)
        return beyond or (math.isnan(shown) and math.isnan(from_shown))
    return abs(from_shown - shown) <= _last_digit(text) * 0.5 * (1 + 1e-6)


def share_closes(result: float, from_shown: float) -> bool:
    """Tell the same of a result that is shown in per cent (`text.percent`)."""
    return percent(result) == percent(from_shown) or abs(share_as_shown(result) - from_shown) <= 0.005 * (1 + 1e-6)


def _read(text: str) -> float:
    """The number of a text that `number` or `quantity` wrote."""
    return math.nan if text == NO_NUMBER else float(text.replace(MINUS, "-").replace("∞", "inf"))


def _last_digit(text: str) -> float:
    """The size of the last digit of a text that `number` or `quantity` wrote: 0.01 of "+0.24", 1e8 of "+1.2e9"."""
    mantissa, _, exponent = text.replace(MINUS, "-").partition("e")
    return float(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))
