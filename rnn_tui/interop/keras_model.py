"""The options of a Keras model's layers, which its weights alone don't tell; Keras itself is not imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from rnn_tui.network.errors import UserError
from rnn_tui.network.kinds import MERGES

ELMAN = {"tanh": "tanh", "relu": "relu", "linear": "identity"}
BEFORE = ("relu", "tanh", "sigmoid", "linear")
"""The functions that a layer before the last Dense may have."""
NUMBER_LOSSES = (
    *("mse", "mae", "mape", "msle", "huber", "huberloss", "logcosh", "meansquarederror", "meanabsoluteerror"),
    *("meanabsolutepercentageerror", "meansquaredlogarithmicerror"),
)
MERGE = "merge_mode"
"""The option of a layer that reads both ways, here beside those of the layer that Bidirectional wraps."""
BACKWARD = "backward_layer"
"""The option of a layer that reads both ways, where the one that reads backward is given by itself."""
_COMPUTES = ("units", "activation", "recurrent_activation", "reset_after")
RECURRENT = ("SimpleRNN", "GRU", "LSTM", "SimpleRNNCell", "GRUCell", "LSTMCell", "CuDNNGRU", "CuDNNLSTM")


@dataclass(frozen=True)
class Told:
    """All that a model says of one of its layers that its weights don't tell.

    `name` is its own, in the paths of its weights; `saved_as` that in an archive, where there is one. `skips` is true
    for a layer for which timesteps that have a certain number are none.
    """

    name: str
    nonlinearity: str | None = None
    merge: str | None = None
    recurs: bool = False
    saved_as: str | None = None
    skips: bool = False


def check_layers(model: Any) -> None:
    """Raise UserError where a layer computes something that this program's networks don't."""
    check_each(list(_layers(model)))


def check_each(layers: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Raise UserError where a layer with these options computes something that this program's networks don't."""
    last = max((index for index, (kind, _) in enumerate(layers) if kind == "Dense"), default=-1)
    for index, (kind, options) in enumerate(layers):
        if options.get("go_backwards"):
            raise UserError(
                f"the Keras layer {options.get('name')} reads backwards alone; supported is forwards, or Bidirectional"
            )
        if options.get(MERGE, "concat") not in MERGES:
            _refuse(options, "merge_mode", options[MERGE], " or ".join(MERGES))
        if kind in RECURRENT:
            _check_recurrent(kind, options)
            _check_backward(kind, options)
        if kind == "Dense":
            _check_dense(options, last=index == last)
        if kind == "ReLU":
            _check_relu(options)


def told_of(model: Any) -> list[Told]:
    """All that the layers of a model say of themselves, in the order in which they are called."""
    return [told_by(kind, options) for kind, options in _layers(model)]


def told_by(kind: str, options: Mapping[str, Any], saved_as: str | None = None) -> Told:
    """All that a layer with these options says of itself."""
    nonlinearity = ELMAN.get(_text(options.get("activation"))) if kind.startswith("SimpleRNN") else None
    skips = kind == "Masking"
    return Told(str(options.get("name")), nonlinearity, options.get(MERGE), kind in RECURRENT, saved_as, skips)


def check_skipped(told: Iterable[Told], source: str) -> None:
    """Raise UserError where a layer skips timesteps of numbers, any of which is a number like others here."""
    for one in told:
        if one.skips:
            raise UserError(
                f"{source}: the Keras layer {one.name} skips the timesteps that have its mask_value, and a network of "
                "numbers here reads every one; train it without Masking, on series without padding"
            )


def options_of(layer: Any) -> Mapping[str, Any]:
    """The options of a live layer; its name alone where it can't say them, as a layer of one's own often can't."""
    try:
        options = layer.get_config()
    except Exception:  # noqa: BLE001 - a layer's own code, or Keras' NotImplementedError that asks for such code
        options = None
    return options if isinstance(options, Mapping) else {"name": getattr(layer, "name", None)}


def gives_numbers(model: Any) -> bool:
    """True for a compiled model whose loss is that of a number, and whose last layer makes nothing else of it."""
    return are_numbers(getattr(model, "loss", None), list(_layers(model)))


def are_numbers(loss: Any, layers: Sequence[tuple[str, Mapping[str, Any]]]) -> bool:
    """True where the outputs are numbers: the loss is that of a number, and no function follows the last layer."""
    named = any(name.lower().replace("_", "") in NUMBER_LOSSES for name in _loss_names(loss))
    return named and last_function(layers) in (None, "linear")


def last_function(layers: Sequence[tuple[str, Mapping[str, Any]]]) -> str | None:
    """The function that the outputs go through last: "linear" for none; None where there is no Dense layer."""
    last = max((index for index, (kind, _) in enumerate(layers) if kind == "Dense"), default=None)
    if last is None:
        return None
    functions = [function_of(kind, options) or options.get("activation") for kind, options in layers[last:]]
    return next((str(one) for one in reversed(functions) if one not in (None, "linear")), "linear")


def function_of(kind: str, options: Mapping[str, Any]) -> str | None:
    """The function that a layer is of each number: "relu"; None where it is another layer."""
    return str(options.get("activation")) if kind == "Activation" else {"ReLU": "relu", "Softmax": "softmax"}.get(kind)


