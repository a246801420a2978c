"""Columns of weights as heat cells: those of the input, of the memory and of the output nodes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from rich.cells import cell_len

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Gate
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.columns import Column
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

MOST_CELLS = 200
MOST_LABELS = 4
LEAST_WORD, MOST_WORD = 3, 12
"""The cells of a column with a word above it: a mark, the word, and a gap."""


@lru_cache(maxsize=4)
def input_columns(trace: Trace) -> list[int]:
    """The columns of weight_ih in the order in which they are drawn, the same for every word of a sentence.

    For one-hot words those of this sentence come first, in their order, since they are the ones that are picked.
    """
    if not (trace.model.reads_words and isinstance(trace.model.embedding, OneHot)):
        return list(range(trace.model.input_size))
    order = dict.fromkeys(token.index for token in trace.tokens if token.index is not None)
    order |= dict.fromkeys(range(trace.model.input_size))
    return list(order)


@lru_cache(maxsize=4)
def _picked_columns(trace: Trace) -> tuple[list[int], list[str]]:
    """The columns of weight_ih that the one-hot words of a sentence pick, and these words."""
    picked = len({token.index for token in trace.tokens if token.index is not None})
    order = input_columns(trace)[: picked or LEAST_WORD][:MOST_CELLS]
    return order, [printable(trace.model.vocabulary.words[index]) for index in order]


def input_weights(view: View, drawn: Gate | None, spare: int) -> Column:
    """The weights of the input, with the input above them; of one-hot words a column for each word of the sentence."""
    weight, one_hot = block(view.model.cell.weight_ih, drawn, view), view.one_hot
    order, words = _picked_columns(view.trace) if one_hot else (input_columns(view.trace)[:MOST_CELLS], [])
    index = view.trace.tokens[view.t].index
    longest = max(map(cell_len, words), default=0)
    each = max(LEAST_WORD, min(MOST_WORD, longest + 2)) if words else 2
    return Column(
        "heat",
        values=weight[:, order],
        ghost=_old_weights(view, "weight_ih", drawn, np.array(order)),
        vector=None if one_hot else view.step.x[order],
        vector_scale=view.input_scale,
        words=words,
        marked=order.index(index) if words and index in order else None,
        scale=view.weight_scale("weight_ih"),
        least=min(6, each) if words else min(4, len(order)),
        most=each * len(order),
        spare=spare,
        of=view.model.input_size,
        timeless=True,
    )


def memory_weights(view: View, drawn: Gate | None, spare: int) -> Column:
    """The weights of the memory, with what was remembered above them."""
    weight = block(view.model.cell.weight_hh, drawn, view)
    start = min(view.first, max(0, view.model.hidden_size - 4))
    return Column(
        "heat",
        values=weight[:, start : start + MOST_CELLS],
        ghost=_old_weights(view, "weight_hh", drawn, slice(start, start + MOST_CELLS)),
        vector=view.step.h_prev[start : start + MOST_CELLS],
        of=view.model.hidden_size,
        vector_scale=view.scale("h"),
        scale=view.weight_scale("weight_hh"),
        least=min(4, view.model.hidden_size),
        most=2 * view.model.hidden_size,
        spare=spare,
        timeless=True,
    )


def head_weights(view: View, entry: int, spare: int) -> Column:
    """The weights of a linear layer of the head, with what it reads above them."""
    linear = view.model.head[entry].linear
    assert linear is not None
    weight = linear.weight[:, :MOST_CELLS]
    return Column(
        "heat",
        values=weight,
        vector=view.step.x[:MOST_CELLS],
        of=linear.weight.shape[1],
        vector_scale=view.input_scale,
        scale=max(float(np.abs(linear.weight).max(initial=0)), 1e-9),
        least=min(4, weight.shape[1]),
        most=2 * weight.shape[1],
        spare=spare,
        timeless=True,
    )


def output_weights(view: View, spare: int) -> Column:
    """The weights of the output nodes, a column a label; of many labels those of the label that votes are for."""
    weight = view.model.fc.weight.T
    if weight.shape[1] > MOST_LABELS:  # too many to tell apart
        weight = weight[:, [view.voted]]
    return Column(
        "heat",
        values=weight,
        ghost=_old_outputs(view),
        scale=view.weight_scale("fc.weight"),
        least=min(2, weight.shape[1]),
        most=2 * weight.shape[1],
        spare=spare,
        timeless=weight.shape[1] > 1 or len(view.model.fc.weight) == 1,  # which label leads is not known beforehand
    )


def block(values: Array, gate: Gate | None, view: View) -> Array:
    """The first axis of what is stacked gate by gate (rows, …), of one gate: (hidden_size, …)."""
    of_gate: Array = view.model.cell.block(values.T, "" if gate is None else gate.letter).T
    return of_gate


def _old_weights(view: View, name: str, gate: Gate | None, columns: Array | slice) -> Array | None:
    """The same weights before the edits; None where they were the same, as they are without edits."""
    if view.before is None or getattr(view.before.model.cell, name) is getattr(view.model.cell, name):
        return None
    old: Array = block(getattr(view.before.model.cell, name), gate, view)[:, columns]
    return old


def _old_outputs(view: View) -> Array | None:
    """The weights of the output nodes before the edits, where they are other ones and all are drawn."""
    if view.before is None or view.model.output_size > MOST_LABELS:
        return None
    old: Array = view.before.model.fc.weight.T
    return None if view.before.model.fc.weight is view.model.fc.weight else old
