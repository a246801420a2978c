"""The doors: a module, a Keras model, or a file of either's weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import keras, keras_forward, keras_model, torch, torch_forward
from rnn_tui.interop.assembly import assembled
from rnn_tui.interop.candidates import OneWay
from rnn_tui.interop.description import Description, Options, asked, reads_numbers
from rnn_tui.interop.forward import Forward
from rnn_tui.interop.layers import Layers
from rnn_tui.interop.reading import is_named, layers_of_state_dict, model_in, unknown_names
from rnn_tui.interop.sorting import heads_of
from rnn_tui.interop.stacking import arranged
from rnn_tui.interop.verifying import unverified, verified
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

    The module has a torch.nn.RNN, GRU or LSTM (or RNNCell, …), of any number of layers and in one direction or both, or
    several one above the other, or an Elman cell that is written by hand (i2h and h2h, a linear layer over [x, h], or
    parameters W_xh, W_hh, b_h); a linear layer on its hidden state, or several one after the other; and an embedding or
    none (one-hot words, or numbers). `vocabulary` is its words in the order of the rows, or the row of each; [] for
    numbers. `labels` has one label an output. `options`: see `Options`.
    The module is run on sequences of the vocabulary, without dropout, and left as it was: where its answers are not
    those of the model, another readout, activation or head is tried. A state_dict can't be run; the model's provenance
    says which of the two it was.
    Raises UserError with one line that says what doesn't fit.
    """
    options = asked(options)
    tensors, source = torch.tensors_of(module_or_state_dict), "the state_dict"
    known = torch.known_of(module_or_state_dict)
    forward = torch_forward.forward_of(module_or_state_dict, options.get("forward"))
    found = layers_of_state_dict(tensors, source, known, open_ways=forward is not None)
    try:
        ways = [way for layers in found for way in _ways(layers, vocabulary, labels, options)]
        return _compared(ways, options, forward, "the module")
    except UserError as error:
        if is_named(tensors):
            raise
        raise UserError(f"{unknown_names(source, tensors)}; tried by its shapes: {error}") from error


def _ways(
    layers: Layers, vocabulary: Sequence[str] | Mapping[str, int], labels: Sequence[str], options: Options
) -> list[OneWay]:
    """A way to make the model for each arrangement of the layers."""

    def build(arrangement: Layers, changed: Options) -> Model:
        said: Options = {**options, **changed}
        return assembled(arrangement, Description(vocabulary, labels, **said))

    Description(vocabulary, labels, **options)  # what is wrong with it comes before what is wrong with the weights
    return [partial(build, one) for one in arranged(layers, options.get("merge"))]


def from_keras(
    model_or_weights: Any,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    **options: Unpack[Options],
) -> Model:
    """A model from a Keras model, from its get_weights(), or from a mapping of its weights' paths to arrays.

    It has SimpleRNN, GRU (reset_after=True) or LSTM, one or more, Bidirectional or not, one Dense layer on their states
    or several, and an Embedding or none.
    Arguments and errors are those of `from_torch`. Of a Keras model the activations are checked too, and it is run and
    compared; weights alone can be neither.
    """
    options = asked(options)
    if not hasattr(model_or_weights, "weights") and not isinstance(model_or_weights, Mapping):
        model_or_weights = _listed(model_or_weights)
    if "output" not in options and keras_model.gives_numbers(model_or_weights):
        options["output"] = "number"
    if hasattr(model_or_weights, "weights") and reads_numbers(options.get("tokenizer", Description.tokenizer)):
        keras_model.check_skipped(keras_model.told_of(model_or_weights), "the Keras model")
    heads = heads_of(options.get("readout", Description.readout))
    ways = _ways(_keras_layers(model_or_weights, heads), vocabulary, labels, options)
    forward = keras_forward.forward_of(model_or_weights, options.get("forward"))
    return _compared(ways, options, forward, "the Keras model")


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
    return model_in(Path(path), vocabulary, labels, max_bytes, **asked(options))


def _compared(ways: Sequence[OneWay], said: Options, forward: Forward | None, source: str) -> Model:
    """The model, compared with a forward where there is one; else the first that the weights allow."""
    if forward is not None:
        return verified(ways, said, forward, source)
    refusals = []
    for one_way in ways:
        try:
            return unverified(one_way({}), "weights alone")
        except UserError as error:
            refusals.append(error)
    raise refusals[0]


def _listed(weights: Any) -> list[Any]:
    """The arrays of get_weights(); raises UserError for what is none, such as the name of a file."""
    if isinstance(weights, str | bytes | Path) or not isinstance(weights, Iterable):
        raise UserError(
            f"expected a Keras model, its get_weights(), or its weights by path, found {type(weights).__name__}; "
            "from_file opens a file"
        )
    return list(weights)


def _keras_layers(model_or_weights: Any, heads: int) -> Layers:
    """The layers of a Keras model, of a mapping of its weights, or of a list of them."""
    source, weights = "the Keras weights", getattr(model_or_weights, "weights", None)
    if weights is not None:
        keras_model.check_layers(model_or_weights)
        named = {str(getattr(weight, "path", weight.name)): np.asarray(weight.numpy()) for weight in weights}
        return keras.layers_of(named, source, heads=heads, told=keras_model.told_of(model_or_weights))
    if isinstance(model_or_weights, Mapping):
        arrays = {str(name): np.asarray(array) for name, array in model_or_weights.items()}
        return keras.layers_of(arrays, source, heads=heads)
    listed: list[NDArray[Any]] = [np.asarray(array) for array in model_or_weights]
    return keras.layers_of(listed, source, heads=heads)
