"""A stack of layers run again on other sentences, many side by side: on fewer words, moved ones, silent ones.

What reads backward begins at the end of each sentence, so nothing can be shared between sentences that begin alike, as
`sequences` does it for a network with one lane: every sentence is run whole, lane by lane.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.stepping import probabilities
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, State
from rnn_tui.network.held import Held
from rnn_tui.network.holding import advance_held
from rnn_tui.network.layers import Layer
from rnn_tui.network.readouts import Readout
from rnn_tui.network.trace import Trace

ROOM = 2**25
"""About the most bytes of hidden states that are kept of the sentences which are run side by side."""

SIDE_BY_SIDE = 256
"""The most sentences side by side: more are no quicker, and keep whoever wants to cancel waiting."""

Words = NDArray[np.intp]
"""The words of B sentences of S words each, as timesteps of a trace, (S, B)."""


class Silent(NamedTuple):
    """Units that are held at 0 at every step, one in each sentence, (B,): of the lane of a layer and a direction."""

    layer: int
    backward: bool
    units: Words


class Sentences(NamedTuple):
    """B sentences of S words each, (S, B) of them.

    Where `blank` (S, B) is true the input vector of the word is replaced by zeros. `silent` are units held at 0.
    """

    words: Words
    blank: NDArray[np.bool_] | None = None
    silent: Silent | None = None


@dataclass
class Rerun:
    """Runs of a trace's network, which is in float64, on sentences made of its words.

    What a word holds (`network.held`) is held wherever it stands. `work` is how many sentences are to be run in all.
    """

    trace: Trace
    progress: Progress
    work: int
    done: int = field(default=0, init=False)

    def at_once(self, length: int) -> int:
        """The number of sentences of a length (in words) that are run side by side."""
        numbers = length * sum(layer.output_size for layer in self.trace.model.layers) + 1
        return max(1, min(SIDE_BY_SIDE, ROOM // (8 * numbers)))

    def states(self, sentences: Sentences, layer: int = -1) -> list[Array]:
        """The hidden states of each lane of a layer (the top one unless given), (S, B, hidden_size)."""
        layers, batch = self.trace.model.layers, sentences.words.shape[1]
        layer = range(len(layers))[layer]
        below: Array | None = None
        lanes: list[Array] = []
        for index in range(layer + 1):
            below = merged(layers[index - 1], lanes) if index else None
            lanes = [
                self._lane((index, backward), sentences, below)
                for backward in (False, True)[: len(layers[index].cells)]
            ]
            self.progress(min(1.0, (self.done + (index + 1) / (layer + 1) * batch) / self.work))
        self.done += batch
        return lanes

    def answers(self, sentences: Sentences, at: Words | None = None) -> Array:
        """The answers (B, output_size) to the sentences: after their last words, or after word `at` (B,) of each."""
        model, words = self.trace.model, sentences.words
        lanes = self.states(sentences)
        if not len(words):
            return probabilities(model, self._of_nothing(lanes))
        h = met(model.readout, model.layers[-1], lanes).transpose(0, 2, 1)
        timesteps = np.array([len(words) - 1]) if at is None else np.unique(at)
        handed, _ = model.readout.forward_pass(h, timesteps)  # (Q, B, n)
        which = np.zeros(words.shape[1], np.intp) if at is None else np.searchsorted(timesteps, at)
        return probabilities(model, handed[which, np.arange(words.shape[1])])

    def _of_nothing(self, lanes: list[Array]) -> Array:
        """Return what is handed on where no word is read, (B, n): each lane is as it begins."""
        model, batch = self.trace.model, lanes[0].shape[1]
        top = len(model.layers) - 1
        begins = [
            np.repeat(self._begins(top, cell, backward=backward)[0][None, None], batch, axis=1)
            for cell, backward in zip(model.layers[top].cells, (False, True), strict=False)
        ]
        h = merged(model.layers[top], begins)[0]
        return model.readout.handed(h, model.readout.start(h))

    def _begins(self, layer: int, cell: Cell, *, backward: bool) -> State:
        """The state that a lane carries into the first word that it reads, (hidden_size,) each."""
        recording = self.trace.layers[layer]
        lane = recording.backward if backward else recording.forward
        assert lane is not None, "a lane of the model is in its recording"
        return tuple(lane.initial[name] for name in cell.state_names)

    def _lane(self, lane: tuple[int, bool], sentences: Sentences, below: Array | None) -> Array:
        """The hidden states of the lane of a layer and a direction, (S, B, hidden_size).

        `below` is what it reads above the lowest layer.
        """
        layer, backward = lane
        words, blank, silent = sentences
        cell = self.trace.model.layers[layer].cells[backward]
        steps, batch = words.shape
        rows = silent.units if silent is not None and silent[:2] == lane else None
        state = tuple(np.repeat(begin[None], batch, axis=0) for begin in self._begins(layer, cell, backward=backward))
        state = _silenced(state, rows)
        reads = words if blank is None or below is not None else np.where(blank, len(self.trace), words)
        h = np.empty((steps, batch, cell.hidden_size))
        for t in reversed(range(steps)) if backward else range(steps):
            ih = self._products[backward][reads[t]] if below is None else below[t] @ cell.weight_ih.T + cell.bias_ih
            state = _silenced(self._held(cell, lane, words[t], ih, state, cell.advance(ih, state)), rows)
            h[t] = state[0]
        return h

    def _held(self, cell: Cell, lane: tuple[int, bool], words: Words, ih: Array, before: State, after: State) -> State:
        """The states after a step (B, n), in those sentences anew in which a word holds something in this lane."""
        for t, held in self._holds.get(lane, {}).items():
            those = np.flatnonzero(words == t)
            if len(those):
                anew = advance_held(cell, ih[those], tuple(array[those] for array in before), held)
                for array, part in zip(after, anew, strict=True):
                    array[those] = part
        return after

    @cached_property
    def _holds(self) -> Mapping[tuple[int, bool], dict[int, list[Held]]]:
        """What is held in each lane, by timestep."""
        found: dict[tuple[int, bool], dict[int, list[Held]]] = {}
        for t, token in enumerate(self.trace.tokens):
            for one in token.held:
                found.setdefault((one.layer, one.backward), {}).setdefault(t, []).append(one)
        return found

    @cached_property
    def _products(self) -> list[Array]:
        """For each lane of the lowest layer weight_ih·x + bias_ih of every word, and of zeros last (T + 1, rows)."""
        lowest = self.trace.layers[0]
        lanes = [lane for lane in (lowest.forward, lowest.backward) if lane is not None]
        return [np.concatenate((lane.values["ih"], lane.cell.bias_ih[None])) for lane in lanes]


def _silenced(state: State, units: Words | None) -> State:
    """The state of B sentences (B, hidden_size) with a unit of each at 0; written into it."""
    if units is not None:
        for array in state:
            array[np.arange(len(units)), units] = 0
    return state


def merged(layer: Layer, lanes: list[Array], axis: int = -1) -> Array:
    """The states that a layer hands on, of those of its lanes; `axis` is that of their units."""
    if len(lanes) == 1:
        return lanes[0]
    return lanes[0] + lanes[1] if layer.merge == "sum" else np.concatenate(lanes, axis=axis)


def met(readout: Readout, layer: Layer, lanes: list[Array]) -> Array:
    """The states that a readout gets of the top layer, (S, B, n); `last` takes the last of each lane (`Trace.met`)."""
    h = merged(layer, lanes)
    if len(lanes) == 2 and readout.kind == "last":
        h = h.copy()
        h[-1] = merged(layer, [lanes[0][-1], lanes[1][0]])
    return h


def pieces(count: int, size: int) -> Iterator[slice]:
    """Cut so many into slices of at most `size`."""
    return (slice(first, min(first + size, count)) for first in range(0, count, size))
