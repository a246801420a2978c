"""A number in a unit of its own that a network answers with, by hand, and the tolerance with which it is right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rnn_tui.network.outputs import Number
from rnn_tui.questions.numbers import HALF, LEAST, MOST, Span, as_given, exactly
from rnn_tui.questions.place import CannotAskError, Place, check_finite
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.question import Slip
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown, quantity_as_shown, sign_of_quantity
from rnn_tui.text import LONGEST_WORD, MINUS, clipped, quantity, unsigned


def scaling_of(place: Place, label: int) -> tuple[float, float]:
    """The mean and the spread of the numbers that a network learned to answer with, for a label (its index).

    Raises CannotAskError where it answers with labels.
    """
    output = place.model.output
    if not isinstance(output, Number):
        raise CannotAskError("this network answers with a label, not with a number; ask for “label”")
    return output.mean[label], output.std[label]


def amount_of(place: Place, asked: Quantity) -> Working:
    """The way from the score of an output node to the number: times the spread, plus the mean."""
    mean, std = map(quantity_as_shown, scaling_of(place, asked.index))
    score, result = as_shown(float(place.trace[asked.at.t].logits[asked.index])), asked.in_trace(place.trace)
    as_given(score, result / (std or 1.0))
    computed = score * std + mean
    off = HALF * abs(std)  # who rounds the product to two digits is as near as that, too
    return Working(
        given=f"the score is {unsigned(score)}, the mean {quantity(mean)}, the spread {quantity(std)}",
        todo=f"the number {clipped(place.model.labels[asked.index], LONGEST_WORD)}, the score times the spread, plus "
        "the mean",
        notation="outputs = logits·std + mean",
        span=Span(computed - off, computed + off) if std else exactly(computed),
        why=f"{_operand(unsigned(score))} × {quantity(std)} + {_operand(quantity(mean))} "
        f"{sign_of_quantity(result, computed)} {quantity(result)}",
        slips=tuple(_slips(score, mean, std)),
        level=4,
    )


def tolerance_in_unit(answer: float, span: Span, spread: float) -> float:
    """The tolerance with which everything in the span is right, two digits; `spread` says what is much and what little.

    Raises CannotAskError where there would be nothing left to compute.
    """
    check_finite(answer, spread)
    furthest = max(answer - span.low, span.high - answer) + 10.0 ** (_exponent(answer) - 3) / 2  # as it is shown
    if furthest > MOST * spread:
        raise CannotAskError("with numbers of two digits this can't be computed near enough; ask for another value")
    return rounded_up(max(furthest, LEAST * spread))


def rounded_up(value: float) -> float:
    """The next larger number of two digits."""
    unit = 10.0 ** (_exponent(value) - 1)
    return float(f"{math.ceil(value / unit - 1e-9) * unit:.2g}")


def _exponent(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else -3


def _operand(text: str) -> str:
    return f"({text})" if text.startswith(MINUS) else text


def _slips(score: float, mean: float, std: float) -> Iterator[Slip]:
    yield Slip("bias", score * std, "The mean has still to be added.")
    yield Slip("part", score + mean, "The score has still to be multiplied by the spread.")
    yield Slip("sign", score * std - mean, "The mean has to be added, not taken away.")
    yield Slip("sign", mean - score * std, "The score has the wrong sign.")
    yield Slip("product", score + std + mean, "The score and the spread have to be multiplied, not added.")
    yield Slip("share", score / std + mean if std else math.nan, "The score has to be multiplied, not divided.")
