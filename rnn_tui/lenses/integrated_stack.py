"""The logit of a label and its gradients on the way from zeros to x, through the lanes of a stack of layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnn_tui.lenses.rereading import merged
from rnn_tui.lenses.stepping import label_logits
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, State
from rnn_tui.network.cells.cell import Asked, Unrolled
from rnn_tui.network.errors import InputError
from rnn_tui.network.heads import backward, through
from rnn_tui.network.held import Held
from rnn_tui.network.held_passes import backward_held, forward_held
from rnn_tui.network.layers import Lane, Layer
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.network.workspace import Workspace

ROOM = 2**26
"""About the most bytes that the points which are run side by side may take."""


def logit_of_states(model: Model, h: Array, t: int, label: int) -> tuple[Array, Asked]:
    """From what the readout reads (T, n, P): the logit of a label after timestep t (P,), and its gradient by them."""
    last = np.array([t])
    handed, kept = model.readout.forward_pass(h, last)  # (1, P, n)
    given = through(model.head, handed)
    read = given[-1] if given else handed
    logits, weight = label_logits(model, read[0], label)
    d_read = backward(model.head, np.broadcast_to(weight, read.shape), given)
    d_h, _ = model.readout.backward_pass(d_read, h, last, kept)
    return logits, d_h


def check_start(initial: Mapping[str, Array]) -> None:
    """Raise InputError where a lane starts from anything but zeros beside h."""
    if any(initial[name].any() for name in initial if name != "h"):
        raise InputError("integrated gradients are taken of a sentence from its start, where the cell state is 0")


Kept = tuple[Array, Unrolled | list[State]]
"""The x that a lane has read, in the order in which it did, and what its way back needs beside it."""


@dataclass(frozen=True, eq=False)
class LanePass:
    """One lane at P points of the way, there and back; what comes and goes stands in the order of the words.

    `held` is what is held in it, by its timestep in the order in which it reads. Where there is any it goes step by
    step, since the passes of the cells know nothing of it.
    """

    cell: Cell
    lane: Lane
    held: Mapping[int, Sequence[Held]]
    workspace: Workspace

    def there(self, x: Array) -> tuple[Array, Kept]:
        """From what is read, x (T, n, P), to the hidden states (T, hidden_size, P), and what the way back needs."""
        x, cell, initial = self._turned(x), self.cell, self.lane.initial
        if self.held:
            states = forward_held(cell, self._products(x), tuple(initial.values()), self.held)
            return self._turned(np.stack([h.T for h, *_ in states[1:]])), (x, states)
        steps, size, points = x.shape
        stack = self.workspace.array("stack", steps + 1, size + 1 + cell.hidden_size, points)
        stack[:-1, :size] = x
        stack[:, size] = 1
        stack[0, size + 1 :] = initial["h"][:, None]
        unrolled = cell.forward_pass(stack, self.workspace)
        return self._turned(unrolled.h[1:]), (x, unrolled)

    def back(self, d_h: Array, kept: Kept) -> Array:
        """From the derivatives by the hidden states (T, hidden_size, P) to those by ih, (T, rows, P)."""
        d_h = self._turned(d_h)
        x, passed = kept
        if isinstance(passed, Unrolled):
            d_ih, _ = self.cell.backward_pass(d_h, passed, self.workspace)
        else:
            by_word = backward_held(self.cell, self._products(x), passed, d_h.transpose(0, 2, 1), self.held)
            d_ih = by_word.transpose(0, 2, 1)
        return self._turned(d_ih)

    def _turned(self, array: Array) -> Array:
        return array[::-1] if self.lane.backward else array

    def _products(self, x: Array) -> Array:
        """weight_ih·x + bias_ih, (T, P, rows)."""
        products: Array = (self.cell.weight_ih @ x).transpose(0, 2, 1) + self.cell.bias_ih
        return products


@dataclass(frozen=True, eq=False)
class StackWay:
    """As `integrated.Way`, through all lanes of a stack: one that reads backward hears the words after the answer."""

    trace: Trace
    t: int
    label: int

    @property
    def words(self) -> int:
        """The number of words that may have a say: all."""
        return len(self.trace)

    def run(self, points: Array, tell: Callable[[], None]) -> tuple[Array, Array]:
        """At P points on the way, from 0 to 1: the logit (P,), and its gradient by each word's x, times x, (P, T).

        Calls `tell` now and then.
        """
        cells = [lane.cell for lanes in self._passes for lane in lanes]
        column = 8 * self.words * sum(cell.input_size + 8 * len(cell.weight_hh) for cell in cells)
        batch = max(1, ROOM // column)
        logits, slopes = np.empty(len(points)), np.empty((len(points), self.words))
        for first in range(0, len(points), batch):
            some = slice(first, first + batch)
            tell()
            lanes, kept = self._there(points[some], tell)
            logits[some], asked = self._read(lanes)
            slopes[some] = self._back(asked, kept, tell)
        return logits, slopes

    def _there(self, points: Array, tell: Callable[[], None]) -> tuple[list[Array], list[list[Kept]]]:
        """The hidden states of each lane of the top layer (T, hidden_size, P), and what the way back needs."""
        kept: list[list[Kept]] = []
        x: list[Array] = [rows[:, :, None] * points for rows in self._input]
        lanes: list[Array] = []
        for layer, passes in zip(self.trace.model.layers, self._passes, strict=True):
            found = [lane.there(of_lane) for lane, of_lane in zip(passes, x, strict=False)]
            lanes, of_layer = [h for h, _ in found], [of_lane for _, of_lane in found]
            kept.append(of_layer)
            x = [merged(layer, lanes, axis=1)] * 2
            tell()
        return lanes, kept

    def _read(self, lanes: list[Array]) -> tuple[Array, list[Array]]:
        """From the states of the top layer's lanes to the logit (P,), and its gradient by each of them."""
        model = self.trace.model
        top, both_ends = model.layers[-1], len(lanes) == 2 and model.readout.kind == "last"
        h = merged(top, lanes, axis=1)
        if both_ends:
            h[-1] = merged(top, [lanes[0][-1], lanes[1][0]], axis=0)
        logits, asked = logit_of_states(model, h, self.t, self.label)
        d_h = np.stack([np.zeros_like(h_t) if d is None else d for h_t, d in zip(h, asked, strict=True)])
        d_lanes = _split(top, d_h)
        if both_ends:  # the last state of the lane that reads backward is that at the first word
            d_lanes[1] = np.concatenate((d_lanes[1][-1:], np.zeros_like(d_lanes[1][1:])))
        return logits, d_lanes

    def _back(self, asked: list[Array], kept: list[list[Kept]], tell: Callable[[], None]) -> Array:
        """From the derivatives by the states of the top layer's lanes to each word's slope, (P, T)."""
        layers = self.trace.model.layers
        for index in range(len(layers) - 1, -1, -1):
            passes = self._passes[index]
            d_ih = [lane.back(d, of_lane) for lane, d, of_lane in zip(passes, asked, kept[index], strict=True)]
            if index:
                d_x = [lane.cell.weight_ih.T @ d for lane, d in zip(passes, d_ih, strict=True)]
                asked = _split(layers[index - 1], d_x[0] if len(d_x) == 1 else d_x[0] + d_x[1])
            tell()
        slopes = [np.einsum("tgp,tg->pt", d, from_x) for d, from_x in zip(d_ih, self._from_x, strict=True)]
        whole: Array = slopes[0] if len(slopes) == 1 else slopes[0] + slopes[1]
        return whole

    @cached_property
    def _from_x(self) -> list[Array]:
        """The input's part of ih of each lane of the lowest layer, weight_ih·x, (T, rows)."""
        return [lane.values["ih"] - lane.cell.bias_ih for lane in _lanes(self.trace, 0)]

    @cached_property
    def _input(self) -> list[Array]:
        """The rows that each lane of the lowest layer reads, (T, n): x or, where that is longer, weight_ih·x."""
        if self._longer:
            return self._from_x
        x = np.stack([self.trace.model.embedding.x(token) for token in self.trace.tokens]).astype(np.float64)
        return [x] * len(self._from_x)

    @property
    def _longer(self) -> bool:
        """True where x is longer than weight_ih·x, which it is cheaper to begin with."""
        rows: int = self._from_x[0].shape[1]
        return self.trace.model.layers[0].input_size > rows

    @cached_property
    def _passes(self) -> list[list[LanePass]]:
        """The lanes of each layer, the lowest first."""
        found: list[list[LanePass]] = []
        for index in range(len(self.trace.layers)):
            lanes = _lanes(self.trace, index)
            for lane in lanes:
                check_start(lane.initial)
            room = Workspace(np.dtype(np.float64))
            found.append([self._pass(index, lane, room.part(str(n))) for n, lane in enumerate(lanes)])
        return found

    def _pass(self, index: int, lane: Lane, room: Workspace) -> LanePass:
        cell = lane.cell
        if not index and self._longer:
            cell = replace(cell, weight_ih=np.eye(len(cell.weight_ih)))
        held = {}
        for t, token in enumerate(self.trace.tokens):
            own = [one for one in token.held if (one.layer, one.backward) == (index, lane.backward)]
            if own:
                held[len(self.trace) - 1 - t if lane.backward else t] = own
        return LanePass(cell, lane, held, room)


def _lanes(trace: Trace, layer: int) -> list[Lane]:
    recording = trace.layers[layer]
    return [lane for lane in (recording.forward, recording.backward) if lane is not None]


def _split(layer: Layer, d: Array) -> list[Array]:
    """From the derivatives by what a layer hands on, (T, n, P), to those by the states of each of its lanes."""
    if not layer.bidirectional:
        return [d]
    return [d, d] if layer.merge == "sum" else np.split(d, 2, axis=1)
