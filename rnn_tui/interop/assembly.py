"""From the layers that were found, and their description, to a model of this program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.interop.description import Description
from rnn_tui.interop.layers import SUPPORTED, Layers, Plain, Recurrent, shape_of
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import PARAMETERS, Cell, cell_class
from rnn_tui.network.embedding import Embedding, Learned, OneHot, Scalar
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Example, Model
from rnn_tui.network.readouts import Attention, Each, Last, Readout
from rnn_tui.network.tokens import Vocabulary


@dataclass(frozen=True)
class _Sorted:
    """All layers but the recurrent one, told apart."""

    embeddings: tuple[Plain, ...]
    linears: tuple[Plain, ...]


def heads_of(readout: str) -> int:
    """The number of linear layers of a readout: attention's own is the second."""
    return 2 if readout == "attention" else 1


def assemble(layers: Layers, description: Description) -> Model:
    """The model; raises UserError with one line where weights, words and labels don't fit one another."""
    try:
        vocabulary = description.words()
        tokenizer = description.reader(vocabulary)
        kinds = _sorted(layers, description, len(vocabulary))
        embedding = _embedding(kinds.embeddings, layers.recurrent, description, vocabulary)
        readout = _readout(kinds.linears, layers.recurrent, description)
        cell = _cell(layers, description)
        unit_names = _unit_names(layers.recurrent, description)
    except UserError as error:
        raise UserError(f"{layers.source}: {error}") from error
    return Model(
        name=description.name,
        title=description.title or description.name,
        summary=description.summary,
        tokenizer=tokenizer,
        vocabulary=vocabulary,
        embedding=embedding,
        layers=(Layer(cell),),
        readout=readout,
        labels=tuple(description.labels),
        unit_names=unit_names,
        examples=tuple(Example(text, "") for text in description.examples),
        provenance=_provenance(layers, kinds.linears, description),
    )


def _sorted(layers: Layers, description: Description, vocab_size: int) -> _Sorted:
    """Tell embeddings from linear layers: by bias and width, then by name, then by number of rows."""
    input_size, hidden_size = layers.recurrent.input_size, layers.recurrent.hidden_size
    embeddings: list[Plain] = []
    linears: list[Plain] = []
    either: list[Plain] = []
    for layer in layers.plain:
        embeds = layer.embedding is not None and layer.embedding.shape[1] == input_size
        reads = layer.linear is not None and layer.linear.shape[1] == hidden_size
        if not embeds and not reads:
            raise UserError(_no_place(layer, layers))
        if embeds and reads:
            kind = _named_or_counted(layer, vocab_size, len(description.labels))
            {"embedding": embeddings, "linear": linears, "either": either}[kind].append(layer)
        else:
            (embeddings if embeds else linears).append(layer)
    embeddings, linears = _distinct(embeddings), _distinct(linears)
    if len(either) == 2 and _same(*either):  # tied weights: the same matrix is both
        return _Sorted((either[0],), (*linears, either[1]))
    # Where one kind has all its layers, the others are of the other kind.
    if either and len(embeddings) == 1:
        linears, either = linears + either, []
    elif either and len(linears) == heads_of(description.readout):
        embeddings, either = embeddings + either, []
    if either:
        raise UserError(
            f"{_listed(either)} may be an embedding or a linear layer, since input and hidden state have one size, "
            f"{hidden_size}; put “embedding” in the name of the one that is"
        )
    return _Sorted(tuple(embeddings), tuple(linears))


def _distinct(found: list[Plain]) -> list[Plain]:
    """The layers without those that a module has under a second name: the same matrix and the same bias."""
    return [layer for i, layer in enumerate(found) if not any(_same(layer, other) for other in found[:i])]


def _same(a: Plain, b: Plain) -> bool:
    pairs = ((a.embedding, b.embedding), (a.linear, b.linear), (a.bias, b.bias))
    return all(x is y or (x is not None and y is not None and np.array_equal(x, y)) for x, y in pairs)


