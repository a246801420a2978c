"""The description of a whole Keras model: model_config in an .h5 file, config.json in a .keras archive.

Every layer is known or refused by its name: what is not known could compute anything.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rnn_tui.interop.keras_model import (
    BEFORE,
    RECURRENT,
    Told,
    are_numbers,
    check_each,
    function_of,
    last_function,
    plain_option,
    told_by,
    unwrapped,
)
from rnn_tui.interop.keras_slices import LAST_STEP, SLICES, at_last_step
from rnn_tui.interop.keras_wiring import INPUTS, POOLS, Named, after_last_dense, check_wiring, state_read
from rnn_tui.interop.layers import SUPPORTED
from rnn_tui.network.errors import UserError

_PASSED = (
    *("InputLayer", "Embedding", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout"),
    *("TextVectorization", "StringLookup", "Masking", "NotEqual", "ActivityRegularization", "Identity"),
)
SAVED_AS = "saved_as"
"""The option, which is none of Keras', that has a layer's name in an archive."""
_DAMAGED = "its model_config can't be read; save the model again"
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
    "LU": "is an activation other than relu, tanh and sigmoid",
}


@dataclass(frozen=True)
class Said:
    """Everything that a saved model says beside its weights; what it doesn't say is None."""

    nonlinearity: str | None = None
    readout: str | None = None
    head: tuple[str, ...] | None = None
    output: str | None = None
    told: tuple[Told, ...] = field(default=(), compare=False)  # of each layer, in their order
    last: str | None = field(default=None, compare=False)  # the function that the outputs go through


def said_in(text: str, source: str, *, attention: bool = False) -> Said:
    """Everything that the JSON says; raises UserError where it is not a network of this program.

    `attention`: the readout attention is asked for, whose layers are no layers of Keras, and are passed over.
    """
    try:
        config = json.loads(text)
        layers = list(_layers(config))
        compiled = config.get("compile_config")
        numbers = are_numbers(compiled.get("loss") if isinstance(compiled, Mapping) else None, layers)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise UserError(f"{source}: {_DAMAGED}") from error
    try:
        _check(layers, attention=attention)
        told = tuple(told_by(kind, options, options[SAVED_AS]) for kind, options in layers)
        nonlinearity = next((one.nonlinearity for one in told if one.nonlinearity), None)
        output = "number" if numbers else None
        if attention:
            return Said(nonlinearity, "attention", None, output, told)
        layers = at_last_step(layers)
        return Said(nonlinearity, _readout(layers), _head(layers), output, told, last_function(layers))
    except (UserError, RecursionError) as error:  # of inputs nested deeper than they can be followed
        raise UserError(f"{source}: {_DAMAGED if isinstance(error, RecursionError) else error}") from error


def _layers(config: Mapping[str, Any], counts: Counter[str] | None = None) -> Iterator[Named]:
    """Every layer in the order of the file, those of inner models too, the cell of an RNN, what Bidirectional wraps."""
    kind, inside = str(config["class_name"]), config.get("config") or {}
    if kind in _INNER or (kind not in _PASSED and isinstance(inside, Mapping) and "layers" in inside):
        counted: Counter[str] = Counter()
        for layer in inside if isinstance(inside, list) else inside["layers"]:
            yield from _layers(layer, counted)
        return
    nodes = config.get(INPUTS)
    more = {INPUTS: nodes if isinstance(nodes, list) else [], SAVED_AS: _saved_as(kind, counts)}
    options = {option: plain_option(value) for option, value in inside.items()}
    name = config.get("name", kind)
    inner = unwrapped({"name": name, **inside}) if kind == "Bidirectional" else None
    if inner is not None:
        kind, options = inner
    yield kind, {"name": name, **options, **more}
    wrapped = inside.get("layer") if kind == "TimeDistributed" else inside.get("cell") if kind == "RNN" else None
    if wrapped is not None:
        yield from _layers(wrapped)


def _saved_as(kind: str, counts: Counter[str] | None) -> str:
    """The name of a layer in an archive of Keras 3: that of its class, with a number from the second on."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    if counts is None:
        return name
    counts[name] += 1
    return name if counts[name] == 1 else f"{name}_{counts[name] - 1}"


def _check(layers: Sequence[Named], *, attention: bool) -> None:
    """Raise UserError for the first layer that this program doesn't have, and for too many of those that it has."""
    known = (*_PASSED, "Dense", "Softmax", "Activation", "ReLU", *POOLS, *SLICES, *RECURRENT, "RNN", "TimeDistributed")
    for kind, options in layers:
        if kind not in known and not (attention and kind in _ATTENDING):
            why = next((f", which {does}" for part, does in _KINDS.items() if part in kind), "")
            raise UserError(f"the Keras layer {options['name']} is a {kind}{why}; {SUPPORTED}")
    embeddings = [str(options["name"]) for kind, options in layers if kind == "Embedding"]
    if len(embeddings) > 1:
        listed = ", ".join(embeddings)
        raise UserError(f"{len(embeddings)} embeddings: {listed}; supported is one, or none (one-hot)")
    check_each(layers)
    for kind, options in layers:
        if kind in POOLS and options.get("data_format") == "channels_first":
            raise UserError(f"the Keras layer {options['name']} has data_format=channels_first, supported is _last")
    _check_functions(layers, attention=attention)
    if not attention:
        check_wiring(layers)


def _check_functions(layers: Sequence[Named], *, attention: bool) -> None:
    """Raise UserError for a layer Activation or ReLU with a function that doesn't come where it stands."""
    one = any(kind == "Dense" and options.get("units") == 1 for kind, options in layers)
    last = after_last_dense(layers)
    for index, (kind, options) in enumerate(layers):
        function = function_of(kind, options)
        if function is None or function == "softmax":
            continue
        before = index < last and not attention
        allowed = BEFORE if before else ("softmax", "linear", *(["sigmoid"] if one else []))
        if function not in allowed:
            raise UserError(
                f"the Keras layer {options['name']} has activation={function}, supported is {' or '.join(allowed)}"
                + (" before the last layer" if before else "")
            )


def _readout(layers: Sequence[Named]) -> str | None:
    """The readout that the layers after the top recurrent one make."""
    after: list[str] = []
    sequences, last = False, "last"
    for kind, options in layers:
        if kind in RECURRENT or kind == "RNN":
            sequences, after = bool(options.get("return_sequences", sequences)), []
            last = "last_step" if options.get(LAST_STEP) else "last"
        else:
            after.append(kind)
    index = state_read(layers)
    pool = next((kind for kind in after if kind in POOLS), None)
    if pool is None:
        return "each" if sequences and index == 0 else last
    if not sequences or index != 0:
        raise UserError(f"the Keras layer {pool} pools one state alone; supported is return_sequences=True before it")
    return POOLS[pool]


def _head(layers: Sequence[Named]) -> tuple[str, ...]:
    """The functions between the recurrent layers and the last Dense layer: one after each Dense, others before them."""
    functions: list[str] = []
    open_dense = False
    dense = 0
    for kind, options in layers[: max(0, after_last_dense(layers) - 1)]:
        function = function_of(kind, options)
        if kind == "Dense":
            dense += 1
            functions.append("identity" if options.get("activation") == "linear" else str(options.get("activation")))
            open_dense = functions[-1] == "identity"
        elif function not in (None, "linear"):
            if dense and not open_dense:
                raise UserError(
                    f"the Keras layer {options['name']} is a second activation behind a Dense layer; supported is one"
                )
            functions[-1 if dense else len(functions) :] = [str(function)]
            open_dense = False
    return tuple(functions)
