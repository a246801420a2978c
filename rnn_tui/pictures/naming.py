"""The heads over a table's columns: plain words, or the letters of the equations."""

from __future__ import annotations

from rnn_tui.network.cells import Gate
from rnn_tui.network.heads import called, entry_of, is_of_head, is_sum_of_head
from rnn_tui.pictures.view import View

STATES = {"h": "memory", "c": "cell"}


def gate_head(view: View, gate: Gate) -> str:
    """The name of a gate: "keep", or its letter."""
    return gate.letter if view.scene.notation else gate.name


def value_head(view: View, name: str) -> str:
    """The name of a value of the cell, or of the readout: "memory", "cell", "new"; in notation as it is."""
    if view.scene.notation:
        return name
    model = view.model
    if name == model.readout.reads:
        return model.readout.called or STATES[name]
    if is_sum_of_head(name):
        return "sum"
    if is_of_head(name):
        floor = next(floor for floor in model.floors if entry_of(name) in floor.entries)
        hidden = model.head[floor.entries.start].linear is not None
        entries = model.head[floor.entries.start : entry_of(name) + 1]
        return called(entries, "" if hidden else model.readout.called) or ("unit" if hidden else STATES["h"])
    gate = next((gate for gate in model.cell.gates if gate.letter == name), None)
    if gate is not None:
        return gate.name
    return STATES.get(name) or model.cell.state_title(name)[0].split()[0].lower()