def _no_place(layer: Plain, layers: Layers) -> str:
    """The line for a layer that fits neither the inputs nor the hidden units: what it likely is."""
    input_size, hidden_size = layers.recurrent.input_size, layers.recurrent.hidden_size
    tables = [one for one in layers.plain if one.embedding is not None and one.bias is None]
    widths = [one.embedding.shape[1] for one in tables if one.embedding is not None]
    if len(tables) > 1 and layer in tables and sum(widths) == input_size:
        return f"{len(tables)} embeddings side by side: {_listed(tables)}; supported is one, or none (one-hot)"
    between = [one for one in layers.plain if layer in tables and _reads_width(one, widths[tables.index(layer)])]
    if between:
        return (
            f"{between[0]} is a linear layer between the embedding {layer} and the recurrent layer; supported is the "
            "embedding alone: train it without"
        )
    before = [one for one in layers.plain if one is not layer and _reads_from(layer, one)]
    if before:
        return (
            f"{layer} is a second linear layer, on the {len(before[0].linear)} outputs of {before[0].name}; "  # type: ignore[arg-type]
            "supported is one linear layer on the hidden state: train it without the one between"
        )
    return (
        f"{layer} is no embedding of the layer's {input_size} inputs, and no linear layer on its {hidden_size} "
        f"hidden units; {SUPPORTED}"
    )


def _reads_width(layer: Plain, width: int) -> bool:
    """True for a linear layer, as its bias tells, on so many inputs."""
    return layer.bias is not None and layer.linear is not None and bool(layer.linear.shape[1] == width)


def _reads_from(layer: Plain, other: Plain) -> bool:
    """True where a linear layer may read what another one gives."""
    both = layer.linear is not None and other.linear is not None
    return bool(both and layer.linear.shape[1] == len(other.linear))  # type: ignore[union-attr, arg-type]


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


def _embedding(
    embeddings: tuple[Plain, ...], recurrent: Recurrent, description: Description, vocabulary: Vocabulary
) -> Embedding:
    """The embedding, or none: then words are one-hot, and a number is itself."""
    if len(embeddings) > 1:
        raise UserError(f"{len(embeddings)} embeddings: {_listed(embeddings)}; supported is one, or none (one-hot)")
    if description.numbers:
        if embeddings or recurrent.input_size != 1:
            found = f"embedding {embeddings[0]}" if embeddings else f"layer of {recurrent.input_size} inputs"
            rows = "" if embeddings else ": rows of pixels, or several numbers at a time, are not supported"
            raise UserError(f"a network that reads numbers has one input and no embedding; found the {found}{rows}")
        return Scalar()
    words = len(vocabulary)
    if not embeddings:
        if recurrent.input_size != words:
            raise UserError(
                f"there is no embedding, so each of the {recurrent.input_size} inputs is a word, but the vocabulary "
                f"has {words}; give as many words, in the order of the inputs, or the embedding too (a network that "
                "reads rows of pixels or several numbers at a time is not supported)"
            )
        return OneHot(words)
    weight = embeddings[0].embedding
    assert weight is not None
    if len(weight) != words:
        raise UserError(
            f"{embeddings[0].name} {shape_of(weight)} has {len(weight)} rows, but the vocabulary has {words} words; "
            "give one word a row, in their order, with those for padding and unknown words"
        )
    return Learned(frozen(weight))


def _readout(linears: tuple[Plain, ...], recurrent: Recurrent, description: Description) -> Readout:
    """The output nodes, and attention's own linear layer where it is asked for."""
    wanted = heads_of(description.readout)
    if len(linears) != wanted:
        raise UserError(_wrong_number(linears, wanted, recurrent.hidden_size))
    labels = tuple(description.labels)
    if wanted == 1:
        return (Each if description.readout == Each.kind else Last)(*_outputs(linears[0], labels))
    attention, output = _attention_first(linears)
    return Attention(*_outputs(output, labels), *_parameters(attention))


