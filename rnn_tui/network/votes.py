"""The part that each hidden unit has in an answer: which unit counts most for it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace

_ORDERS: WeakKeyDictionary[Trace, tuple[int, ...]] = WeakKeyDictionary()
"""The orders that are known; a trace that nobody holds any more is not kept for its own."""


def units_by_vote(trace: Trace) -> tuple[int, ...]:
    """The hidden units, from 0, the one that counts most for the answer first.

    What counts is the unit's product in the logit of the answer less its mean product in the other logits, without its
    sign; after the last word, or where every word has an answer of its own, the mean over all words.
    """
    if trace not in _ORDERS:
        _ORDERS[trace] = _by_vote(trace)
    return _ORDERS[trace]


def _by_vote(trace: Trace) -> tuple[int, ...]:
    readout = trace.model.readout
    read = trace.values.get("context", trace.values["h"])
    probs = trace.values["probs"]
    if readout.kind != "each":
        read, probs = read[-1:], probs[-1:]
    counts = np.nan_to_num(_margins(readout.weight, probs.argmax(axis=1), read)).mean(axis=0)
    order: list[int] = np.argsort(-counts, kind="stable").tolist()
    return tuple(order)


def _margins(weight: Array, best: Array, read: Array) -> Array:
    """|(fc.weight[best] − the mean of the other rows) · h|, unit by unit, (T, hidden_size)."""
    labels = len(weight)
    others = (weight.sum(axis=0) - weight[best]) / (labels - 1) if labels > 1 else 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        margins: Array = np.abs((weight[best] - others) * read)
    return margins
