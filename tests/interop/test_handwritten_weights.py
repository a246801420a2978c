"""Networks written by hand, from their weights alone: what their names and shapes tell, and what is refused."""

import numpy as np
import pytest
from safetensors.numpy import save_file

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.network.errors import UserError
from tests.interop.handwritten_networks import Network
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused, states

ROWS = (3, 1, 6, 6, 0)
NET = Network()
SQUARE = Network(5, 5, 5)
TABLE = np.random.default_rng(3).normal(size=(7, 4)).astype(np.float32)
EMBEDDED = Network(4, 5, 3)


def same(model, net, rows=ROWS):
    values = states(model, rows)
    np.testing.assert_allclose(values["h"], net.states(rows), atol=TOLERANCE)
    np.testing.assert_allclose(values["logits"], net.logits(rows), atol=TOLERANCE)


def bare(*names, net=NET):
    """The three linear layers without some of their biases."""
    return {name: array for name, array in net.linear_layers().items() if name not in names}


TAKEN = {
    # name: weights, the network that they are, how they are read
    "i2h, h2h, h2o": (NET.linear_layers(), NET, None),
    "in2hidden": (NET.linear_layers(("in2hidden", "hidden2hidden", "hidden2out")), NET, None),
    "input_to_hidden": (NET.linear_layers(("input_to_hidden", "hidden_to_hidden", "hidden_to_output")), NET, None),
    "a cell inside": (NET.linear_layers(("cell.W_ih", "cell.W_hh", "fc")), NET, None),
    "one bias": (bare("i2h.bias"), NET.without("bias"), None),
    "no biases": (
        bare("i2h.bias", "h2h.bias", "h2o.bias"),
        NET.without("bias", "second", "output_bias"),
        None,
    ),
    "[x, h]": (NET.combined(), NET, "i2h.weight reads [x, h], x first (where h is first, swap its columns)"),
    "an i2o that reads h": (
        NET.combined(names=("i2h", "i2o")),
        NET,
        "i2h.weight reads [x, h], x first (where h is first, swap its columns)",
    ),
    "W_xh, x·W": (NET.matrices(), NET, None),
    "W_xh in a cell, W·x": (
        NET.matrices(("rnn.W_xh", "rnn.W_hh", "rnn.b_h", "W_hq", "b_q"), turned=False),
        NET,
        None,
    ),
    "U, W, V": (
        NET.matrices(("U", "W", "b", "V", "c"), turned=False),
        NET,
        "b is the bias of the hidden state",
    ),
    "Ng's": (NET.matrices(("Wax", "Waa", "ba", "Wya", "by"), turned=False), NET, None),
    "long names": (
        NET.matrices(
            (
                "weights_input_hidden",
                "weights_hidden_hidden",
                "bias_hidden",
                "weights_hidden_output",
                "bias_output",
            )
        ),
        NET,
        None,
    ),
    "two biases": (
        NET.matrices() | {"b_h": NET.bias, "b_ih": NET.second},
        NET,
        None,
    ),
    "an output bias of its own": (
        bare("h2o.bias") | {"bias": NET.output_bias},
        NET,
        "bias is the bias of the output",
    ),
    "a hidden bias of its own": (
        bare("i2h.bias", "h2h.bias") | {"b": NET.bias},
        NET.without("second"),
        "b is the bias of the hidden state",
    ),
    "a state of zeros": (NET.linear_layers() | {"h0": np.zeros((1, 5), np.float32)}, NET, None),
    "a table": (
        bare("i2h.bias") | {"i2h.weight": NET.input.T.copy()},
        NET.without("bias"),
        "i2h.weight is an embedding, a row of it for each input",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_names_and_shapes_tell_the_network(name):
    weights, net, read = TAKEN[name]
    model = rnn_tui.from_torch(weights, WORDS, LABELS)
    same(model, net)
    assert model.provenance.get("read") == read
    assert model.provenance["verified"] == NOT_VERIFIED


def test_an_embedding_before_the_layers():
    net = EMBEDDED
    model = rnn_tui.from_torch({"embedding.weight": TABLE, **net.linear_layers()}, WORDS, LABELS)
    h = np.zeros(5)
    for row in ROWS:
        h = np.tanh(net.input @ TABLE[row] + net.hidden @ h + net.bias + net.second)
    np.testing.assert_allclose(states(model, ROWS)["h"][-1], h, atol=TOLERANCE)


@pytest.mark.parametrize("ending", ["npz", "safetensors", "pt"])
def test_a_file_says_what_it_assumes(tmp_path, ending):
    path = tmp_path / f"w.{ending}"
    if ending == "npz":
        np.savez(path, **NET.combined())
    elif ending == "safetensors":
        save_file(NET.combined(), path)
    else:
        torch = pytest.importorskip("torch")
        weights = {name: torch.tensor(array) for name, array in NET.combined().items()}
        torch.save({"epoch": 3, "other": {"scale": torch.ones(2)}, "model": weights}, path)
    model = from_file(path, WORDS, LABELS)
    same(model, NET)
    assert model.provenance["source"] == "weights trained with PyTorch"
    assert model.provenance["assumed"] == (
        "tanh, last state, nothing before the last layer, softmax, i2h.weight reads [x, h], x first (where h is first, "
        "swap its columns)"
    )


def test_matrices_without_a_framework_are_numpys(tmp_path):
    np.savez(tmp_path / "w.npz", **NET.matrices())
    model = from_file(tmp_path / "w.npz", WORDS, LABELS)
    same(model, NET)
    assert model.provenance["source"] == "weights trained with NumPy"


ONLY_STATES = {
    "linear layers": ({"i2h.weight": NET.input, "h2h.weight": NET.hidden, "h2h.bias": NET.bias}, NET.without("second")),
    "matrices": ({"W_xh": NET.input.T.copy(), "W_hh": NET.hidden.T.copy(), "b_h": NET.bias}, NET.without("second")),
    "nn.RNN": (
        {
            "rnn.weight_ih_l0": NET.input,
            "rnn.weight_hh_l0": NET.hidden,
            "rnn.bias_ih_l0": NET.bias,
            "rnn.bias_hh_l0": NET.second,
        },
        NET,
    ),
}


@pytest.mark.parametrize("name", ONLY_STATES)
def test_where_there_is_no_last_layer_the_hidden_state_is_the_output(name):
    # given as many hidden units as labels
    weights, net = ONLY_STATES[name]
    model = rnn_tui.from_torch(weights, WORDS, WORDS[:5])
    # then logits are the states, and that is said
    h = net.states(ROWS)
    np.testing.assert_allclose(states(model, ROWS)["logits"], h, atol=TOLERANCE)
    np.testing.assert_allclose(states(model, ROWS)["probs"], np.exp(h) / np.exp(h).sum(1, keepdims=True), atol=1e-6)
    np.testing.assert_array_equal(model.fc.weight, np.eye(5))
    assert model.provenance["read"] == "the hidden state is the output (fc.weight is the identity, fc.bias is 0)"
    # and with another number of labels there is a layer missing
    assert "there is no linear layer on the 5 hidden units" in refused(rnn_tui.from_torch, weights)


def test_one_hidden_unit_may_be_the_logit_of_yes():
    net = Network(7, 1, 1)
    weights = {"i2h.weight": net.input, "h2h.weight": net.hidden, "h2h.bias": net.bias}
    model = rnn_tui.from_torch(weights, WORDS, ("no", "yes"))
    h = net.without("second").states(ROWS)[:, 0]
    np.testing.assert_allclose(states(model, ROWS)["probs"][:, 1], 1 / (1 + np.exp(-h)), atol=1e-6)
    assert model.provenance["outputs"] == "one, read as the logit of yes"


RNN = {"rnn.weight_ih_l0": NET.input, "rnn.weight_hh_l0": NET.hidden}


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ({"out.weight": NET.output, "bias": NET.output_bias}, "bias is the bias of out.weight"),
        ({"out.weight": NET.output, "b_y": NET.output_bias[None]}, "b_y is the bias of out.weight"),
        ({"W_hy": NET.output.T.copy(), "b_y": NET.output_bias}, "b_y is the bias of W_hy"),
        ({"W_hy": NET.output, "b_y": NET.output_bias}, "b_y is the bias of W_hy"),
    ],
)
def test_a_last_layer_of_parameters_on_pytorchs_own(head, read):
    model = rnn_tui.from_torch(RNN | head, WORDS, LABELS)
    same(model, NET.without("bias", "second"))
    assert model.provenance["read"] == read


