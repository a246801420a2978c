"""The sentences of the lens recency where the answer is a number: what it would be without a word, and elsewhere."""

from __future__ import annotations

import numpy as np

from rnn_tui.lenses.recency import Recency
from rnn_tui.network.arrays import Array
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import Trace
from rnn_tui.story.answers import label
from rnn_tui.story.lenses.both import said
from rnn_tui.story.spans import Line, line, strong, word

COUNTS = 0.02
"""The least change of the number, in standard deviations, that is told as one."""


def tell(measured: Recency, trace: Trace, t: int) -> tuple[Line, ...]:
    """The word without which the number changes most, the current word elsewhere, and what its place does."""
    told = [_most(measured, trace)]
    if measured.position_sweep is not None and 0 < measured.t >= t:
        row = measured.position_sweep[t, : measured.t + 1]
        if np.isfinite(row).all():
            told.append(_moved(row, trace, t))
            return (*told, _so_what(row, trace, t))
    unit = trace.model.tokenizer.unit
    alone = f" With one {unit} no place is louder; give it more."
    meaning = alone if measured.t == 0 else " Does the place matter? Slide one."
    return (*told, line(strong("So what?"), meaning))


def least(trace: Trace) -> float:
    """The least change of the number that counts as one, in its unit."""
    output = trace.model.output
    return COUNTS * output.std[0] if isinstance(output, Number) else 0.0


def _most(measured: Recency, trace: Trace) -> Line:
    most, unit = int(np.abs(measured.leave_one_out).argmax()), trace.model.tokenizer.unit
    lost, p, name = float(measured.leave_one_out[most]), measured.probability, label(trace, measured.label)
    if abs(lost) < least(trace):
        return line(f"No {unit} counts alone: without any one of them ", strong(name), f" stays near {said(trace, p)}.")
    of_it = word(trace.tokens[most].surface)
    which = f" ({unit} {most + 1}): " if len(trace) > 1 else ": "
    return line("Without ", of_it, which, strong(name), f" {said(trace, p - lost)} instead of {said(trace, p)}.")


def _moved(row: Array, trace: Trace, t: int) -> Line:
    """The number with the current word first and last, and as it is."""
    ends = (said(trace, float(row[0])), said(trace, float(row[-1])))
    return line(word(trace.tokens[t].surface), " first: ", strong(ends[0]), "; last: ", strong(ends[1]), ".")


def _so_what(row: Array, trace: Trace, t: int) -> Line:
    here = word(trace.tokens[t].surface)
    low, high = float(row.min()), float(row.max())
    reach = f"from {said(trace, low)} to {said(trace, high)}"
    if high - low < least(trace):
        return line(strong("So what?"), " The place of ", here, " hardly matters here.")
    return line(strong("So what?"), " Places matter: with ", here, f" elsewhere the number goes {reach}.")
