"""The columns of a phase's table as a page draws them: what each shows, written as nested lists that a script reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.expressions import Applied, Expression, Plus, Rest, Times, Value
from rnn_tui.network.cells.phases import (
    BlendTable,
    Combined,
    GatesTable,
    MemoryTable,
    PartsTable,
    Phase,
    PoolTable,
    ProductsTable,
    ResultTable,
    VotesTable,
)
from rnn_tui.network.model import Model
from rnn_tui.network.naming import value_in_words

Written = str | list[Any]
"""An equation as JSON holds it."""
Column = dict[str, Any]
"""A column: its `kind` (number, share, bar, gate or sign), the `value` in it, its heads in words and in notation.

`main` is true for those that stay where there is little room; a sign has the `parts` that make its `value`.
"""


def written(expression: Expression | str) -> Written:
    """An equation as nested lists: a value is "h", or of a gate "ih:n"; ["+", a, b], ["*", a, b].

    ["rest", a] is 1 − a, and ["of", f, a] the function f of a.
    """
    if isinstance(expression, str):
        return expression
    if isinstance(expression, Value):
        return f"{expression.name}:{expression.gate}" if expression.gate else expression.name
    if isinstance(expression, Plus | Times):
        sign = "+" if isinstance(expression, Plus) else "*"
        return [sign, written(expression.left), written(expression.right)]
    if isinstance(expression, Rest):
        return ["rest", written(expression.of)]
    assert isinstance(expression, Applied)  # there are no other kinds
    return ["of", expression.function, written(expression.of)]


def columns_of(model: Model, phase: Phase) -> list[Column]:
    """The columns of a phase on the floor of the model; none where it has another picture."""
    return [] if phase.table is None else _COLUMNS[type(phase.table)](model, phase)


def scale_of(model: Model) -> list[Written]:
    """The values of a floor that share one scale of bars, over all words.

    They are the sums of a cell without gates and what is made of them, so that a squash never looks like growth; of a
    cell with gates what is signed; and above the lanes what is read there.
    """
    names: list[Written] = []
    for phase in model.phases:
        for column in columns_of(model, phase):
            if column["kind"] == "bar" and column["scale"] == "floor":
                names += [column["value"], *column.get("parts", [])]
    return [name for at, name in enumerate(names) if name not in names[:at]]


def _number(value: Written, words: str, notation: str, *, main: bool = False) -> Column:
    return {"kind": "number", "value": value, "words": words, "notation": notation, "main": main}


def _bar(value: Written, *, scale: str = "floor", main: bool = True, parts: list[Written] | None = None) -> Column:
    column: Column = {"kind": "bar", "value": value, "scale": scale, "words": "", "notation": "", "main": main}
    return column if parts is None else {**column, "parts": parts}


def _sign(text: str, value: Written | None = None, parts: list[Written] | None = None) -> Column:
    """A sign between numbers; "=" becomes ≈ where the parts, as they are shown, don't add up to the value."""
    column: Column = {"kind": "sign", "text": text, "words": "", "notation": "", "main": False}
    return column if value is None else {**column, "value": value, "parts": parts}


def _gate(gate: Gate) -> list[Column]:
    """How far a gate is open: a bar and a figure."""
    value = written(gate.letter)
    return [
        {"kind": "gate", "value": value, "words": f"{gate.name} gate", "notation": gate.letter, "main": False},
        {"kind": "share", "value": value, "words": "", "notation": "", "main": False},
    ]


def _sum(parts: Mapping[str, tuple[Written, str]], total: Written, head: tuple[str, str]) -> list[Column]:
    """Numbers that are added up, each by its head in words, and their sum."""
    columns: list[Column] = []
    for words, (value, notation) in parts.items():
        columns += [*([_sign("+")] if columns else []), _number(value, words, notation)]
    values = [value for value, _ in parts.values()]
    equals = _sign("=", total, values)
    return [*columns, equals, _bar(total, parts=values), _number(total, *head, main=True)]


