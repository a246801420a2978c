"""The memory lens: the sentence is read again with one word silent, and the two hidden states are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.lanes import ONE_LANE, Looked, is_stack, layer_of
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.rereading import Rerun, Sentences, merged, pieces
from rnn_tui.lenses.stepping import doubled, step
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace

ROWS = 256
"""The number of sequences stepped at once: more are no faster, and keep whoever wants to cancel waiting."""


@dataclass(frozen=True, eq=False)
class Memory:
    """The part of each word that is left in the hidden state after each later one, or each other one.

    `looked` says of which layer; it is that of both of its lanes, as the layer hands it on.
    """

    influence: Array  # (T, T), [k][t]: of word k after word t; 0 for t < k where all layers read forward
    looked: Looked = ONE_LANE

    def __post_init__(self) -> None:
        object.__setattr__(self, "influence", frozen(self.influence))

    def left(self, word: int, t: int = -1) -> float:
        """Return the share of what a word moved that is left after timestep t; NaN where it moved nothing."""
        moved = float(self.influence[word, word])
        return float(self.influence[word, t]) / moved if moved > 0 else float("nan")


def memory(trace: Trace, progress: Progress = quiet, layer: int | None = None) -> Memory:
    """Run again with word k's input vector replaced by zeros, for every word k.

    influence[k][t] is the Euclidean distance between the two hidden states after word t, |h_t − h_t(x_k = 0)|, of a
    layer (from 0; None is the top one): of what it hands on, which is of both lanes where it has two. Raises InputError
    where there is no such layer.
    """
    layer = layer_of(trace, layer)
    if is_stack(trace.model):
        return _of_stack(doubled(trace), layer, progress)
    return _of_lane(doubled(trace), progress)


def _of_stack(trace: Trace, layer: int, progress: Progress) -> Memory:
    """Run each sentence whole, since one that is read backward differs from its end on."""
    length, recording = len(trace), trace.layers[layer]
    rerun = Rerun(trace, progress, length)
    influence = np.empty((length, length))
    with np.errstate(over="ignore", invalid="ignore"):
        for some in pieces(length, rerun.at_once(length)):
            silent = np.arange(length)[some]
            words = np.tile(np.arange(length)[:, None], len(silent))
            states = rerun.states(Sentences(words, blank=words == silent), layer)
            apart = merged(recording.layer, states) - recording.output[:, None]
            influence[some] = np.linalg.norm(apart, axis=2).T
    below = trace.layers[: layer + 1]
    if not any(one.backward is not None for one in below):  # before a word there is nothing of it, not even rounding
        influence = np.triu(influence)
    return Memory(influence, Looked(layer))


def _of_lane(trace: Trace, progress: Progress) -> Memory:
    """All runs are one: sequence k leaves the original at word k, so after t words t + 1 of them are side by side."""
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
    """Answer a question to this lens, about the layer that it names."""
    return memory(trace, progress, asked.layer)


def to_json(measured: Memory) -> dict[str, Any]:
    """The lens's fields."""
    return {**measured.looked.fields(), "influence": measured.influence.tolist()}
