"""The record of a number by hand."""

from __future__ import annotations

from typing import NamedTuple

from rnn_tui.questions.numbers import Span
from rnn_tui.questions.question import Slip


class Working(NamedTuple):
    """A number by hand.

    `given` are the numbers that are told, `todo` is what comes out and how, in words, as it stands after "How much is";
    `notation` is the equation. `span` is what comes out for somebody who computes with the numbers as they are shown,
    `why` the equation with its numbers in. `level` is that of the question.
    """

    given: str
    todo: str
    notation: str
    span: Span
    why: str
    slips: tuple[Slip, ...]
    level: int
