"""From the layers that were found, and their description, to a model of this program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnn_tui.interop.answering import answering, in_words
from rnn_tui.interop.description import Description
from rnn_tui.interop.fitting import fitted
from rnn_tui.interop.layers import Lanes, Layers, Plain, Recurrent, shape_of
from rnn_tui.interop.sorting import answers_itself, names_of, sort, with_identity
from rnn_tui.interop.stacking import arranged
from rnn_tui.network.arrays import frozen
from rnn_tui.network.cells import PARAMETERS, Cell, cell_class
from rnn_tui.network.embedding import Embedding, Learned, OneHot, Scalar, Vector
from rnn_tui.network.errors import UserError
from rnn_tui.network.kinds import MERGES
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Example, Model
from rnn_tui.network.tokens import NumberTokenizer, Tokenizer, Vocabulary


def assemble(layers: Layers, description: Description) -> Model:
    """The model, of the first arrangement of the layers that fits; raises UserError with one line where none does."""
    refusals = []
    for way in arranged(layers, description.merge):
        try:
            return assembled(way, description)
        except UserError as error:
            refusals.append(error)
    raise refusals[0]


def assembled(layers: Layers, description: Description) -> Model:
    """The model of arranged layers; raises UserError where weights, words and labels don't fit one another."""
    try:
        vocabulary = description.words()
        tokenizer = _tokenizer(layers, description, vocabulary)
        kinds = sort(layers, description, len(vocabulary))
        if answers_itself(kinds, layers, description):
            kinds, layers = with_identity(kinds, layers)
        embeddings = kinds.embeddings
        left: dict[str, str] = {}
        if isinstance(description.vocabulary, Mapping) and not description.numbers and len(embeddings) < 2:
            embeddings, vocabulary, left = fitted(embeddings, layers.input_size, vocabulary)
        embedding = _embedding(embeddings, layers, tokenizer, vocabulary)
        answer = answering(kinds.linears, layers, description)
        stack = tuple(
            _layer(lanes, merge, description) for lanes, merge in zip(layers.stack, layers.merges, strict=True)
        )
        _check_nonlinearity(layers, description)
        unit_names = _unit_names(layers.stack[0].forward, description)
    except UserError as error:
        raise UserError(f"{layers.source}: {error}") from error
    return Model(
        name=description.name,
        title=description.title or description.name,
        summary=description.summary,
        tokenizer=tokenizer,
        vocabulary=vocabulary,
        embedding=embedding,
        layers=stack,
        readout=answer.readout,
        fc=answer.fc,
        head=answer.head,
        output=answer.output,
        labels=tuple(description.labels),
        unit_names=unit_names,
        examples=tuple(Example(text, "") for text in description.examples),
        provenance=_provenance(layers, in_words(answer, description), answer.notes) | left,
    )


def _tokenizer(layers: Layers, description: Description, vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer; of numbers one with as many features as the lowest layer reads."""
    tokenizer = description.reader(vocabulary, layers.input_size)
    if isinstance(tokenizer, NumberTokenizer) and tokenizer.features != layers.input_size:
        raise UserError(
            f"{layers.stack[0].name} is of a layer that reads {layers.input_size} numbers at a timestep, and the "
            f"tokenizer gives it {tokenizer.features}; give a mean and a scale for each, or one for all"
        )
    return tokenizer


def _embedding(
    embeddings: tuple[Plain, ...], layers: Layers, tokenizer: Tokenizer, vocabulary: Vocabulary
) -> Embedding:
    """The embedding, or none: then words are one-hot, and numbers are themselves."""
    if len(embeddings) > 1:
        raise UserError(f"{len(embeddings)} embeddings: {names_of(embeddings)}; supported is one, or none (one-hot)")
    if isinstance(tokenizer, NumberTokenizer):
        if embeddings:
            raise UserError(f"a network that reads numbers has no embedding; found the embedding {embeddings[0]}")
        return Scalar() if tokenizer.features == 1 else Vector(tokenizer.features)
    words = len(vocabulary)
    if not embeddings:
        if layers.input_size != words:
            raise UserError(
                f"there is no embedding, so each of the {layers.input_size} inputs is a word, but the vocabulary "
                f"has {words}; give as many words, in the order of the inputs, or the embedding too, or tokenizer "
                "numbers for a network that reads several numbers at a time"
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


def _layer(lanes: Lanes, merge: str, description: Description) -> Layer:
    """A layer; one of whose directions one alone is read has both side by side, and its reader weights of 0."""
    cells = [_cell(one, lanes, description) for one in (lanes.forward, lanes.backward) if one is not None]
    forward, backward = [*cells, None][:2]
    assert forward is not None
    return Layer(forward, backward, "sum" if merge == "sum" else "concat")


def _cell(recurrent: Recurrent, lanes: Lanes, description: Description) -> Cell:
    kind = cell_class(recurrent.kind)
    parameters = {name: frozen(getattr(recurrent, name)) for name in PARAMETERS}
    asked, said = description.nonlinearity, lanes.nonlinearity
    if not kind.activations:
        return kind.made(parameters)
    if asked is not None and said is not None and asked != said:
        raise UserError(f"the module has the nonlinearity {said}, but {asked} is asked for; leave it out")
    return kind.made(parameters, asked or said)


def _check_nonlinearity(layers: Layers, description: Description) -> None:
    """Raise UserError where a nonlinearity is asked for of layers whose functions are fixed."""
    first, asked = layers.stack[0].forward, description.nonlinearity
    if asked is not None and not any(cell_class(lanes.forward.kind).activations for lanes in layers.stack):
        raise UserError(f"{first.name} is of a {first.kind} layer, whose functions are fixed; leave out “{asked}”")


def _unit_names(recurrent: Recurrent, description: Description) -> tuple[str, ...] | None:
    names = description.unit_names
    if names is not None and len(names) != recurrent.hidden_size:
        raise UserError(f"{len(names)} unit names for {recurrent.hidden_size} hidden units; give one a unit, or none")
    return None if names is None else tuple(names)


def _provenance(layers: Layers, outputs: str, notes: tuple[str, ...]) -> dict[str, Any]:
    """The origin of the model."""
    origin: dict[str, Any] = {"source": f"weights trained with {layers.framework}"}
    if outputs:
        origin["outputs"] = outputs
    if layers.merges[-1] not in MERGES:
        origin["merge"] = layers.merges[-1]
    if read := (*layers.read, *notes):
        origin["read"] = "; ".join(read)
    return origin
