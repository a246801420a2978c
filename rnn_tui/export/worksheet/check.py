"""The third operation on a worksheet: the output nodes after the words, and the answer that is the largest of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from rnn_tui.export.worksheet.blanks import ANSWER, WHOLE
from rnn_tui.export.worksheet.hand import Excerpt, Slot, added_up, tolerance_at, worked
from rnn_tui.export.worksheet.sheet import Blank, Cell, Head, Levels, Table
from rnn_tui.export.worksheet.slips import kept, of_sum
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Number, YesNo
from rnn_tui.network.trace import Trace
from rnn_tui.questions.amounts import rounded_up
from rnn_tui.questions.quantity import Quantity
from rnn_tui.rounding import as_shown
from rnn_tui.scene import Position
from rnn_tui.story.answers import numbers_said
from rnn_tui.text import LONGEST_WORD, clipped, number, percent, quantity

MOST_LABELS = 4
"""The most labels that have a column of their own; of more, the largest few are listed in one."""
MOST_CHECKED = 6
"""The most words whose own answers are checked."""
FEW_WORDS = 4
"""The most words after each of which the output nodes are checked."""


def check_table(excerpt: Excerpt, asked: Mapping[Slot, int], levels: Levels, first: int) -> Table:
    """The output nodes after the words; `first` is the number of the first blank."""
    trace, nodes = excerpt.trace, labels_of_nodes(excerpt.trace.model)
    few = len(nodes) <= MOST_LABELS
    rows, count = [], first
    for t in checked_words(trace):
        row, count = _row(excerpt, asked, levels, t, count)
        rows.append(row)
    token = trace.model.tokenizer.unit
    labels = [Head(clipped(trace.model.labels[label], LONGEST_WORD)) for label in nodes]
    heads = (Head(f"after {token}"), *(labels if few else [Head("the largest few")]), Head("the answer"))
    note = "" if few else f"The model has {len(trace.model.labels)} answers; those not listed are lower."
    return Table("3 Check: the output nodes", heads, (tuple(rows),), note)


def labels_of_nodes(model: Model) -> list[int]:
    """The label that each output node speaks for, in the order of the nodes; one node alone speaks for yes."""
    return [1] if isinstance(model.output, YesNo) else list(range(len(model.labels)))


def checked_words(trace: Trace) -> range:
    """The timesteps after which the output nodes are checked: of few all, and else the last.

    Where each word has an answer of its own, these are the last few.
    """
    count = len(trace)
    if not trace.model.answers_each:
        return range(count - 1, count)
    if trace.model.readout.kind == "each":
        return range(max(0, count - MOST_CHECKED), count)
    return range(count) if count <= FEW_WORDS else range(count - 1, count)


def outputs_by_hand(excerpt: Excerpt) -> bool:
    """True where a hand can compute an output node: from all units as they stand in the walk."""
    model = excerpt.trace.model
    by_lane = model.floor.answers and model.reads == "h"
    return excerpt.whole and by_lane and len(model.labels) <= MOST_LABELS and "h" in _keys(excerpt)


def _keys(excerpt: Excerpt) -> set[str]:
    return {column.key for column in excerpt.columns}


def _row(
    excerpt: Excerpt, asked: Mapping[Slot, int], levels: Levels, t: int, count: int
) -> tuple[tuple[Cell, ...], int]:
    """The row of a word, and the number of the next blank."""
    trace, model = excerpt.trace, excerpt.trace.model
    logits = trace[t].logits
    head = Cell(f"{t + 1} {clipped(trace.tokens[t].surface, LONGEST_WORD)}", heading=True)
    cells, few = [head], len(logits) <= MOST_LABELS
    off = 0.005
    if few:
        for label in range(len(logits)):
            blank = _logit(excerpt, asked, t, label, count) if WHOLE in levels and t == len(trace) - 1 else None
            cells.append(Cell(number(float(logits[label]))) if blank is None else Cell("", blank))
            count, off = count + (blank is not None), max(off, (blank.tolerance or 0.0) if blank else 0.0)
    else:
        cells.append(Cell(", ".join(_listed(trace, t))))
    if model.output.is_number:
        last = cells[-1].blank
        cells.append(Cell(numbers_said(trace, t)) if last is None else Cell("", _amount(trace, t, last, count)))
        count += last is not None
    elif ANSWER in levels and t in excerpt.asked and _is_clear(_compared(logits), off):
        cells.append(Cell("", _answer(trace, t, count)))
        count += 1
    else:
        cells.append(Cell(clipped(model.labels[model.output.leader(trace[t].answer)], LONGEST_WORD)))
    return tuple(cells), count


def _listed(trace: Trace, t: int) -> list[str]:
    """The labels with the largest logits, in the order of the model."""
    logits, labels = trace[t].logits, trace.model.labels
    largest = sorted(np.argsort(-logits, kind="stable")[:MOST_LABELS].tolist())
    return [f"{clipped(labels[k], LONGEST_WORD)} {number(float(logits[k]))}" for k in largest]


def _compared(logits: Array) -> Array:
    """The numbers of which the largest gives the answer: those of the output nodes, or of one node that and 0."""
    return logits if len(logits) > 1 else np.append(logits, 0.0)


def _is_clear(logits: Array, off: float) -> bool:
    """True where one answer is the largest however its numbers were rounded."""
    first, second = (*np.sort(logits.astype(np.float64))[::-1][:2], -math.inf)[:2]
    return bool(first - second > 2 * off)


def _answer(trace: Trace, t: int, count: int) -> Blank:
    probs, labels = trace[t].probs, trace.model.labels
    best = int(np.argmax(probs))
    last = t == len(trace) - 1
    token = trace.model.tokenizer.unit
    return Blank(
        count,
        ANSWER,
        f"after {token} {t + 1}",
        f"the answer ({percent(float(probs[best]))} sure)",
        clipped(labels[best], LONGEST_WORD),
        path="prediction.label" if last else None,
    )


def _amount(trace: Trace, t: int, score: Blank, count: int) -> Blank:
    """The blank of the number that follows from the score of the only output node, which is one, too."""
    true, output = float(trace[t].answer[0]), trace.model.output
    assert isinstance(output, Number)
    label = clipped(trace.model.labels[0], LONGEST_WORD)
    reach = (score.tolerance or 0.0) * abs(output.std[0])
    off = rounded_up(reach + 10.0 ** (len(f"{abs(true):.0f}") - 4) / 2)  # as it is shown
    return Blank(
        count,
        WHOLE,
        score.where,
        f"the number {label}",
        quantity(true),
        true,
        off,
        path=f"steps[{t}].outputs[0]",
        amount=True,
    )


def _logit(excerpt: Excerpt, asked: Mapping[Slot, int], t: int, label: int, count: int) -> Blank | None:
    """The blank of an output node, by its row; None where a hand can't come near it."""
    model = excerpt.trace.model
    if not outputs_by_hand(excerpt) or (model.output.is_number and len(model.labels) > 1):
        return None
    fc, true = excerpt.trace.model.fc, float(excerpt.trace[t].logits[label])
    weights, bias = [as_shown(float(weight)) for weight in fc.weight[label]], as_shown(float(fc.bias[label]))
    have = worked(excerpt, asked)
    off = tolerance_at(true, added_up(((weight, have[t, unit, "h"]) for unit, weight in enumerate(weights)), bias))
    if math.isinf(off):
        return None
    name = clipped(model.labels[labels_of_nodes(model)[label]], LONGEST_WORD)
    slips = kept(of_sum(excerpt, Quantity("logits", "", label, Position(t, 0, model.at_floor))), true, off)
    where = f"after {excerpt.trace.model.tokenizer.unit} {t + 1}"
    path = f"steps[{t}].logits[{label}]"
    return Blank(count, WHOLE, where, f"output “{name}”", number(true), true, off, slips=slips, path=path)
