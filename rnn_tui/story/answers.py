"""The answer of the output nodes, in words."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.network.arithmetic import labels_by_probability
from rnn_tui.network.arrays import Array
from rnn_tui.network.expected import true_next, unit_of
from rnn_tui.network.trace import Trace
from rnn_tui.rounding import quantity_as_shown
from rnn_tui.story.spans import Line, Span, line, strong
from rnn_tui.text import clipped, percent, quantity

LONGEST_LABEL = 20
UNDECIDED = "undecided"


def answer(trace: Trace, t: int, hidden: bool = False) -> Line:  # noqa: FBT001  # reads as scene.covered
    """The answer after timestep t: "Negative 81%", "next: 432.1"; nothing of it while the class is to guess."""
    if hidden:
        return line(Span("? guess first", "muted"))
    probability = trace.prediction(t)[1]
    if math.isnan(probability):
        return line(Span("no answer", "muted"))
    if trace.model.output.is_number:
        return line(strong(numbers_said(trace, t)))
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


def numbers_said(trace: Trace, t: int, longest: int = 3) -> str:
    """The numbers that are the answer after timestep t: "next month: 432.1 passengers", "rain: 3.1, wind: 4.2"."""
    said = [number_said(trace, t, index) for index in range(min(longest, trace.model.output_size))]
    left = trace.model.output_size - len(said)
    return ", ".join(said) + (f" and {left} other{'s' if left > 1 else ''}" if left > 0 else "")


def number_said(trace: Trace, t: int, index: int) -> str:
    """One number of the answer after timestep t, with its label and its unit: "next month: 432.1 passengers"."""
    value = float(trace.values[trace.model.output.answer][t, index])
    return f"{label(trace, index)}: {in_unit(trace, value)}"


def in_unit(trace: Trace, value: float) -> str:
    """A number of the answer in its unit: "432.1 passengers"."""
    unit = clipped(unit_of(trace.model), LONGEST_LABEL)
    return f"{quantity(value)}{f' {unit}' if unit else ''}"


def beside_true(trace: Trace, t: int) -> str:
    """Tell what comes next, where it is known, and how far off the answer after timestep t is, both as shown."""
    true = true_next(trace, t)
    if true is None:
        return ""
    off = quantity_as_shown(float(trace.values[trace.model.output.answer][t, 0])) - quantity_as_shown(true)
    if not math.isfinite(off):
        return ""
    far = quantity(abs(off))
    which = "exactly what it says" if far == "0" else f"{far} {'less' if off > 0 else 'more'} than it says"
    return f"What comes next is {quantity(true)}, {which}."


def label(trace: Trace, index: int) -> str:
    """The name of an output node, not longer than a line can take."""
    return clipped(trace.model.labels[index], LONGEST_LABEL)


def undecided(trace: Trace, t: int) -> bool:
    """Return True where two labels share the first rank after timestep t, as their shares are shown."""
    return not trace.model.output.is_number and tied(trace.values["probs"][t])


def tied(probs: Array) -> bool:
    """Return True where the two largest of some probabilities are shown alike."""
    return len(leaders(probs)) > 1


def leaders(probs: Array) -> list[int]:
    """The labels that share the first rank, as their probabilities are shown; mostly it is one."""
    order = labels_by_probability(probs)
    return [int(index) for index in order if percent(probs[index]) == percent(probs[order[0]])]


def ranking(trace: Trace, t: int, longest: int = 3) -> str:
    """The most probable labels after timestep t: "Negative 81%, Positive 19%", "a 40%, e 9%, o 9% and 23 others".

    Where the answer is numbers, those: "next: 432.1".
    """
    if trace.model.output.is_number:
        return "no answer" if math.isnan(trace.prediction(t)[1]) else numbers_said(trace, t, longest)
    probs = trace.values["probs"][t]
    if np.isnan(probs).any():
        return "no answer"
    order = labels_by_probability(probs)
    said = [f"{label(trace, index)} {percent(probs[index])}" for index in order[:longest]]
    left = len(order) - longest
    return ", ".join(said) + (f" and {left} other{'s' if left > 1 else ''}" if left > 0 else "")