def _products(model: Model, phase: Phase) -> list[Column]:
    if not model.cell.gates:
        return [_bar(written("ih")), _number(written("ih"), "input", "ih", main=True)]
    columns: list[Column] = []
    for gate in model.cell.gates:
        value = written(Value("ih", gate.letter))
        columns += [_bar(value, scale="input"), _number(value, f"for {gate.name}", f"ih_{gate.letter}")]
    return columns


def _memory(model: Model, phase: Phase) -> list[Column]:
    table = phase.table
    assert isinstance(table, MemoryTable)
    parts = {"input": (written("ih"), "ih"), "memory": (written("memory"), "weight_hh·h_prev")}
    if model.cell.bias_hh.any():
        parts["bias"] = (written("bias"), "bias_hh")
    return _sum(parts, written(table.total), ("sum", table.total))


def _gates(model: Model, phase: Phase) -> list[Column]:
    table = phase.table
    assert isinstance(table, GatesTable)
    columns: list[Column] = []
    for gate in sorted(table.gates, key=lambda gate: gate.signed):
        value = written(gate.letter)
        if gate.signed:
            columns += [_bar(value, main=False), _number(value, gate.name, gate.letter)]
        else:
            bar, share = _gate(gate)
            columns += [{**bar, "main": True}, share]
    return columns


def _result(model: Model, phase: Phase) -> list[Column]:
    table = phase.table
    assert isinstance(table, ResultTable)
    columns = _gate(table.gate) if table.gate else []
    if table.of is not None and not model.meets:
        of = written(table.of)
        known = value_in_words(model, table.of) if isinstance(table.of, str) else "sum"
        notation = table.of if isinstance(table.of, str) else ""
        columns += [_bar(of, main=False), _number(of, known, notation), _sign("→")]
    value = written(table.value)
    return [*columns, _bar(value), _number(value, value_in_words(model, table.value), table.value, main=True)]


def _blend(model: Model, phase: Phase) -> list[Column]:
    table = phase.table
    assert isinstance(table, BlendTable)
    (part,) = (part for part in phase.parts if isinstance(part, Combined))
    blended = part.expression
    assert isinstance(blended, Plus)
    head = (value_in_words(model, table.value), table.value)
    parts = {"kept": (written(blended.right), _symbols(blended.right)), "new": (written(blended.left), "")}
    parts["new"] = (written(blended.left), _symbols(blended.left))
    return [*_gate(table.gate), *_sum(parts, written(table.value), head)]


def _parts(model: Model, phase: Phase) -> list[Column]:
    table = phase.table
    assert isinstance(table, PartsTable)
    parts = {
        "kept": (written(table.kept), _symbols(table.kept)),
        "new": (written(table.new), _symbols(table.new)),
    }
    return _sum(parts, written(table.value), (value_in_words(model, table.value), table.value))


def _symbols(expression: Expression) -> str:
    return expression.text(lambda value, _: value.symbol, "·")


def _pool(model: Model, phase: Phase) -> list[Column]:
    now, value = written("h"), written(model.readout.reads)
    return [
        _number(now, "memory now", "h"),
        _bar(value),
        _number(value, model.readout.called or "memory", model.readout.reads, main=True),
    ]


def _votes(model: Model, phase: Phase) -> list[Column]:
    read, weight, vote = written(model.reads), written("weight"), written("vote")
    name = value_in_words(model, model.reads)
    return [
        _number(read, name, model.reads),
        _sign("×"),
        _number(weight, "weight", "fc.weight"),
        _sign("=", vote, [["*", read, weight]]),
        _bar(vote, scale="vote"),
        _number(vote, "vote", "", main=True),
    ]


_COLUMNS: Mapping[type, Callable[[Model, Phase], list[Column]]] = {
    ProductsTable: _products,
    MemoryTable: _memory,
    GatesTable: _gates,
    ResultTable: _result,
    BlendTable: _blend,
    PartsTable: _parts,
    PoolTable: _pool,
    VotesTable: _votes,
}
