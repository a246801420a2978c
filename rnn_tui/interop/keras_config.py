"""The description of a whole Keras model: model_config in an .h5 file, config.json in a .keras archive.

Every layer is known or refused by its name: what is not known could compute anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnn_tui.interop.keras_model import RECURRENT, check_layer, nonlinearity_in
from rnn_tui.interop.keras_wiring import INPUTS, Named, check_wiring, state_read
from rnn_tui.interop.layers import SUPPORTED
from rnn_tui.network.errors import UserError
from rnn_tui.network.readouts import READOUTS

_PASSED = (
    *("InputLayer", "Embedding", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout"),
    *("TextVectorization", "StringLookup", "Masking", "NotEqual", "ActivityRegularization", "Identity"),
)
_ANSWERS = ("Dense", "Softmax", "Activation")
_POOLS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max", "GlobalMaxPool1D": "max"}
_INNER = ("Sequential", "Functional", "Model")
_ATTENDING = (
    *("Attention", "Permute", "RepeatVector", "Flatten", "Multiply", "Dot", "Lambda", "Reshape"),
    *("TFOpLambda", "Sum", "Squeeze", "ExpandDims", "GlobalAveragePooling1D"),
)
_KINDS = {
    "Conv": "is a convolution",
    "Normalization": "normalises",
    "Add": "adds two branches",
    "Concatenate": "joins two branches",
}
_NUMBER_LOSSES = ("mse", "mae", "meansquarederror", "meanabsoluteerror", "huber", "logcosh", "mape", "msle")


@dataclass(frozen=True)
class Said:
    """Everything that a saved model says beside its weights; what it doesn't say is None."""

    nonlinearity: str | None = None
    readout: str | None = None


def said_in(text: str, source: str, *, attention: bool = False) -> Said:
    """Everything that the JSON says; raises UserError where it is not a network of this program.

    `attention`: the readout attention is asked for, whose layers are no layers of Keras, and are passed over.
    """
    try:
        config = json.loads(text)
        layers = list(_layers(config))
        loss = _loss(config.get("compile_config"))
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise UserError(f"{source}: its model_config can't be read; save the model again") from error
    try:
        _check(layers, loss, attention=attention)
        return Said(nonlinearity_in(layers), "attention" if attention else _readout(layers))
    except UserError as error:
        raise UserError(f"{source}: {error}") from error


def _layers(config: Mapping[str, Any]) -> Iterator[Named]:
    """Every layer in the order of the file, those of inner models too, and the cell of a layer RNN."""
    kind, inside = str(config["class_name"]), config.get("config") or {}
    if kind in _INNER or (kind not in _PASSED and isinstance(inside, Mapping) and "layers" in inside):
        for layer in inside if isinstance(inside, list) else inside["layers"]:
            yield from _layers(layer)
        return
    options = {option: _plain(value) for option, value in inside.items()}
    nodes = config.get(INPUTS)
    yield kind, {"name": config.get("name", kind), **options, INPUTS: nodes if isinstance(nodes, list) else []}
    wrapped = inside.get("layer") if kind == "TimeDistributed" else inside.get("cell") if kind == "RNN" else None
    if wrapped is not None:
        yield from _layers(wrapped)


def _plain(value: Any) -> Any:
    """An option; a function or an object that Keras wrote as an object is its name."""
    if isinstance(value, Mapping) and "class_name" in value:
        return value.get("config") if value["class_name"] == "function" else value["class_name"]
    return value


def _check(layers: Sequence[Named], loss: str, *, attention: bool) -> None:
    """Raise UserError for the first layer that this program doesn't have, and for too many of those that it has."""
    known = (*_PASSED, *_ANSWERS, *_POOLS, *RECURRENT, "RNN", "TimeDistributed", "Bidirectional")
    for kind, options in layers:
        if kind not in known and not (attention and kind in _ATTENDING):
            why = next((f", which {does}" for part, does in _KINDS.items() if part in kind), "")
            raise UserError(f"the Keras layer {options['name']} is a {kind}{why}; {SUPPORTED}")
    _check_count("recurrent layers", _named(layers, *RECURRENT), 1, "one")
    _check_count("embeddings", _named(layers, "Embedding"), 1, "one, or none (one-hot)")
    most = 2 if attention else 1
    _check_count("Dense layers", _named(layers, "Dense"), most, "one, from the hidden state to the answer")
    one = any(kind == "Dense" and options.get("units") == 1 for kind, options in layers)
    for kind, options in layers:
        check_layer(kind, options)
        allowed = ("softmax", "linear", "sigmoid") if one else ("softmax", "linear")
        if kind == "Activation" and options.get("activation") not in allowed:
            raise UserError(
                f"the Keras layer {options['name']} has activation={options.get('activation')}, supported is "
                f"{' or '.join(allowed)}"
            )
    _check_classes(layers, loss)
    if not attention:
        check_wiring(layers)


def _check_classes(layers: Sequence[Named], loss: str) -> None:
    """Raise UserError where the last Dense layer gives a number, as its loss shows."""
    answers = [(kind, options) for kind, options in layers if kind in _ANSWERS]
    if loss in _NUMBER_LOSSES and answers and answers[-1][1].get("activation") == "linear":
        raise UserError(
            f"the Keras layer {answers[-1][1]['name']} gives a number (linear, trained with {loss}); supported are "
            "classes: softmax, sigmoid of one unit, or their logits"
        )


def _check_count(what: str, found: Sequence[str], most: int, supported: str) -> None:
    if len(found) > most:
        raise UserError(f"{len(found)} {what}: {', '.join(found)}; supported is {supported}")


def _named(layers: Sequence[Named], *kinds: str) -> list[str]:
    return [str(options["name"]) for kind, options in layers if kind in kinds]


def _readout(layers: Sequence[Named]) -> str | None:
    """The readout that the layers after the recurrent one make."""
    after: list[str] = []
    sequences = False
    for kind, options in layers:
        if kind in RECURRENT or kind == "RNN":
            sequences, after = bool(options.get("return_sequences", sequences)), []
        else:
            after.append(kind)
    index = state_read(layers)
    pool = next(((kind, _POOLS[kind]) for kind in after if kind in _POOLS), None)
    if pool is not None:
        raise UserError(
            f"the Keras layer {pool[0]} takes the {pool[1]} of all hidden states; supported is {', '.join(READOUTS)}"
        )
    return "each" if sequences and index == 0 else "last"


def _loss(compiled: Any) -> str:
    """The loss that the model was trained with, in lower case without underscores; empty where there is none."""
    loss = compiled.get("loss") if isinstance(compiled, Mapping) else None
    if isinstance(loss, Mapping):
        loss = loss.get("class_name")
    return str(loss or "").lower().replace("_", "")
