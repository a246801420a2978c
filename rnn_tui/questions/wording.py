"""The words for the numbers of a cell, as they stand in a question and in what is said of a slip."""

from __future__ import annotations

import re

from rnn_tui.network.cells.expressions import Applied, Expression, Value
from rnn_tui.network.heads import entry_of, is_of_head, is_sum_of_head
from rnn_tui.network.model import Model
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import Quantity
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import equated, number, operand, percent, quantity, unsigned

_SQUASHES = re.compile(r"\b(tanh|sigmoid)\(")
_WORDS = {"ih": "input", "hh": "memory", "pre_activation": "sum", "h": "memory", "h_prev": "old memory"}


def called(model: Model, value: Value) -> str:
    """A number of a unit in a word or two: "input", "old memory", "keep"."""
    words = {gate.letter: gate.name for gate in model.cell.gates} | _WORDS
    words |= {value.name: "sum"} if is_sum_of_head(value.name) else {}
    if value.name == "hh" and model.cell.bias_hh.any():
        return "memory with bias"  # as on the screen: what is called memory is what comes from the memory alone
    if value.name in words:
        return words[value.name]
    base = value.name.removesuffix("_prev")
    if base in model.cell.state_names:
        title = model.cell.state_title(base)[0].lower()
        return f"old {title}" if base != value.name else title
    return _handed_on(model, value.name)


def _handed_on(model: Model, name: str) -> str:
    """A number that a readout or an entry of the head hands on, in a word: "average", "cut"."""
    if name == "context":
        return model.readout.called
    return _of_head(model, entry_of(name)) if is_of_head(name) else name


def _of_head(model: Model, entry: int) -> str:
    from rnn_tui.network.heads import called as called_after

    return called_after(model.head[: entry + 1], model.readout.called) or "memory"


def in_words(model: Model, expression: Expression) -> str:
    """An equation's right side in words: "(1 − keep) × new + keep × old memory"."""
    return expression.text(lambda value, _: called(model, value), " × ").replace("σ(", "sigmoid(")


def result_in_words(place: Place, asked: Quantity) -> str:
    """The number that comes out, in words: "the sum", "the new memory", "the keep gate"."""
    model = place.model
    gate = next((gate for gate in model.cell.gates if gate.letter == asked.name), None)
    if gate is not None:
        return gate.called
    if asked.name in model.cell.state_names:
        return f"the new {'memory' if asked.name == 'h' else model.cell.state_title(asked.name)[0].lower()}"
    return "the sum" if asked.name == "pre_activation" else "the number that is handed on"


def is_share(model: Model, name: str) -> bool:
    """True for what runs from 0 to 1 and is shown in per cent: a probability, attention, how far a gate is open."""
    of_gates = any(gate.letter == name and not gate.signed for gate in model.cell.gates)
    return name in ("probs", "attention") or of_gates


def figure(model: Model, name: str, value: float) -> str:
    """A number of a trace by the name of its value, as the panels show it: "+0.61", "95%", "432.1"."""
    if name == "outputs":
        return quantity(value)
    return percent(value) if is_share(model, name) else number(value)


def number_in(place: Place, asked: Quantity, value: Value) -> float:
    """The number of a value of the unit, at the timestep of what is asked."""
    stacked = place.trace[asked.at.t][value.name]
    return float(place.model.cell.block(stacked, value.gate)[asked.index])


def numbers_in(place: Place, asked: Quantity, expression: Expression, *, squashed: bool = False) -> str:
    """The equation with the numbers as they are shown: "0.50 + (−0.20) = 0.30".

    `squashed` says so in place of the name of the function, for who hasn't met it: "squashed(0.72) ≈ 0.61".
    """
    result = asked.in_trace(place.trace)
    if isinstance(expression, Applied) and expression.function == "identity":
        return f"It stays as it is, {unsigned(result)}"
    left = expression.text(
        lambda value, alone: (unsigned if alone else operand)(number_in(place, asked, value)), " × "
    ).replace("σ(", "sigmoid(")
    if squashed:
        left = _SQUASHES.sub("squashed(", left)
    computed = float(expression.evaluate(lambda value: as_shown(number_in(place, asked, value))))
    return equated(left, sign_of(result, computed), result)
