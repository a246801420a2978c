"""A sum of products by hand: a row of weights times the numbers that they meet, and the bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arithmetic.parts import Sum
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import HeadProducts
from rnn_tui.questions.numbers import Span, as_given, exactly
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.wording import called
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import equated, operand, unsigned

MOST_TERMS = 4
"""The most products that somebody is asked to add up."""


@dataclass(frozen=True)
class Products:
    """The weights and values (n,) of a sum as they are shown, its bias, or None, and its true total.

    `counted` are the indices of the products that are not 0. `weighed` says what the weights are called, `met` what
    they are multiplied with, and `result` what comes out. `t` is the timestep, `gate` the letter of the gate or "".
    """

    t: int
    gate: str
    weights: Array
    values: Array
    counted: tuple[int, ...]
    bias: float | None
    total: float
    weighed: str
    met: str
    result: str
    notation: str
    source: Sum

    @property
    def count(self) -> int:
        """The number of products that are not 0."""
        return len(self.counted)

    @property
    def computed(self) -> float:
        """The sum of the numbers as they are shown."""
        return float(self.weights @ self.values) + (self.bias or 0.0)

    def check(self) -> None:
        """Raise CannotAskError where there are too many products, or a number is none to compute with."""
        if self.count > MOST_TERMS:
            raise CannotAskError(
                f"it is a sum of {self.count} products, more than the {MOST_TERMS} that are asked for by hand"
            )
        as_given(*self.weights[list(self.counted)], *self.values[list(self.counted)], self.bias or 0.0, self.total)

    def span(self) -> Span:
        """The least and the largest sum of people who round after each product."""
        span = exactly(self.bias or 0.0)
        for k in self.counted:
            span = span.plus(exactly(float(self.weights[k])).times(exactly(float(self.values[k]))))
        return span

    def given(self) -> str:
        """The numbers that are told."""
        bias = "" if self.bias is None else f", bias {unsigned(self.bias)}"
        if len(self.weights) > MOST_TERMS:
            pairs = ", ".join(f"{operand(self.weights[k])} × {operand(self.values[k])}" for k in self.counted)
            which = f"only {self.count} {'is' if self.count == 1 else 'are'} not 0: {pairs}" if pairs else "all are 0"
            return f"of {len(self.weights)} products, {self.weighed} × {self.met}, {which}{bias}"
        if not len(self.weights):
            return f"the {self.met} is all 0{bias}"
        if len(self.weights) == 1:
            return f"{self.weighed} {unsigned(self.weights[0])}, {self.met} {unsigned(self.values[0])}{bias}"
        weights, values = (f"({', '.join(map(unsigned, row))})" for row in (self.weights, self.values))
        return f"{self.weighed}s {weights}, {self.met} {values}{bias}"

    def todo(self) -> str:
        """Say what is to be computed of them."""
        biased = self.bias is not None and (self.bias != 0 or self.count == 0)
        if self.count <= 1:
            return f"{self.result}, {self.weighed} × {self.met}{' + bias' if biased else ''}"
        return f"{self.result}, all products{' and the bias' if biased else ''} added up"

    def equation(self) -> str:
        """The sum with its numbers: "0.50 × 0.20 + 0.25 = 0.35"; of a long one what it comes to."""
        if self.count > MOST_TERMS:
            bias = "" if self.bias is None else " and the bias"
            return f"The {self.count} products{bias} add up to {unsigned(self.total)}"
        if not self.count:
            alone = f"There is nothing but the bias, {unsigned(self.total)}"
            return alone if self.bias else f"All products are 0, so it is {unsigned(self.total)}"
        return equated(self.left(), sign_of(self.total, self.computed), self.total)

    def left(self) -> str:
        """The products and the bias, with plus signs between them."""
        added = [f"{operand(self.weights[k])} × {operand(self.values[k])}" for k in self.counted]
        if self.bias is not None and (self.bias != 0 or not added):
            added.append(operand(self.bias))
        return " + ".join(added or ["0.00"])

    @property
    def notation_right(self) -> str:
        """The right side of the equation in notation."""
        return self.notation.partition(" = ")[2]


def products_of(place: Place, asked: Quantity, found: Sum) -> Products:
    """The products of a sum of the trace."""
    weights = np.array([as_shown(term.weight) for term in found.terms])
    values = np.array([as_shown(term.value) for term in found.terms])
    counted = tuple(k for k, term in enumerate(found.terms) if term.product != 0)
    attention = found.weight_name == "attention"
    return Products(
        asked.at.t,
        asked.gate,
        weights,
        values,
        counted,
        None if found.bias is None or not _biased(place, found) else as_shown(found.bias),
        found.total,
        "share" if attention else "weight",
        _met(place, found),
        _result(place, asked),
        found.notation,
        found,
    )


def _biased(place: Place, found: Sum) -> bool:
    """True unless the network has no bias beside these weights: then all of it is 0."""
    if isinstance(found.source, HeadProducts):
        linear = place.model.head[found.source.index].linear
        return linear is not None and bool(linear.bias.any())
    if not found.parameter:
        return bool(found.bias)
    owner, name = (
        (place.model.fc, "bias")
        if found.parameter.startswith("fc.")
        else (place.model.cell, found.parameter.replace("weight", "bias"))
    )
    return bool(getattr(owner, name).any())


def _met(place: Place, found: Sum) -> str:
    """The name of what the weights are multiplied with."""
    if found.value_name == "x":
        below = place.model.floor.layer
        return f"what layer {below} hands up" if below else "input"
    if found.value_name == "h_prev":
        return "old memory"
    if found.value_name.startswith("h["):
        return f"memory after each {place.counted}"
    return called(place.model, Value(found.value_name.partition("[")[0]))


def _result(place: Place, asked: Quantity) -> str:
    if asked.name == "logits":
        return f"the score of {asked.label(place.model)}"
    gate = next((gate for gate in place.model.cell.gates if gate.letter == asked.gate), None)
    of_gate = f" for {gate.called}" if gate is not None else ""
    if asked.name == "ih":
        return f"the input sum{of_gate}"
    if asked.name == "hh":
        return f"the memory {'with its bias' if place.model.cell.bias_hh.any() else 'sum'}{of_gate}"
    return "what looking back gives" if asked.name == "context" else "the sum of the hidden layer"
