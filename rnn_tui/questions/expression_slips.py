"""The usual slips with an equation of a few numbers, each computed as somebody does who makes it, from what is shown.

They follow from the equation alone, so that a cell that nobody has thought of yet has them, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rnn_tui.network.cells.expressions import Applied, Expression, Looked, Plus, Rest, Times, Value
from rnn_tui.network.model import Model
from rnn_tui.questions.lane_slips import other_memories, slips_of_lanes
from rnn_tui.questions.numbers import SIGN
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import Quantity, beside
from rnn_tui.questions.question import Slip
from rnn_tui.questions.wording import called, in_words, is_share
from rnn_tui.rounding import as_shown

_OTHER_SQUASH = {"tanh": "sigmoid", "sigmoid": "tanh"}


class Changed(NamedTuple):
    """An equation with one thing wrong in it: the name of the slip, and what is said of it."""

    expression: Expression
    name: str
    said: str


def slips_of_expression(place: Place, asked: Quantity, expression: Expression) -> Iterator[Slip]:
    """The slips with the equation of a number."""
    step, cell = place.trace[asked.at.t], place.model.cell

    def look(value: Value) -> float:
        return as_shown(float(cell.block(step[value.name], value.gate)[asked.index]))

    for changed in changes(place.model, expression):
        yield Slip(changed.name, float(changed.expression.evaluate(look)), changed.said)
    yield Slip("sign", -float(expression.evaluate(look)), SIGN)
    for value in expression.values():
        if is_share(place.model, value.name):
            continue  # whose sign nobody mistakes
        turned = float(expression.evaluate(_with(look, value, -look(value))))
        yield Slip("sign", turned, f"That has the sign of “{called(place.model, value)}” the wrong way round.")
    for value in expression.values():
        other = _at_other_time(value, cell.state_names)
        if other is not None:
            moved = float(expression.evaluate(_with(look, value, look(other))))
            when = "after" if other.name == value.name.removesuffix("_prev") else "before"
            rather = "before" if when == "after" else "after"
            name = called(place.model, Value(value.name.removesuffix("_prev")))
            yield Slip("time", moved, f"That takes the {name} {when} this {place.counted}, not {rather} it.")
    yield from _old_for_new(place, asked)
    yield from _of_other_lanes(place, asked, expression, look)
    yield from _other_units(place, asked)


def _old_for_new(place: Place, asked: Quantity) -> Iterator[Slip]:
    """A state as it was before the word, where that after it is asked for."""
    if asked.name in place.model.cell.state_names:
        name = called(place.model, Value(f"{asked.name}_prev"))
        said = f"That is the {name}: the one after this {place.counted} was asked for."
        yield Slip("time", as_shown(asked.before(place.trace)), said)


def _of_other_lanes(place: Place, asked: Quantity, expression: Expression, look: Looked) -> Iterator[Slip]:
    """The number of another lane, or what comes out with another lane's old state."""
    yield from slips_of_lanes(place, asked)
    for value in expression.values():
        state = value.name.removesuffix("_prev")
        if state != value.name:
            for memory in other_memories(place, asked.at.t, state):
                wrong = as_shown(float(memory.values[asked.index]))
                yield Slip(memory.name, float(expression.evaluate(_with(look, value, wrong))), memory.said)


def _runs_from_zero(model: Model, value: Value) -> bool:
    """True for what runs from 0 to 1, whose sign nobody mistakes."""
    return any(gate.letter == value.name and not gate.signed for gate in model.cell.gates)


def _with(look: Looked, changed: Value, number: float) -> Looked:
    """The same numbers but for one."""
    return lambda value: number if value == changed else look(value)


def _at_other_time(value: Value, states: tuple[str, ...]) -> Value | None:
    """A state one step later or earlier: h for h_prev, c_prev for c."""
    if value.name.endswith("_prev"):
        return Value(value.name.removesuffix("_prev"))
    return Value(f"{value.name}_prev") if value.name in states and value.name != "h" else None


