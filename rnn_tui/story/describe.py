"""A model in a few words."""

from __future__ import annotations

from rnn_tui.network.model import Model
from rnn_tui.text import printable


def describe(model: Model) -> str:
    """Name, cell and size: "kicking-and-screaming · Elman tanh · 4 units"."""
    units = f"{model.hidden_size} unit{'s' if model.hidden_size != 1 else ''}"
    return f"{printable(model.name)} · {model.cell.title} · {units}"
