"""The answers of a network, and of the same network changed, for questions about them."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.questions.place import MOST_CHOICES, CannotAskError
from rnn_tui.text import LONGEST_WORD, clipped, percent, quoted

LONGEST_RUN_AGAIN = 1000
"""The longest sentence for which a second run is suggested: what is suggested must come at once."""
TIE = 0.01
"""Two labels whose probabilities differ by less are a tie: which of them leads can't be asked."""


def probs_at_end(trace: Trace) -> Array:
    """The probabilities after the last word (output_size,); raises CannotAskError where there is no answer."""
    if trace.model.output.is_number:
        raise CannotAskError("this network answers with a number, not with a label; ask for “higher” or “number”")
    probs: Array = trace.values["probs"][-1]
    if not np.isfinite(probs).all():
        raise CannotAskError("the numbers grow beyond all bounds here, so there is no answer to ask for")
    return probs


def leader(trace: Trace) -> int:
    """The most probable label after the last word (its index); raises CannotAskError where it is a tie."""
    probs = probs_at_end(trace)
    if len(probs) < 2:
        raise CannotAskError("the network has only one answer, so there is nothing to guess")
    order = np.argsort(-probs, kind="stable")
    if probs[order[0]] - probs[order[1]] < TIE:
        one, other = (quoted(clipped(trace.model.labels[k], LONGEST_WORD)) for k in order[:2])
        raise CannotAskError(f"the answer is a tie between {one} and {other}; ask it of another sentence")
    return int(order[0])


def labels_to_choose(trace: Trace, *always: int) -> tuple[str, ...]:
    """The labels to choose from, in the model's order; of many the most probable ones, and those of `always`."""
    probs, labels = trace.values["probs"][-1], trace.model.labels
    if len(labels) <= MOST_CHOICES:
        return labels
    picked = list(dict.fromkeys([*always, *np.argsort(-probs, kind="stable").tolist()]))[:MOST_CHOICES]
    return tuple(labels[k] for k in sorted(picked))


def told(trace: Trace, label: int) -> str:
    """A label and its probability after the last word: "Negative 87%"."""
    p = float(trace.values["probs"][-1][label])
    return f"{clipped(trace.model.labels[label], LONGEST_WORD)} {percent(p)}"


def ranked(trace: Trace, most: int = 3) -> str:
    """The most probable labels after the last word: "Negative 87%, Positive 13%"."""
    probs = trace.values["probs"][-1]
    order = np.argsort(-probs, kind="stable")[:most].tolist()
    return ", ".join(told(trace, k) for k in order)


def compared(trace: Trace, other: Trace, this_way: str, other_way: str) -> str:
    """The answers of two runs side by side, as a sentence; both networks have the same labels."""
    return f"The answer {this_way} is {told(trace, leader(trace))}, {other_way} {told(other, leader(other))}."
