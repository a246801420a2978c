"""The hidden state as a point that moves: its first two principal components over one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.lanes import ONE_LANE, Looked, floor_of, looked_at
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace

ROUNDING = 1e-9
"""The share of the largest of its kind below which something is taken for rounding."""


@dataclass(frozen=True, eq=False)
class Boundary:
    """The line of the plane on which the answer of a two-label model flips: normal · point = offset.

    Where normal · point is larger, the answer is the second label; where it is smaller, the first. `margin` (T + 1,) is
    the second logit minus the first in the whole space, for every state, so its sign is the answer that is given there.
    `exact` says that the line tells the same for every state: that nothing outside the plane has a say.
    """

    normal: Array
    offset: float
    margin: Array
    exact: bool

    def __post_init__(self) -> None:
        for name in ("normal", "margin"):
            object.__setattr__(self, name, frozen(getattr(self, name)))


@dataclass(frozen=True, eq=False)
class Path:
    """The hidden state before the first word and after each of T words, as points of a plane.

    `points` (T + 1, 2) are its coordinates in the plane that shows most of the movement, and `explained` (2,) the
    shares of the movement (of the sum of squared distances from the mean) that its two directions show; 0 where nothing
    moves. A state that overflowed is NaN. The signs are chosen so that the path ends right of where it began, and above
    it; where it ends there, so that the direction's largest component is positive. `boundary` is None but for two
    labels and output nodes that read the state: with more labels there is more than one line, and what pooling,
    attention or a head gives is not the state, and neither is what two lanes are together. `looked` is the lane whose
    state it is; where that reads backward, the point after its first word is `points[1]`, as everywhere: the points
    stand in the order in which the words are read.
    """

    points: Array
    explained: Array
    boundary: Boundary | None = None
    looked: Looked = ONE_LANE

    def __post_init__(self) -> None:
        for name in ("points", "explained"):
            object.__setattr__(self, name, frozen(getattr(self, name)))

    def step(self, t: int) -> int:
        """The index (from 0) of a word, from 0, in the order in which the words are read."""
        return len(self.points) - 2 - t if self.looked.backward else t

    @property
    def exact(self) -> bool:
        """True where there is a line, and it is the one on which the answer flips for these very states."""
        return self.boundary is not None and self.boundary.exact

    @property
    def shown(self) -> float:
        """The share of the movement that the plane shows."""
        return float(self.explained.sum())

    @property
    def moves(self) -> Array:
        """The distance by which each word moved the point in the plane, (T,), in the order in which they are read."""
        steps: Array = np.sqrt((np.diff(self.points, axis=0) ** 2).sum(axis=1))
        return steps


def path(trace: Trace, progress: Progress = quiet, layer: int | None = None, *, backward: bool = False) -> Path:
    """Principal components of the states of one sentence (Pearson, 1901): the SVD of the states minus their mean.

    For an LSTM the state is h, which is what the answer reads. In a stack it is that of a `layer` (from 0; None is the
    top one), of the lane that reads forward or `backward`. Raises InputError where there is no such lane.
    """
    looked = looked_at(trace, layer, backward=backward)
    trace = doubled(trace)
    trace = trace.on(floor_of(trace.model, looked))
    h = trace.values["h"]
    states = np.concatenate((trace.initial["h"][None], h[::-1] if backward else h))
    progress(0.0)
    finite = np.isfinite(states).all(axis=1)
    largest = np.abs(states[finite]).max(initial=0) or 1.0  # squares of large numbers overflow
    mean = (states[finite] / largest).mean(axis=0) if finite.any() else np.zeros(states.shape[1])
    centred = states[finite] / largest - mean
    directions, explained = _plane(centred)
    inside = centred @ directions.T
    directions, inside = _signed(directions, inside)
    progress(0.9)
    points = np.full((len(states), 2), np.nan)
    points[finite] = inside * largest
    boundary = None if not finite.all() else _boundary(trace, states, mean * largest, directions, points)
    progress(1.0)
    return Path(points, explained, boundary, looked)


def compute(trace: Trace, asked: Question, progress: Progress) -> Path:
    """Answer a question to this lens, about the lane that it names."""
    return path(trace, progress, asked.layer, backward=bool(asked.backward))


def to_json(measured: Path) -> dict[str, Any]:
    """The fields as plain numbers and lists."""
    boundary = measured.boundary
    line = None if boundary is None else {"normal": boundary.normal.tolist(), "offset": boundary.offset}
    return {
        **measured.looked.fields(),
        "points": measured.points.tolist(),
        "explained": measured.explained.tolist(),
        "boundary": line,
        "exact": measured.exact,
    }


def _plane(centred: Array) -> tuple[Array, Array]:
    """The two directions (2, hidden_size) of most movement, zeros where there is none, and their shares of it."""
    directions, explained = np.zeros((2, centred.shape[1])), np.zeros(2)
    if not centred.any():
        return directions, explained
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    moving = sizes[:2] > sizes[0] * 1e-13  # what is left of a direction in which nothing moves is rounding
    count = int(moving.sum())
    directions[:count] = rows[:count]
    explained[:count] = sizes[:count] ** 2 / (sizes**2).sum()
    return directions, explained


def _signed(directions: Array, inside: Array) -> tuple[Array, Array]:
    if not len(inside):
        return directions, inside
    moved = inside[-1] - inside[0]
    size = np.abs(inside).max(axis=0)
    strongest = np.take_along_axis(directions, np.abs(directions).argmax(axis=1)[:, None], axis=1)[:, 0]
    sign = np.where(np.where(np.abs(moved) > ROUNDING * size, moved, strongest) < 0, -1.0, 1.0)
    return directions * sign[:, None], inside * sign


def _boundary(trace: Trace, states: Array, mean: Array, directions: Array, points: Array) -> Boundary | None:
    """From margin = difference · (mean + directionsᵀ · point) + what is outside; difference is that of fc's rows."""
    model = trace.model
    if model.output_size != 2 or model.output.is_number or model.reads != "h" or not model.floor.answers:
        return None
    difference, bias = model.fc.weight[-1], float(model.fc.bias[-1])
    if len(model.fc.weight) == 2:  # where one node says yes or no, it is the margin itself
        difference, bias = difference - model.fc.weight[0], float(model.fc.bias[1] - model.fc.bias[0])
    normal = directions @ difference
    if not (np.abs(normal) > ROUNDING * np.abs(difference).max()).any():
        return None
    offset = -(float(mean @ difference) + bias)
    margin = states @ difference + bias
    outside = np.abs(margin - (points @ normal - offset)).max()
    scale = np.abs(states * difference).sum(axis=1).max() + abs(bias)
    return Boundary(normal, offset, margin, exact=bool(outside <= ROUNDING * scale))
