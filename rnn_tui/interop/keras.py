"""Keras: the layers of SimpleRNN, GRU (reset_after=True) or LSTM with Dense and, perhaps, Embedding.

What differs from PyTorch (Keras 2 and 3, keras.layers.SimpleRNN, GRU, LSTM):

- a kernel is (input_size, gates · units), PyTorch's weight is its transpose;
- GRU has its gates in the order z, r, h, PyTorch r, z, n; both blend h = z·h_prev + (1 − z)·n;
- GRU has one bias (2, 3 · units), first of the input, then of the hidden state; with reset_after=False one of
  (3 · units,) and another equation, r·h_prev before the product, which PyTorch doesn't have;
- CuDNNGRU and CuDNNLSTM have a layout of their own: `rnn_tui.interop.keras_cudnn`;
- LSTM has i, f, c, o, which are PyTorch's i, f, g, o, and one bias, as SimpleRNN has; PyTorch adds two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import keras_cudnn
from rnn_tui.interop.keras_model import Told
from rnn_tui.interop.keras_order import from_order
from rnn_tui.interop.layers import (
    SUPPORTED,
    Lanes,
    Layers,
    Plain,
    Recurrent,
    Tensors,
    checked,
    kind_of,
    plain,
    shape_of,
    unexpected,
)
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError

_NAMED = re.compile(r"(?P<layer>|.*/)(?P<parameter>kernel|recurrent_kernel|bias|embeddings)(?::\d+)?")
_NUMBERED = re.compile(r"(?P<layer>|.*/)vars/(?P<number>[0-9]{1,9})")
_DIRECTION = re.compile(r"(?P<wrapper>|.*/)(?P<way>forward|backward)_[^/]*(/.*|)")
_IN_ORDER = re.compile(r"(?P<stem>[^0-9]*)(?P<number>[0-9]{1,9})")
_NO_LAYER = re.compile(r"(.*/)?(optimizer|optimizer_weights|seed_generator\w*)/.*|(.*/)?seed_generator_state(:\d+)?")
_GATES = {"elman": (0,), "gru": (1, 0, 2), "lstm": (0, 1, 2, 3)}
"""The index in Keras' order of gates (GRU z, r, h; LSTM i, f, c, o) of each of PyTorch's."""
_RESET_AFTER = "the GRU without a bias has reset_after=True (Keras' default); its weights alone don't say which"

Parameters = dict[str, tuple[str, NDArray[Any]]]
"""The parameters of one layer: the tensor's name and the tensor, by what it is."""


def recognises(names: Iterable[str]) -> bool:
    """True for names that Keras gives, or of arrays that only have numbers."""
    listed = list(names)
    return _in_order(listed) is not None or any(
        _NUMBERED.fullmatch(name) or ((match := _NAMED.fullmatch(name)) and match["parameter"] == "recurrent_kernel")
        for name in listed
    )


def layers_of(
    weights: Tensors | Sequence[NDArray[Any]], source: str, *, heads: int = 1, told: Sequence[Told] = ()
) -> Layers:
    """The layers of weights by name, or in the order of model.get_weights(); raises UserError.

    `heads` is the least number of Dense layers that arrays without names are read as; `told` is what the layers say of
    themselves, in the order in which they are called, where there is more than weights.
    """
    tensors = from_order(weights, source, heads) if not isinstance(weights, Mapping) else weights
    numbered = _in_order(list(tensors))
    if numbered:
        tensors = from_order([tensors[name] for name in numbered], source, heads)
    parameters = _by_layer(tensors, source)
    said = {layer: index for layer, found in parameters.items() if (index := _said_of(layer, found, told)) is not None}
    parameters = {layer: parameters[layer] for layer in sorted(parameters, key=lambda one: said.get(one, len(told)))}
    recurrent = {layer: _recurrent(found, source) for layer, found in parameters.items() if "recurrent_kernel" in found}
    if not recurrent:
        raise UserError(f"{source}: no recurrent layer (a SimpleRNN, GRU or LSTM) among {_some(tensors)}; {SUPPORTED}")
    pairs = list(_pairs(recurrent, source))
    by_order = [one for one in told if one.recurs]
    if any(layer in said for layer in recurrent) or len(by_order) != len(pairs):
        by_order = [told[said[layer]] if layer in said else Told("") for layer, *_ in pairs]
    lanes = [
        _told_lanes(forward, backward, one, source) for (_, forward, backward), one in zip(pairs, by_order, strict=True)
    ]
    in_order = all(layer in said for layer in recurrent)
    blocks = (tuple(lanes),) if in_order or not isinstance(weights, Mapping) else tuple((one,) for one in lanes)
    others = tuple(_plain(found, source) for layer, found in parameters.items() if layer not in recurrent)
    without = any(one.kind == "gru" and "bias" not in parameters[layer] for layer, one in recurrent.items())
    return Layers(source, "Keras", blocks, others, read=(_RESET_AFTER,) if without and not told else ())


