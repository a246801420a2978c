"""The lane of a stack that a lens looks at: a layer and a direction, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rnn_tui.network.errors import InputError
from rnn_tui.network.layers import Lane
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.network.votes import units_by_vote

DIRECTIONS = ("forward", "backward")
"""The directions in which a lane reads, by name."""


def is_stack(model: Model) -> bool:
    """Tell whether a network has more than one lane: several layers, or one that reads in both directions."""
    return len(model.layers) > 1 or model.two_way


@dataclass(frozen=True)
class Looked:
    """The part of a stack that a lens looked at: a layer (from 0) and a direction; None for all layers, or for both.

    Of a network with one lane both are None.
    """

    layer: int | None = None
    backward: bool | None = None

    @property
    def direction(self) -> str | None:
        """The direction by its name, "forward" or "backward"; None for both, or where there is one alone."""
        return None if self.backward is None else DIRECTIONS[self.backward]

    def fields(self) -> dict[str, Any]:
        """The fields of JSON that name it; none for a network with one lane."""
        if self.layer is None and self.backward is None:
            return {}
        return {"layer": self.layer, "direction": self.direction}


ONE_LANE = Looked()
"""All that there is to look at in a network with one lane."""


def layer_of(trace: Trace, layer: int | None) -> int:
    """A layer's index (from 0), the top one's for None; raises InputError where there is no such layer."""
    count = len(trace.model.layers)
    if layer is not None and not 0 <= layer < count:
        raise InputError(f"there is no layer {layer + 1}; the network has {count}, so 1 to {count}")
    return count - 1 if layer is None else layer


def looked_at(trace: Trace, layer: int | None = None, *, backward: bool | None = None) -> Looked:
    """The lane of a layer (None: the top one) and a direction (None: forward); `ONE_LANE` where there is one lane.

    Raises InputError where there is no such lane.
    """
    found = Looked(layer_of(trace, layer), bool(backward))
    assert found.layer is not None
    if found.backward and not trace.model.layers[found.layer].bidirectional:
        raise InputError(f"layer {found.layer + 1} reads forward alone")
    return found if is_stack(trace.model) else ONE_LANE


def lane_of(trace: Trace, looked: Looked) -> Lane:
    """The recording of a lane."""
    recording = trace.layers[looked.layer or 0]
    lane = recording.backward if looked.backward else recording.forward
    assert lane is not None, "a lane that was checked is there"
    return lane


def lanes_of(model: Model) -> tuple[Looked, ...]:
    """All lanes of a network, the lowest first."""
    if not is_stack(model):
        return (ONE_LANE,)
    return tuple(Looked(floor.layer, floor.backward) for floor in model.floors if floor.layer is not None)


def floor_of(model: Model, looked: Looked) -> int:
    """The floor (from 0) of a lane."""
    wanted = (looked.layer or 0, bool(looked.backward))
    return next(floor.index for floor in model.floors if (floor.layer, floor.backward) == wanted)


def lane_name(model: Model, looked: Looked) -> str:
    """The name of what was looked at: "layer 2 ←", "layer 1"; the arrow only where the layer has two lanes.

    "" for a network with one lane, and where all layers were looked at.
    """
    if looked.layer is None:
        return ""
    both = model.layers[looked.layer].bidirectional and looked.backward is not None
    return f"layer {looked.layer + 1}{(' ←' if looked.backward else ' →') if both else ''}"


def unit_looked_at(trace: Trace, unit: int) -> tuple[Looked, int]:
    """The lane and the unit in it (from 0) that are meant by a unit of the floor of the trace.

    Where the lanes of the top layer meet it is the unit of the lane that it comes from, of a sum that of the forward
    one. On the floor of a hidden layer of the head it is the unit of the top forward lane that counts most.
    """
    model = trace.model
    floor, top = model.floor, len(model.layers) - 1
    if floor.layer is not None:
        return (Looked(floor.layer, floor.backward) if is_stack(model) else ONE_LANE), unit
    if not floor.entries and unit < model.layers[top].output_size:
        second, within = divmod(unit, model.layers[top].hidden_size)
        return Looked(top, bool(second)), within
    forward = looked_at(trace, top, backward=False)
    return forward, units_by_vote(trace.on(floor_of(model, forward)))[0]
