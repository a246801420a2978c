"""PyTorch: the layers in a module's state_dict, whatever the attributes of the module are called.

The tensors are told by the last part of their names and by their shapes. Names, shapes and gate order of the
recurrent layer are those of torch.nn.RNN, torch.nn.GRU and torch.nn.LSTM, or of one step of them (torch.nn.RNNCell …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.heads import Heads, told, with_own_heads
from rnn_tui.interop.layers import Layers, Plain, Tensors, checked, plain
from rnn_tui.interop.torch_lanes import RECURRENT, blocks_of
from rnn_tui.network.errors import UserError

_CONVERTED = ("torch.bfloat16", "torch.float16")
"""Dtypes whose every number float32 has, too."""
_UNQUANTIZED = "give the module as it was before it was quantized"
_PLAIN = re.compile(r"(?P<module>|.*\.)(?P<parameter>weight|bias)")


@dataclass(frozen=True)
class Known:
    """All that a module says of itself and its weights don't.

    The nonlinearity of each layer by its name, "" where there is one module alone; and which weights are embeddings.
    """

    nonlinearities: Mapping[str, str] = field(default_factory=dict)
    embeddings: frozenset[str] = frozenset()
    linears: frozenset[str] = frozenset()

    def nonlinearity(self, module: str) -> str | None:
        """The nonlinearity of the recurrent layer with this name, ending in a dot; None where it says none."""
        said = set(self.nonlinearities.values())
        only = said.pop() if len(said) == 1 else None
        return self.nonlinearities.get(module.removesuffix("."), only)


def recognises(names: Iterable[str]) -> bool:
    """True where any of the names is that of a PyTorch recurrent layer's parameter."""
    return any(RECURRENT.fullmatch(name) for name in names)


def layers_of(tensors: Tensors, source: str, known: Known | None = None) -> Layers:
    """The layers of a state_dict; raises UserError where they are not those of one network of this program."""
    layers, ways = _layers(tensors, source, known or Known())
    others, read = told(ways, source)
    return replace(layers, plain=others, read=read)


def candidates(tensors: Tensors, source: str, known: Known | None = None) -> list[Layers]:
    """The same where a forward tells what weights alone leave open: every way to read a last layer made by hand."""
    layers, ways = _layers(tensors, source, known or Known())
    return [replace(layers, plain=others, read=read) for others, read in ways]


def _layers(tensors: Tensors, source: str, known: Known) -> tuple[Layers, list[Heads]]:
    """The recurrent layers, and every way to read the others."""
    found = {name: match for name in tensors if (match := RECURRENT.fullmatch(name))}
    modules: dict[str, dict[str, str]] = {}
    rest: dict[str, NDArray[Any]] = {}
    for name, tensor in tensors.items():
        if name in found:
            continue
        match = _PLAIN.fullmatch(name)
        if match is not None and tensor.ndim == (2 if match["parameter"] == "weight" else 1):
            modules.setdefault(match["module"], {})[match["parameter"]] = name
        else:
            rest[name] = tensor
    layers = Layers(source, "PyTorch", blocks_of(found, tensors, source, known.nonlinearity), ())
    others = [_plain(names, tensors, source, known) for names in modules.values() if "weight" in names]
    rest |= {names["bias"]: tensors[names["bias"]] for names in modules.values() if "weight" not in names}
    return layers, with_own_heads(others, rest, layers.sizes, source)


def tensors_of(module_or_state_dict: Any) -> dict[str, NDArray[Any]]:
    """The arrays of a module or of its state_dict, by name; raises UserError where NumPy can't hold one."""
    state_dict = getattr(module_or_state_dict, "state_dict", None)
    named = state_dict() if callable(state_dict) else module_or_state_dict
    if not isinstance(named, Mapping):
        raise UserError(f"expected a module or its state_dict, found {type(named).__name__}")
    return {str(name): _array(str(name), tensor) for name, tensor in named.items()}


def known_of(module: Any) -> Known:
    """The words of a module on itself; nothing where it is a state_dict."""
    named, modules = (getattr(module, name, None) for name in ("named_modules", "modules"))
    # One layer under two names has its weights under both in the state_dict.
    parts = dict(named(remove_duplicate=False)) if callable(named) else {}
    if not parts and callable(modules):
        parts = {str(index): part for index, part in enumerate(modules())}
    return Known(
        {name: said for name, part in parts.items() if (said := nonlinearity_of(part)) is not None},
        frozenset(f"{name}.weight" for name, part in parts.items() if hasattr(part, "num_embeddings")),
        frozenset(f"{name}.weight" for name, part in parts.items() if hasattr(part, "out_features")),
    )


def nonlinearity_of(part: Any) -> str | None:
    """The nonlinearity of a torch.nn.RNN or RNNCell; None where the module is another."""
    if not any(hasattr(part, name) for name in ("weight_ih_l0", "weight_ih")):
        return None
    nonlinearity = getattr(part, "nonlinearity", None)
    return None if nonlinearity is None else str(nonlinearity)


def _array(name: str, tensor: Any) -> NDArray[Any]:
    if not hasattr(tensor, "detach"):
        try:
            return np.asarray(tensor)
        except (TypeError, RuntimeError, ValueError) as error:  # the packed weights of a quantized module
            kind = type(tensor).__name__
            raise UserError(f"the state_dict: {name} is a {kind}, no tensor; {_UNQUANTIZED}") from error
    try:
        plain_tensor = tensor.detach().cpu()
        if str(tensor.dtype) in _CONVERTED:
            plain_tensor = plain_tensor.float()
        array: NDArray[Any] = plain_tensor.numpy()
    except (NotImplementedError, ValueError) as error:  # on the device “meta”; of a lazy layer
        raise UserError(
            f"the state_dict: tensor {name} has no numbers yet (on the meta device, or of a lazy layer that has read "
            "nothing); load the weights, or run the module once"
        ) from error
    except (TypeError, RuntimeError) as error:  # sparse and quantized tensors
        raise UserError(
            f"the state_dict: tensor {name} has dtype {tensor.dtype}, which NumPy doesn't hold; "
            "convert the module first: module.float()"
        ) from error
    return array


def _plain(names: Mapping[str, str], tensors: Tensors, source: str, known: Known) -> Plain:
    """An embedding or a linear layer; only a linear layer has a bias, and a module knows which it is."""
    name = names["weight"]
    weight = checked(source, name, tensors[name])
    bias = checked(source, names["bias"], tensors[names["bias"]]) if "bias" in names else None
    embedding = weight if bias is None and name not in known.linears else None
    linear = weight if name not in known.embeddings else None
    return plain(source, Plain(name, embedding, linear, bias))
