"""The parameters that a training starts from."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.shapes import parameter_shapes


def initial_parameters(
    architecture: Architecture,
    input_size: int,
    hidden_size: int,
    output_size: int,
    seed: int,
    vocab_size: int | None = None,
) -> dict[str, Array]:
    """Fresh float32 parameters, drawn as PyTorch's modules draw them.

    Everything uniform in ±1/√hidden_size, but for the embedding, which is standard normal; without `vocab_size` there
    is none, and x is a one-hot vector or numbers.
    """
    rng = np.random.default_rng(seed)
    bound = 1 / np.sqrt(hidden_size)
    shapes = parameter_shapes(
        architecture.cell,
        architecture.readout,
        input_size=input_size,
        hidden_size=hidden_size,
        output_size=output_size,
    )
    parameters = {name: rng.uniform(-bound, bound, shape).astype(np.float32) for name, shape in shapes.items()}
    if vocab_size is not None:
        parameters["embedding.weight"] = rng.normal(size=(vocab_size, input_size)).astype(np.float32)
    return parameters
