"""The weights of a worksheet: small tables with the names of units and inputs in words."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.export.worksheet.check import labels_of_nodes, outputs_by_hand
from rnn_tui.export.worksheet.columns import INPUT, MEMORY, Column
from rnn_tui.export.worksheet.hand import Excerpt
from rnn_tui.export.worksheet.sheet import Cell, Head, Table
from rnn_tui.network.naming import input_name
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.rounding import as_shown
from rnn_tui.text import LONGEST_WORD, clipped, number

CORNER = "to ↓ from →"
"""The head of the column of names in a table of weights."""


def weight_tables(excerpts: Sequence[Excerpt]) -> tuple[Table, ...]:
    """The tables of the weights that a hand may need: from the words, from the memory, and to the answers."""
    made: list[Table | None] = []
    for excerpt in excerpts:
        read = _read(excerpt)
        made += [read] if read not in made else []  # both lanes of a layer read the same
        made += [_of_input(excerpt, column) for column in excerpt.columns if column.kind == INPUT]
        made += [_of_memory(excerpt, column) for column in excerpt.columns if column.kind == MEMORY]
    return tuple(table for table in (*made, _of_outputs(excerpts[-1])) if table is not None)


def _read(excerpt: Excerpt) -> Table | None:
    """The numbers that the network reads for each token; None where it picks a column, or where they are many."""
    tokens, below = excerpt.trace.tokens, excerpt.trace.model.floor.layer
    if excerpt.one_hot or not excerpt.reads_few or excerpt.taken:
        return None
    heads = [Head(f"{t} {clipped(token.surface, LONGEST_WORD)}") for t, token in enumerate(tokens, 1)]
    inputs = zip(*(excerpt.read(t) for t in range(len(tokens))), strict=True)
    rows = tuple(
        (Cell(name, heading=True), *map(Cell, map(number, numbers)))
        for name, numbers in zip(_inputs(excerpt), inputs, strict=True)
    )
    token = excerpt.trace.model.tokenizer.unit
    caption = f"What layer {below} hands up at each {token}" if below else f"What the network reads for each {token}"
    return Table(caption, (Head(""), *heads), (rows,), "x")


def _inputs(excerpt: Excerpt) -> list[str]:
    """The names of the numbers that are read at a time."""
    model = excerpt.trace.model
    if model.floor.layer:
        return [input_name(model, k).removesuffix(" below") for k in range(model.input_size)]
    if isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1:
        return [clipped(model.tokenizer.feature_name(k), LONGEST_WORD) for k in range(model.input_size)]
    return ["scaled"] if model.embedding.kind == "number" else [f"input {k + 1}" for k in range(model.input_size)]


def _of_input(excerpt: Excerpt, column: Column) -> Table | None:
    """A column for each word of the sentence, or for each number of the input; None where these are many."""
    model, token = excerpt.trace.model, excerpt.trace.model.tokenizer.unit
    if not excerpt.reads_few:
        return None
    if excerpt.one_hot:
        known = {word.index: t for t, word in reversed(list(enumerate(excerpt.trace.tokens)))}
        timesteps = sorted(known.values())
        heads = [Head(clipped(excerpt.trace.tokens[t].text, LONGEST_WORD)) for t in timesteps]
    else:
        timesteps, heads = [0], [Head(name) for name in _inputs(excerpt)]
    rows = [[term for t in timesteps for term in excerpt.input_terms(t, unit, column)] for unit in excerpt.units]
    cells = [[Cell(number(weight)) for weight, _ in row] for row in rows]
    start = f"layer {model.floor.layer}" if model.floor.layer else f"the {token}"
    return _table(excerpt, column, f"From {start}", heads, cells)


def _of_memory(excerpt: Excerpt, column: Column) -> Table:
    heads = [Head(_unit(excerpt, unit)) for unit in excerpt.units]
    cells = [[Cell(number(weight)) for weight, _ in excerpt.memory_terms(0, unit, column)] for unit in excerpt.units]
    return _table(excerpt, column, "From the memory before", heads, cells)


def _table(excerpt: Excerpt, column: Column, caption: str, heads: list[Head], cells: list[list[Cell]]) -> Table:
    """A table with a row a unit; the bias is a column where there is one."""
    biases = [excerpt.bias(unit, column) for unit in excerpt.units]
    if any(biases):
        heads = [*heads, Head("bias")]
        cells = [[*row, Cell(number(bias))] for row, bias in zip(cells, biases, strict=True)]
    rows = tuple(
        (Cell(_unit(excerpt, unit), heading=True), *row) for unit, row in zip(excerpt.units, cells, strict=True)
    )
    suffix = f"_{column.gate.letter}" if column.gate else ""
    note = f"weight_{column.name}{suffix}" + (f", bias_{column.name}{suffix}" if any(biases) else "")
    if column.gate:
        caption += f" ({column.gate.called.removeprefix('the ')})"
    if excerpt.lane:
        caption += f", {excerpt.lane}"
    return Table(caption, (Head(CORNER), *heads), (rows,), note)


def _of_outputs(excerpt: Excerpt) -> Table | None:
    """The weights of the output nodes, a row for each label; None where no hand could use them."""
    if not outputs_by_hand(excerpt):
        return None
    fc, model = excerpt.trace.model.fc, excerpt.trace.model
    biased = any(as_shown(float(bias)) for bias in fc.bias)
    heads = [Head(_unit(excerpt, unit)) for unit in excerpt.units] + [Head("bias")] * biased
    rows, spoken_for = [], labels_of_nodes(model)
    for label, (weights, bias) in enumerate(zip(fc.weight, fc.bias, strict=True)):
        numbers = [*map(float, weights), *([float(bias)] if biased else [])]
        head = Cell(clipped(model.labels[spoken_for[label]], LONGEST_WORD), heading=True)
        rows.append((head, *(Cell(number(value)) for value in numbers)))
    note = "fc.weight, fc.bias" if biased else "fc.weight"
    return Table("To the output nodes", (Head(CORNER), *heads), (tuple(rows),), note)


def _unit(excerpt: Excerpt, unit: int) -> str:
    return clipped(excerpt.trace.model.unit_name(unit), LONGEST_WORD)
