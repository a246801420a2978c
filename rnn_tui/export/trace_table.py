"""A trace as a table a word, for people: 80 columns, no colours, the same in a pipe."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from rnn_tui.network.heads import is_of_head, is_sum_of_head
from rnn_tui.network.trace import Step, Trace
from rnn_tui.story import plain, unknown_line
from rnn_tui.story.answers import answer, beside_true, number_said, ranking
from rnn_tui.story.bounds import beyond
from rnn_tui.story.describe import describe
from rnn_tui.story.floors import floor_name
from rnn_tui.story.spans import word
from rnn_tui.text import clipped, number, printable

NAME_WIDTH = 12
COLUMN_WIDTH = 8
MOST_UNITS = 20
MOST_COLUMNS = 7
MOST_INPUTS = 8
DOT, WIDTH = " · ", 80
MOST_ANSWERS = 6
SHORT = {"pre_activation": "sum"}


def lines(trace: Trace) -> Iterator[str]:
    """The lines of the tables, a blank line between two words."""
    yield from _described(describe(trace.model))
    count = f"{len(trace)} {trace.model.tokenizer.unit}{'s' if len(trace) != 1 else ''}"
    shortened = any(name in SHORT for names in trace.model.cell.tables for name in names)
    yield f"{count}; sum is pre_activation = ih + hh" if shortened else count
    for step in trace:
        yield ""
        yield from _word(trace, step)
    yield ""
    if trace.beyond is not None:
        yield plain(beyond(trace))
    first, *others = _answer(trace, len(trace) - 1) or [plain(answer(trace, len(trace) - 1))]
    yield f"answer: {first}"
    yield from (f"        {other}" for other in others)


def _described(text: str) -> Iterator[str]:
    """What the model is, in as many lines as it takes; the parts between dots stay whole."""
    first, *parts = text.split(DOT)
    row = first
    for part in parts:
        if cell_len(f"{row}{DOT}{part}") > WIDTH:
            yield row
            row = f"  {part}"
        else:
            row = f"{row}{DOT}{part}"
    yield row


def _word(trace: Trace, step: Step) -> Iterator[str]:
    token, model = trace.tokens[step.t], trace.model
    yield f"{model.tokenizer.unit} {step.t + 1} of {len(trace)}: {printable(token.surface)}"
    unknown = unknown_line(model, token)
    if unknown:
        yield f"  {plain(unknown)}"
    yield f"  x: {_input(trace, step)}"
    for floor in model.floors:
        if floor.layer is None and step.t < trace.answered_from:
            break  # the lanes meet after the last word
        if len(model.floors) > 1:
            yield f"  {floor_name(model, floor)}"
        yield from _floor(trace.on(floor.index), step.t)
    if step.t < trace.answered_from:
        return
    yield from (f"  {said}" for said in _answer(trace, step.t) or [ranking(trace, step.t, 4)])
    if true := beside_true(trace, step.t):
        yield f"  {true}"


def _floor(trace: Trace, t: int) -> Iterator[str]:
    """The tables of one floor: of its lane, and of what it makes of the states."""
    step, model = trace[t], trace.model
    if model.floor.layer is not None:
        for names in model.cell.tables:
            yield from _table(trace, step, names)
    if "attention" in step.values and any("attention" in phase.shows for phase in model.phases):
        yield f"  {_looked_at(trace, step)}"
    for names in _handed_on(trace):
        yield from _table(trace, step, names)
    left_out = model.hidden_size - MOST_UNITS
    if left_out > 0:
        yield f"  … {left_out} more units; trace --json has all {model.hidden_size}"


def _answer(trace: Trace, t: int) -> list[str]:
    """The numbers that are the answer, a line each; nothing where it is labels, or where there is none."""
    model = trace.model
    if not model.output.is_number or math.isnan(trace.prediction(t)[1]):
        return []
    said = [number_said(trace, t, label) for label in range(min(model.output_size, MOST_ANSWERS))]
    left = model.output_size - len(said)
    return [*said, *([f"… {left} more; trace --json has all {model.output_size}"] if left else [])]


def _input(trace: Trace, step: Step) -> str:
    """The input vector in one line."""
    row, size = trace.tokens[step.t].index, len(step.x)
    if trace.model.embedding.kind == "one-hot":
        return f"{size} numbers, all 0" + ("" if row is None else f" but number {row + 1}, which is 1")
    shown = "  ".join(map(number, step.x[:MOST_INPUTS].tolist()))
    return f"{shown}  … {size - MOST_INPUTS} more" if size > MOST_INPUTS else shown


def _table(trace: Trace, step: Step, names: Sequence[str]) -> Iterator[str]:
    """Head and one row a unit; what has a block for each gate gets a column for each."""
    model, size = trace.model, trace.model.hidden_size
    heads, columns = [], []
    for name in names:
        blocks = len(step[name]) // size
        letters = [f"_{gate.letter}" for gate in model.cell.gates] if blocks > 1 else [""]
        short = SHORT.get(name, name.removeprefix("head_"))
        heads += [f"{short}{letter}" for letter in letters]
        columns += step[name].reshape(blocks, size).tolist()
    yield _row("", heads)
    for unit in range(min(size, MOST_UNITS)):
        yield _row(model.unit_name(unit), [_cell(column[unit]) for column in columns])


def _handed_on(trace: Trace) -> list[tuple[str, ...]]:
    """The values of the floor that are made of states, as many beside each other as a line takes; none where h is read.

    Those are what lanes are together where they meet, what the readout hands on, and what the head makes of that.
    """
    made = {"context"} | ({"h"} if trace.model.floor.layer is None else set())
    shown = (name for phase in trace.model.phases for name in phase.shows)
    names = [name for name in shown if name in made or is_of_head(name) or is_sum_of_head(name)]
    return [tuple(names[at : at + MOST_COLUMNS]) for at in range(0, len(names), MOST_COLUMNS)]


def _row(name: str, cells: Sequence[str]) -> str:
    shown = clipped(name, NAME_WIDTH)
    shown = shown if cell_len(shown) <= NAME_WIDTH else set_cell_size(shown, NAME_WIDTH)
    padding = " " * (NAME_WIDTH - cell_len(shown))
    return f"  {shown}{padding}{''.join(f' {cell:>{COLUMN_WIDTH - 1}}' for cell in cells)}".rstrip()


def _cell(value: float) -> str:
    """A number with as many digits as its column takes."""
    return next(text for digits in (2, 1, 0) if len(text := number(value, digits)) < COLUMN_WIDTH)


def _looked_at(trace: Trace, step: Step) -> str:
    """The words that attention looks at most."""
    weights = step["attention"]
    most = sorted(range(len(weights)), key=lambda t: -float(weights[t]))[:4]
    said = [f"{word(trace.tokens[t].surface).text} {number(float(weights[t])).lstrip('+')}" for t in most]
    return f"attention: {', '.join(said)}{', …' if len(weights) > len(most) else ''}"
