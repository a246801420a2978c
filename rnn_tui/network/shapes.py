"""The shape of every parameter, by its name in the plain PyTorch module."""

from __future__ import annotations

from rnn_tui.network.cells import cell_class


def parameter_shapes(
    cell: str, readout: str, *, input_size: int, hidden_size: int, output_size: int
) -> dict[str, tuple[int, ...]]:
    """The shapes of a network's parameters but for the embedding, which is (vocab_size, input_size) where there is one.

    `cell` and `readout` are named as in the model file.
    """
    rows = cell_class(cell).row_blocks() * hidden_size
    shapes: dict[str, tuple[int, ...]] = {
        "rnn.weight_ih_l0": (rows, input_size),
        "rnn.weight_hh_l0": (rows, hidden_size),
        "rnn.bias_ih_l0": (rows,),
        "rnn.bias_hh_l0": (rows,),
        "fc.weight": (output_size, hidden_size),
        "fc.bias": (output_size,),
    }
    if readout == "attention":
        shapes |= {"attention.weight": (1, hidden_size), "attention.bias": (1,)}
    return shapes
