"""The way to a number by hand: what is given, what is to be done, what comes out, and the usual slips on the way."""

from __future__ import annotations

from collections.abc import Callable

from rnn_tui.network.arithmetic import UnitAtStep, taken_apart
from rnn_tui.network.arithmetic.outputs import logit
from rnn_tui.network.arithmetic.parts import Sum
from rnn_tui.network.cells.expressions import Applied, Expression, Value
from rnn_tui.network.cells.phases import Combined, PhasePart, Squashed
from rnn_tui.questions.amounts import amount_of
from rnn_tui.questions.expression_slips import slips_of_expression
from rnn_tui.questions.meeting import met
from rnn_tui.questions.numbers import as_given, exactly, spanned
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.pooled import pooled
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.scaled import scaled
from rnn_tui.questions.shares import share_of
from rnn_tui.questions.sum_slips import slips_of_sum
from rnn_tui.questions.sums import Products, products_of
from rnn_tui.questions.wording import called, in_words, is_share, number_in, numbers_in, result_in_words
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown
from rnn_tui.text import percent, unsigned


def working_of(place: Place, asked: Quantity) -> Working:
    """The way to a number from those that it comes from; raises CannotAskError where there is none by hand."""
    if is_held(place, asked):
        raise CannotAskError(f"{asked.text} is held by an edit, so there is nothing to compute")
    way = _way_of(place, asked)
    if way is not None:
        return way(place, asked)
    expression = expression_of(place, asked)
    return _of_sum(place, asked) if expression is None else _of_expression(place, asked, expression)


_WAYS = {"x": scaled, "probs": share_of, "attention": share_of, "outputs": amount_of}


def _way_of(place: Place, asked: Quantity) -> Callable[[Place, Quantity], Working] | None:
    """The way to a number that has one of its own; None for a sum of products and for an equation of a cell."""
    if asked.name == "context" and place.model.readout.kind in ("mean", "max"):
        return pooled
    if asked.name == "h" and place.model.floor.layer is None:
        return met
    return _WAYS.get(asked.name)


def equation_of(place: Place, asked: Quantity) -> str:
    """A number of a unit with what it comes from, as a sentence: "squashed(0.72) ≈ 0.61."; tanh(…) in notation."""
    result = asked.in_trace(place.trace)
    expression = expression_of(place, asked)
    if is_held(place, asked):
        return f"It is held at {unsigned(result)} by an edit."
    if expression is not None:
        return f"{numbers_in(place, asked, expression, squashed=not place.scene.notation)}."
    found = sum_of(place, asked)
    return "" if found is None else f"{products_of(place, asked, found).equation()}."


def expression_of(place: Place, asked: Quantity) -> Expression | None:
    """The equation of a number, or None where it is none of a few numbers."""
    for part in _parts(place):
        if isinstance(part, Combined | Squashed) and part.name == asked.name:
            return part.expression
    return None


def sum_of(place: Place, asked: Quantity) -> Sum | None:
    """The products of a number that is a sum of products, or None where it is none."""
    if asked.name == "logits":
        return logit(UnitAtStep(place.model, place.trace, place.trace[asked.at.t], 0), _label_of(place, asked.index))
    if asked.unit is None:
        return None
    at = UnitAtStep(place.model, place.trace, place.trace[asked.at.t], asked.index)
    name = f"{asked.name}_{asked.gate}" if asked.gate else asked.name
    parts = (part for phase in place.phases if phase.parts for part in taken_apart(at, phase))
    return next((part for part in parts if isinstance(part, Sum) and part.name == name), None)


def _label_of(place: Place, node: int) -> int:
    """The label that an output node speaks for: with one node for two labels, it is yes."""
    labels = range(place.model.output_size)
    return next(label for label in labels if place.model.output.vote(label) == (node, 1.0))


def is_held(place: Place, asked: Quantity) -> bool:
    """Tell whether the number is held by an edit, whatever it would be."""
    held = place.trace.held(asked.at.t)
    return asked.unit is not None and any((one.name, one.unit) == (asked.name, asked.index) for one in held)


def products_by_hand(place: Place, asked: Quantity) -> Products:
    """The products of a sum that somebody can add up; raises CannotAskError where there are none, or too many."""
    found = sum_of(place, asked)
    if found is None:
        raise CannotAskError(f"{asked.text} is looked up, not computed, so there is nothing to do by hand")
    products = products_of(place, asked, found)
    products.check()
    return products


def _parts(place: Place) -> list[PhasePart]:
    return [part for phase in place.phases for part in phase.parts]


def _of_expression(place: Place, asked: Quantity, expression: Expression) -> Working:
    values = expression.values()

    def look(value: Value) -> float:
        return as_shown(number_in(place, asked, value))

    as_given(*map(look, values), asked.in_trace(place.trace))
    told = (_told(place, value, look(value), number_in(place, asked, value)) for value in values)
    alone = isinstance(expression, Applied) and expression.function == "identity"
    return Working(
        given=", ".join(told),
        todo=f"{result_in_words(place, asked)}, {in_words(place.model, expression)}{' as it is' if alone else ''}",
        notation=f"{asked.name} = {expression.text(lambda value, _: value.symbol, '·')}",
        span=spanned(expression, lambda part: exactly(look(part)) if isinstance(part, Value) else None),
        why=numbers_in(place, asked, expression),
        slips=tuple(slips_of_expression(place, asked, expression)),
        level=5 if len(values) > 2 else 4,
    )


def _told(place: Place, value: Value, shown: float, exact: float) -> str:
    """A number that is given, with the share that the panels show for it: "keep = 0.95 (95%)"."""
    share = f" ({percent(exact)})" if is_share(place.model, value.name) else ""
    return f"{called(place.model, value)} = {unsigned(shown)}{share}"


def _of_sum(place: Place, asked: Quantity) -> Working:
    products = products_by_hand(place, asked)
    return Working(
        given=products.given(),
        todo=products.todo(),
        notation=products.notation,
        span=products.span(),
        why=products.equation(),
        slips=tuple(slips_of_sum(place, asked, products)),
        level=4 if products.count <= 1 else 5,
    )
