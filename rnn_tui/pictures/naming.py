"""The heads over a table's columns: plain words, or the letters of the equations."""

from __future__ import annotations

from rnn_tui.network.cells import Gate
from rnn_tui.network.naming import value_in_words
from rnn_tui.pictures.view import View


def gate_head(view: View, gate: Gate) -> str:
    """The name of a gate: "keep", or its letter."""
    return gate.letter if view.scene.notation else gate.name


def value_head(view: View, name: str) -> str:
    """The name of a value of the cell, or of the readout: "memory", "cell", "new"; in notation as it is."""
    return name if view.scene.notation else value_in_words(view.model, name)