def _wrong_number(linears: tuple[Plain, ...], wanted: int, hidden_size: int) -> str:
    if not linears:
        return f"there is no linear layer on the {hidden_size} hidden units; save the weights of the whole network"
    if wanted == 2:
        return (
            f"the readout attention has two linear layers, one of them (1, {hidden_size}), found {_listed(linears)}; "
            "for a network without attention ask for the readout last or each"
        )
    return (
        f"{len(linears)} linear layers: {_listed(linears)}; supported is one on the hidden state, or two with the "
        "readout attention: train it without the one between"
    )


def _attention_first(linears: tuple[Plain, ...]) -> tuple[Plain, Plain]:
    """Attention's linear layer, which has one row, and the output's."""
    single = [layer for layer in linears if layer.linear is not None and len(layer.linear) == 1]
    if len(single) == 2:
        single = [layer for layer in single if "att" in layer.name.lower()]
    if len(single) != 1:
        raise UserError(
            f"which of {_listed(linears)} is attention's can't be told; it has one row, and where both have, "
            "“attention” in its name"
        )
    return single[0], next(layer for layer in linears if layer is not single[0])


def _outputs(output: Plain, labels: tuple[str, ...]) -> tuple[Array, Array]:
    """Weight and bias of the output nodes, one row a label.

    A single output is the logit of the second of two labels: sigmoid(l) is the softmax of (0, l), so a row of zeros
    before it changes no probability.
    """
    weight, bias = _parameters(output)
    if len(weight) == 1 and len(labels) == 2:
        return frozen(np.concatenate([np.zeros_like(weight), weight])), frozen(np.array([0, bias[0]], np.float32))
    if len(weight) == 1:
        raise UserError(
            f"{output} has one output, the logit of a yes, but there {_are(labels)}; give two, that for no first "
            "(a number as output is not supported)"
        )
    if len(weight) != len(labels):
        raise UserError(
            f"{output.name} {shape_of(weight)} has {len(weight)} outputs, but there {_are(labels)}; "
            "give one label an output, in their order"
        )
    return weight, bias


def _are(labels: tuple[str, ...]) -> str:
    listed = ", ".join(labels[:6]) + (", …" if len(labels) > 6 else "")
    return f"{'is' if len(labels) == 1 else 'are'} {len(labels)} label{'s' * (len(labels) != 1)} ({listed})"


def _parameters(layer: Plain) -> tuple[Array, Array]:
    """Weight and bias of a linear layer; a bias that is not there is zeros."""
    assert layer.linear is not None
    bias = np.zeros(len(layer.linear), np.float32) if layer.bias is None else layer.bias
    return frozen(layer.linear), frozen(bias)


def _cell(layers: Layers, description: Description) -> Cell:
    recurrent = layers.recurrent
    parameters, kind = {name: frozen(getattr(recurrent, name)) for name in PARAMETERS}, cell_class(recurrent.kind)
    asked, said = description.nonlinearity, layers.nonlinearity
    if not kind.activations:
        if asked is not None:
            raise UserError(
                f"{recurrent.name} is of a {recurrent.kind} layer, whose functions are fixed; leave out “{asked}”"
            )
        return kind.made(parameters)
    if asked is not None and said is not None and asked != said:
        raise UserError(f"the module has the nonlinearity {said}, but {asked} is asked for; leave it out")
    return kind.made(parameters, asked or said)


def _unit_names(recurrent: Recurrent, description: Description) -> tuple[str, ...] | None:
    names = description.unit_names
    if names is not None and len(names) != recurrent.hidden_size:
        raise UserError(f"{len(names)} unit names for {recurrent.hidden_size} hidden units; give one a unit, or none")
    return None if names is None else tuple(names)


def _provenance(layers: Layers, linears: Iterable[Plain], description: Description) -> dict[str, Any]:
    """The origin of the model."""
    origin: dict[str, Any] = {"source": f"weights trained with {layers.framework}"}
    outputs = {len(layer.linear) for layer in linears if layer.linear is not None}
    if outputs == {1}:
        origin["outputs"] = f"one, read as the logit of {tuple(description.labels)[1]}"
    return origin


def _listed(layers: Iterable[Plain]) -> str:
    return " and ".join(str(layer) for layer in layers)
