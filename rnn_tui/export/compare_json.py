"""Two traces and their differences as JSON, format 1, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.export import trace_json
from rnn_tui.network.arrays import Array

FORMAT = 1


def lines(comparison: Comparison) -> Iterator[str]:
    """The JSON object in lines: both traces as `trace --json` writes them, the columns, and the differences.

    `difference.h` is h of A minus h of B after each column, null where the units are not the same; `difference.probs`
    is the same of the probabilities, null where the labels are not the same and, in the columns in which a side has
    read nothing yet, null there. `parts_at` is a column, from 0.
    """
    yield f'{{"format": {FORMAT}, "a":'
    yield from trace_json.lines(comparison.a)
    yield ', "b":'
    yield from trace_json.lines(comparison.b)
    yield f', "columns": {json.dumps(comparison.columns)},'
    yield '"difference": {"h":'
    yield from _rows(comparison.difference)
    yield ', "probs":'
    begun = max(read.count(0) for read in comparison.read)  # the column in which the later of both has read a word
    yield from _rows(comparison.probs_difference, begun)
    yield f'}}, "parts_at": {json.dumps(comparison.parts_at)}}}'


def _rows(difference: Array | None, begun: int = 0) -> Iterator[str]:
    """A list a column, a line each, null before the column `begun`; what is no number is null in its list."""
    if difference is None:
        yield "null"
        return
    yield "["
    for column, row in enumerate(difference):
        finite = zip(row.tolist(), np.isfinite(row), strict=True)
        written = None if column < begun else [value if is_finite else None for value, is_finite in finite]
        yield json.dumps(written) + ("," if column < len(difference) - 1 else "")
    yield "]"