def _other_units(place: Place, asked: Quantity) -> Iterator[Slip]:
    """The same number of the units beside it."""
    values = place.trace[asked.at.t][asked.name]
    for unit in beside(asked.index, place.model.hidden_size):
        number = as_shown(float(values[asked.row(place.model) - asked.index + unit]))
        yield Slip("row", number, f"That is the number of {place.unit_name(unit)}, which stands in another row.")


def changes(model: Model, expression: Expression) -> Iterator[Changed]:
    """The equation with one operation left out, or another in its place."""
    if isinstance(expression, Applied):
        yield from _of_function(model, expression)
    elif isinstance(expression, Plus):
        yield from _of_sum(model, expression)
    elif isinstance(expression, Times):
        left, right = in_words(model, expression.left), in_words(model, expression.right)
        yield Changed(expression.right, "gate", f"“{right}” has still to be multiplied by “{left}”.")
        for wrong in changes(model, expression.right):
            yield wrong._replace(expression=Times(expression.left, wrong.expression))


def _of_function(model: Model, expression: Applied) -> Iterator[Changed]:
    name = expression.function
    if name == "relu":
        yield Changed(expression.of, "squash", "The cut below 0 is missing.")
    elif name != "identity":
        yield Changed(expression.of, "squash", f"The squash is missing: that is the number before {name}.")
    if name in _OTHER_SQUASH:
        other = _OTHER_SQUASH[name]
        yield Changed(Applied(other, expression.of), "squash", f"That is {other}, where {name} squashes.")
    for wrong in changes(model, expression.of):
        yield wrong._replace(expression=Applied(name, wrong.expression))


def _of_sum(model: Model, expression: Plus) -> Iterator[Changed]:
    left, right = expression.left, expression.right
    yield Changed(left, "part", f"“{in_words(model, right)}” is missing.")
    yield Changed(right, "part", f"“{in_words(model, left)}” is missing.")
    yield Changed(Plus(left, Times(_MinusOne(), right)), "sign", "The second part has to be added, not taken away.")
    yield from _of_shares(model, left, right)
    rests = set(_rests(expression))
    if rests:
        gates = " and ".join(sorted(called(model, value) for value in rests))
        yield Changed(_swapped(expression, rests), "gate", f"That mixes up “{gates}” and its rest, 1 − {gates}.")
    for wrong in changes(model, left):
        yield wrong._replace(expression=Plus(wrong.expression, right))
    for wrong in changes(model, right):
        yield wrong._replace(expression=Plus(left, wrong.expression))


def _of_shares(model: Model, left: Expression, right: Expression) -> Iterator[Changed]:
    """The slips with a part of one and a part of another added up: no part taken, or each with the other's share."""
    if not isinstance(left, Times) or not isinstance(right, Times):
        return
    one, other = in_words(model, left.left), in_words(model, right.left)
    whole = Plus(left.right, right.right)
    said = f"“{in_words(model, left.right)}” has still to be multiplied by “{one}”, and the other part by “{other}”."
    yield Changed(whole, "gate", said)
    if not any(True for _ in _rests(Plus(left, right))):  # where the one is the rest of the other, `_swapped` has it
        swapped = Plus(Times(right.left, left.right), Times(left.left, right.right))
        yield Changed(swapped, "gate", f"That mixes up “{one}” and “{other}”: each belongs to the other part.")


class _MinusOne(Value):
    """The number −1."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("−1")

    def evaluate(self, look: Looked) -> float:
        """−1, whatever is looked up."""
        return -1.0


def _rests(expression: Expression) -> Iterator[Value]:
    """The values of which the equation has the rest, 1 − v."""
    if isinstance(expression, Rest) and isinstance(expression.of, Value):
        yield expression.of
    elif isinstance(expression, Plus | Times):
        yield from _rests(expression.left)
        yield from _rests(expression.right)


def _swapped(expression: Expression, rests: set[Value]) -> Expression:
    """The equation with v for 1 − v, and 1 − v for v."""
    if isinstance(expression, Rest):
        return expression.of
    if isinstance(expression, Value):
        return Rest(expression) if expression in rests else expression
    if isinstance(expression, Plus):
        return Plus(_swapped(expression.left, rests), _swapped(expression.right, rests))
    if isinstance(expression, Times):
        return Times(_swapped(expression.left, rests), _swapped(expression.right, rests))
    return expression
