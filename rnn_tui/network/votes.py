"""The part that each hidden unit has in an answer: which unit counts most for it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace

_ORDERS: WeakKeyDictionary[Trace, tuple[int, ...]] = WeakKeyDictionary()
"""The orders that are known; a trace that nobody holds any more is not kept for its own."""


def units_by_vote(trace: Trace) -> tuple[int, ...]:
    """The hidden units of the trace's floor, from 0, the one that counts most for the answer first.

    What counts is the unit's product in the logit of the answer less its mean product in the other logits, without its
    sign; after the last word, or where every word has an answer of its own, the mean over all words. Where the answer
    is numbers, it is the mean product in all of them. On a floor that the output nodes don't read it is the mean of its
    value over all words, without its sign.
    """
    if trace not in _ORDERS:
        _ORDERS[trace] = _ordered(_by_vote(trace) if trace.model.floor.answers else np.abs(trace.values["h"]))
    return _ORDERS[trace]


def _ordered(counts: Array) -> tuple[int, ...]:
    """The units (their indices) by what each counts at some timesteps, (n, hidden_size)."""
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation, or huge weights
        means = np.nan_to_num(counts).mean(axis=0)
    order: list[int] = np.argsort(-means, kind="stable").tolist()
    return tuple(order)


def _by_vote(trace: Trace) -> Array:
    model = trace.model
    read, answer = trace.values[model.reads], trace.values[model.output.answer]
    if model.readout.kind != "each":
        read, answer = read[-1:], answer[-1:]
    with np.errstate(over="ignore", invalid="ignore"):
        if model.output.is_number:
            products: Array = np.abs(read[:, None, :] * model.fc.weight).mean(axis=1)
            return products
        return _margins(label_weights(model), answer.argmax(axis=1), read)


def label_weights(model: Model) -> Array:
    """The weights with which the output nodes speak for each label, (output_size, hidden_size)."""
    votes = [model.output.vote(label) for label in range(model.output_size)]
    return np.stack([model.fc.weight[vote.row] * model.fc.weight.dtype.type(vote.sign) for vote in votes])


def _margins(weight: Array, best: Array, read: Array) -> Array:
    """|(fc.weight[best] − the mean of the other rows) · h|, unit by unit, (T, hidden_size)."""
    labels = len(weight)
    others = (weight.sum(axis=0) - weight[best]) / (labels - 1) if labels > 1 else 0.0
    margins: Array = np.abs((weight[best] - others) * read)
    return margins
