"""A trace as a table a word, for people: 80 columns, no colours, the same in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from rnn_tui.network.arithmetic import GATES
from rnn_tui.network.trace import Step, Trace
from rnn_tui.story import plain, unknown_line
from rnn_tui.story.answers import answer, ranking
from rnn_tui.story.describe import describe
from rnn_tui.story.spans import word
from rnn_tui.text import clipped, number, printable

NAME_WIDTH = 12
COLUMN_WIDTH = 8
MOST_UNITS = 20
MOST_INPUTS = 8
SHORT = {"pre_activation": "sum"}
COLUMNS = {
    "elman": (("h_prev", "ih", "hh", "pre_activation", "h"),),
    "gru": (("ih", "hh"), ("h_prev", "r", "z", "n", "h")),
    "lstm": (("ih", "hh"), ("h_prev", "c_prev", "i", "f", "g", "o", "c", "h")),
}
"""The values that stand side by side, a table each, by the kind of cell; names as in the model's phases."""


def lines(trace: Trace) -> Iterator[str]:
    """The lines of the tables, a blank line between two words."""
    yield describe(trace.model)
    count = f"{len(trace)} {trace.model.tokenizer.unit}{'s' if len(trace) != 1 else ''}"
    if trace.model.cell.kind == "elman":
        yield f"{count}; sum is pre_activation = ih + hh"
    else:
        yield count
    for step in trace:
        yield ""
        yield from _word(trace, step)
    yield ""
    yield f"answer: {plain(answer(trace, len(trace) - 1))}"


def _word(trace: Trace, step: Step) -> Iterator[str]:
    token, model = trace.tokens[step.t], trace.model
    yield f"{model.tokenizer.unit} {step.t + 1} of {len(trace)}: {printable(token.surface)}"
    unknown = unknown_line(model, token)
    if unknown:
        yield f"  {plain(unknown)}"
    yield f"  x: {_input(trace, step)}"
    for names in COLUMNS[model.cell.kind]:
        yield from _table(trace, step, names)
    left_out = model.hidden_size - MOST_UNITS
    if left_out > 0:
        yield f"  … {left_out} more units; trace --json has all {model.hidden_size}"
    if "attention" in step.values:
        yield f"  {_looked_at(trace, step)}"
    yield f"  {ranking(trace, step.t, 4)}"


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
        letters = [f"_{letter}" for letter, _ in GATES[model.cell.kind]] if blocks > 1 else [""]
        heads += [f"{SHORT.get(name, name)}{letter}" for letter in letters]
        columns += step[name].reshape(blocks, size).tolist()
    yield _row("", heads)
    for unit in range(min(size, MOST_UNITS)):
        yield _row(model.unit_name(unit), [_cell(column[unit]) for column in columns])


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
