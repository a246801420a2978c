"""The options of a Keras model's layers, which its weights alone don't tell; Keras itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rnn_tui.network.errors import UserError

_ELMAN = {"tanh": "tanh", "relu": "relu", "linear": "identity"}
_RECURRENT = ("SimpleRNN", "GRU", "LSTM", "SimpleRNNCell", "GRUCell", "LSTMCell")


def check_layers(model: Any) -> None:
    """Raise UserError where a layer computes something that this program's networks don't."""
    for layer, options in _layers(model):
        kind, name = type(layer).__name__, options.get("name")
        if kind == "Bidirectional" or options.get("go_backwards"):
            raise UserError(f"the Keras layer {name} reads backwards; supported is one direction, forwards")
        if kind in _RECURRENT:
            _check_recurrent(kind, options)
        if kind == "Dense":
            _check_dense(options)


def nonlinearity_of(model: Any) -> str | None:
    """The nonlinearity of its SimpleRNN, or None where there is none."""
    for layer, options in _layers(model):
        if type(layer).__name__.startswith("SimpleRNN"):
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
    if kind.startswith("GRU") and not options.get("reset_after"):
        _refuse(options, "reset_after", "False", "True, Keras' default")


def _check_dense(options: Mapping[str, Any]) -> None:
    """Softmax, or none (logits); one unit alone may have a sigmoid, which is the softmax of two."""
    activation = _text(options.get("activation"))
    if activation not in ("softmax", "linear") and not (activation == "sigmoid" and options.get("units") == 1):
        _refuse(options, "activation", activation, "softmax or linear (sigmoid with one unit)")


def _refuse(options: Mapping[str, Any], option: str, found: str, expected: str) -> None:
    raise UserError(f"the Keras layer {options.get('name')} has {option}={found}, supported is {expected}")


def _layers(model: Any) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Every layer with its options, those of inner models and of cells too."""
    for layer in getattr(model, "layers", ()):
        yield layer, layer.get_config()
        yield from _layers(layer)
        cell = getattr(layer, "cell", None)
        if cell is not None and type(layer).__name__ == "RNN":
            yield cell, cell.get_config()


def _text(activation: Any) -> str:
    """An activation's name; one that is no name of Keras' is written as Python writes it."""
    return activation if isinstance(activation, str) else repr(activation)
