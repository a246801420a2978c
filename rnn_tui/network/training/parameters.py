"""The parameters that a training starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.shapes import parameter_shapes


def initial_parameters(
    architecture: Architecture,
    input_size: int,
    hidden_size: int | Sequence[int],
    output_size: int,
    seed: int,
    vocab_size: int | None = None,
    head_sizes: Sequence[int] = (),
) -> dict[str, Array]:
    """Fresh float32 parameters, drawn as PyTorch's modules draw them.

    A cell's are uniform in ±1/√hidden_size, those of a linear layer in ±1/√input_size, and the embedding's are standard
    normal; without `vocab_size` there is none, and x is a one-hot vector or numbers. `hidden_size` is one for all
    layers, or one for each; `output_size` is the number of output nodes (`Architecture.nodes`), `head_sizes` are those
    of the linear layers of the head in their order.
    """
    rng = np.random.default_rng(seed)
    shapes = parameter_shapes(
        architecture.layers,
        architecture.readout,
        input_size=input_size,
        hidden_size=hidden_size,
        output_size=output_size,
        head=architecture.head,
        head_sizes=head_sizes,
    )
    parameters = {name: _drawn(rng, name, shapes) for name in shapes}
    if vocab_size is not None:
        parameters["embedding.weight"] = rng.normal(size=(vocab_size, input_size)).astype(np.float32)
    return parameters


def _drawn(rng: np.random.Generator, name: str, shapes: Mapping[str, tuple[int, ...]]) -> Array:
    """One parameter; the bound of the bias of a linear layer is that of its weight."""
    of, _, short = name.rpartition(".")
    if of == "rnn":  # weight_ih_l0_reverse: the layer and the direction are in the name
        _, _, lane = short.partition("_l")
        size = shapes[f"rnn.weight_hh_l{lane}"][1]
    else:
        size = shapes[f"{of}.weight"][1]
    bound = 1 / np.sqrt(size)
    return rng.uniform(-bound, bound, shapes[name]).astype(np.float32)
