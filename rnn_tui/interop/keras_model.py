"""The options of a Keras model's layers, which its weights alone don't tell; Keras itself is not imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rnn_tui.network.errors import UserError

_ELMAN = {"tanh": "tanh", "relu": "relu", "linear": "identity"}
RECURRENT = ("SimpleRNN", "GRU", "LSTM", "SimpleRNNCell", "GRUCell", "LSTMCell")


def check_layers(model: Any) -> None:
    """Raise UserError where a layer computes something that this program's networks don't."""
    for kind, options in _layers(model):
        check_layer(kind, options)


def check_layer(kind: str, options: Mapping[str, Any]) -> None:
    """Raise UserError where a layer with these options computes something that this program's networks don't."""
    if kind == "Bidirectional" or options.get("go_backwards"):
        raise UserError(f"the Keras layer {options.get('name')} reads backwards; supported is one direction, forwards")
    if kind in RECURRENT:
        _check_recurrent(kind, options)
    if kind == "Dense":
        _check_dense(options)


def nonlinearity_of(model: Any) -> str | None:
    """The nonlinearity of its SimpleRNN, or None where there is none."""
    return nonlinearity_in(_layers(model))


def nonlinearity_in(layers: Iterable[tuple[str, Mapping[str, Any]]]) -> str | None:
    """The nonlinearity of the SimpleRNN among layers, or None where there is none."""
    for kind, options in layers:
        if kind.startswith("SimpleRNN"):
            return _ELMAN.get(_text(options.get("activation")))
    return None


def _check_recurrent(kind: str, options: Mapping[str, Any]) -> None:
    activation, recurrent = _text(options.get("activation")), _text(options.get("recurrent_activation"))
    if kind.startswith("SimpleRNN"):
        if activation not in _ELMAN:
            _refuse(options, "activation", activation, ", ".join(_ELMAN))
        return
    if activation != "tanh":
        _refuse(options, "activation", activation, "tanh")
    if recurrent != "sigmoid":
        _refuse(options, "recurrent_activation", recurrent, "sigmoid")
    if kind.startswith("GRU") and not options.get("reset_after", True):
        _refuse(options, "reset_after", "False", "True, Keras' default")


def _check_dense(options: Mapping[str, Any]) -> None:
    """Softmax, or none (logits); one unit alone may have a sigmoid, which is the softmax of two."""
    activation = _text(options.get("activation"))
    if activation == "softmax" and options.get("units") == 1:
        raise UserError(
            f"the Keras layer {options.get('name')} has one unit with softmax, which is always 1; train it with sigmoid"
        )
    if activation not in ("softmax", "linear") and not (activation == "sigmoid" and options.get("units") == 1):
        _refuse(options, "activation", activation, "softmax or linear (sigmoid with one unit)")


def _refuse(options: Mapping[str, Any], option: str, found: str, expected: str) -> None:
    raise UserError(f"the Keras layer {options.get('name')} has {option}={found}, supported is {expected}")


def _layers(model: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every layer's class with its options, those of inner models and of cells too."""
    for layer in getattr(model, "layers", ()):
        yield type(layer).__name__, layer.get_config()
        yield from _layers(layer)
        cell = getattr(layer, "cell", None)
        if cell is not None and type(layer).__name__ == "RNN":
            yield type(cell).__name__, cell.get_config()


def _text(activation: Any) -> str:
    """An activation's name; one that is no name of Keras' is written as Python writes it."""
    return activation if isinstance(activation, str) else repr(activation)
