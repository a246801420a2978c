"""The part of a recording that has been computed by a moment, with zeros in place of all that is to be guessed."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.floors import Floor
from rnn_tui.network.layers import Lane, LayerRecording
from rnn_tui.network.position import Position
from rnn_tui.network.trace import Trace


def so_far(trace: Trace, at: Position, *, answers: bool = False) -> Trace:
    """Return the trace with zeros for all that hasn't been computed at a position.

    All that only the answers are made of is zero at every timestep; with `answers` it is there as far as it was
    computed. What is drawn from this trace can't tell what is to be guessed: not by a number, and not by the scale of a
    bar.
    """
    found: dict[bool, list[Lane]] = {False: [], True: []}
    for floor in trace.model.floors:
        lane = trace.on(floor.index).lane
        if lane is not None:
            values = {name: _cut(trace, at, floor, name, array) for name, array in lane.values.items()}
            found[lane.backward].append(Lane(lane.cell, values, lane.initial, lane.backward))
    backward = iter(found[True])
    layers = tuple(
        LayerRecording(layer.layer, lane, next(backward) if layer.backward is not None else None)
        for layer, lane in zip(trace.layers, found[False], strict=True)
    )
    outputs = {
        name: _cut(trace, at, _floor_of(trace, name), name, array) if answers else np.zeros_like(array)
        for name, array in trace.outputs.items()
    }
    return Trace(trace.model.on(0), trace.tokens, layers, outputs).on(trace.model.at_floor)


def _floor_of(trace: Trace, name: str) -> Floor:
    """The floor on which a value that the answer is made of comes to light, or else the last."""
    floors = trace.model.floors
    return next((floor for floor in floors if any(name in phase.shows for phase in floor.phases)), floors[-1])


def _cut(trace: Trace, at: Position, floor: Floor, name: str, array: Array) -> Array:
    """A value (T, n) as far as it has been computed; what no phase shows is there with the floor's last phase."""
    phases = floor.phases
    phase = next((index for index, one in enumerate(phases) if name in one.shows), len(phases) - 1)
    known = trace.order.known(at, phase, floor.index)
    cut = np.zeros_like(array)
    cut[list(known)] = array[list(known)]
    return cut
