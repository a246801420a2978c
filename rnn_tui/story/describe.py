"""A model in a few words, and what it reads."""

from __future__ import annotations

from rnn_tui.network.expected import unit_of
from rnn_tui.network.model import Model
from rnn_tui.text import clipped, printable

WHOLES = {"word": "sentence", "number": "series", "timestep": "series"}
MOST_FUNCTIONS = 2
LONGEST_UNIT = 12
PLURALS = {"sentence": "sentences", "series": "series", "text": "texts", "picture": "pictures"}


def describe(model: Model) -> str:
    """Name, cell, readout and head if any, and size: "recall · GRU · mean over the words · relu · 16 units"."""
    units = f"{model.hidden_size} unit{'s' if model.hidden_size != 1 else ''}"
    return " · ".join((printable(model.called), model.architecture, *answering(model), units))


def answering(model: Model) -> list[str]:
    """The parts from the cell to the answer, a text each: ["mean over the words", "relu", "a number in °C"]."""
    readout = model.readout.title.format(model.tokenizer.unit)
    functions = [
        entry.activation if entry.linear is None else f"{len(entry.linear.weight)} hidden, {entry.activation}"
        for entry in model.head
    ]
    more = f", … ({len(functions)})" if len(functions) > MOST_FUNCTIONS else ""
    output, unit = model.output.title, unit_of(model)
    if model.output.is_number and len(model.labels) > 1:
        output = f"{len(model.labels)} numbers"
    if unit:
        output += f" in {clipped(unit, LONGEST_UNIT)}"
    return list(filter(None, (readout, ", ".join(functions[:MOST_FUNCTIONS]) + more, output)))


def whole(model: Model) -> str:
    """Name what a model reads, as a whole: a sentence of words, a series of numbers, a text of characters.

    A picture is one whose rows are the timesteps, as its provenance says (`rows`).
    """
    if model.tokenizer.unit == "timestep" and model.provenance.get("rows"):
        return "picture"
    return WHOLES.get(model.tokenizer.unit, "text")
