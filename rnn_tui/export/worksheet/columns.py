"""The columns of a worksheet's walk: the values of a hidden unit at a word, in the order in which a hand computes them.

They follow from the parts of the cell's phases, so that a new cell has a worksheet, too. How far a gate opens is given:
it takes two sums of products and a curve that no hand looks up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Applied, Expression, Plus, Rest, Times, Value, symbols
from rnn_tui.network.cells.phases import Combined, InputProducts, MemoryProducts, Squashed
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.questions.lanes import path_of

CARRIED, GIVEN, INPUT, MEMORY, MADE = "carried", "given", "input", "memory", "made"
"""The kinds of columns: carried over from the word before, given, products of the input or of the memory, and made."""
MOST_COLUMNS = 8
"""The most columns of numbers that stand side by side on a page."""


@dataclass(frozen=True)
class Column:
    """One value of a unit at a word: what it is called in words and in notation, and how it comes about.

    `expression` is how it is made of values before it, None where it isn't. `name` is the value's name in a Step, ""
    where it has none; `gate` says which block of it. `phase` is the heading of the phase in which it comes about.
    """

    key: str
    words: str
    kind: str
    name: str = ""
    gate: Gate | None = None
    expression: Expression | None = None
    phase: str = ""

    @property
    def symbol(self) -> str:
        """The column in notation; "" where that would say no more than its formula."""
        return self.key if self.name or self.kind == CARRIED else ""

    @property
    def function(self) -> str:
        """The name of the squashing function that makes it, "" where none does."""
        return self.expression.function if isinstance(self.expression, Applied) else ""

    @property
    def operations(self) -> int:
        """The number of operations that make it of what stands in the same row."""
        return 0 if self.expression is None else _operations(self.expression, whole=True)

    def value(self, trace: Trace, t: int, unit: int) -> float:
        """The network's own number at timestep t (from 0) of a unit (from 0)."""
        if self.kind == CARRIED:
            return float(trace.before(t)[self.name][unit])
        if self.name:
            letter = self.gate.letter if self.gate and self._blocked else ""
            return _number(trace, t, unit, Value(self.name, letter))
        assert self.expression is not None
        return float(self.expression.evaluate(lambda value: _number(trace, t, unit, value)))

    def path(self, trace: Trace, t: int, unit: int) -> str | None:
        """The path of the number in what `trace --json` prints; None where it isn't there."""
        if not self.name:
            return None
        model = trace.model
        if self.kind == CARRIED:
            return path_of(model, model.at_floor, t, self.key, unit)
        block = model.cell.gates.index(self.gate) if self.gate and self._blocked else 0
        return path_of(model, model.at_floor, t, self.name, block * model.hidden_size + unit)

    @property
    def _blocked(self) -> bool:
        return self.gate is not None and self.kind in (INPUT, MEMORY)


def columns_of(model: Model) -> tuple[Column, ...]:
    """The columns of a model's walk: what is carried over, what is given, and what is made of them, in order."""
    opened = [gate for gate in model.cell.gates if gate.signed]
    columns = _columns(model, opened)
    return columns if len(columns) <= MOST_COLUMNS else _columns(model, [])


def _columns(model: Model, opened: list[Gate]) -> tuple[Column, ...]:
    """The columns where the values of some gates are computed, and those of the others given."""
    made = list(_made(model, opened))
    looked = {value.name for column in made if column.expression for value in column.expression.values()}
    if any(column.kind == MEMORY for column in made):
        looked.add("h_prev")
    carried = [
        Column(f"{name}_prev", f"{_state(model, name)} before", CARRIED, name)
        for name in model.cell.state_names
        if f"{name}_prev" in looked
    ]
    return (*carried, *made)


def _made(model: Model, opened: list[Gate]) -> Iterator[Column]:
    """The columns of the parts of the cell's phases, in order."""
    token = model.tokenizer.unit
    given = {gate.letter for gate in model.cell.gates if gate not in opened}
    for phase, part in ((known.heading, part) for known in model.cell.phases for part in known.parts):
        gate = getattr(part, "gate", None)
        if gate is not None and gate not in opened:
            if isinstance(part, Squashed) and gate.letter in given:
                yield Column(gate.letter, gate.called.removeprefix("the "), GIVEN, gate.letter, gate, phase=phase)
            continue
        suffix = f"_{gate.letter}" if gate else ""
        if isinstance(part, InputProducts):
            brings = f"layer {model.floor.layer} brings" if model.floor.layer else f"the {token} brings"
            yield Column(f"ih{suffix}", brings, INPUT, "ih", gate, phase=phase)
        elif isinstance(part, MemoryProducts):
            yield Column(f"hh{suffix}", "the memory gives", MEMORY, "hh", gate, phase=phase)
        elif isinstance(part, Combined | Squashed):
            yield Column(part.key, _words(model, part), MADE, part.name, gate, part.expression, phase)


def _words(model: Model, part: Combined | Squashed) -> str:
    """The result of a part, in words."""
    if part.name in model.cell.state_names:
        return f"{_state(model, part.name)} after"
    gate = next((known for known in model.cell.gates if known.letter == part.name), None)
    if gate is not None:
        return gate.called.removeprefix("the ")
    if isinstance(part, Squashed):
        return f"{symbols(part.of)} squashed" if not isinstance(part.of, Value) else _squashed(model, part.of)
    return "together" if part.name in ("", "pre_activation") else part.name


def _squashed(model: Model, value: Value) -> str:
    return f"{_state(model, value.name) if value.name in model.cell.state_names else value.name} squashed"


def _state(model: Model, name: str) -> str:
    return model.cell.state_title(name)[0].lower()


def _operations(expression: Expression, *, whole: bool = False) -> int:
    """The number of operations that an expression takes; a squashing that is no whole column has one of its own."""
    if isinstance(expression, Plus | Times):
        return 1 + _operations(expression.left) + _operations(expression.right)
    if isinstance(expression, Rest):
        return 1 + _operations(expression.of)
    return 1 if whole and isinstance(expression, Applied) else 0


def _number(trace: Trace, t: int, unit: int, value: Value) -> float:
    """A number of the trace by its name in an equation."""
    if value.name.endswith("_prev"):
        return float(trace.before(t)[value.name.removesuffix("_prev")][unit])
    array: Array = trace.values[value.name][t]
    return float(trace.model.cell.block(array, value.gate)[unit] if value.gate else array[unit])


def words_of(columns: Iterable[Column]) -> dict[str, str]:
    """The words of columns by their keys, and by the symbols of what they are made of."""
    words: dict[str, str] = {}
    for column in columns:
        words[column.key] = column.words
        if column.expression is not None:
            words[symbols(column.expression)] = column.words
    return words


def written(expression: Expression, words: Mapping[str, str]) -> str:
    """An expression in words: "keep gate × cell state before + write gate × new value"."""
    if symbols(expression) in words:
        return words[symbols(expression)]
    match expression:
        case Plus():
            return f"{written(expression.left, words)} + {written(expression.right, words)}"
        case Times():
            sides = (expression.left, expression.right)
            texts = ((side, written(side, words)) for side in sides)
            return " × ".join(f"({text})" if isinstance(side, Plus) else text for side, text in texts)
        case Rest():
            return f"(1 − {written(expression.of, words)})"
        case Applied():
            return FUNCTIONS[expression.function].shown.format(written(expression.of, words))
        case _:
            return symbols(expression)
