"""The columns of a phase that pools: what a unit was at the words so far, and the state that comes of it."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import PoolTable
from rnn_tui.pictures.columns import Column, bar, number
from rnn_tui.pictures.naming import value_head
from rnn_tui.pictures.rows import fit
from rnn_tui.pictures.view import View
from rnn_tui.text import percent

MOST_HEADED, MOST_CELLS = 5, 6
"""The most words whose cells have their share above them in per cent, and the most words that have cells at all."""
CELL = 4
"""The width of a word's cells where its share stands above them: that of "100%"."""


def lookback(view: View, table: PoolTable) -> list[Column]:
    """A heat cell a word, headed by its weight, and then the bar and the number of what comes of them.

    Where there are too many words, those that count most are shown. A bar grows from the memory of now to what is made
    of all.
    """
    context, weights = view.step["context"], view.model.readout.shares(view.trace.values, view.t)
    scale = view.scale("h", "context")  # of its own: a mean of memories is never larger than they are
    shown = most_looked_at(weights, MOST_HEADED if not view.wide and len(weights) <= MOST_HEADED else MOST_CELLS)
    states = view.trace.layers[-1].output[shown].T
    return [
        *_cells(states, weights, shown, scale, headed=not view.wide and len(weights) <= MOST_HEADED),
        bar(context, scale, start=view.step.h, ghost=view.ghost("context")),
        number(context, value_head(view, "context"), scale),
    ]


def _cells(states: Array, weights: Array, shown: list[int], scale: float, *, headed: bool) -> list[Column]:
    """The cells of the shown words: `states` (hidden_size, words)."""
    if not headed:
        least, most = len(shown), 2 * len(shown)
        vector, of = weights[shown], len(weights)
        return [Column("heat", "", states, vector=vector, scale=scale, least=least, most=most, spare=1, of=of)]
    heads = [fit(percent(float(weights[t])), CELL) for t in shown]
    return [
        Column("heat", head, states[:, k : k + 1], scale=scale, least=CELL, most=CELL, spare=1, of=1)
        for k, head in enumerate(heads)
    ]


def most_looked_at(weights: Array, most: int) -> list[int]:
    """The words with the largest weights, at most so many of them, in the order of the sentence."""
    order: list[int] = np.argsort(-weights, kind="stable")[: max(0, most)].tolist()
    return sorted(order)
