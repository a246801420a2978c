"""The numbers of a network in words."""

from __future__ import annotations

from rnn_tui.network.model import Model
from rnn_tui.text import LONGEST_WORD, clipped


def parameter_in_words(model: Model, name: str, index: tuple[int, ...]) -> str:
    """Say which number of a parameter it is; `index` counts from 0.

    Such as "the weight from unit 2 to unit 1", "the weight from “good” to the keep gate of unit 1" and "the bias of
    unit 3".
    """
    to = _output(model, index[0]) if name.startswith("fc.") else _row(model, index[0])
    if len(index) == 1:
        return f"the {'input bias' if name == 'bias_ih' else 'bias'} of {to}"
    start = _input(model, index[1]) if name == "weight_ih" else _unit(model, index[1])
    return f"the weight from {start} to {to}"


def _unit(model: Model, unit: int) -> str:
    return clipped(model.unit_name(unit), LONGEST_WORD)


def _row(model: Model, row: int) -> str:
    """The unit that a row of stacked weights feeds, and its gate where there are several."""
    block, unit = divmod(row, model.hidden_size)
    gates = model.cell.gates
    return f"{gates[block].called} of {_unit(model, unit)}" if gates else _unit(model, unit)


def _input(model: Model, column: int) -> str:
    """The number of the input that a column of weight_ih is multiplied by."""
    kind = model.embedding.kind
    if kind == "one-hot":
        return f"“{clipped(model.vocabulary.words[column], LONGEST_WORD)}”"
    return "the number" if kind == "number" else f"input {column + 1}"


def _output(model: Model, label: int) -> str:
    return f"the output {clipped(model.labels[label], LONGEST_WORD)}"
