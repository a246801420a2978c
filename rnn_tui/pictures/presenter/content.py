"""The content of the presenter view: the terms of a phase, and short texts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import PoolTable
from rnn_tui.network.expected import true_next, unit_of
from rnn_tui.network.phases import CHECK, Phase
from rnn_tui.pictures.amounts import reach_of
from rnn_tui.pictures.check import guessing
from rnn_tui.pictures.lookback import most_looked_at
from rnn_tui.pictures.naming import value_head
from rnn_tui.pictures.outputs import caption, shown_labels
from rnn_tui.pictures.presenter.terms import Term, terms_of
from rnn_tui.pictures.view import View
from rnn_tui.story.answers import UNDECIDED, leaders
from rnn_tui.text import LONGEST_WORD, NO_NUMBER, clipped, number, percent, printable, quantity, quoted, unsigned

GUESS = "guess first, then press p"


class Content(NamedTuple):
    """The terms of a phase, short texts that stand with them, and more of these where there is room."""

    terms: list[Term]
    said: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def content(view: View, phase: Phase, most: int) -> Content:
    """At most `most` terms of a phase, of which the last ones are never left out; nothing of a covered answer."""
    if phase.name == CHECK.name:
        return _asked(view, most) if guessing(view, phase) else _answers(view, phase, most)
    if guessing(view, phase):
        return Content([Term("", NO_NUMBER, 0.0)], (GUESS,))
    if isinstance(phase.table, PoolTable):
        return _pooled(view, phase, most)
    return Content(terms_of(view, phase))


def _asked(view: View, most: int) -> Content:
    """The labels with question marks."""
    labels = view.model.labels
    shown = labels if len(labels) <= most else labels[: max(1, most - 1)]
    return Content([Term(printable(label), NO_NUMBER, 0.0) for label in shown], (GUESS, *_left_out(len(labels), shown)))


def _answers(view: View, phase: Phase, most: int) -> Content:
    """The labels with their shares: all in their order, or those that lead."""
    if view.model.output.is_number:
        return _numbers(view, phase, most)
    probs, labels = view.trace.values["probs"][view.t], view.model.labels
    first = leaders(probs)
    shown = shown_labels(view, most if len(labels) <= most else max(1, most - 1))
    said = [caption(view), *([UNDECIDED] if len(first) > 1 else [])]
    if len(first) > len(shown):  # to show but some of those that share the first rank would be to choose
        share = float(probs[first[0]])
        return Content([Term(UNDECIDED, percent(share), share, bar="share")], tuple(said), (_vote(view, phase),))
    terms = [
        Term(printable(labels[label]), percent(float(probs[label])), float(probs[label]), bar="share",
             leads=first == [label])
        for label in shown
    ]  # fmt: skip
    return Content(terms, (*said, *_left_out(len(labels), shown)), (_vote(view, phase),))


def _numbers(view: View, phase: Phase, most: int) -> Content:
    """The numbers that are the answer, each on its scale; beside one of them its true value, where it is known."""
    trace, labels, unit = view.trace, view.model.labels, clipped(unit_of(view.model), LONGEST_WORD)
    values = trace.values[view.model.output.answer][view.t].tolist()
    shown = range(len(labels) if len(labels) <= most else max(1, most - 1))
    terms = [
        Term(printable(labels[k]), quantity(values[k]), values[k], bar="scale", reach=reach_of(view, k), leads=True)
        for k in shown
    ]
    true = true_next(trace, view.t)
    if true is not None and most > 1:
        terms.append(Term("comes next", quantity(true), true, bar="scale", reach=reach_of(view)))
    low, high = map(quantity, reach_of(view))
    ends = [f"from {low} to {high}{f' {unit}' if unit else ''}"] if len(labels) == 1 else [unit] if unit else []
    return Content(terms, (caption(view), *ends, *_left_out(len(labels), shown)), (_vote(view, phase),))


def _vote(view: View, phase: Phase) -> str:
    """The part of the picked unit in the score of a label."""
    weight, read, vote = terms_of(view, phase)
    _, label = view.votes()
    unit = clipped(view.model.unit_name(view.unit), LONGEST_WORD)
    product = f"{weight.name} {weight.figure} {read.sign} {read.name} {read.figure} {vote.sign} {vote.figure}"
    return f"{unit}: {product} for {clipped(label, LONGEST_WORD)}"


def _left_out(count: int, shown: Sequence[object]) -> tuple[str, ...]:
    left = count - len(shown)
    return (f"and {left} other{'s' if left > 1 else ''}",) if left else ()


def _pooled(view: View, phase: Phase, most: int) -> Content:
    """The weight of each word so far, or where nothing is weighed the unit at it; and what comes of all."""
    trace, unit, weighs = view.trace, view.unit, "attention" in phase.shows
    weights = view.model.readout.shares(trace.values, view.t)
    states = trace.layers[-1].output[: view.t + 1, unit]
    scale, context = view.scale("h", "context") or 1.0, float(view.step["context"][unit])
    counted = (
        isinstance(phase.table, PoolTable) and phase.table.counted
    )  # then a unit's largest are shown, of a mean the latest
    ranked: Array = weights if weighs else states if counted else np.arange(len(weights), dtype=states.dtype)
    shown = most_looked_at(ranked, max(1, most - 1))
    terms = []
    for t in shown:
        name, share, value = quoted(trace.tokens[t].surface), float(weights[t]), float(states[t])
        if weighs:
            terms.append(Term(name, percent(share), share, bar="share", word=t == view.t))
        else:
            terms.append(Term(name, number(value), value, bar="signed", scale=scale, word=t == view.t))
    name = value_head(view, "context")
    terms.append(Term(name, number(context), context, "→", "signed", scale))
    left, called = len(weights) - len(shown), view.model.tokenizer.unit
    lines = (f"and {left} more {called}{'s' if left > 1 else ''}",) if left else ()
    if weighs:
        now = unsigned(float(view.step.h[unit]))
        more: tuple[str, ...] = (f"{view.model.unit_name(unit)} is {now} now",)
        return Content(terms, (f"each {called}'s weight", *lines), more)
    return Content(terms, lines)
