"""CuDNN's layout of weights (Keras 2's CuDNNLSTM and CuDNNGRU) gives the hidden states of the same network."""

import json

import numpy as np
import pytest

from rnn_tui.interop import from_keras
from rnn_tui.interop.keras_config import said_in
from tests.interop.networks import LABELS, TOLERANCE, WORDS, recorded, refused, states

ORDER = {"lstm": (0, 1, 2, 3), "gru": (1, 0, 2)}
"""The index among PyTorch's gates (GRU r, z, n) of each of Keras' (z, r, h)."""


def cudnn(kind):
    """The recorded network of PyTorch as such a layer holds it, and what PyTorch computed.

    A gate's weight (units, inputs) is written number by number, and read as (inputs, units); that of the hidden state,
    which is square, stands as it is.
    """
    tensors, results = recorded(kind)
    gates = len(ORDER[kind])

    def stacked(name):
        parts = np.split(tensors[f"rnn.{name}_l0"], gates)
        return [parts[gate] for gate in ORDER[kind]]

    kernels = [np.ascontiguousarray(part).reshape(part.shape[::-1]) for part in stacked("weight_ih")]
    layer = {
        "kernel": np.concatenate(kernels, axis=1),
        "recurrent_kernel": np.concatenate(stacked("weight_hh"), axis=1),
        "bias": np.concatenate([*stacked("bias_ih"), *stacked("bias_hh")]),
    }
    others = {"embedding/embeddings": tensors["embedding.weight"], "dense/kernel": tensors["fc.weight"].T}
    named = {f"cu_dnn{kind}/cu_dnn{kind}/{name}:0": array for name, array in layer.items()}
    return {**others, **named, "dense/bias": tensors["fc.bias"]}, results


@pytest.mark.parametrize("kind", ORDER)
def test_it_has_the_hidden_states_of_the_network_that_it_was_made_of(kind):
    weights, results = cudnn(kind)
    model = from_keras(weights, WORDS, LABELS)
    assert model.cell.kind == kind
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)


@pytest.mark.parametrize("kind", ORDER)
def test_arrays_without_names(kind):
    weights, results = cudnn(kind)
    order = ("embeddings", "/kernel", "recurrent_kernel", "bias:0", "dense/kernel", "dense/bias")
    layer = [name for name in weights if name.startswith("cu")]
    listed = [weights["embedding/embeddings"], *(weights[name] for name in layer)]
    listed += [weights["dense/kernel"], weights["dense/bias"]]
    assert len(listed) == len(order)
    model = from_keras(listed, WORDS, LABELS)
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)


def test_a_bias_of_twice_the_length_is_none_of_a_simple_rnn():
    rng = np.random.default_rng(0)
    shapes = {"r/kernel": (4, 5), "r/recurrent_kernel": (5, 5), "r/bias": (10,), "d/kernel": (5, 3)}
    weights = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    assert "r/bias has shape (10,), expected (5,)" in refused(from_keras, weights, WORDS[:4])


@pytest.mark.parametrize("kind", ["CuDNNLSTM", "CuDNNGRU"])
def test_a_whole_model_says_that_it_has_such_a_layer(kind):
    layers = [
        {"class_name": "Embedding", "config": {"name": "embedding"}},
        {"class_name": kind, "config": {"name": "rnn", "units": 5, "return_sequences": False, "go_backwards": False}},
        {"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "softmax"}},
    ]
    said = said_in(json.dumps({"class_name": "Sequential", "config": {"layers": layers}}), "model.h5")
    assert (said.readout, said.nonlinearity) == ("last", None)
