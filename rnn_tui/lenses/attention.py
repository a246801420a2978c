"""The weights of the attention readout, and what the last hidden state alone would say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.needs import ATTENTION
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.stepping import doubled, probabilities
from rnn_tui.network.arrays import Array, frozen, softmax
from rnn_tui.network.trace import Trace, met


@dataclass(frozen=True, eq=False)
class AttentionWeights:
    """The look back over T words, from timestep `t` and from every other.

    `scores` (T,) are the e_t, attention.weight·h_t + attention.bias; their softmax over the words so far are the
    weights. `with_attention` and `last_alone` (T, output_size) are the answers after every timestep, from the weighted
    sum of the hidden states, and those that the same head and fc give from the hidden state alone: what the readout
    `last` would hand on. Where a layer reads in both directions there are answers after the last timestep alone, and
    NaN before.
    """

    t: int
    scores: Array
    with_attention: Array
    last_alone: Array

    def __post_init__(self) -> None:
        for name in ("scores", "with_attention", "last_alone"):
            object.__setattr__(self, name, frozen(getattr(self, name)))

    @property
    def weights(self) -> Array:
        """The weights after timestep `t`, (T,); 0 for the words after it."""
        return self.weights_at(self.t)

    @property
    def probs_attention(self) -> Array:
        """The answer after timestep `t`, (output_size,)."""
        probs: Array = self.with_attention[self.t]
        return probs

    @property
    def probs_last(self) -> Array:
        """The answer after timestep `t` from its hidden state alone, (output_size,)."""
        probs: Array = self.last_alone[self.t]
        return probs

    def weights_at(self, t: int) -> Array:
        """The weights after another timestep, from 0, (T,); 0 for the words after it."""
        weights = np.zeros_like(self.scores)
        with np.errstate(invalid="ignore"):  # an unbounded activation may have made a score infinite
            weights[: t + 1] = softmax(self.scores[: t + 1])
        return frozen(weights)


def attention(trace: Trace, t: int | None = None, progress: Progress = quiet) -> AttentionWeights:
    """Measure where the answer after timestep `t` looks back to; None is the last one.

    Raises InputError where the readout is another.
    """
    ATTENTION.check(trace.model)
    progress(0.0)
    trace = doubled(trace)
    values = trace.values
    with np.errstate(over="ignore", invalid="ignore"):
        last_alone = probabilities(trace.model, met("last", trace.layers[-1]))
    last = len(trace) - 1
    if not trace.model.answers_each:
        last_alone[:-1] = np.nan
        t = last
    answers = values[trace.model.output.answer]
    return AttentionWeights(last if t is None else t, values["scores"][:, 0], answers, last_alone)


def compute(trace: Trace, asked: Question, progress: Progress) -> AttentionWeights:
    """Answer a question to this lens; raises InputError where the readout is no attention."""
    return attention(trace, asked.t, progress)


def to_json(measured: AttentionWeights) -> dict[str, Any]:
    """The fields as plain numbers and lists."""
    return {
        "t": measured.t,
        "weights": measured.weights.tolist(),
        "probs_attention": measured.probs_attention.tolist(),
        "probs_last": measured.probs_last.tolist(),
    }
