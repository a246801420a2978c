"""The answer of the output nodes, in words."""

from __future__ import annotations

import math

from rnn_tui.network.arithmetic import labels_by_probability
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.story.spans import Line, Span, line, strong
from rnn_tui.text import clipped, percent

LONGEST_LABEL = 20


def answer(trace: Trace, t: int, hidden: bool = False) -> Line:  # noqa: FBT001  # reads as scene.hidden
    """The answer after timestep t: "Negative 81%"; nothing of it while the class is to guess."""
    if hidden:
        return line(Span("? guess first", "muted"))
    probability = trace.prediction(t)[1]
    if math.isnan(probability):
        return line(Span("no answer", "muted"))
    share = percent(probability)
    if undecided(trace, t):
        return line(strong("undecided"), f" {share}")
    return line(strong(label(trace, trace.prediction(t)[0])), f" {share}")


def label(trace: Trace, index: int) -> str:
    """The name of an output node, not longer than a line can take."""
    return clipped(trace.model.labels[index], LONGEST_LABEL)


def undecided(trace: Trace, t: int) -> bool:
    """Return True where two labels share the first rank after timestep t, as their shares are shown."""
    return tied(trace.values["probs"][t])


def tied(probs: Array) -> bool:
    """Return True where the two largest of some probabilities are shown alike."""
    order = labels_by_probability(probs)
    return len(order) > 1 and percent(probs[order[0]]) == percent(probs[order[1]])


def ranking(trace: Trace, t: int, longest: int = 3) -> str:
    """The most probable labels after timestep t: "Negative 81%, Positive 19%"."""
    probs = trace.values["probs"][t]
    order = labels_by_probability(probs)
    said = [f"{label(trace, index)} {percent(probs[index])}" for index in order[:longest]]
    return ", ".join(said) + (", …" if len(order) > longest else "")