def _loss_names(loss: Any) -> Iterator[str]:
    """Every name of the loss that a model was trained with: of a live model, or as a file has it.

    It may be a name, a function, an object, or one of these in a list or by the name of the output.
    """
    if isinstance(loss, list | tuple):
        if len(loss) == 1:
            yield from _loss_names(loss[0])
    elif isinstance(loss, Mapping):
        if "class_name" not in loss:
            yield from _loss_names(list(loss.values()))
            return
        config = loss.get("config")
        yield from (str(loss["class_name"]), str(config.get("name") if isinstance(config, Mapping) else config))
    else:
        named = (getattr(loss, "name", ""), getattr(loss, "__name__", ""), type(loss).__name__)
        yield from [loss] if isinstance(loss, str) else map(str, named)


def unwrapped(options: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The layer inside a Bidirectional with these options: its class, and its options under the wrapper's name."""
    inner = options.get("layer")
    if not isinstance(inner, Mapping):
        return None
    own = {"name": options.get("name"), MERGE: options.get("merge_mode", "concat"), BACKWARD: options.get(BACKWARD)}
    return str(inner["class_name"]), {**_inside(inner), **own}


def _inside(layer: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a layer that Keras wrote as an object."""
    return {option: plain_option(value) for option, value in layer["config"].items()}


def plain_option(value: Any) -> Any:
    """An option; a function or an object that Keras wrote as an object is its name."""
    if isinstance(value, Mapping) and "class_name" in value:
        return value.get("config") if value["class_name"] == "function" else value["class_name"]
    return value


def _check_recurrent(kind: str, options: Mapping[str, Any]) -> None:
    activation, recurrent = _text(options.get("activation")), _text(options.get("recurrent_activation"))
    if kind.startswith("SimpleRNN"):
        if activation not in ELMAN:
            _refuse(options, "activation", activation, ", ".join(ELMAN))
        return
    if kind.startswith("CuDNN"):  # it has no such options
        return
    if activation != "tanh":
        _refuse(options, "activation", activation, "tanh")
    if recurrent != "sigmoid":
        _refuse(options, "recurrent_activation", recurrent, "sigmoid")
    if kind.startswith("GRU") and not options.get("reset_after", True):
        _refuse(options, "reset_after", "False", "True, Keras' default")


def _check_backward(kind: str, options: Mapping[str, Any]) -> None:
    """Raise UserError where the layer that reads backward is given by itself, and computes something else."""
    backward = options.get(BACKWARD)
    if backward is None:
        return
    if not isinstance(backward, Mapping) or not isinstance(backward.get("config"), Mapping):
        _refuse(options, BACKWARD, backward, "none, or one like the forward layer")
    if backward.get("class_name") != kind:
        _refuse(options, BACKWARD, backward.get("class_name"), f"{kind}, as the forward layer")
    inside = _inside(backward)
    for option in _COMPUTES:
        if inside.get(option) != options.get(option):
            expected = f"{options.get(option)}, as in the forward layer"
            _refuse(options, f"a backward layer with {option}", inside.get(option), expected)


def _check_dense(options: Mapping[str, Any], *, last: bool) -> None:
    """Softmax, or none (logits); one unit alone may have a sigmoid; one that isn't the last any function of a head."""
    activation = _text(options.get("activation"))
    if not last and activation in BEFORE:
        return
    if activation == "softmax" and options.get("units") == 1:
        raise UserError(
            f"the Keras layer {options.get('name')} has one unit with softmax, which is always 1; train it with sigmoid"
        )
    if activation not in ("softmax", "linear") and not (activation == "sigmoid" and options.get("units") == 1):
        allowed = "softmax or linear (sigmoid with one unit)" if last else " or ".join(BEFORE)
        _refuse(options, "activation", activation, allowed)


def _check_relu(options: Mapping[str, Any]) -> None:
    """No slope below zero, and no other bounds."""
    for option in ("max_value", "negative_slope", "threshold"):
        if options.get(option):
            _refuse(options, option, options[option], "max(0, x)")


def _refuse(options: Mapping[str, Any], option: str, found: object, expected: str) -> NoReturn:
    raise UserError(f"the Keras layer {options.get('name')} has {option}={found}, supported is {expected}")


def _layers(model: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every layer's class with its options, those of inner models and of cells too, and what Bidirectional wraps."""
    for layer in getattr(model, "layers", ()):
        options = options_of(layer)
        inner = unwrapped(options) if type(layer).__name__ == "Bidirectional" else None
        yield inner or (type(layer).__name__, options)
        yield from _layers(layer)
        cell = getattr(layer, "cell", None)
        if cell is not None and type(layer).__name__ == "RNN":
            yield type(cell).__name__, options_of(cell)
        wrapped = getattr(layer, "layer", None) if type(layer).__name__ == "TimeDistributed" else None
        if wrapped is not None:
            yield type(wrapped).__name__, options_of(wrapped)


def _text(activation: Any) -> str:
    """An activation's name; one that is no name of Keras' is written as Python writes it."""
    return activation if isinstance(activation, str) else repr(activation)
