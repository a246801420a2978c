"""The arithmetic of the phases that pool: a unit's mean over the words so far, and its largest value."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnn_tui.network.arithmetic.figures import as_shown as shown
from rnn_tui.network.arithmetic.figures import equated, sign_of, unsigned
from rnn_tui.network.arithmetic.parts import Formula, Sum, Terms
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import LargestOf, MeanOf
from rnn_tui.text import LONGEST_WORD, clipped

MOST_WRITTEN = 4
"""The most values that are written out of those of which the largest is taken."""


def mean(at: UnitAtStep, part: MeanOf) -> Sum:
    """The unit's values at all words so far, each with an equal share."""
    values = _so_far(at)
    count = len(values)
    return Sum(
        source=part,
        name="context",
        notation=f"context[{at.index}] = Σ h_k[{at.index}] / {count}",
        weight_name=f"1/{count}",
        value_name=f"h[{at.index}]",
        terms=Terms(np.full(count, 1 / count), values, _word(at)),
        bias=None,
        total=float(at.step["context"][at.unit]),
    )


def largest(at: UnitAtStep, part: LargestOf) -> Formula:
    """The largest of the unit's values at all words so far; where they are many, the largest few are written out."""
    values, word = _so_far(at), _word(at)
    listed = sorted(np.argsort(-values, kind="stable")[:MOST_WRITTEN].tolist())
    written = [float(values[k]) for k in listed]
    more = f", {len(values) - len(listed)} more, none larger" if len(values) > len(listed) else ""
    total = float(at.step["context"][at.unit])
    sign = sign_of(total, max(map(shown, written)))
    return Formula(
        source=part,
        notation=f"context[{at.index}] = max over the words so far of h_k[{at.index}]",
        numbers=equated(f"max({', '.join(map(unsigned, written))}{more})", sign, total),
        parts=tuple((word(k), value) for k, value in zip(listed, written, strict=True)),
        result=("context", total),
    )


def _so_far(at: UnitAtStep) -> Array:
    """The unit's hidden state after every word so far, (t + 1,)."""
    values: Array = at.trace.layers[-1].output[: at.step.t + 1, at.unit]
    return values


def _word(at: UnitAtStep) -> Callable[[int], str]:
    return lambda k: clipped(at.trace.tokens[k].surface, LONGEST_WORD)
