"""From checked metadata and tensors to a Model."""

from __future__ import annotations

from collections.abc import Mapping

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell, cell_class
from rnn_tui.network.embedding import Embedding, Learned, OneHot, Scalar
from rnn_tui.network.layers import Layer, cell_parameters
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import Attention, Each, Last, Readout
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.storage.metadata import Metadata


def expected_shapes(metadata: Metadata, tensors: Mapping[str, Array]) -> dict[str, tuple[int, ...]]:
    """The shape that every tensor must have, from the metadata and two sizes that only the tensors know.

    Those are hidden_size (from fc.weight) and, with an embedding, input_size (from embedding.weight).
    """
    vocab_size, output_size = len(metadata.vocabulary), len(metadata.labels)
    hidden_size = _size(tensors, "fc.weight", axis=1)
    embeds = metadata.tokenizer.kind != "numbers" and "embedding.weight" in tensors
    if metadata.tokenizer.kind == "numbers":
        input_size = 1
    else:
        input_size = _size(tensors, "embedding.weight", axis=1) if embeds else vocab_size
    return parameter_shapes(
        metadata.cell,
        metadata.readout,
        input_size=input_size,
        hidden_size=hidden_size,
        output_size=output_size,
        vocab_size=vocab_size if embeds else None,
    )


def assemble(metadata: Metadata, tensors: Mapping[str, Array]) -> Model:
    """Put a model together from checked parts."""
    return Model(
        name=metadata.name,
        title=metadata.title,
        summary=metadata.summary,
        tokenizer=metadata.tokenizer,
        vocabulary=metadata.vocabulary,
        embedding=_embedding(metadata, tensors),
        layers=(Layer(_cell(metadata, tensors)),),
        readout=_readout(metadata, tensors),
        labels=metadata.labels,
        unit_names=metadata.unit_names,
        examples=metadata.examples,
        provenance=metadata.provenance,
    )


def _embedding(metadata: Metadata, tensors: Mapping[str, Array]) -> Embedding:
    if metadata.tokenizer.kind == "numbers":
        return Scalar()
    if "embedding.weight" in tensors:
        return Learned(tensors["embedding.weight"])
    return OneHot(len(metadata.vocabulary))


def _cell(metadata: Metadata, tensors: Mapping[str, Array]) -> Cell:
    return cell_class(metadata.cell).made(cell_parameters(tensors), metadata.activation)


def _readout(metadata: Metadata, tensors: Mapping[str, Array]) -> Readout:
    weight, bias = tensors["fc.weight"], tensors["fc.bias"]
    if metadata.readout == "attention":
        return Attention(weight, bias, tensors["attention.weight"], tensors["attention.bias"])
    return (Each if metadata.readout == "each" else Last)(weight, bias)


def _size(tensors: Mapping[str, Array], name: str, axis: int) -> int:
    tensor = tensors.get(name)
    return int(tensor.shape[axis]) if tensor is not None and tensor.ndim > axis else 0
