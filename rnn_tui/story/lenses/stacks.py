"""The lane or the layer that a lens looked at: how its floor is seen, and which of its words have been computed."""

from __future__ import annotations

from typing import Any

from rnn_tui.lenses.lanes import ONE_LANE, Looked, floor_of, is_stack, lane_name
from rnn_tui.network.cells import Cell
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene

ALL_LAYERS = "all layers"


def seen(measured: Any, trace: Trace) -> Trace:
    """The trace on the floor of what a lens looked at: of a layer that of its forward lane; else as it is."""
    looked: Looked | None = getattr(measured, "looked", None)
    if looked is None:
        return trace
    return trace.on(floor_of(trace.model, looked))


def looked_name(measured: Any, model: Model) -> str:
    """The name of what a lens looked at: "layer 2 ←", "layer 2", "all layers"; "" where that goes without saying."""
    looked: Looked | None = getattr(measured, "looked", None)
    if looked is None or not is_stack(model):
        return ""
    return lane_name(model, looked) or ALL_LAYERS


def cells_below(trace: Trace, looked: Looked) -> list[Cell]:
    """The cells through which a word reaches what was looked at: those of its layer and of all below."""
    top = len(trace.model.layers) - 1 if looked.layer is None else looked.layer
    return [cell for layer in trace.model.layers[: top + 1] for cell in layer.cells]


def cells_walked(trace: Trace, looked: Looked) -> list[Cell]:
    """The cells through which the way back leads: that of the lane, or of all layers of a stack that reads forward."""
    if looked.layer is None:
        return [layer.forward for layer in trace.model.layers]
    return [trace.model.layers[looked.layer].cells[bool(looked.backward)]]


def hears_both(trace: Trace, looked: Looked) -> bool:
    """Tell whether what was looked at hears the words after a word, too: its layer, or one below, reads both ways."""
    if looked.layer is None:
        return False
    return any(layer.bidirectional for layer in trace.model.layers[: looked.layer + 1])


def read_words(trace: Trace, scene: Scene, looked: Looked = ONE_LANE) -> range:
    """The words (from 0) to which the walk has come in a lane, or in both of a layer.

    In a network with one lane, and where all layers were looked at, those up to the current one.
    """
    if looked.layer is None and not is_stack(trace.model):
        return range(scene.position.t + 1)
    first = floor_of(trace.model, looked)
    known = _in_lane(trace, scene, first)
    if looked.layer is not None and looked.backward is None and trace.model.layers[looked.layer].bidirectional:
        other = _in_lane(trace, scene, first + 1)
        known = range(other.start if other else len(trace), known.stop)
    return known


def _in_lane(trace: Trace, scene: Scene, floor: int) -> range:
    known = trace.order.known(trace.order.fitted(scene.position), 0, floor)
    return known[::-1] if known.step < 0 else known


def looks_from(trace: Trace, scene: Scene) -> int | None:
    """The word after which there is an answer to look at: the current one; with two lanes the last, above them, alone.

    None where the lanes have not met yet.
    """
    if trace.model.answers_each:
        return scene.position.t
    floor = trace.model.floors[trace.order.fitted(scene.position).floor]
    return len(trace) - 1 if floor.layer is None else None
