"""The layers that were found in foreign weights, in PyTorch's names, shapes and gate order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import CELLS
from rnn_tui.network.errors import UserError
from rnn_tui.network.kinds import MERGES

SUPPORTED = "supported is a stack of recurrent layers, in one direction or both, with linear layers after it"

SIDE_BY_SIDE = ("concat", "backward-first")
"""The ways to read both directions that have the numbers of each beside the other's."""
READINGS = (*SIDE_BY_SIDE, "sum", "forward", "backward")
"""The ways to read the two directions of the top layer: side by side, added up, or one alone."""

_STATISTICS = (
    *("running_mean", "running_var", "num_batches_tracked"),
    *("gamma", "beta", "moving_mean", "moving_variance"),
)
_NORM = re.compile(r"(?:^|[./_])(?:bn|ln|\w*norm\w*)\d*[./_]")

Tensors = Mapping[str, NDArray[Any]]
"""Arrays of any dtype by the names that the framework gave them."""


@dataclass(frozen=True, eq=False)
class Recurrent:
    """The recurrent layer: a kind of `CELLS` and its parameters, shaped as the cell wants them."""

    name: str
    kind: str
    weight_ih: Array  # (gates · hidden_size, input_size)
    weight_hh: Array  # (gates · hidden_size, hidden_size)
    bias_ih: Array  # (gates · hidden_size,)
    bias_hh: Array  # (gates · hidden_size,)

    @property
    def input_size(self) -> int:
        """The length of x."""
        return int(self.weight_ih.shape[1])

    @property
    def hidden_size(self) -> int:
        """The number of hidden units."""
        return int(self.weight_hh.shape[1])


@dataclass(frozen=True, eq=False)
class Lanes:
    """One recurrent layer: what reads forward, and what reads backward where it reads both ways.

    `merges` are the ways in which the two may become one, as far as the weights' names tell.
    """

    forward: Recurrent
    backward: Recurrent | None = None
    nonlinearity: str | None = None  # what the module says of its Elman cell, if there is a module
    merges: tuple[str, ...] = MERGES

    @property
    def name(self) -> str:
        """The name of the matrix that makes it a recurrent layer."""
        return self.forward.name

    @property
    def input_size(self) -> int:
        """The length of what it reads."""
        return self.forward.input_size

    def size(self, merge: str) -> int:
        """The length of what it hands on, merged so."""
        return self.forward.hidden_size * (2 if self.backward is not None and merge in SIDE_BY_SIDE else 1)


@dataclass(frozen=True, eq=False)
class Plain:
    """A layer with one matrix: an embedding or a linear layer, as far as its name and its bias tell.

    A matrix that may be either is both, each the way round that it would be used.
    """

    name: str  # of the matrix
    embedding: Array | None  # (rows, input_size), if it may be one
    linear: Array | None  # (output_size, hidden_size), if it may be one
    bias: Array | None  # (output_size,), of a linear layer

    def __str__(self) -> str:
        matrix = self.linear if self.linear is not None else self.embedding
        return f"{self.name} {shape_of(matrix)}"


@dataclass(frozen=True, eq=False)
class Layers:
    """All layers of a network. `source` begins every line that says what is wrong with them.

    `blocks` are the recurrent layers: those of one block come in this order, one above the other; the blocks come in
    any. Once they are arranged there is one block, and `merges` says of each of its layers how its directions become
    one, of the top one how they are read (a name of `READINGS`).
    """

    source: str
    framework: str
    blocks: tuple[tuple[Lanes, ...], ...]
    plain: tuple[Plain, ...]
    read: tuple[str, ...] = ()  # in words, how weights were read that don't tell by themselves
    merges: tuple[str, ...] = ()

    @property
    def stack(self) -> tuple[Lanes, ...]:
        """All recurrent layers, the lowest first."""
        return tuple(lanes for block in self.blocks for lanes in block)

    @property
    def input_size(self) -> int:
        """The length of what the lowest layer reads."""
        return self.stack[0].input_size

    @property
    def size(self) -> int:
        """The length of what the readout hands on, once the layers are arranged."""
        return self.stack[-1].size(self.merges[-1])

    @property
    def sizes(self) -> frozenset[int]:
        """Every length that the readout may hand on, of whichever layer is the top one."""
        tops = [block[-1] for block in self.blocks]
        return frozenset(lanes.size(merge) for lanes in tops for merge in MERGES)


def checked(source: str, name: str, tensor: NDArray[Any]) -> Array:
    """The tensor in float32; raises UserError where it holds anything but finite floating-point numbers."""
    if tensor.dtype.kind != "f" or tensor.dtype.itemsize > 8:
        raise UserError(
            f"{source}: tensor {name} has dtype {tensor.dtype}, expected float32 (float16 and float64 are converted)"
        )
    with np.errstate(over="ignore"):  # too large for float32 is said below
        converted: Array = np.ascontiguousarray(tensor, np.float32).reshape(tensor.shape)
    finite = np.isfinite(converted)
    if not finite.all():
        index = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise UserError(
            f"{source}: tensor {name} holds {tensor[index]} at {list(index)}, expected finite numbers within float32; "
            "save the weights of an earlier epoch"
        )
    return converted


def plain(source: str, weight: Plain) -> Plain:
    """The layer itself, once its bias fits its matrix; raises UserError."""
    if weight.bias is not None and weight.linear is not None and weight.bias.shape != weight.linear.shape[:1]:
        raise UserError(
            f"{source}: the bias of {weight} has shape {shape_of(weight.bias)}, expected one number an output: "
            f"({len(weight.linear)},)"
        )
    return weight


def kind_of(source: str, name: str, rows: int, hidden_size: int) -> str:
    """The kind of cell with so many rows of weights for each hidden unit; raises UserError where there is none."""
    for kind, cell in CELLS.items():
        if rows == cell.row_blocks() * hidden_size > 0:
            return kind
    raise UserError(
        f"{source}: {name} has {rows} rows of weights for {hidden_size} hidden units, expected 1, 3 or 4 times as many "
        "as units (RNN, GRU, LSTM)"
    )


def shape_of(array: NDArray[Any] | None) -> str:
    """A shape as Python writes it: (3, 4) or (3,)."""
    return "()" if array is None else str(array.shape)


def unexpected(source: str, name: str, tensor: NDArray[Any]) -> UserError:
    """The error for a tensor that belongs to no layer that is known: names the layer that it is likely of."""
    kind = _likely(name, tensor)
    if kind is not None:
        return UserError(f"{source}: tensor {name} {shape_of(tensor)} is of {kind}; {SUPPORTED}: train it without")
    return UserError(
        f"{source}: tensor {name} {shape_of(tensor)} belongs to no embedding, recurrent or linear layer; {SUPPORTED}"
    )


def _likely(name: str, tensor: NDArray[Any]) -> str | None:
    """The kind of layer that such a tensor is of, as its name and its shape tell; None where they don't."""
    *_, last = re.split(r"[./]", name.partition(":")[0])
    if last in _STATISTICS or _NORM.search(name.lower()) or (last == "weight" and tensor.ndim == 1):
        return "a normalisation layer (BatchNorm, LayerNorm)"
    if last.startswith("in_proj_"):
        return "a layer of attention over several heads (MultiheadAttention)"
    if last in ("weight", "kernel") and tensor.ndim in (3, 4, 5):
        named = "conv" in name.lower()
        return "a convolution" if named else f"a convolution, or another layer with weights of {tensor.ndim} axes"
    return None
