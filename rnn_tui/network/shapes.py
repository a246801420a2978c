"""The shape of every parameter, by its name in the plain PyTorch module."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.network.cells import cell_class
from rnn_tui.network.heads import EntryKind, value_name
from rnn_tui.network.layers import LayerKind, parameter_name
from rnn_tui.network.readouts import READOUTS

Shapes = dict[str, tuple[int, ...]]


def cell_shapes(cell: str, *, input_size: int, hidden_size: int) -> Shapes:
    """The shapes of a cell's parameters by their short names; `cell` is named as in the model file."""
    rows = cell_class(cell).row_blocks() * hidden_size
    return {
        "weight_ih": (rows, input_size),
        "weight_hh": (rows, hidden_size),
        "bias_ih": (rows,),
        "bias_hh": (rows,),
    }


def layer_output_size(kind: LayerKind, hidden_size: int) -> int:
    """The length of what a layer hands on at a timestep; `hidden_size` is that of each direction."""
    return hidden_size * (2 if kind.bidirectional and kind.merge == "concat" else 1)


def layer_shapes(kind: LayerKind, index: int, *, input_size: int, hidden_size: int) -> Shapes:
    """The shapes of the parameters of a layer, of both directions where there are two; `index` from 0 at the bottom."""
    sizes = cell_shapes(kind.cell, input_size=input_size, hidden_size=hidden_size)
    return {
        parameter_name(name, index, backward=backward): shape
        for backward in ((False, True) if kind.bidirectional else (False,))
        for name, shape in sizes.items()
    }


def linear_shapes(name: str, *, input_size: int, output_size: int) -> Shapes:
    """The shapes of the parameters of a linear layer."""
    return {f"{name}.weight": (output_size, input_size), f"{name}.bias": (output_size,)}


def parameter_shapes(
    layers: Sequence[LayerKind],
    readout: str,
    *,
    input_size: int,
    hidden_size: int | Sequence[int],
    output_size: int,
    vocab_size: int | None = None,
    head: Sequence[EntryKind] = (),
    head_sizes: Sequence[int] = (),
) -> Shapes:
    """The shapes of a network's parameters; with `vocab_size` the embedding's, too.

    `hidden_size` is one for all layers, or one for each; `output_size` is the number of output nodes, `head_sizes` are
    those of the linear layers of the head in their order. Raises ValueError where there are too few or too many sizes.
    """
    shapes: Shapes = {} if vocab_size is None else {"embedding.weight": (vocab_size, input_size)}
    sizes = [hidden_size] * len(layers) if isinstance(hidden_size, int) else hidden_size
    size = input_size
    for index, (kind, own) in enumerate(zip(layers, sizes, strict=True)):
        shapes |= layer_shapes(kind, index, input_size=size, hidden_size=own)
        size = layer_output_size(kind, own)
    learned = READOUTS[readout].shapes(size)
    linear = [index for index, entry in enumerate(head) if entry.linear]
    for index, own in zip(linear, head_sizes, strict=True):
        shapes |= linear_shapes(value_name(index), input_size=size, output_size=own)
        size = own
    return shapes | linear_shapes("fc", input_size=size, output_size=output_size) | learned
