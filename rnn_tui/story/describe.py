"""A model in a few words, and what it reads."""

from __future__ import annotations

from rnn_tui.network.model import Model
from rnn_tui.text import printable

WHOLES = {"word": "sentence", "number": "series"}
PLURALS = {"sentence": "sentences", "series": "series", "text": "texts"}


def describe(model: Model) -> str:
    """Name, cell and size: "kicking-and-screaming · Elman tanh · 4 units"."""
    units = f"{model.hidden_size} unit{'s' if model.hidden_size != 1 else ''}"
    return f"{printable(model.name)} · {model.cell.title} · {units}"


def whole(model: Model) -> str:
    """Name what a model reads, as a whole: a sentence of words, a series of numbers, a text of characters."""
    return WHOLES.get(model.tokenizer.unit, "text")
