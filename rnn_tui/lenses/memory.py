"""The memory lens: the sentence is read again with one word silent, and the two hidden states are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.stepping import doubled, step
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace

ROWS = 256
"""The number of sequences stepped at once: more are no faster, and keep whoever wants to cancel waiting."""


@dataclass(frozen=True, eq=False)
class Memory:
    """The part of each word that is left in the hidden state after each later one."""

    influence: Array  # (T, T), [k][t]: of word k after word t; 0 for t < k

    def __post_init__(self) -> None:
        object.__setattr__(self, "influence", frozen(self.influence))

    def left(self, word: int, t: int = -1) -> float:
        """Return the share of what a word moved that is left after timestep t; NaN where it moved nothing."""
        moved = float(self.influence[word, word])
        return float(self.influence[word, t]) / moved if moved > 0 else float("nan")


def memory(trace: Trace, progress: Progress = quiet) -> Memory:
    """Run again with word k's input vector replaced by zeros, for every word k.

    influence[k][t] is the Euclidean distance between the two hidden states after word t, |h_t − h_t(x_k = 0)|. All
    runs are one: sequence k leaves the original at word k, so after t words there are t + 1 of them side by side.
    """
    trace = doubled(trace)
    model, length = trace.model, len(trace)
    states = tuple(np.empty((length, model.hidden_size)) for _ in model.cell.state_names)
    influence = np.zeros((length, length))
    done, whole = 0, length * (length + 1) / 2
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; it is then NaN
        for t, ih in enumerate(trace.values["ih"]):
            for state, before in zip(states, trace.before(t).values(), strict=True):
                state[t] = before
            for first in range(0, t + 1, ROWS):
                rows = slice(first, min(first + ROWS, t + 1))
                read = np.tile(ih, (rows.stop - first, 1))
                if rows.stop == t + 1:
                    read[-1] = model.cell.bias_ih  # weight_ih·0 + bias_ih
                stepped = step(model, read, tuple(s[rows] for s in states), trace.tokens[t].held)
                for state, new in zip(states, stepped, strict=True):
                    state[rows] = new
                influence[rows, t] = np.linalg.norm(states[0][rows] - trace.values["h"][t], axis=1)
                done += rows.stop - first
                progress(done / whole)
    return Memory(influence)


def compute(trace: Trace, asked: Question, progress: Progress) -> Memory:
    """Answer a question to this lens; it depends on the trace alone."""
    return memory(trace, progress)


def to_json(measured: Memory) -> dict[str, Any]:
    """The lens's fields."""
    return {"influence": measured.influence.tolist()}
