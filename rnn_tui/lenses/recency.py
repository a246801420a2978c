"""The weight of each word in the answer: without it, its share of the logit, and at every other place of the sentence.

The article's bias to the last word, measured: the same word moves the answer more the later it stands.

A value that is held at a word (`network.held`) is part of what happens at that word, so it goes where the word goes: a
word that is left out takes it along, and a word that is moved has it at its new place. Every other word keeps its own.
So one word is all in which two sentences differ. (To hold the value at the same place of the changed sentence, where
another word has moved up, would change two words at once.) In the integrated gradients it is held all along the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses import integrated, stack_recency
from rnn_tui.lenses.lanes import is_stack
from rnn_tui.lenses.progress import Progress, part, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.sequences import Reader, answered_at, answers, joined, picked, start
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace

WHOLE_SWEEP = 30
"""The longest sentence of which every word is moved through all positions without being asked: T³ steps."""

SIDE_BY_SIDE = 256
"""Sequences that are read side by side while the sweep is long; more gain nothing, and take memory."""


@dataclass(frozen=True, eq=False)
class Recency:
    """The weight of each of T words in the answer, p, the probability of `label`, or where numbers are, the number.

    The answer is the one after the last word or, where every word has an answer of its own, after timestep `t`.
    `leave_one_out` (T,) is p minus p without the word. `integrated_gradients` (T,) are the words' shares of the
    predicted logit; they sum to what the logit has more than it would have with every x zero. `position_sweep` (T, T)
    is p with word k (row) taken out and put back at each place (column); at its own place it is p.
    """

    t: int
    label: int
    probability: float
    leave_one_out: Array
    integrated_gradients: Array
    position_sweep: Array | None = None

    def __post_init__(self) -> None:
        for name in ("leave_one_out", "integrated_gradients", "position_sweep"):
            array = getattr(self, name)
            if array is not None:
                object.__setattr__(self, name, frozen(array))


def recency(trace: Trace, t: int | None = None, progress: Progress = quiet, *, sweep: bool = True) -> Recency:
    """Measure what each word counts for.

    `t` is the answer's timestep where every word has an answer of its own (the readout `each`), None its last one;
    elsewhere the answer is the one after the last word, whatever `t` says. Without `sweep`, `position_sweep` is None:
    it takes about T³/2 steps, the rest T²/2. Raises InputError for an LSTM that starts from other than zeros.
    """
    trace = doubled(trace)
    t = answered_at(trace, t)
    label, probability = trace.prediction(t)
    swept_from = 0.2 if sweep else 1.0  # how much of the work comes before the sweep
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; p is then NaN
        path = integrated.gradients(trace, t, label, part(progress, 0.0, swept_from / 2))
        left_out = stack_recency.without_each if is_stack(trace.model) else _without_each
        without = left_out(trace, t, label, part(progress, swept_from / 2, swept_from))
        moved = _sweep(trace, t, label, part(progress, swept_from, 1.0)) if sweep else None
    return Recency(t, label, probability, probability - without, path, moved)


def sweep_word(trace: Trace, word: int, t: int | None = None, progress: Progress = quiet) -> Array:
    """Measure p with one word (from 0) at every place, (T,): its row of `position_sweep`, in about T²/2 steps."""
    trace = doubled(trace)
    t = answered_at(trace, t)
    with np.errstate(over="ignore", invalid="ignore"):
        row: Array = _moved(trace, np.array([word]), t, trace.prediction(t)[0], progress)[0]
    return frozen(row)


def swept_already(measured: Recency) -> bool:
    """True where every word has been swept."""
    return measured.position_sweep is not None


def compute(trace: Trace, asked: Question, progress: Progress) -> Recency:
    """Answer a question to this lens; the whole sweep of a long sentence only where it is asked for."""
    return recency(trace, asked.t, progress, sweep=asked.whole or len(trace) <= WHOLE_SWEEP)


def to_json(measured: Recency) -> dict[str, Any]:
    """The fields as plain numbers and lists; `position_sweep` is None where it was not asked for."""
    sweep = measured.position_sweep
    return {
        "t": measured.t,
        "label": measured.label,
        "probability": measured.probability,
        "leave_one_out": measured.leave_one_out.tolist(),
        "integrated_gradients": measured.integrated_gradients.tolist(),
        "position_sweep": None if sweep is None else sweep.tolist(),
    }


def _without_each(trace: Trace, t: int, label: int, progress: Progress) -> Array:
    """Measure p without word k, for every k, (T,): all words up to `t` but k are read; those after it change nothing.

    A sequence branches off where its word would come. From then on all of them read the same words.
    """
    model, ih, tokens = trace.model, trace.values["ih"], trace.tokens
    reader = Reader(model, max(1, t * (t + 1) // 2 + t), progress)
    whole = start(trace)
    without = whole  # the sentence without word 0, before word 1
    for n in range(1, t + 1):
        whole = reader.read(ih[n - 1], whole, tokens[n - 1].held)
        without = joined(reader.read(ih[n], without, tokens[n].held), whole)
    p = np.full(len(trace), float(trace.values[trace.model.output.answer][t, label]))
    p[: t + 1] = answers(model, without)[:, label]
    return p


def _sweep(trace: Trace, t: int, label: int, progress: Progress) -> Array:
    """Measure p with every word at every place, (T, T), some words at a time."""
    length = len(trace)
    count = max(1, SIDE_BY_SIDE // length)
    p = np.empty((length, length))
    for first in range(0, length, count):
        words = np.arange(first, min(first + count, length))
        p[words] = _moved(trace, words, t, label, part(progress, first / length, (words[-1] + 1) / length))
    return p


def _moved(trace: Trace, words: NDArray[np.intp], t: int, label: int, progress: Progress) -> Array:
    """Measure p with each of K words at every place, (K, T)."""
    moved = stack_recency.moved if is_stack(trace.model) else _moved_in_lane
    return moved(trace, words, t, label, progress)


def _moved_in_lane(trace: Trace, words: NDArray[np.intp], t: int, label: int, progress: Progress) -> Array:
    """As `_moved`, in a network with one lane.

    The sentence without a word is read along, as the last of the blocks of K sequences. At every place a copy of it
    stays behind and reads the word. So places share all that stands before both of them. What is moved behind the
    answer, at `t`, is not read: then the words after it have moved up.
    """
    model, count, length = trace.model, len(words), len(trace)
    steps = t + 1
    reader = Reader(model, count * (steps * (steps + 3) // 2), progress)
    place = np.arange(length)[:, None]
    others = np.minimum(place + (place >= words), length - 1)  # (T, K); behind the last word there is nothing to read
    carried = picked(start(trace), np.zeros(count, np.intp))
    for n in range(steps):
        carried = joined(carried, picked(carried, slice(-count, None)))
        reading = np.empty((n + 2, count), np.intp)
        reading[:n] = others[n - 1]
        reading[n] = words
        reading[n + 1] = others[n]
        carried = reader.read_words(trace, reading.reshape(-1), carried)
    p = answers(model, carried)[:, label].reshape(steps + 1, count).T
    return p[:, np.minimum(np.arange(length), steps)]
