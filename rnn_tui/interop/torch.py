"""PyTorch: the layers in a module's state_dict, whatever the attributes of the module are called.

The tensors are told by the last part of their names and by their shapes. Names, shapes and gate order of the
recurrent layer are those of torch.nn.RNN, torch.nn.GRU and torch.nn.LSTM, or of one step of them (torch.nn.RNNCell …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.layers import (
    SUPPORTED,
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

_RECURRENT = re.compile(
    r"(?P<module>.*?)(?P<parameter>weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)"
    r"(?:_l(?P<layer>[0-9]{1,9}))?(?P<reverse>_reverse)?"
)
_PLAIN = re.compile(r"(?P<module>|.*\.)(?P<parameter>weight|bias)")


def recognises(names: Iterable[str]) -> bool:
    """True where any of the names is that of a PyTorch recurrent layer's parameter."""
    return any(_RECURRENT.fullmatch(name) for name in names)


def layers_of(tensors: Tensors, source: str, nonlinearity: str | None = None) -> Layers:
    """The layers of a state_dict; raises UserError where they are not those of one network of this program."""
    found = {name: match for name in tensors if (match := _RECURRENT.fullmatch(name))}
    _check_one_layer(found, source)
    modules: dict[str, dict[str, str]] = {}
    for name, tensor in tensors.items():
        if name in found:
            continue
        match = _PLAIN.fullmatch(name)
        if match is None or tensor.ndim != (2 if match["parameter"] == "weight" else 1):
            raise unexpected(source, name, tensor)
        modules.setdefault(match["module"], {})[match["parameter"]] = name
    recurrent = _recurrent({match["parameter"]: name for name, match in found.items()}, tensors, source)
    others = tuple(_plain(names, tensors, source) for names in modules.values())
    return Layers(source, "PyTorch", recurrent, others, nonlinearity)


def tensors_of(module_or_state_dict: Any) -> dict[str, NDArray[Any]]:
    """The arrays of a module or of its state_dict, by name; raises UserError where NumPy can't hold one."""
    state_dict = getattr(module_or_state_dict, "state_dict", None)
    named = state_dict() if callable(state_dict) else module_or_state_dict
    if not isinstance(named, Mapping):
        raise UserError(f"expected a module or its state_dict, found {type(named).__name__}")
    return {str(name): _array(str(name), tensor) for name, tensor in named.items()}


def nonlinearity_of(module: Any) -> str | None:
    """The nonlinearity of the torch.nn.RNN or RNNCell in a module; None where there is no such layer, or no module."""
    modules = getattr(module, "modules", None)
    for part in modules() if callable(modules) else ():
        if any(hasattr(part, name) for name in ("weight_ih_l0", "weight_ih")):
            nonlinearity = getattr(part, "nonlinearity", None)
            return None if nonlinearity is None else str(nonlinearity)
    return None


def _array(name: str, tensor: Any) -> NDArray[Any]:
    if hasattr(tensor, "detach"):
        try:
            array: NDArray[Any] = tensor.detach().cpu().numpy()
        except (TypeError, RuntimeError) as error:  # bfloat16, sparse and quantized tensors
            raise UserError(
                f"the state_dict: tensor {name} has dtype {tensor.dtype}, which NumPy doesn't hold; "
                "convert the module first: module.float()"
            ) from error
        return array
    return np.asarray(tensor)


def _check_one_layer(found: Mapping[str, re.Match[str]], source: str) -> None:
    for name, match in found.items():
        if match["reverse"]:
            raise UserError(f"{source}: {name} is of a bidirectional network; {SUPPORTED}")
        if match["parameter"] == "weight_hr":
            raise UserError(f"{source}: {name} is of an LSTM with projections (proj_size); {SUPPORTED}")
        if int(match["layer"] or 0) > 0:
            raise UserError(f"{source}: {name} is of a second recurrent layer (num_layers); {SUPPORTED}")
    modules = sorted({match["module"] for match in found.values()})
    if len(modules) > 1:
        listed = ", ".join(module.rstrip(".") or "the module itself" for module in modules)
        raise UserError(f"{source}: {len(modules)} recurrent layers: {listed}; {SUPPORTED}")


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


def _plain(names: Mapping[str, str], tensors: Tensors, source: str) -> Plain:
    """An embedding or a linear layer; only a linear layer has a bias."""
    if "weight" not in names:
        raise unexpected(source, names["bias"], tensors[names["bias"]])
    weight = checked(source, names["weight"], tensors[names["weight"]])
    bias = checked(source, names["bias"], tensors[names["bias"]]) if "bias" in names else None
    return plain(source, Plain(names["weight"], weight if bias is None else None, weight, bias))
