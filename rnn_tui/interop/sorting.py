"""The layers of a network beside the recurrent one: embeddings told from linear layers, and what has no place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.interop.description import Description
from rnn_tui.interop.layers import SUPPORTED, Layers, Plain
from rnn_tui.network.errors import UserError


@dataclass(frozen=True)
class Sorted:
    """All layers but the recurrent one, told apart."""

    embeddings: tuple[Plain, ...]
    linears: tuple[Plain, ...]


def heads_of(readout: str) -> int:
    """The least number of linear layers of a readout: attention's own is the second."""
    return 2 if readout == "attention" else 1


def sort(layers: Layers, description: Description, vocab_size: int) -> Sorted:
    """Tell embeddings from linear layers: by bias and width, then by name, then by number of rows."""
    embeddings: list[Plain] = []
    linears: list[Plain] = []
    either: list[Plain] = []
    reached = _reached(layers)
    for layer in layers.plain:
        embeds = layer.embedding is not None and layer.embedding.shape[1] == layers.input_size
        reads = layer.linear is not None and layer.linear.shape[1] in reached
        if not embeds and not reads:
            raise UserError(_no_place(layer, layers))
        if embeds and reads:
            kind = _named_or_counted(layer, vocab_size, len(description.labels))
            {"embedding": embeddings, "linear": linears, "either": either}[kind].append(layer)
        else:
            (embeddings if embeds else linears).append(layer)
    embeddings, linears = _distinct(embeddings), _distinct(linears)
    if len(either) == 2 and _same(*either):  # tied weights: the same matrix is both
        return Sorted((either[0],), (*linears, either[1]))
    # Where one kind has all its layers, the others are of the other kind.
    if either and len(embeddings) == 1:
        linears, either = linears + either, []
    elif either and len(linears) >= heads_of(description.readout) and _answers(linears, description):
        embeddings, either = embeddings + either, []
    if either:
        raise UserError(
            f"{names_of(either)} may be an embedding or a linear layer, since input and hidden state have one size, "
            f"{layers.input_size}; put “embedding” in the name of the one that is"
        )
    return Sorted(tuple(embeddings), tuple(linears))


def _reached(layers: Layers) -> set[int]:
    """The numbers of inputs of linear layers that come, one after the other, after the recurrent ones."""
    reached = {layers.size}
    for _ in layers.plain:
        for layer in layers.plain:
            if layer.linear is not None and layer.linear.shape[1] in reached:
                reached.add(len(layer.linear))
    return reached


def _answers(linears: Iterable[Plain], description: Description) -> bool:
    """True where one of them may be the last layer, since it has as many outputs."""
    return any(layer.linear is not None and len(layer.linear) in outputs_of(description) for layer in linears)


def outputs_of(description: Description) -> set[int]:
    """The numbers of outputs that stand for the labels: one each, or one for two of them."""
    labels = len(description.labels)
    return {labels, 1} if labels == 2 and description.output in (None, "yes_no") else {labels}


def answers_itself(kinds: Sorted, layers: Layers, description: Description) -> bool:
    """True where there is no last layer, and there are as many hidden units as outputs: the hidden state is they."""
    return not kinds.linears and heads_of(description.readout) == 1 and layers.size in outputs_of(description)


def with_identity(kinds: Sorted, layers: Layers) -> tuple[Sorted, Layers]:
    """The same with a last layer that hands on what it reads, and the layers with a word on it."""
    itself = np.eye(layers.size, dtype=np.float32)
    note = "the hidden state is the output (fc.weight is the identity, fc.bias is 0)"
    kinds = replace(kinds, linears=(Plain("the hidden state", None, itself, None),))
    return kinds, replace(layers, read=(*layers.read, note))


def _distinct(found: list[Plain]) -> list[Plain]:
    """The layers without those that a module has under a second name: the same matrix and the same bias."""
    return [layer for i, layer in enumerate(found) if not any(_same(layer, other) for other in found[:i])]


def _same(a: Plain, b: Plain) -> bool:
    pairs = ((a.embedding, b.embedding), (a.linear, b.linear), (a.bias, b.bias))
    return all(x is y or (x is not None and y is not None and np.array_equal(x, y)) for x, y in pairs)


def _no_place(layer: Plain, layers: Layers) -> str:
    """The line for a layer that fits neither the inputs nor what is handed on: what it likely is."""
    input_size = layers.input_size
    known = [one for one in layers.plain if one.embedding is not None and one.linear is None]
    read = [one for one in known if one.embedding is not None and one.embedding.shape[1] == input_size]
    if read and layer in known:
        return f"{layer} is a second embedding, beside {read[0]}; supported is one, or none (one-hot): train it without"
    tables = [one for one in layers.plain if one.embedding is not None and one.bias is None]
    widths = [one.embedding.shape[1] for one in tables if one.embedding is not None]
    if len(tables) > 1 and layer in tables and sum(widths) == input_size:
        return f"{len(tables)} embeddings side by side: {names_of(tables)}; supported is one, or none (one-hot)"
    between = [one for one in layers.plain if layer in tables and _reads_width(one, widths[tables.index(layer)])]
    if between:
        return (
            f"{between[0]} is a linear layer between the embedding {layer} and the recurrent layer; supported is the "
            "embedding alone: train it without"
        )
    return _joined_states(layer, layers) or (
        f"{layer} is no embedding of the layer's {input_size} inputs, and no linear layer on its {_units(layers)}; "
        f"{SUPPORTED}"
    )


def _joined_states(layer: Plain, layers: Layers) -> str:
    """The line for a linear layer that reads several states side by side, which no readout hands on; or ""."""
    inputs = 0 if layer.linear is None else layer.linear.shape[1]
    top, whole = layers.stack[-1].size("concat"), sum(lanes.size("concat") for lanes in layers.stack)
    times = inputs // top
    if times > 1 and inputs in (times * top, whole):
        several = ", of all layers" if inputs == whole and len(layers.stack) > 1 else ""
        return (
            f"{layer} reads {inputs} numbers, which are several states side by side (of the first and of the last "
            f"step, a mean and a maximum{several}); supported is one: of the top layer the last, each, mean, max or "
            "attention"
        )
    if inputs in (top + layers.input_size, top + layers.stack[-1].input_size):
        return (
            f"{layer} reads the input of a recurrent layer beside its state; supported is the state alone: train it "
            "without the input"
        )
    return ""


def _units(layers: Layers) -> str:
    """What a linear layer could read, in words."""
    top = layers.stack[-1]
    both = " in each direction" if top.backward is not None else ""
    return f"{top.forward.hidden_size} hidden units{both}"


def _reads_width(layer: Plain, width: int) -> bool:
    """True for a linear layer, as its bias tells, on so many inputs."""
    return layer.bias is not None and layer.linear is not None and bool(layer.linear.shape[1] == width)


def _named_or_counted(layer: Plain, vocab_size: int, output_size: int) -> str:
    if "emb" in layer.name.lower():
        return "embedding"
    assert layer.embedding is not None
    assert layer.linear is not None
    words = len(layer.embedding) == vocab_size
    outputs = len(layer.linear) == output_size
    if words == outputs:
        return "either"
    return "embedding" if words else "linear"


def names_of(layers: Iterable[Plain]) -> str:
    """Layers by name and shape."""
    return " and ".join(map(str, layers))
