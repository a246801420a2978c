"""A sum of input and memory by hand, from the words and the weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Applied, Expression, Plus, Value
from rnn_tui.network.heads import is_sum_of_head
from rnn_tui.questions.expression_slips import changes
from rnn_tui.questions.numbers import SIGN, applied, as_given
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.quantity import STACKED, Quantity
from rnn_tui.questions.question import Slip
from rnn_tui.questions.sum_slips import slips_of_sum
from rnn_tui.questions.sums import Products
from rnn_tui.questions.wording import result_in_words
from rnn_tui.questions.working import Working
from rnn_tui.questions.workings import expression_of, is_held, products_by_hand
from rnn_tui.rounding import sign_of
from rnn_tui.text import equated


def whole_working_of(place: Place, asked: Quantity) -> Working:
    """The way from the weights to ih + hh, or to what a function makes of it; raises CannotAskError for others."""
    expression = expression_of(place, asked)
    if isinstance(expression, Applied) and isinstance(expression.of, Value) and is_sum_of_head(expression.of.name):
        return _of_hidden_layer(place, asked, expression.function, expression.of.name)
    parts = None if expression is None or is_held(place, asked) else _parts(expression)
    if parts is None:
        raise CannotAskError(
            f"{asked.text} is no sum of input and memory alone, so it can't be asked for as a whole; leave “whole” out"
        )
    function, values = parts
    both = [products_by_hand(place, replace(asked, name=value.name, gate=value.gate)) for value in values]
    total, result = sum(products.computed for products in both), asked.in_trace(place.trace)
    as_given(total, result)
    span = both[0].span().plus(both[1].span())
    squash = FUNCTIONS[function] if function else None
    left = " + ".join(products.left() for products in both)
    return Working(
        given=f"for the input, {both[0].given()}; for the memory, {both[1].given()}",
        todo=_todo(place, asked, function),
        notation=f"{asked.name} = {_written(function).format(f'{both[0].notation_right} + {both[1].notation_right}')}",
        span=applied(function, span) if function else span,
        why=equated(_written(function).format(left), sign_of(result, squash.at(total) if squash else total), result),
        slips=tuple(_slips(place, asked, function, both)),
        level=5,
    )


def _of_hidden_layer(place: Place, asked: Quantity, function: str, name: str) -> Working:
    """The way from the weights of a hidden layer of the head to what a function makes of a unit's sum."""
    products = products_by_hand(place, replace(asked, name=name))
    result, squash = asked.in_trace(place.trace), FUNCTIONS[function]
    as_given(products.computed, result)
    written = _written(function)
    return Working(
        given=products.given(),
        todo=_todo(place, asked, function),
        notation=f"{asked.name} = {written.format(products.notation_right)}",
        span=applied(function, products.span()),
        why=equated(written.format(products.left()), sign_of(result, squash.at(products.computed)), result),
        slips=tuple(_slips_of_hidden_layer(place, asked, function, products)),
        level=5,
    )


def _slips_of_hidden_layer(place: Place, asked: Quantity, function: str, products: Products) -> Iterator[Slip]:
    """The slips with the sum carried on, and those with the function."""
    squash = FUNCTIONS[function]
    for slip in slips_of_sum(place, asked, products):
        if slip.said != SIGN:
            yield replace(slip, value=squash.at(slip.value))
    yield Slip("squash", products.computed, "The function is missing: that is the sum itself.")
    yield Slip("sign", -squash.at(products.computed), SIGN)


def _todo(place: Place, asked: Quantity, function: str) -> str:
    added = "all products and biases added up"
    return f"{result_in_words(place, asked)}, {f'{function} of ' if function else ''}{added}"


def _written(function: str) -> str:
    """How a function is written, with {} for what it is of."""
    if not function:
        return "{}"
    return FUNCTIONS[function].shown.replace("σ(", "sigmoid(")


def _parts(expression: Expression) -> tuple[str, tuple[Value, Value]] | None:
    """The function, "" for none, and the two values whose sum it is of, ih and hh; None for any other equation."""
    function, of = (expression.function, expression.of) if isinstance(expression, Applied) else ("", expression)
    if not isinstance(of, Plus) or not isinstance(of.left, Value) or not isinstance(of.right, Value):
        return None
    return (function, (of.left, of.right)) if (of.left.name, of.right.name) == STACKED else None


def _slips(place: Place, asked: Quantity, function: str, both: list[Products]) -> Iterator[Slip]:
    """The slips with either sum carried on, those with the two sums, and those with the squash."""
    squash = FUNCTIONS[function].at if function else float
    ih, hh = both
    total = ih.computed + hh.computed
    if ih.bias and hh.bias:
        yield Slip("bias", squash(total - ih.bias - hh.bias), "Both biases are missing.")
    for one, other in ((ih, hh), (hh, ih)):
        asked_for = replace(asked, name="ih" if one is ih else "hh", gate=one.gate)
        for slip in slips_of_sum(place, asked_for, one):
            which = "the input" if one is ih else "the memory"
            if slip.said != SIGN:
                yield Slip(
                    slip.name,
                    squash(slip.value + other.computed),
                    f"In the sum of {which}: {slip.said[:1].lower()}{slip.said[1:]}",
                )
    numbers = {"ih": ih.computed, "hh": hh.computed}
    expression = expression_of(place, asked)
    assert expression is not None
    for changed in changes(place.model, expression):
        yield Slip(changed.name, float(changed.expression.evaluate(lambda value: numbers[value.name])), changed.said)
    if not function:
        yield Slip("squash", FUNCTIONS["tanh"].at(total), "That is squashed already: the sum itself was asked for.")
    yield Slip("sign", -squash(total), SIGN)