def _said_of(layer: str, found: Parameters, told: Sequence[Told]) -> int | None:
    """The index of what is told of the layer with this path.

    An archive, whose parameters have numbers, calls its layers by their class alone: "lstm_2" is the third LSTM there,
    whatever the layer that calls itself so.
    """
    parts = layer.split("/")
    archived = any(_NUMBERED.fullmatch(name) for name, _ in found.values())
    names = [one.saved_as if archived else one.name for one in told]
    return next((index for index, name in enumerate(names) if name in parts), None)


def _pairs(recurrent: Mapping[str, Recurrent], source: str) -> Iterator[tuple[str, Recurrent, Recurrent | None]]:
    """The recurrent layers with the two directions of a Bidirectional layer together; raises UserError."""
    matches = {layer: match for layer in recurrent if (match := _DIRECTION.fullmatch(layer))}
    backward = {match["wrapper"]: layer for layer, match in matches.items() if match["way"] == "backward"}
    forward = {match["wrapper"] for match in matches.values() if match["way"] == "forward"}
    for layer, one in recurrent.items():
        match = matches.get(layer)
        if match is None or match["wrapper"] not in forward or match["wrapper"] not in backward:
            yield layer, one, None
        elif match["way"] == "forward":
            other = recurrent[backward[match["wrapper"]]]
            if (one.kind, one.weight_ih.shape) != (other.kind, other.weight_ih.shape):
                raise UserError(
                    f"{source}: {other.name} and {one.name} are two directions of one layer, and have not the same "
                    "kind and shapes; supported is Bidirectional with two layers that are alike"
                )
            yield layer, one, other


def _told_lanes(forward: Recurrent, backward: Recurrent | None, told: Told, source: str) -> Lanes:
    if told.merge is not None and backward is None:
        raise UserError(
            f"{source}: {forward.name} is of the Bidirectional layer {told.name}, and no weights of forward_… and "
            "backward_… layers are there beside one another; build it without backward_layer"
        )
    merges = Lanes.merges if told.merge is None else (told.merge,)
    return Lanes(forward, backward, told.nonlinearity, merges)


def _by_layer(tensors: Tensors, source: str) -> dict[str, Parameters]:
    """The parameters of each layer, from their names or from their order in the layer."""
    layers: dict[str, Parameters] = {}
    numbered: dict[str, dict[int, tuple[str, NDArray[Any]]]] = {}
    for name, tensor in tensors.items():
        if _NO_LAYER.fullmatch(name):
            continue
        if match := _NAMED.fullmatch(name):
            layers.setdefault(match["layer"], {})[match["parameter"]] = (name, tensor)
        elif match := _NUMBERED.fullmatch(name):
            numbered.setdefault(match["layer"], {})[int(match["number"])] = (name, tensor)
        else:
            raise unexpected(source, name, tensor)
    for layer, by_number in numbered.items():
        listed = [by_number[number] for number in sorted(by_number)]
        matrices = [len(listed) > 1 and tensor.ndim == 2 for _, tensor in listed[:2]]
        names = ("kernel", "recurrent_kernel", "bias") if all(matrices) else ("matrix", "bias")
        if len(listed) > len(names):
            raise unexpected(source, *listed[len(names)])
        layers[layer] = dict(zip(names, listed, strict=False))
    return layers


