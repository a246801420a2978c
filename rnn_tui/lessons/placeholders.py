"""Placeholders of a lesson's prose, such as {steps[2].h[0]}, and the numbers of a trace that stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.text import cited, percent, printable, unsigned
from rnn_tui.traced import value_at

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace

DIGITS = 2
PERCENT = ":%"
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}?")


def filled(text: str, fill: Callable[[str], str]) -> str:
    """The text with `fill` of what is between braces in place of them; {{ and }} are braces.

    What follows a brace that is never closed is given to `fill` with the brace in front of it.
    """

    def stands(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        return fill(match[1].strip() if match[0].endswith("}") else match[0])

    return _PIECE.sub(stands, text)


def value_in_words(trace: Trace, placeholder: str) -> str:
    """The text for a placeholder in a scene with this trace; raises UserError where there is no such value.

    It is a path into what `rnn-tui trace --json` prints. Numbers have two decimals, and a minus sign below 0; with :%
    behind the path they are whole per cent.
    """
    if placeholder.startswith("{"):
        raise UserError(f"{cited(placeholder)}: the brace is never closed; {{{{ is a brace in the text")
    path, share = placeholder.removesuffix(PERCENT).rstrip(), placeholder.endswith(PERCENT)
    value = value_at(trace, path)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if share and not (isinstance(value, float) and 0 <= value <= 1):
        raise UserError(f"{cited(path)} is no share from 0 to 1, so it has no per cent")
    if isinstance(value, float):
        return percent(value) if share else unsigned(value, DIGITS)
    return printable(str(value))
