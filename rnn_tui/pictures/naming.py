"""The heads over a table's columns: plain words, or the letters of the equations."""

from __future__ import annotations

from rnn_tui.network.cells import Gate
from rnn_tui.pictures.view import View

STATES = {"h": "memory", "c": "cell"}
CONTEXT = "context"


def gate_head(view: View, gate: Gate) -> str:
    """The name of a gate: "keep", or its letter."""
    return gate.letter if view.scene.notation else gate.name


def value_head(view: View, name: str) -> str:
    """The name of a value of the cell, or of the readout: "memory", "cell", "new"; in notation as it is."""
    if view.scene.notation:
        return name
    if name == CONTEXT:
        return "mixed"
    gate = next((gate for gate in view.model.cell.gates if gate.letter == name), None)
    if gate is not None:
        return gate.name
    return STATES.get(name) or view.model.cell.state_title(name)[0].split()[0].lower()