LAYERS = NET.linear_layers()
FAULTS = {
    "the older tutorial": (
        {"i2h.weight": np.ones((5, 12)), "i2o.weight": np.ones((3, 12))},
        "i2o.weight (3, 12) reads what i2h.weight (5, 12) reads, the input and the hidden state before it, and not the "
        "new hidden state; supported is an output that reads the new hidden state alone: train it with output = "
        "h2o(hidden)",
    ),
    "straight to the output": (
        LAYERS | {"i2o.weight": np.ones((3, 7))},
        "i2o.weight (3, 7) leads from the input straight to the output; supported is an output that reads",
    ),
    "an i2o that may read either": (
        Network(5, 5, 3).combined(names=("i2h", "i2o")),
        "i2h.weight (5, 10) and i2o.weight (3, 5) don't fit one another; expected Wxh, Whh, Why, bh, by, or i2h",
    ),
    "two cells": (
        NET.linear_layers(("0.i2h", "0.h2h", "h2o")) | NET.linear_layers(("1.i2h", "1.h2h", "h2o")),
        "0.i2h.weight (5, 7) and 1.i2h.weight (5, 7), two of a kind, are of two layers; supported is a stack of",
    ),
    "a layer more": (LAYERS | {"x.weight": np.ones((3, 3))}, "tensor x.weight belongs to no network of one layer"),
    "a norm": (LAYERS | {"ln.weight": np.ones(5)}, "tensor ln.weight (5,) is of a normalisation layer"),
    "a scale": (LAYERS | {"scale": np.ones(5)}, "tensor scale (5,) belongs to no embedding, recurrent or linear"),
    "a bias too many": (LAYERS | {"b": np.ones(5)}, "no layer is left for every bias (b); leave out what is not used"),
    "a bias twice": (
        NET.matrices() | {"bh": np.ones(5)},
        "no layer is left for every bias (b_h, b_q, bh); leave out",
    ),
    "an inner bias": (LAYERS | {"i2h.bias": np.ones(4)}, "the bias of i2h.weight (5, 7) has shape (4,), expected one"),
    "a bias without a layer": (
        {"W_xh": np.ones((7, 5)), "W_hh": np.ones((5, 5)), "b_y": np.ones(5)},
        "b_y has shape (5,), but there is no last layer that it could be the bias of",
    ),
    "a plain bias of another size": (
        {n: a for n, a in LAYERS.items() if "bias" not in n} | {"b": np.ones(4)},
        "b has shape (4,), expected (5,) or (3,)",
    ),
    "a learned state": (
        LAYERS | {"h0": np.ones(5)},
        "h0 is a first hidden state that is not zeros; supported is one of zeros: train it without",
    ),
    "all square": (
        SQUARE.matrices(),
        "all matrices are square, so that it can't be told whether h is W·x or x·W; save the biases as columns (5, 1)",
    ),
    "whose bias": (
        {n: a for n, a in SQUARE.linear_layers().items() if "bias" not in n} | {"b": np.ones(5)},
        "b (5,) may be the bias of the hidden state or of the output; call it b_h or b_y",
    ),
    "a bias of nothing": (RNN | {"out.weight": NET.output, "b": np.ones(4)}, "tensor b (4,) belongs to no embedding"),
    "two output biases": (
        RNN | {"out.weight": NET.output, "b": NET.output_bias, "c": NET.output_bias},
        "tensor c (3,) belongs to no embedding",
    ),
    "a strange matrix": (RNN | {"W_q": NET.output, "mix": NET.output}, "tensor mix (3, 5) belongs to no embedding"),
    "an output matrix that doesn't fit": (
        RNN | {"W_hy": np.ones((3, 4))},
        "tensor W_hy (3, 4) belongs to no embedding",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_network_of_ours_is_refused_in_one_line(fault):
    weights, says = FAULTS[fault]
    weights = {name: np.asarray(array, np.float32) for name, array in weights.items()}
    assert says in refused(rnn_tui.from_torch, weights)


def test_a_file_of_the_older_tutorial_is_refused_with_its_reason(tmp_path):
    np.savez(tmp_path / "w.npz", **{"i2h.weight": np.ones((5, 12)), "i2o.weight": np.ones((3, 12))})
    with pytest.raises(UserError, match=r"reads what i2h\.weight") as raised:
        from_file(tmp_path / "w.npz", WORDS, LABELS)
    assert str(raised.value).startswith(str(tmp_path / "w.npz"))
