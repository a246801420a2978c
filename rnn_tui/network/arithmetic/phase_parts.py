"""The numbers behind the parts of a cell's phases, whatever the cell: products, formulas and points on curves."""

from __future__ import annotations

import math
from collections.abc import Callable

from rnn_tui.network.arithmetic.attending import context, score, share
from rnn_tui.network.arithmetic.figures import as_shown, equated, operand, sign_of, unsigned
from rnn_tui.network.arithmetic.floors import met, products_of_head
from rnn_tui.network.arithmetic.parts import Curve, Formula, Part, Sum, Terms
from rnn_tui.network.arithmetic.pooling import largest, mean
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Expression, Value
from rnn_tui.network.cells.phases import (
    AttentionShare,
    Combined,
    ContextOf,
    HeadProducts,
    InputProducts,
    LargestOf,
    MeanOf,
    MemoryProducts,
    Met,
    PhasePart,
    ScoreOf,
    Squashed,
)
from rnn_tui.network.naming import input_name
from rnn_tui.text import LONGEST_WORD, clipped, in_words


def part_of(at: UnitAtStep, part: PhasePart) -> Part:
    """A part of a phase with the numbers of a unit in."""
    making: Callable[[UnitAtStep, PhasePart], Part] = _MAKING[type(part)]  # type: ignore[assignment]
    return making(at, part)


def products_of_input(at: UnitAtStep, part: InputProducts) -> Sum:
    """weight_ih·x + bias_ih of the unit; a one-hot input leaves only the product that isn't 0."""
    row, suffix, index = _row(at, part.gate), _suffix(part.gate), at.index
    terms, first = _input_terms(at, at.cell.weight_ih[row])
    return Sum(
        source=part,
        name=f"ih{suffix}",
        notation=f"ih{suffix}[{index}] = Σ weight_ih{suffix}[{index},j]·x[j] + bias_ih{suffix}[{index}]",
        weight_name=f"weight_ih{suffix}",
        value_name="x",
        terms=terms,
        bias=float(at.cell.bias_ih[row]),
        total=at.value("ih", _letter(part.gate)),
        parameter="weight_ih",
        row=row,
        first=first,
    )


def products_of_memory(at: UnitAtStep, part: MemoryProducts) -> Sum:
    """weight_hh·h_prev + bias_hh of the unit, over all hidden units."""
    row, suffix, index = _row(at, part.gate), _suffix(part.gate), at.index
    return Sum(
        source=part,
        name=f"hh{suffix}",
        notation=f"hh{suffix}[{index}] = Σ weight_hh{suffix}[{index},j]·h_prev[j] + bias_hh{suffix}[{index}]",
        weight_name=f"weight_hh{suffix}",
        value_name="h_prev",
        terms=Terms(at.cell.weight_hh[row], at.step.h_prev, at.called),
        bias=float(at.cell.bias_hh[row]),
        total=at.value("hh", _letter(part.gate)),
        parameter="weight_hh",
        row=row,
    )


def combined(at: UnitAtStep, part: Combined) -> Formula:
    """The expression with the unit's numbers; what has a name is the trace's own number, the rest is done here."""
    total = at.value(part.name) if part.name else _evaluated(at, part.expression)
    notation = part.expression.text(_symbol(at), "·")
    sign = sign_of(total, _evaluated_as_shown(at, part.expression))
    equation = equated(part.expression.text(_figure(at), " × "), sign, total)
    return Formula(
        source=part,
        notation=_equated(at, part.name, notation),
        numbers=f"held at {unsigned(total)}" if at.holds(part.name) else equation,
        parts=tuple((value.symbol, at.value(value.name, value.gate)) for value in part.expression.values()),
        result=(part.key, total),
    )


def squashed(at: UnitAtStep, part: Squashed) -> Curve:
    """The point on the function's curve."""
    shown = FUNCTIONS[part.function].shown
    x = _evaluated(at, part.of)
    y = at.value(part.name) if part.name else _evaluated(at, part.expression)
    notation = part.expression.text(_symbol(at), "·")
    sign = sign_of(y, FUNCTIONS[part.function].at(as_shown(x)))
    equation = equated(shown.format(unsigned(x)), sign, y)
    if at.holds(part.name):
        equation = f"held at {unsigned(y)}"
    return Curve(
        source=part,
        function=part.function,
        x=x,
        y=y,
        name=part.key,
        notation=_equated(at, part.name, notation),
        numbers=_number(y) if part.function == "identity" and not at.holds(part.name) else equation,
    )


def _number(value: float) -> str:
    """A number that stands alone."""
    return in_words(value) if math.isnan(value) else unsigned(value)


_MAKING = {
    InputProducts: products_of_input,
    MemoryProducts: products_of_memory,
    Combined: combined,
    Squashed: squashed,
    ScoreOf: score,
    AttentionShare: share,
    ContextOf: context,
    MeanOf: mean,
    LargestOf: largest,
    Met: met,
    HeadProducts: products_of_head,
}


def _equated(at: UnitAtStep, name: str, notation: str) -> str:
    """The equation of a value, by its name; of one that is held it is no equation."""
    if at.holds(name):
        return f"{name}[{at.index}] is held"
    return f"{name}[{at.index}] = {notation}" if name else notation


def _evaluated(at: UnitAtStep, expression: Expression) -> float:
    return float(expression.evaluate(lambda value: at.value(value.name, value.gate)))


def _evaluated_as_shown(at: UnitAtStep, expression: Expression) -> float:
    """What comes out for somebody who has nothing but the numbers as they are written."""
    return float(expression.evaluate(lambda value: as_shown(at.value(value.name, value.gate))))


def _symbol(at: UnitAtStep) -> Callable[[Value, bool], str]:
    """Write a value as in equations: "ih_n[verb]"."""
    return lambda value, alone: f"{value.symbol}[{at.index}]"


def _figure(at: UnitAtStep) -> Callable[[Value, bool], str]:
    """Write a value as its number; alone in the brackets of a function, a minus needs none of its own."""
    return lambda value, alone: (unsigned if alone else operand)(at.value(value.name, value.gate))


def _letter(gate: Gate | None) -> str:
    return "" if gate is None else gate.letter


def _suffix(gate: Gate | None) -> str:
    """Return the ending that tells the rows of a gate from the others in equations."""
    return "" if gate is None else f"_{gate.letter}"


def _row(at: UnitAtStep, gate: Gate | None) -> int:
    """The row of the weights that feeds the unit."""
    return at.cell.rows_of(at.unit)[0 if gate is None else at.cell.gates.index(gate)]


def _input_terms(at: UnitAtStep, weights: Array) -> tuple[Terms, int]:
    """The terms of a row of weight_ih, and the column of the first; of a one-hot input only the one that isn't 0."""
    kind, column, x = at.model.embedding.kind, at.token.index, at.step.x
    if not at.model.reads_words:
        return Terms(weights, x, lambda j: input_name(at.model, j)), 0
    if column is None and kind not in ("number", "vector"):
        return Terms(weights[:0], x[:0], str), 0
    if kind != "one-hot" or column is None:
        return Terms(weights, x, lambda j: input_name(at.model, j)), 0
    picked = slice(column, column + 1)
    name = clipped(at.model.vocabulary.words[column], LONGEST_WORD)
    return Terms(weights[picked], x[picked], lambda _: name), column
