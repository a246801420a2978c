"""The shape of every parameter, by its name in the plain PyTorch module."""

from __future__ import annotations

from rnn_tui.network.cells import cell_class
from rnn_tui.network.layers import parameter_name


def cell_shapes(cell: str, *, input_size: int, hidden_size: int) -> dict[str, tuple[int, ...]]:
    """The shapes of a cell's parameters by their short names; `cell` is named as in the model file."""
    rows = cell_class(cell).row_blocks() * hidden_size
    return {
        "weight_ih": (rows, input_size),
        "weight_hh": (rows, hidden_size),
        "bias_ih": (rows,),
        "bias_hh": (rows,),
    }


def parameter_shapes(
    cell: str, readout: str, *, input_size: int, hidden_size: int, output_size: int, vocab_size: int | None = None
) -> dict[str, tuple[int, ...]]:
    """The shapes of a network's parameters; with `vocab_size` the embedding's, too.

    `cell` and `readout` are named as in the model file.
    """
    sizes = cell_shapes(cell, input_size=input_size, hidden_size=hidden_size)
    shapes: dict[str, tuple[int, ...]] = {} if vocab_size is None else {"embedding.weight": (vocab_size, input_size)}
    shapes |= {parameter_name(name): shape for name, shape in sizes.items()}
    shapes |= {"fc.weight": (output_size, hidden_size), "fc.bias": (output_size,)}
    if readout == "attention":
        shapes |= {"attention.weight": (1, hidden_size), "attention.bias": (1,)}
    return shapes
