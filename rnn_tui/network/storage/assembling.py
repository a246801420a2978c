"""From checked metadata and tensors to a Model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from rnn_tui.network.arrays import Array
from rnn_tui.network.embedding import Embedding, Learned, OneHot, Scalar, Vector
from rnn_tui.network.heads import EntryKind, Linear, made, value_name
from rnn_tui.network.layers import LayerKind, layer_of, parameter_name
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import NumberTokenizer


class Shaped(Protocol):
    """A tensor, or what a file says of one."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Its sizes."""
        ...


def expected_shapes(metadata: Metadata, tensors: Mapping[str, Shaped]) -> dict[str, tuple[int, ...]]:
    """The shape that every tensor must have, from the metadata and the sizes that only the tensors know.

    Those are the hidden_size of every layer (of a single one that is read at once from fc.weight), the size of every
    linear layer of the head, and with an embedding input_size.
    """
    vocab_size = len(metadata.vocabulary)
    embeds = not isinstance(metadata.tokenizer, NumberTokenizer) and "embedding.weight" in tensors
    if isinstance(metadata.tokenizer, NumberTokenizer):
        input_size = metadata.tokenizer.features
    else:
        input_size = _size(tensors, "embedding.weight", axis=1) if embeds else vocab_size
    plain = is_plain(metadata.layers, metadata.head)
    names = ["fc.weight"] if plain else [parameter_name("weight_hh", index) for index in range(len(metadata.layers))]
    heads = [f"{value_name(index)}.weight" for index, entry in enumerate(metadata.head) if entry.linear]
    return parameter_shapes(
        metadata.layers,
        metadata.readout,
        input_size=input_size,
        hidden_size=[_size(tensors, name, axis=1) for name in names],
        output_size=metadata.output.nodes(len(metadata.labels)),
        vocab_size=vocab_size if embeds else None,
        head=metadata.head,
        head_sizes=[_size(tensors, name, axis=0) for name in heads],
    )


def is_plain(layers: Sequence[LayerKind], head: Sequence[EntryKind]) -> bool:
    """Tell whether fc.weight tells the hidden_size: one forward layer and no linear layer in the head."""
    return len(layers) == 1 and not layers[0].bidirectional and not any(entry.linear for entry in head)


def assemble(metadata: Metadata, tensors: Mapping[str, Array]) -> Model:
    """Put a model together from checked parts."""
    return Model(
        name=metadata.name,
        title=metadata.title,
        summary=metadata.summary,
        tokenizer=metadata.tokenizer,
        vocabulary=metadata.vocabulary,
        embedding=_embedding(metadata, tensors),
        layers=tuple(layer_of(kind, tensors, index) for index, kind in enumerate(metadata.layers)),
        readout=READOUTS[metadata.readout].made(tensors),
        fc=Linear(tensors["fc.weight"], tensors["fc.bias"]),
        head=made(metadata.head, tensors),
        output=metadata.output,
        labels=metadata.labels,
        unit_names=metadata.unit_names,
        examples=metadata.examples,
        provenance=metadata.provenance,
    )


def _embedding(metadata: Metadata, tensors: Mapping[str, Array]) -> Embedding:
    if isinstance(metadata.tokenizer, NumberTokenizer):
        features = metadata.tokenizer.features
        return Scalar() if features == 1 else Vector(features)
    if "embedding.weight" in tensors:
        return Learned(tensors["embedding.weight"])
    return OneHot(len(metadata.vocabulary))


def _size(tensors: Mapping[str, Shaped], name: str, axis: int) -> int:
    tensor = tensors.get(name)
    return tensor.shape[axis] if tensor is not None and len(tensor.shape) > axis else 0
