"""Two traces and their differences as JSON, format 1 or 2, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.export import trace_json
from rnn_tui.network.arrays import Array
from rnn_tui.traced import is_one_lane


def lines(comparison: Comparison) -> Iterator[str]:
    """The JSON object in lines: both traces as `trace --json` writes them, the columns, and the differences.

    `difference.h` is h of A minus h of B after each column, null where the units are not the same; `difference.probs`,
    of numbers `difference.outputs`, is the same of the answers, null where the labels are not the same and, in the
    columns in which a side has not answered yet, null there. `parts_at` is a column, from 0.

    Where one of the networks has more than one lane it is format 2: in place of `difference.h` come
    `difference.layers`, a list of {"forward", "backward"} with the same of each lane, null where a side lacks the
    layer or the units are not the same, and `parts_in` is what they part in: "words", "memory" or "answers".
    """
    deep = not all(is_one_lane(trace) for trace in comparison.traces)
    yield f'{{"format": {2 if deep else 1}, "a":'
    yield from trace_json.lines(comparison.a)
    yield ', "b":'
    yield from trace_json.lines(comparison.b)
    yield f', "columns": {json.dumps(comparison.columns)},'
    yield '"difference": {'
    if deep:
        yield from _layers(comparison)
    else:
        yield '"h":'
        yield from _rows(comparison.difference)
    yield f', "{comparison.a.model.output.answer}":'
    # the column from which on both answer; a side without an answer there has one in the end
    yield from _rows(comparison.answers_difference, comparison.both_answer_from)
    yield f'}}, "parts_at": {json.dumps(comparison.parts_at)}'
    if deep:
        yield f', "parts_in": {json.dumps(comparison.parted.what if comparison.parted else None)}'
    yield "}"


def _layers(comparison: Comparison) -> Iterator[str]:
    """The differences of the lanes of each layer that one of the networks has."""
    lanes = {seen.level.lane: seen for seen in comparison.every if seen.level.lane is not None}
    layers = 1 + max(layer for layer, _ in lanes)
    yield '"layers": ['
    for layer in range(layers):
        for backward, name in ((False, '{"forward":'), (True, ', "backward":')):
            yield name
            yield from _rows(lanes[layer, backward].difference if (layer, backward) in lanes else None)
        yield "}" + ("," if layer < layers - 1 else "")
    yield "]"


def _rows(difference: Array | None, begun: int = 0) -> Iterator[str]:
    """A list a column, a line each, null before the column `begun`; what is no number is null in its list."""
    if difference is None:
        yield "null"
        return
    yield "["
    for column, row in enumerate(difference):
        finite = zip(row.tolist(), np.isfinite(row), strict=True)
        written = None if column < begun else [value if is_finite else None for value, is_finite in finite]
        yield json.dumps(written, allow_nan=False) + ("," if column < len(difference) - 1 else "")
    yield "]"
