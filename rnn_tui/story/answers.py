"""The answer of the output nodes, in words."""

from __future__ import annotations

import math

from rnn_tui.network.arithmetic import labels_by_probability
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.story.spans import Line, Span, line, strong
from rnn_tui.text import clipped, percent

LONGEST_LABEL = 20
UNDECIDED = "undecided"


def answer(trace: Trace, t: int, hidden: bool = False) -> Line:  # noqa: FBT001  # reads as scene.hidden
    """The answer after timestep t: "Negative 81%"; nothing of it while the class is to guess."""
    if hidden:
        return line(Span("? guess first", "muted"))
    probability = trace.prediction(t)[1]
    if math.isnan(probability):
        return line(Span("no answer", "muted"))
    share = percent(probability)
    if undecided(trace, t):
        return line(strong(UNDECIDED), f" {share}")
    return line(strong(label(trace, trace.prediction(t)[0])), f" {share}")


def answer_of(subject: Line, trace: Trace, t: int) -> Line:
    """The answer as a sentence's verb and object: "A says Negative 81%", "A is undecided (50%)", "A has no answer"."""
    probability = trace.prediction(t)[1]
    if math.isnan(probability):
        return line(*subject, " has no answer")
    if undecided(trace, t):
        return line(*subject, " is ", strong(UNDECIDED), f" ({percent(probability)})")
    return line(*subject, " says ", *answer(trace, t))


def label(trace: Trace, index: int) -> str:
    """The name of an output node, not longer than a line can take."""
    return clipped(trace.model.labels[index], LONGEST_LABEL)


def undecided(trace: Trace, t: int) -> bool:
    """Return True where two labels share the first rank after timestep t, as their shares are shown."""
    return tied(trace.values["probs"][t])


def tied(probs: Array) -> bool:
    """Return True where the two largest of some probabilities are shown alike."""
    return len(leaders(probs)) > 1


def leaders(probs: Array) -> list[int]:
    """The labels that share the first rank, as their probabilities are shown; mostly it is one."""
    order = labels_by_probability(probs)
    return [int(index) for index in order if percent(probs[index]) == percent(probs[order[0]])]


def ranking(trace: Trace, t: int, longest: int = 3) -> str:
    """The most probable labels after timestep t: "Negative 81%, Positive 19%", "a 40%, e 9%, o 9% and 23 others"."""
    probs = trace.values["probs"][t]
    order = labels_by_probability(probs)
    said = [f"{label(trace, index)} {percent(probs[index])}" for index in order[:longest]]
    left = len(order) - longest
    return ", ".join(said) + (f" and {left} other{'s' if left > 1 else ''}" if left > 0 else "")
