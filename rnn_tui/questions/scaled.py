"""The number that a network of numbers reads, by hand: less the mean, divided by the scale."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.questions.numbers import SIGN, as_given, exactly
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.question import Slip
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import LONGEST_WORD, clipped, equated, operand, unsigned


def scaled(place: Place, asked: Quantity) -> Working:
    """The way from a number of the text to x; raises CannotAskError where the network reads something else."""
    tokenizer, token = place.model.tokenizer, place.trace.tokens[asked.at.t]
    if not isinstance(tokenizer, NumberTokenizer) or not token.values:
        raise CannotAskError(f"{asked.text} is looked up, not computed, so there is nothing to do by hand")
    exact_mean, exact_scale = tokenizer.scaling(asked.index)
    mean, scale = as_shown(exact_mean), as_shown(exact_scale)
    value, result = as_shown(token.values[asked.index] * exact_scale + exact_mean), asked.in_trace(place.trace)
    as_given(value, mean, scale, result)
    if not scale:
        raise CannotAskError("the spread of the numbers rounds to 0, by which nothing can be divided")
    computed = (value - mean) / scale
    number = _named(tokenizer, asked.index)
    return Working(
        given=f"{number} is {unsigned(value)}, the mean {unsigned(mean)}, the spread {unsigned(scale)}",
        todo="the input, the number less the mean, divided by the spread",
        notation="x = (value − mean) / scale",
        span=exactly(computed).rounded(),
        why=equated(f"({unsigned(value)} − {operand(mean)}) / {operand(scale)}", sign_of(result, computed), result),
        slips=tuple(_slips(value, mean, scale)),
        level=4,
    )


def _named(tokenizer: NumberTokenizer, feature: int) -> str:
    """The number that is read; of several, by the name of its feature."""
    if tokenizer.features == 1:
        return "the number"
    if not tokenizer.feature_names:
        return f"number {feature + 1} of the timestep"
    return f"the number {clipped(tokenizer.feature_name(feature), LONGEST_WORD)}"


def _slips(value: float, mean: float, scale: float) -> Iterator[Slip]:
    yield Slip("bias", value / scale, "The mean has still to be taken away.")
    yield Slip("part", value - mean, "That has still to be divided by the spread.")
    yield Slip("sign", (value + mean) / scale, "The mean has to be taken away, not added.")
    yield Slip("sign", (mean - value) / scale, SIGN)
