"""Networks from Keras: every hidden state is what Keras 3 computed, and what is not supported is said in one line."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import load_file

import rnn_tui
from rnn_tui.interop import from_file
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused, states
from tests.network import record_keras

refusal = partial(refused, rnn_tui.from_keras)
H5 = ("keras-gru.weights.h5", "keras-gru-whole.h5")


def recorded(kind):
    """The recorded weights by their paths, and what Keras computed."""
    weights = load_file(record_keras.RECORDED / f"keras-{kind}.safetensors")
    return weights, {name: weights.pop(name) for name in record_keras.RESULTS}


def in_order(kind):
    """The recorded weights as model.get_weights() lists them."""
    weights, _ = recorded(kind)
    order = ("embeddings", "cell/kernel", "recurrent_kernel", "cell/bias", "dense/kernel", "dense/bias")
    return [weights[name] for end in order for name in weights if name.endswith(end)]


def same_as_keras(model, results):
    values = states(model, results["tokens"])
    np.testing.assert_allclose(values["h"], results["h"], atol=TOLERANCE)
    np.testing.assert_allclose(values["probs"], results["probs"], atol=TOLERANCE)


@pytest.mark.parametrize("kind", record_keras.KINDS)
@pytest.mark.parametrize("form", ["paths", "names", "list", "generator"])
def test_an_imported_network_has_keras_hidden_states(kind, form):
    # given weights by their paths, by the names that Keras 2 gives them, or in their order
    weights, results = recorded(kind)
    weights = {
        "paths": lambda: weights,
        "names": lambda: {f"{name}:0": tensor for name, tensor in weights.items()},
        "list": lambda: in_order(kind),
        "generator": lambda: iter(in_order(kind)),
    }[form]()
    # when they are imported
    nonlinearity = "relu" if kind == "simple-relu" else None
    model = rnn_tui.from_keras(weights, WORDS, LABELS, nonlinearity=nonlinearity, readout="each")
    # then every hidden state and every probability is Keras'
    same_as_keras(model, results)
    assert model.provenance == {"source": "weights trained with Keras", "verified": NOT_VERIFIED}


@pytest.mark.parametrize("name", H5)
def test_what_keras_saved_is_imported(name):
    pytest.importorskip("h5py")
    _, results = recorded("gru")
    same_as_keras(from_file(record_keras.RECORDED / name, WORDS, LABELS), results)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own, of its variables
@pytest.mark.parametrize("kind", record_keras.KINDS)
def test_a_model_of_keras_itself(kind):
    keras = pytest.importorskip("keras")
    keras.utils.clear_session()
    _, results = recorded(kind)
    model = rnn_tui.from_keras(record_keras.build(kind), WORDS, LABELS, readout="each")
    same_as_keras(model, results)


def test_one_hot_words_and_arrays_without_biases():
    # given the GRU of the recording without its embedding, on one-hot words, and without any bias
    embedding, kernel, recurrent_kernel, _, dense, _ = in_order("gru")
    # when the three matrices are imported
    model = rnn_tui.from_keras([embedding @ kernel, recurrent_kernel, dense], WORDS, LABELS)
    # then they do what they do with the embedding
    whole = rnn_tui.from_keras([embedding, kernel, recurrent_kernel, dense], WORDS, LABELS)
    np.testing.assert_allclose(states(model, (1, 4))["h"], states(whole, (1, 4))["h"], atol=TOLERANCE)
    assert (model.fc.bias == 0).all()


def test_attention_is_the_dense_layer_with_one_output():
    arrays = in_order("gru")
    score, bias = np.full((5, 1), 0.25, np.float32), np.array([0.5], np.float32)
    for order in ([*arrays[:4], score, bias, *arrays[4:]], [*arrays, score, bias]):
        model = rnn_tui.from_keras(order, WORDS, LABELS, readout="attention")
        np.testing.assert_array_equal(model.readout.weight, score.T)
        np.testing.assert_array_equal(model.fc.weight, arrays[4].T)


def test_a_sigmoid_on_as_many_units_as_the_embedding_is_wide():
    # given SimpleRNN with as many units as inputs, whose arrays could be two Dense layers after a layer without bias
    rng = np.random.default_rng(1)
    arrays = [rng.normal(size=shape).astype(np.float32) for shape in ((7, 5), (5, 5), (5, 5), (5,), (5, 1), (1,))]
    # then they are read as one
    model = rnn_tui.from_keras(arrays, WORDS, ("no", "yes"))
    np.testing.assert_array_equal(model.embedding.weight, arrays[0])
    np.testing.assert_array_equal(model.cell.bias_ih, arrays[3])


def with_numbers(kind="gru", **more):
    """The recorded weights under the names of a .weights.h5 file."""
    weights, _ = recorded(kind)
    places = {"kernel": 0, "recurrent_kernel": 1, "bias": 2, "embeddings": 0}
    named = {}
    for name, tensor in weights.items():
        layer, _, parameter = name.partition("/")
        if layer == "dense":
            named[f"layers/dense/vars/{places[parameter] and 1}"] = tensor
        else:
            cell = "" if layer == "embedding" else "cell/"
            named[f"layers/{layer}/{cell}vars/{places[parameter.rpartition('/')[2]]}"] = tensor
    return named | {name.replace("__", "/"): tensor for name, tensor in more.items()}


def test_what_is_no_layer_is_passed_over():
    _, results = recorded("gru")
    weights = with_numbers(optimizer__vars__0=np.array(3), layers__dropout__seed_generator__vars__0=np.ones(2, int))
    weights["dropout/seed_generator/seed_generator_state"] = np.ones(2, int)
    same_as_keras(rnn_tui.from_keras(weights, WORDS, LABELS), results)


def test_matrices_with_numbers_alone_are_told_by_their_shapes():
    # given a network whose Dense layer has no bias, under attribute names of a subclassed model
    weights = {name: tensor for name, tensor in with_numbers().items() if "dense/vars/1" not in name}
    model = rnn_tui.from_keras(weights, WORDS, LABELS)
    np.testing.assert_array_equal(model.fc.weight, weights["layers/dense/vars/0"].T)
    np.testing.assert_array_equal(model.embedding.weight, weights["layers/embedding/vars/0"])


def test_many_arrays_are_in_the_order_of_their_numbers():
    arrays = in_order("lstm")
    _, results = recorded("lstm")
    shuffled = {f"arr_{number}": arrays[number] for number in (3, 0, 5, 1, 4, 2)}
    same_as_keras(rnn_tui.from_keras(shuffled, WORDS, LABELS), results)


def changed(kind="gru", drop=(), **tensors):
    weights, _ = recorded(kind)
    for name in drop:
        del weights[name]
    return weights | {name.replace("__", "/"): np.asarray(tensor, np.float32) for name, tensor in tensors.items()}


CELL = "gru/gru_cell/"
FAULTS = {
    "reset_after": (
        changed(gru__gru_cell__bias=np.ones(15)),
        "gru/gru_cell/bias (15,) is of a GRU with reset_after=False, which has another equation; supported is",
    ),
    "two directions": (
        changed(backward_gru__gru_cell__recurrent_kernel=np.ones((5, 15))),
        "backward_gru/gru_cell/recurrent_kernel is there without its kernel",
    ),
    "no recurrent": (
        {"dense/kernel": np.ones((5, 3))},
        "no recurrent layer (a SimpleRNN, GRU or LSTM) among dense/kernel",
    ),
    "nothing": ({}, "no recurrent layer (a SimpleRNN, GRU or LSTM) among no tensors"),
    "no kernel": (changed(drop=[CELL + "kernel"]), "gru/gru_cell/recurrent_kernel is there without its kernel"),
    "kernel": (
        changed(gru__gru_cell__kernel=np.ones((4, 12))),
        "gru/gru_cell/kernel (4, 12) doesn't fit gru/gru_cell/rec",
    ),
    "flat": (changed(gru__gru_cell__recurrent_kernel=np.ones(15)), "doesn't fit gru/gru_cell/recurrent_kernel (15,)"),
    "two gates": (
        changed(gru__gru_cell__kernel=np.ones((4, 10)), gru__gru_cell__recurrent_kernel=np.ones((5, 10))),
        "has 10 rows of weights for 5 hidden units",
    ),
    "GRU bias": (changed(gru__gru_cell__bias=np.ones(14)), "gru/gru_cell/bias has shape (14,), expected (2, 15)"),
    "LSTM bias": (changed("lstm", lstm__lstm_cell__bias=np.ones((2, 20))), "has shape (2, 20), expected (20,)"),
    "norm": (
        changed(norm__gamma=np.ones(5)),
        "tensor norm/gamma (5,) is of a normalisation layer (BatchNorm, LayerNorm); supported is a stack",
    ),
    "bias alone": (changed(mine__bias=np.ones(5)), "tensor mine/bias (5,) belongs to no embedding"),
    "embedding bias": (changed(embedding__bias=np.ones(4)), "tensor embedding/bias (4,) belongs to no embedding"),
    "convolution": (changed(conv__kernel=np.ones((3, 4, 5))), "tensor conv/kernel (3, 4, 5) is of a convolution"),
    "dense bias": (
        changed(dense__bias=np.ones(2)),
        "the bias of dense/kernel (3, 5) has shape (2,), expected one number",
    ),
    "two dense": (changed(top__kernel=np.ones((5, 2))), "2 linear layers: dense/kernel (3, 5) and top/kernel (2, 5)"),
    "four variables": (
        with_numbers(layers__gru__cell__vars__3=np.ones(2, np.float32)),
        "tensor layers/gru/cell/vars/3 (2,) belongs to no",
    ),
    "a list of two layers": (
        [*in_order("lstm")[:4], np.ones((6, 20)), np.ones((5, 20)), np.ones(20), *in_order("lstm")[4:]],
        "9 arrays without names, (7, 4) (4, 20) (5, 20) (20,) (6, 20) (5, 20) (20,) (5, 3) (3,), are not those of",
    ),
}
SHAPES = {
    "kernel flat": [(7,), (5, 5), (5, 3)],
    "recurrent flat": [(7, 5), (5,), (5, 3)],
    "columns": [(7, 5), (5, 4), (5, 3)],
    "gates": [(7, 10), (5, 10), (5, 3)],
    "embedding": [(7, 3), (4, 5), (5, 5), (5, 3)],
    "bias": [(7, 5), (5, 5), (4,), (5, 3)],
    "dense": [(7, 5), (5, 5), (4, 3)],
    "dense bias": [(7, 5), (5, 5), (5, 3), (2,)],
    "none": [],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_weights_that_do_not_fit_are_refused_in_one_line(fault):
    weights, says = FAULTS[fault]
    assert says in refusal(weights)


@pytest.mark.parametrize("fault", SHAPES)
def test_arrays_in_no_known_order_are_refused(fault):
    arrays = [np.ones(shape, np.float32) for shape in SHAPES[fault]]
    assert "are not those of an Embedding (or none), then SimpleRNN, GRU or LSTM, and 1 Dense" in refusal(arrays)


class Layer:
    """A layer of Keras as far as it is looked at: a class name, options, and layers or a cell inside."""

    layers = ()

    def __init__(self, **options):
        self.options = options

    def get_config(self):
        return {"name": "mine", **self.options}


def layer(kind, *inner, cell=None, **options):
    made = type(kind, (Layer,), {"layers": inner, "cell": cell})
    return made(**options)


def model_of(kind, *layers, legacy=False):
    """A model of Keras as far as it is looked at: weights, with paths (Keras 3) or names alone (2), and layers."""
    weights, results = recorded(kind)

    def variable(name, tensor):
        told = {"name": f"{name}:0"} if legacy else {"name": "kernel", "path": f"model/{name}"}
        return SimpleNamespace(**told, numpy=lambda: tensor)

    return SimpleNamespace(weights=[variable(*item) for item in weights.items()], layers=layers), results


GATED = {"activation": "tanh", "recurrent_activation": "sigmoid"}


@pytest.mark.parametrize("legacy", [True, False])
def test_a_model_is_asked_for_its_activation(legacy):
    inner = layer("Sequential", layer("SimpleRNN", activation="relu"))
    model, results = model_of(
        "simple-relu", layer("Dropout"), inner, layer("Dense", activation="softmax"), legacy=legacy
    )
    imported = rnn_tui.from_keras(model, WORDS, LABELS)
    assert imported.activation == "relu"
    same_as_keras(imported, results)


@pytest.mark.parametrize(
    "layers",
    [
        (layer("GRU", **GATED, reset_after=True), layer("Dense", activation="linear")),
        (layer("RNN", cell=layer("GRUCell", **GATED, reset_after=True)), layer("Dense", activation="sigmoid", units=1)),
    ],
    ids=["layer", "cell"],
)
def test_layers_that_compute_the_same_are_taken(layers):
    model, results = model_of("gru", *layers)
    same_as_keras(rnn_tui.from_keras(model, WORDS, LABELS), results)


def hard(x):
    return x


INNER = {"class_name": "LSTM", "config": GATED}


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (layer("Bidirectional", layer=INNER, merge_mode="mul"), "mine has merge_mode=mul, supported is concat or sum"),
        (layer("Bidirectional", layer=INNER, merge_mode=None), "mine has merge_mode=None, supported is concat or sum"),
        (layer("Dense", activation="elu", units=2), "mine has activation=elu, supported is softmax or linear"),
        (layer("LSTM", **GATED, go_backwards=True), "reads backwards"),
        (layer("GRU", **GATED, reset_after=False), "mine has reset_after=False, supported is True, Keras' default"),
        (layer("LSTM", **GATED | {"activation": "relu"}), "mine has activation=relu, supported is tanh"),
        (
            layer("LSTM", **GATED | {"recurrent_activation": "hard_sigmoid"}),
            "recurrent_activation=hard_sigmoid, supported",
        ),
        (layer("SimpleRNN", activation="gelu"), "activation=gelu, supported is tanh, relu, linear"),
        (layer("SimpleRNN", activation=hard), "activation=<function hard"),
        (layer("RNN", cell=layer("LSTMCell", activation="relu")), "activation=relu"),
        (
            layer("Dense", activation="relu", units=3),
            "activation=relu, supported is softmax or linear (sigmoid with one",
        ),
        (layer("Dense", activation="sigmoid", units=3), "activation=sigmoid"),
    ],
)
def test_layers_that_compute_something_else_are_refused(found, says):
    model, _ = model_of("gru", found)
    assert says in refusal(model)


@pytest.mark.parametrize("form", ["paths", "list"])
def test_a_gru_without_a_bias_is_said_to_be_read_with_reset_after(form):
    listed = in_order("gru")
    weights = changed(drop=[CELL + "bias"]) if form == "paths" else [*listed[:3], *listed[4:]]
    model = rnn_tui.from_keras(weights, WORDS, LABELS, readout="each")
    assert "reset_after=True" in model.provenance["read"]
    # and where there is a bias, its shape says which of the two it is
    assert "read" not in rnn_tui.from_keras(recorded("gru")[0], WORDS, LABELS, readout="each").provenance


def test_a_model_says_of_a_gru_without_a_bias_which_it_is():
    model, _ = model_of("gru", layer("GRU", **GATED, reset_after=True), layer("Dense", activation="linear"))
    model.weights = [weight for weight in model.weights if not weight.path.endswith(CELL + "bias")]
    assert "read" not in rnn_tui.from_keras(model, WORDS, LABELS).provenance