def _recurrent(found: Parameters, source: str) -> Recurrent:
    """The recurrent layer in PyTorch's shapes; a bias that is not there is zeros."""
    name, tensor = found["recurrent_kernel"]
    if "kernel" not in found:
        raise UserError(f"{source}: {name} is there without its kernel; save all weights of the model")
    recurrent_kernel = checked(source, name, tensor)
    kernel = checked(source, *found["kernel"])
    columns = recurrent_kernel.shape[-1] if recurrent_kernel.ndim == 2 else -1
    if columns < 0 or kernel.ndim != 2 or kernel.shape[1] != columns or kernel.size == 0:
        raise UserError(
            f"{source}: {found['kernel'][0]} {shape_of(kernel)} doesn't fit {name} {shape_of(recurrent_kernel)}; "
            "expected two matrices with as many columns"
        )
    kind = kind_of(source, name, columns, len(recurrent_kernel))
    bias = checked(source, *found["bias"]) if "bias" in found else None
    if bias is not None and keras_cudnn.is_cudnn(bias, columns, len(_GATES[kind])):
        parts = keras_cudnn.plain(kernel, recurrent_kernel, bias, len(_GATES[kind]))
        kernel, recurrent_kernel, bias_ih, bias_hh = parts
    else:
        bias_ih, bias_hh = _biases(found.get("bias"), kind, columns, source)
    return Recurrent(
        name,
        kind,
        _stacked(kernel, kind).T.copy(),
        _stacked(recurrent_kernel, kind).T.copy(),
        _stacked(bias_ih, kind),
        _stacked(bias_hh, kind),
    )


def _stacked(array: Array, kind: str) -> Array:
    """The last axis with its gates in PyTorch's order."""
    parts = np.split(array, len(_GATES[kind]), axis=-1)
    return np.concatenate([parts[gate] for gate in _GATES[kind]], axis=-1)


def _biases(bias: tuple[str, NDArray[Any]] | None, kind: str, size: int, source: str) -> tuple[Array, Array]:
    """PyTorch's bias_ih and bias_hh, gates still in Keras' order."""
    zeros = np.zeros(size, np.float32)
    if bias is None:
        return zeros, zeros
    name, tensor = bias
    both = checked(source, name, tensor)
    if kind == "gru":
        if both.shape == (size,):
            raise UserError(
                f"{source}: {name} {shape_of(both)} is of a GRU with reset_after=False, which has another equation; "
                "supported is reset_after=True, Keras' default: train it so"
            )
        if both.shape == (2, size):
            return both[0], both[1]
    elif both.shape == (size,):
        return both, zeros
    expected = f"(2, {size})" if kind == "gru" else f"({size},)"
    raise UserError(f"{source}: tensor {name} has shape {shape_of(both)}, expected {expected}")


def _plain(found: Parameters, source: str) -> Plain:
    """An Embedding or a Dense layer; a kernel is transposed."""
    kind = next((parameter for parameter in ("embeddings", "kernel", "matrix") if parameter in found), None)
    if kind is None or ("bias" in found and kind == "embeddings"):
        raise unexpected(source, *found["bias"])
    name, tensor = found[kind]
    if tensor.ndim != 2:
        raise unexpected(source, name, tensor)
    matrix = checked(source, name, tensor)
    bias = checked(source, *found["bias"]) if "bias" in found else None
    return plain(
        source,
        Plain(
            name,
            matrix if kind == "embeddings" or (kind == "matrix" and bias is None) else None,
            None if kind == "embeddings" else matrix.T.copy(),
            bias,
        ),
    )


def _in_order(names: Sequence[str]) -> list[str] | None:
    """Names that are one stem and a number each, such as arr_0, arr_1, sorted by the number; else None."""
    matches = [match for name in names if (match := _IN_ORDER.fullmatch(name))]
    stems = {match["stem"] for match in matches}
    if len(matches) < len(names) or len(stems) != 1 or stems.pop().endswith("vars/"):
        return None
    return [match.string for match in sorted(matches, key=lambda match: int(match["number"]))]


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:4]) + (", …" if len(listed) > 4 else "") if listed else "no tensors"
