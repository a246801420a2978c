"""Numbers as answers: their unit, the scale on which they lie, and the true ones, where they are known."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Number
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import Trace

SPREADS = 2
"""The standard deviations around the mean of what it learned from that the scale of an answer reaches at least."""


def unit_of(model: Model) -> str:
    """The unit of the numbers that a model answers with, from its provenance: "passengers"; "" where it has none."""
    unit = model.provenance.get("unit")
    return unit.strip() if isinstance(unit, str) and model.output.is_number else ""


def next_feature(model: Model) -> int | None:
    """The feature (from 0) whose next number the model answers with; None where it answers with anything else.

    That is so where its provenance says that it learned to tell what comes next in a series (`task` is "series"), and
    `target` is one of the features that it reads, by its name in `columns`, or in the file's `feature_names`.
    """
    tokenizer, known = model.tokenizer, model.provenance
    numbers = isinstance(tokenizer, NumberTokenizer) and model.output.is_number and len(model.labels) == 1
    if not numbers or not isinstance(tokenizer, NumberTokenizer) or known.get("task") != "series":
        return None
    if tokenizer.features == 1:
        columns, target = known.get("columns"), known.get("target")
        other = isinstance(columns, list) and isinstance(target, str) and target not in columns
        return None if other else 0
    names = tokenizer.feature_names or known.get("columns") or ()
    target = known.get("target")
    return list(names).index(target) if target in names else None


def true_next(trace: Trace, t: int) -> float | None:
    """The number that the answer after timestep t should be, where the text goes on to say it."""
    feature = next_feature(trace.model)
    if feature is None or not trace.answered_from <= t < len(trace) - 1:
        return None
    return numbers_read(trace, feature)[t + 1]


def numbers_read(trace: Trace, feature: int = 0) -> tuple[float, ...]:
    """The numbers of a feature in a text, as they were before they were scaled, one a timestep."""
    return _all_numbers(trace)[feature]


@lru_cache(maxsize=4)
def _all_numbers(trace: Trace) -> tuple[tuple[float, ...], ...]:
    """The numbers of every feature."""
    tokenizer = trace.model.tokenizer
    assert isinstance(tokenizer, NumberTokenizer)
    scaling = (tokenizer.scaling(feature) for feature in range(tokenizer.features))
    columns = zip(*(token.values for token in trace.tokens), strict=True)
    return tuple(
        tuple(value * scale + mean for value in column) for column, (mean, scale) in zip(columns, scaling, strict=True)
    )


@lru_cache(maxsize=8)
def reach(trace: Trace, label: int = 0) -> tuple[float, float]:
    """The ends of the scale of a number of the answer: from the least to the largest that is to be shown on it.

    That is all that is answered after any word, what is true there, and two standard deviations around the mean of what
    the model learned from.
    """
    output = trace.model.output
    assert isinstance(output, Number)
    mean, std = output.mean[label], output.std[label]
    answers = trace.values[output.answer][:, label].astype(np.float64)
    shown = [*answers[np.isfinite(answers)].tolist(), mean - SPREADS * std, mean + SPREADS * std]
    shown += [true for t in range(len(trace)) if (true := true_next(trace, t)) is not None]
    return min(shown), max(shown)
