"""The tensors of a network written by hand, told apart: matrices, biases, and what a program keeps beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rnn_tui.interop.handwritten_names import PASSED, bias_roles_of, likely_role_of, role_of, short
from rnn_tui.interop.layers import Plain, Tensors, checked, plain, shape_of, unexpected
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError

_LAYER = re.compile(r"(?P<module>.+)\.(?P<parameter>weight|bias)")
_LEFT_OVER = ("h", "hprev")


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix as it is stored. `layer`: the weight of a linear layer or an embedding, perhaps with its own bias."""

    name: str
    array: Array
    layer: bool = False
    bias: Array | None = None

    @property
    def role(self) -> str | None:
        """The role that its name says for sure."""
        return role_of(self._named)

    @property
    def likely(self) -> str | None:
        """The role that its name says."""
        return likely_role_of(self._named)

    @property
    def _named(self) -> str:
        return self.name.removesuffix(".weight") if self.layer else self.name

    def __str__(self) -> str:
        return f"{self.name} {shape_of(self.array)}"


@dataclass(frozen=True, eq=False)
class Bias:
    """A bias that is a parameter of its own: flat, a column (n, 1) or a row (1, n)."""

    name: str
    array: Array
    roles: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Parts:
    """All matrices and biases of a network."""

    matrices: tuple[Matrix, ...]
    biases: tuple[Bias, ...]


def parts_of(tensors: Tensors, source: str) -> Parts:
    """The parts; raises UserError for a tensor that is neither a matrix nor a bias nor a state of zeros."""
    matrices, biases = [], []
    weights = {match["module"] for name in tensors if (match := _LAYER.fullmatch(name)) and match[2] == "weight"}
    for name, tensor in tensors.items():
        match = _LAYER.fullmatch(name)
        if match and match["module"] in weights:
            if tensor.ndim != (2 if match["parameter"] == "weight" else 1):
                raise unexpected(source, name, tensor)
            if match["parameter"] == "weight":
                bias = f"{match['module']}.bias"
                own = checked(source, bias, tensors[bias]) if bias in tensors else None
                weight = checked(source, name, tensor)
                plain(source, Plain(name, None, weight, own))
                matrices.append(Matrix(name, weight, layer=True, bias=own))
            continue
        flat = tensor.ndim == 1 or (tensor.ndim > 1 and tensor.size == max(tensor.shape))
        if flat and short(name) in PASSED:
            _check_state(source, name, checked(source, name, tensor))
        elif flat and tensor.ndim <= 2 and bias_roles_of(name):
            biases.append(Bias(name, checked(source, name, tensor), bias_roles_of(name)))
        elif tensor.ndim == 2:
            matrices.append(Matrix(name, checked(source, name, tensor)))
        else:
            raise unexpected(source, name, tensor)
    return Parts(tuple(matrices), tuple(biases))


def listed(matrices: Iterable[Matrix]) -> str:
    """Matrices by name and shape."""
    return " and ".join(map(str, matrices))


def _check_state(source: str, name: str, state: Array) -> None:
    """Raise UserError for a first hidden state that isn't zeros. Where training ended is no first state."""
    if state.any() and short(name) not in _LEFT_OVER:
        raise UserError(
            f"{source}: {name} is a first hidden state that is not zeros; supported is one of zeros: train it without"
        )
