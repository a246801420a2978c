"""A model in a few words, and what it reads."""

from __future__ import annotations

from rnn_tui.network.model import Model
from rnn_tui.text import printable

WHOLES = {"word": "sentence", "number": "series"}
PLURALS = {"sentence": "sentences", "series": "series", "text": "texts"}


def describe(model: Model) -> str:
    """Name, cell and size, and the readout where it has a name: "recall · GRU · attention · 16 units"."""
    units = f"{model.hidden_size} unit{'s' if model.hidden_size != 1 else ''}"
    readout = model.readout.title.format(model.tokenizer.unit)
    return " · ".join(filter(None, (printable(model.name), model.cell.title, readout, units)))


def whole(model: Model) -> str:
    """Name what a model reads, as a whole: a sentence of words, a series of numbers, a text of characters."""
    return WHOLES.get(model.tokenizer.unit, "text")
