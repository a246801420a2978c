"""The doors: a module, a Keras model, or a file of either's weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import keras, keras_forward, torch, torch_forward
from rnn_tui.interop.assembly import assemble, heads_of
from rnn_tui.interop.description import Description, Options
from rnn_tui.interop.forward import Forward
from rnn_tui.interop.keras_model import check_layers, nonlinearity_of
from rnn_tui.interop.layers import Layers
from rnn_tui.interop.reading import model_in, unknown_names
from rnn_tui.interop.verifying import Build, unverified, verified
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
    The module is run on sequences of the vocabulary, without dropout, and left as it was: where its answers are not
    those of the model, another readout or activation is tried. A state_dict can't be run; the model's provenance says
    which of the two it was.
    Raises UserError with one line that says what doesn't fit.
    """
    tensors = torch.tensors_of(module_or_state_dict)
    source = "the state_dict"
    if not torch.recognises(tensors):
        raise UserError(unknown_names(source, tensors))
    nonlinearity = torch.nonlinearity_of(module_or_state_dict)
    layers = torch.layers_of(tensors, source, nonlinearity)

    def build(changed: Options) -> Model:
        said: Options = {**options, **changed}
        return assemble(layers, Description(vocabulary, labels, **said))

    return _compared(
        build, options, torch_forward.forward_of(module_or_state_dict, options.get("forward")), "the module"
    )


def from_keras(
    model_or_weights: Any,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    **options: Unpack[Options],
) -> Model:
    """A model from a Keras model, from its get_weights(), or from a mapping of its weights' paths to arrays.

    It has one SimpleRNN, GRU (reset_after=True) or LSTM, a Dense layer on its hidden state, and an Embedding or none.
    Arguments and errors are those of `from_torch`. Of a Keras model the activations are checked too, and it is run and
    compared; weights alone can be neither.
    """
    if not hasattr(model_or_weights, "weights") and not isinstance(model_or_weights, Mapping):
        model_or_weights = list(model_or_weights)

    def build(changed: Options) -> Model:
        said: Options = {**options, **changed}
        description = Description(vocabulary, labels, **said)
        return assemble(_keras_layers(model_or_weights, heads_of(description.readout)), description)

    return _compared(
        build, options, keras_forward.forward_of(model_or_weights, options.get("forward")), "the Keras model"
    )


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
    if options.get("forward") is not None:
        raise UserError(
            "a file has no forward to run; give the module to from_torch or from_keras, or leave out forward"
        )
    return model_in(Path(path), vocabulary, labels, max_bytes, **options)


def _compared(build: Build, said: Options, forward: Forward | None, source: str) -> Model:
    """The model, compared with a forward where there is one."""
    if forward is None:
        return unverified(build({}), "weights alone")
    return verified(build, said, forward, source)


def _keras_layers(model_or_weights: Any, heads: int) -> Layers:
    """The layers of a Keras model, of a mapping of its weights, or of a list of them."""
    source, weights = "the Keras weights", getattr(model_or_weights, "weights", None)
    if weights is not None:
        check_layers(model_or_weights)
        named = {str(getattr(weight, "path", weight.name)): np.asarray(weight.numpy()) for weight in weights}
        found = keras.layers_of(named, source, heads=heads)
        said = nonlinearity_of(model_or_weights)
        return Layers(found.source, found.framework, found.recurrent, found.plain, said)
    if isinstance(model_or_weights, Mapping):
        arrays = {str(name): np.asarray(array) for name, array in model_or_weights.items()}
        return keras.layers_of(arrays, source, heads=heads)
    listed: list[NDArray[Any]] = [np.asarray(array) for array in model_or_weights]
    return keras.layers_of(listed, source, heads=heads)
