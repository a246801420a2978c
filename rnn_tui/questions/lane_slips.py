"""The usual slips in a network of several lanes: the number of another layer, or of the lane that reads the other way.

Each is named "layer" or "direction". What a lane carried into a word is taken from a wrong place, too: from another
lane, or from the neighbour in the sentence that this lane reads later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.questions.lanes import lane_name
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import OF_OTHERS, Quantity
from rnn_tui.questions.question import Slip
from rnn_tui.rounding import as_shown


class Memory(NamedTuple):
    """A memory (hidden_size,) that is taken for the old one: the slip's name, and what is said of it."""

    name: str
    values: Array
    said: str


def slips_of_lanes(place: Place, asked: Quantity) -> Iterator[Slip]:
    """The same number of the other lanes, where a number of one is asked for."""
    own = place.trace.lane
    if own is None or asked.name in OF_OTHERS or asked.name not in own.values:
        return
    for name, other in _others(place):
        lane = other.lane
        assert lane is not None
        if other.model.cell.kind != place.model.cell.kind:  # its gates are others, so it has no such number
            continue
        row = asked.row(other.model)
        if row < lane.values[asked.name].shape[1]:
            said = f"That is the number of {_named(other)}: that of {place.lane} was asked for."
            yield Slip(name, as_shown(float(lane.values[asked.name][asked.at.t, row])), said)


def other_memories(place: Place, t: int, state: str = "h") -> Iterator[Memory]:
    """The memories that may be taken for the one that the floor's lane carried into timestep t; `state` is h or c."""
    floor, size = place.model.floor, place.model.hidden_size
    if floor.layer is None:
        return
    later = t - 1 if floor.backward else t + 1
    if place.model.layers[floor.layer].bidirectional and 0 <= later < len(place.trace):
        beside, start = ("before", "last") if floor.backward else ("after", "first")
        said = (
            f"That takes the memory of {place.word(later)}, which stands {beside} this one: this lane reads from the "
            f"{start} {place.counted} on."
        )
        yield Memory("direction", place.trace.values[state][later], said)
    for name, other in _others(place):
        carried = other.before(t)
        if state in carried and len(carried[state]) == size:
            yield Memory(name, carried[state], f"That takes the old memory of {_named(other)}, not of {place.lane}.")


def own_for_handed(place: Place, t: int) -> Iterator[Memory]:
    """The memory that may be taken for the numbers that the layer below hands up: this lane's own old memory."""
    own = place.trace.before(t)["h"]
    if place.model.floor.layer and len(own) == place.model.input_size:
        yield Memory("layer", own, "That takes this layer's own memory, not what the layer below hands up.")


def lower_for_top(place: Place, t: int) -> Iterator[Memory]:
    """The memories of lower layers that may be taken for what the top layer hands on, where that is as much."""
    for index, layer in enumerate(place.trace.layers[:-1]):
        if layer.output.shape[1] == place.trace.met.shape[1]:
            yield Memory("layer", layer.output[t], f"That takes the memory of layer {index + 1}, not of the top layer.")


def _others(place: Place) -> Iterator[tuple[str, Trace]]:
    """The trace on the lane that reads the other way, and on those of other layers that read the same way."""
    own = place.model.floor
    for floor in place.model.floors:
        if floor.layer is None or floor.index == own.index:
            continue
        if floor.layer == own.layer:
            yield "direction", place.trace.on(floor.index)
        elif floor.backward == own.backward:
            yield "layer", place.trace.on(floor.index)


def _named(trace: Trace) -> str:
    return lane_name(trace.model.floors, trace.model.at_floor)
