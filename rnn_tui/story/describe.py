"""A model in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.model import Model

CELL_TITLES = {"elman": "Elman", "gru": "GRU", "lstm": "LSTM"}


def cell_title(cell: str, activation: str | None) -> str:
    """The cell as people call it: "Elman tanh", "GRU"."""
    return " ".join(filter(None, (CELL_TITLES[cell], activation)))


def describe(model: Model) -> str:
    """Name, cell and size: "kicking-and-screaming · Elman tanh · 4 units"."""
    units = f"{model.hidden_size} unit{'s' if model.hidden_size != 1 else ''}"
    return f"{printable(model.name)} · {cell_title(model.cell.kind, model.activation)} · {units}"
