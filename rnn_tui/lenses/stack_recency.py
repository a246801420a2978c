"""The answer of a stack of layers to a sentence without one of its words, and with one elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.rereading import Rerun, Sentences, pieces
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace


def without_each(trace: Trace, t: int, label: int, progress: Progress) -> Array:
    """Measure the answer's p for `label` without word k, for every k, (T,).

    The answer is the last one or, where every word has one, that of the word of timestep `t`; without that word itself
    it is that of the word before it, and without the first that of the one that has come into its place.
    """
    length = len(trace)
    left_out = np.arange(length)
    at = np.maximum(0, np.where(left_out <= t, t - 1, t))
    rerun, p = Rerun(trace, progress, length), np.empty(length)
    for some in pieces(length, rerun.at_once(length)):
        rest = np.arange(length - 1)[:, None]
        words = rest + (rest >= left_out[some])
        p[some] = rerun.answers(Sentences(words), at[some])[:, label]
    return p


def moved(trace: Trace, words: NDArray[np.intp], t: int, label: int, progress: Progress) -> Array:
    """Measure p of the answer after timestep `t` with each of K words at every place, (K, T)."""
    length = len(trace)
    rerun, p = Rerun(trace, progress, len(words) * length), np.empty(len(words) * length)
    place = np.tile(np.arange(length), len(words))  # a sentence for each word and place
    word = np.repeat(words, length)
    for some in pieces(len(p), rerun.at_once(length)):
        at = np.arange(length)[:, None]
        other = at - (at > place[some])  # the place among the words that stay
        reading = np.where(at == place[some], word[some], other + (other >= word[some]))
        p[some] = rerun.answers(Sentences(reading), np.full(reading.shape[1], t))[:, label]
    return p.reshape(len(words), length)
