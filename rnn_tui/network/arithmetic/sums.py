"""The sums behind a hidden unit's numbers: weights times values, term by term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arithmetic.parts import Sum, Term
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import Step, Trace
from rnn_tui.text import clipped

GATES = {
    "elman": (("", ""),),
    "gru": (("r", "reset gate"), ("z", "update gate"), ("n", "new value")),
    "lstm": (("i", "input gate"), ("f", "forget gate"), ("g", "new value"), ("o", "output gate")),
}
"""The rows of weight_ih and weight_hh, in PyTorch's order: the name of each in equations, and in words."""


@dataclass(frozen=True)
class Place:
    """One hidden unit at one timestep, and how its numbers are called."""

    model: Model
    trace: Trace
    step: Step
    unit: int

    @property
    def token(self) -> Token:
        """What is read at this timestep."""
        return self.trace.tokens[self.step.t]

    @property
    def name(self) -> str:
        """The unit's name in words: "verb" or "unit 3"."""
        return clipped(self.model.unit_name(self.unit), 16)

    @property
    def index(self) -> str:
        """The unit's name in equations: "verb" or "3"."""
        return self.name if self.model.unit_names else str(self.unit + 1)

    def value(self, name: str, gate: int = 0) -> float:
        """The unit's number in a value of the step; `gate` is the block of rows in `ih` and `hh`."""
        return float(self.step[name][gate * self.model.hidden_size + self.unit])

    def unit_names(self) -> list[str]:
        """The names of all hidden units."""
        return [clipped(self.model.unit_name(unit), 16) for unit in range(self.model.hidden_size)]


def terms_of(weights: Array, values: Array, names: Iterable[str]) -> tuple[Term, ...]:
    """The products of two vectors (n,) and their running sums, in float64."""
    left, right = weights.astype(np.float64), values.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        products = left * right
        running = np.cumsum(products)
    columns = (left.tolist(), right.tolist(), products.tolist(), running.tolist(), names)
    return tuple(Term(*numbers) for numbers in zip(*columns, strict=True))


def input_sums(place: Place) -> tuple[Sum, ...]:
    """weight_ih·x + bias_ih of the unit: one Sum, or one a gate."""
    return tuple(_input_sum(place, gate) for gate in range(len(GATES[place.model.cell.kind])))


def memory_sum(place: Place, gate: int = 0) -> Sum:
    """weight_hh·h_prev + bias_hh of the unit, over all hidden units."""
    cell, step, index = place.model.cell, place.step, place.index
    row = gate * place.model.hidden_size + place.unit
    suffix, whose = _gate(place.model, gate)
    start = step.t == 0 and not step.h_prev.any()
    return Sum(
        name=f"hh{suffix}",
        words=f"multiply what it remembers by the weights of {whose}{place.name}",
        notation=f"hh{suffix}[{index}] = Σ weight_hh{suffix}[{index},j]·h_prev[j] + bias_hh{suffix}[{index}]",
        weight_name=f"weight_hh{suffix}",
        value_name="h_prev",
        terms=terms_of(cell.weight_hh[row], step.h_prev, place.unit_names()),
        bias=float(cell.bias_hh[row]),
        total=place.value("hh", gate),
        note="there is nothing to remember yet: every value is 0" if start else None,
        parameter="weight_hh",
        row=row,
    )


def _input_sum(place: Place, gate: int) -> Sum:
    cell, index = place.model.cell, place.index
    row = gate * place.model.hidden_size + place.unit
    suffix, whose = _gate(place.model, gate)
    terms, note = _input_terms(place, cell.weight_ih[row])
    return Sum(
        name=f"ih{suffix}",
        words=f"multiply the {place.model.tokenizer.unit} by the weights of {whose}{place.name}",
        notation=f"ih{suffix}[{index}] = Σ weight_ih{suffix}[{index},j]·x[j] + bias_ih{suffix}[{index}]",
        weight_name=f"weight_ih{suffix}",
        value_name="x",
        terms=terms,
        bias=float(cell.bias_ih[row]),
        total=place.value("ih", gate),
        note=note,
        parameter="weight_ih",
        row=row,
        first=place.token.index or 0 if place.model.embedding.kind == "one-hot" else 0,
    )


def _input_terms(place: Place, weights: Array) -> tuple[tuple[Term, ...], str | None]:
    """The terms of a row of weight_ih; of a one-hot input only the one that isn't 0."""
    kind, token, x = place.model.embedding.kind, place.token, place.step.x
    if token.index is None and kind != "number":
        return (), f"{unknown_as(place.model, token)}: x is all 0, so only the bias is left"
    if kind != "one-hot":
        return terms_of(weights, x, [f"x {j + 1}" for j in range(len(x))]), None
    column = token.index
    assert column is not None
    picked = slice(column, column + 1)
    words = place.model.vocabulary.words
    note = f"“{clipped(words[column], 16)}” is word {column + 1} of {len(words)}"
    note = f"{note}: its one picks column {column + 1}, all other products are 0"
    return terms_of(weights[picked], x[picked], [clipped(words[column], 16)]), note


def unknown_as(model: Model, token: Token) -> str:
    """What becomes of an unknown token, as the start of a sentence."""
    said = f"“{clipped(token.surface, 16)}” is unknown to this model"
    if model.vocabulary.unknown is None:
        return f"{said}, it reads nothing"
    return f"{said}, it reads {clipped(model.vocabulary.unknown, 16)}"


def _gate(model: Model, gate: int) -> tuple[str, str]:
    """How a gate's rows are told from the others: in equations ("_r"), and in words ("the reset gate of ")."""
    letter, words = GATES[model.cell.kind][gate]
    return (f"_{letter}", f"the {words} of ") if letter else ("", "")
