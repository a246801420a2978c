"""The numbers of a network in words."""

from __future__ import annotations

from rnn_tui.network.heads import called, entry_of, is_of_head, is_sum_of_head
from rnn_tui.network.model import Model
from rnn_tui.text import LONGEST_WORD, clipped


def parameter_in_words(model: Model, name: str, index: tuple[int, ...]) -> str:
    """Say which number of a parameter it is; `index` counts from 0.

    Such as "the weight from unit 2 to unit 1", "the weight from “good” to the keep gate of unit 1" and "the bias of
    unit 3".
    """
    kind = name.rpartition(".")[0]
    to = _output(model, index[0]) if kind == "fc" else _hidden(kind, index[0]) if kind else _row(model, index[0])
    if len(index) == 1:
        return f"the {'input bias' if name == 'bias_ih' else 'bias'} of {to}"
    if name == "weight_ih":
        start = _input(model, index[1])
    else:
        start = _unit(model, index[1]) if not kind or model.floor.answers else f"number {index[1] + 1}"
    return f"the weight from {start} to {to}"


STATES = {"h": "memory", "c": "cell"}


def value_in_words(model: Model, name: str) -> str:
    """The name of a value of a floor in words, as it stands over a column: "memory", "cell", "average", "sum"."""
    if name == model.readout.reads:
        return model.readout.called or STATES[name]
    if is_sum_of_head(name) or name == "pre_activation":
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


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def layer_symbol(model: Model, layer: int, *, backward: bool = False) -> str:
    """The hidden state of a lane as it is written in equations, by its layer (from 0): "h⁽²⁾", "←h⁽¹⁾", "→h", "h"."""
    arrow = ("←" if backward else "→") if model.layers[layer].bidirectional else ""
    number = f"⁽{str(layer + 1).translate(SUPERSCRIPT)}⁾" if len(model.layers) > 1 else ""
    return f"{arrow}h{number}"


def input_name(model: Model, column: int) -> str:
    """The name of a number (its index) that the floor takes from the one below: "unit 3 below", "← unit 3", "verb".

    On the lowest floor it is "input 3", or the name of a feature.
    """
    floor = model.floor
    if floor.layer == 0:
        names = getattr(model.tokenizer, "feature_names", ())
        return clipped(names[column], LONGEST_WORD) if names else f"input {column + 1}"
    if floor.layer is None:
        below = model.on(floor.index - 1)
        name = clipped(below.unit_name(column), LONGEST_WORD)
        return name if below.meets or below.unit_names else f"{name} below"
    arrow, unit = model.layers[floor.layer - 1].lane_of(column)
    if arrow:
        return f"{arrow} unit {unit + 1}"
    named = model.on(0).unit_names if floor.layer == 1 and not model.layers[0].bidirectional else None
    return clipped(named[unit], LONGEST_WORD) if named else f"unit {unit + 1} below"


def _hidden(name: str, unit: int) -> str:
    """A unit of a linear layer of the head, by the layer's name: "head.0"."""
    return f"unit {unit + 1} of {name}"


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
    if not model.reads_words:
        return input_name(model, column)
    if kind == "one-hot":
        return f"“{clipped(model.vocabulary.words[column], LONGEST_WORD)}”"
    return "the number" if kind == "number" else input_name(model, column)


def _output(model: Model, label: int) -> str:
    if model.output.nodes(len(model.labels)) < len(model.labels):
        return "the output"
    return f"the output {clipped(model.labels[label], LONGEST_WORD)}"
