"""PyTorch: the recurrent layers in a state_dict, by their names: num_layers, both directions, several modules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

from rnn_tui.interop.layers import Lanes, Recurrent, Tensors, checked, kind_of, shape_of, unexpected
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError

RECURRENT = re.compile(
    r"(?P<module>.*?)(?P<parameter>weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)"
    r"(?:_l(?P<layer>[0-9]{1,9}))?(?P<reverse>_reverse)?"
)
"""The name of a parameter of a recurrent layer."""

Names = dict[str, str]
"""The tensor of each parameter of one direction of one layer, by the parameter's name."""


def blocks_of(
    found: Mapping[str, re.Match[str]], tensors: Tensors, source: str, nonlinearity: Callable[[str], str | None]
) -> tuple[tuple[Lanes, ...], ...]:
    """The layers of each module, those of one module as one block; raises UserError where a parameter is missing.

    `nonlinearity` gives what the module with a name says of its Elman cells.
    """
    modules: dict[str, dict[int, dict[bool, Names]]] = {}
    for name, match in found.items():
        if match["parameter"] == "weight_hr":
            raise UserError(
                f"{source}: {name} is of an LSTM with projections (proj_size); supported is one without: train it so"
            )
        layers = modules.setdefault(match["module"], {})
        directions = layers.setdefault(int(match["layer"] or 0), {})
        directions.setdefault(match["reverse"] is not None, {})[match["parameter"]] = name
    return tuple(_block(module, layers, tensors, source, nonlinearity(module)) for module, layers in modules.items())


def _block(
    module: str, layers: Mapping[int, dict[bool, Names]], tensors: Tensors, source: str, nonlinearity: str | None
) -> tuple[Lanes, ...]:
    """The layers of one module, the lowest first. nn.RNN, GRU and LSTM have both directions side by side inside."""
    missing = next((index for index in range(max(layers) + 1) if index not in layers), None)
    if missing is not None:
        name = next(iter(next(iter(layers[max(layers)].values())).values()))
        raise UserError(f"{source}: {name} is there without layer {missing} below it; save the whole state_dict")
    found = []
    for index in sorted(layers):
        if False not in layers[index]:
            name = next(iter(layers[index][True].values()))
            raise UserError(f"{source}: {name} is there without its forward direction; save the whole state_dict")
        lanes = [_recurrent(layers[index][way], tensors, source) for way in sorted(layers[index])]
        if len({(lane.kind, lane.weight_ih.shape) for lane in lanes}) > 1:
            raise UserError(
                f"{source}: {lanes[1].name} and {lanes[0].name} are two directions of one layer, and have not the same "
                "shapes; save the whole state_dict"
            )
        merges = ("concat",) if index < max(layers) else Lanes.merges
        found.append(Lanes(lanes[0], lanes[1] if len(lanes) > 1 else None, nonlinearity, merges))
    return tuple(found)


def _recurrent(names: Mapping[str, str], tensors: Tensors, source: str) -> Recurrent:
    """The recurrent layer; `names` has the tensor of each parameter. Biases that are not there are zeros."""
    known, example = next(iter(names.items()))
    for wanted in ("weight_ih", "weight_hh"):
        if wanted not in names:
            raise UserError(f"{source}: tensor {example.replace(known, wanted)} is missing; save the whole state_dict")
    biases = [bias for bias in ("bias_ih", "bias_hh") if bias in names]
    if len(biases) == 1:
        raise UserError(
            f"{source}: {names[biases[0]]} is there without the other bias; a layer has bias_ih and bias_hh, or neither"
        )
    weight_hh = checked(source, names["weight_hh"], tensors[names["weight_hh"]])
    if weight_hh.ndim != 2:
        raise unexpected(source, names["weight_hh"], weight_hh)
    rows, hidden_size = weight_hh.shape
    kind = kind_of(source, names["weight_hh"], rows, hidden_size)

    def parameter(name: str, dimensions: int) -> Array:
        if name not in names:
            return np.zeros(rows, np.float32)
        tensor = checked(source, names[name], tensors[names[name]])
        if tensor.ndim != dimensions or len(tensor) != rows or tensor.size == 0:
            expected = f"({rows}, input_size)" if dimensions == 2 else f"({rows},)"
            raise UserError(
                f"{source}: tensor {names[name]} has shape {shape_of(tensor)}, expected {expected} beside "
                f"{names['weight_hh']} {shape_of(weight_hh)}"
            )
        return tensor

    return Recurrent(
        names["weight_hh"], kind, parameter("weight_ih", 2), weight_hh, parameter("bias_ih", 1), parameter("bias_hh", 1)
    )
