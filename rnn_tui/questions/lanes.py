"""The floors of a network as questions name them, the words of each, and the paths of its numbers in the JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.network.floors import Floor
from rnn_tui.network.heads import entry_of, is_of_head
from rnn_tui.network.model import Model
from rnn_tui.network.order import Order
from rnn_tui.traced import meets_added_up


def lane_name(floors: Sequence[Floor], index: int) -> str:
    """The lane of a floor (its index): "layer 2, backward", "layer 2", "the backward lane"; "" where there is one.

    Above all layers a hidden layer of the head has a name, and nothing else.
    """
    floor, lanes = floors[index], [one for one in floors if one.layer is not None]
    if floor.layer is None:
        hidden = [one.index for one in floors if one.layer is None and one.names[0] == "head"]
        if index not in hidden:
            return ""
        return "the hidden layer" if len(hidden) == 1 else f"hidden layer {hidden.index(index) + 1}"
    layers = len({one.layer for one in lanes})
    two_way = sum(one.layer == floor.layer for one in lanes) > 1
    if layers == 1:
        return f"the {floor.direction} lane" if two_way else ""
    return f"layer {floor.layer + 1}{f', {floor.direction}' if two_way else ''}"


def words_of(order: Order, floor: int) -> range:
    """The timesteps at which a floor is walked through, in their order."""
    return next(passing.words for passing in order.passings if any(one.index == floor for one in passing.floors))


def answering_names(model: Model) -> dict[str, int]:
    """The values that the answer is made of, from the readout on, each with the floor on which it comes to light."""
    found: dict[str, int] = {}
    for floor in model.floors:
        lane = 0 if floor.layer is None else len(floor.cell.phases) + 1
        for phase in floor.phases[lane:]:
            found |= {name: floor.index for name in phase.shows if name != "h" and name not in found}
    return found


def is_one_lane(model: Model) -> bool:
    """Tell whether `trace --json` is of format 1, in which a step holds the values of the only lane by themselves."""
    return len(model.layers) == 1 and not model.layers[0].bidirectional


def path_of(model: Model, floor: int, t: int, name: str, row: int) -> str | None:
    """The path of a number in what `trace --json` prints; None where it isn't there.

    That is so of what is handed up, and of lanes side by side, which are there as the h of the lanes below.
    """
    on = model.floors[floor]
    if is_of_head(name):
        return f"steps[{t}].head[{entry_of(name)}][{row}]"
    if name in answering_names(model) or is_one_lane(model):
        return f"steps[{t}].{name}[{row}]"
    if name == "h" and floor == meets_added_up(model):
        return f"steps[{t}].h[{row}]"
    if name == "x":
        return f"steps[{t}].x[{row}]" if on.layer == 0 else None
    return None if on.layer is None else f"steps[{t}].layers[{on.layer}].{on.direction}.{name}[{row}]"
