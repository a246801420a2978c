"""The doors: a module, a Keras model, or a file of either's weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import keras, torch
from rnn_tui.interop.assembly import assemble, heads_of
from rnn_tui.interop.description import Description, Options
from rnn_tui.interop.keras_model import check_layers, nonlinearity_of
from rnn_tui.interop.layers import Layers
from rnn_tui.interop.reading import model_in, unknown_names
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import MAX_BYTES


def from_torch(
    module_or_state_dict: Any,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    **options: Unpack[Options],
) -> Model:
    """A model from a PyTorch module, or from its state_dict, under any attribute names.

    The module has one torch.nn.RNN, GRU or LSTM (or RNNCell, …) of one layer and one direction, one linear layer on
    its hidden state, and an embedding or none (one-hot words, or numbers). `vocabulary` is its words in the order of
    the rows, or the row of each; [] for numbers. `labels` has one label an output. `options`: see `Options`.
    Raises UserError with one line that says what doesn't fit.
    """
    tensors = torch.tensors_of(module_or_state_dict)
    source = "the state_dict"
    if not torch.recognises(tensors):
        raise UserError(unknown_names(source, tensors))
    nonlinearity = torch.nonlinearity_of(module_or_state_dict)
    return assemble(torch.layers_of(tensors, source, nonlinearity), Description(vocabulary, labels, **options))


def from_keras(
    model_or_weights: Any,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    **options: Unpack[Options],
) -> Model:
    """A model from a Keras model, from its get_weights(), or from a mapping of its weights' paths to arrays.

    It has one SimpleRNN, GRU (reset_after=True) or LSTM, a Dense layer on its hidden state, and an Embedding or none.
    Arguments and errors are those of `from_torch`. Of a Keras model the activations are checked too; weights alone
    don't tell them.
    """
    description = Description(vocabulary, labels, **options)
    source, heads = "the Keras weights", heads_of(description.readout)
    weights = getattr(model_or_weights, "weights", None)
    if weights is not None:
        check_layers(model_or_weights)
        named = {str(getattr(weight, "path", weight.name)): np.asarray(weight.numpy()) for weight in weights}
        found = keras.layers_of(named, source, heads=heads)
        said = nonlinearity_of(model_or_weights)
        found = Layers(found.source, found.framework, found.recurrent, found.plain, said)
    elif isinstance(model_or_weights, Mapping):
        arrays = {str(name): np.asarray(array) for name, array in model_or_weights.items()}
        found = keras.layers_of(arrays, source, heads=heads)
    else:
        listed: list[NDArray[Any]] = [np.asarray(array) for array in model_or_weights]
        found = keras.layers_of(listed, source, heads=heads)
    return assemble(found, description)


def from_file(
    path: str | Path,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    *,
    max_bytes: int | None = MAX_BYTES,
    **options: Unpack[Options],
) -> Model:
    """A model from a file of weights: .safetensors, .npz, .h5 or .keras (which need h5py), or a PyTorch checkpoint.

    Nothing in the file is executed. Arguments and errors are those of `from_torch`; `max_bytes` is the largest size
    accepted, packed and unpacked, None for any. What a whole Keras model says of itself is believed; what nothing says
    is in the provenance, as `assumed`.
    """
    return model_in(Path(path), vocabulary, labels, max_bytes, **options)
