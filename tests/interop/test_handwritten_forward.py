"""Weights written by hand beside a forward: it tells which half is x, which way a matrix stands, whose a bias is."""

import numpy as np
import pytest

import rnn_tui
from tests.interop.handwritten_networks import Network
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused, states

ROWS = (3, 1, 6, 6, 0)
NET = Network()
SQUARE = Network(5, 5, 5)
RECT = Network(5, 5, 3)


def relu(z):
    return np.maximum(z, 0)


def same(model, net, function=np.tanh, rows=(3, 1, 4, 4, 0)):
    values = states(model, rows)
    np.testing.assert_allclose(values["h"], net.states(rows, function), rtol=TOLERANCE, atol=TOLERANCE)
    np.testing.assert_allclose(values["logits"], net.logits(rows, function), rtol=TOLERANCE, atol=TOLERANCE)


FOUND = {
    # name: weights, network, function, read, found
    "three layers": (NET.linear_layers(), NET, np.tanh, None, None),
    "names of their own": (NET.linear_layers(("a", "b", "c")), NET, np.tanh, None, None),
    "in another order": (dict(reversed(NET.linear_layers(("p", "q", "r")).items())), NET, np.tanh, None, None),
    "relu": (NET.linear_layers(), NET, relu, None, "the readout last with relu"),
    "x first": (NET.combined(), NET, np.tanh, "i2h.weight reads [x, h], x first", None),
    "h first": (
        NET.combined(x_first=False),
        NET,
        np.tanh,
        "i2h.weight reads [h, x], h first",
        "the readout last with tanh",
    ),
    "no activation": (
        NET.combined(),
        NET,
        lambda z: z,
        "i2h.weight reads [x, h], x first",
        "the readout last with identity",
    ),
    "a layer that is called hidden": (
        NET.combined(names=("hidden", "out")),
        NET,
        np.tanh,
        "hidden.weight reads [x, h], x first",
        None,
    ),
    "an i2o that reads h": (NET.combined(names=("i2h", "i2o")), NET, np.tanh, "i2h.weight reads [x, h], x first", None),
    "x·W": (NET.matrices(), NET, np.tanh, None, None),
    "W·x": (NET.matrices(turned=False), NET, np.tanh, None, None),
    "square x·W": (
        SQUARE.matrices(),
        SQUARE,
        np.tanh,
        "matrices stand to the right (x·W)",
        "the readout last with tanh",
    ),
    "square W·x": (SQUARE.matrices(turned=False), SQUARE, np.tanh, "matrices stand to the left (W·x)", None),
    "square as rows": (
        SQUARE.matrices() | {"b_h": (SQUARE.bias + SQUARE.second)[None]},
        SQUARE,
        np.tanh,
        "matrices stand to the right (x·W)",
        None,
    ),
    "a bias inside": (
        {
            "i2h.weight": SQUARE.input,
            "h2h.weight": SQUARE.hidden,
            "h2o.weight": SQUARE.output,
            "b": SQUARE.bias,
        },
        SQUARE.without("second", "output_bias"),
        np.tanh,
        "i2h.weight is a linear layer; b is the bias of the hidden state",
        None,
    ),
    "a bias outside": (
        {
            "i2h.weight": SQUARE.input,
            "h2h.weight": SQUARE.hidden,
            "h2o.weight": SQUARE.output,
            "b": SQUARE.output_bias,
        },
        SQUARE.without("bias", "second"),
        np.tanh,
        "i2h.weight is a linear layer; b is the bias of the output",
        "the readout last with tanh",
    ),
    "a square table": (
        {
            "i2h.weight": RECT.input.T.copy(),
            "h2h.weight": RECT.hidden,
            "h2h.bias": RECT.bias,
            "h2o.weight": RECT.output,
        },
        RECT.without("second", "output_bias"),
        np.tanh,
        "i2h.weight is an embedding, a row of it for each input",
        "the readout last with tanh",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_the_way_that_the_forward_reads_the_weights_is_found(name):
    weights, net, function, read, found = FOUND[name]
    words, labels = WORDS[: net.input.shape[1]], WORDS[: len(net.output)]
    model = rnn_tui.from_torch(weights, words, labels, forward=net.forward(function))
    same(model, net, function)
    assert model.provenance["source"] == "weights trained with PyTorch"
    assert model.provenance.get("read") == read
    assert model.provenance["verified"].get("found") == found
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE


def test_one_layer_over_both_whose_state_is_the_output():
    weights = {name: array for name, array in NET.combined(x_first=False).items() if name.startswith("i2h")}
    forward = lambda rows: NET.states(np.asarray(rows)[0])[-1:]  # noqa: E731
    model = rnn_tui.from_torch(weights, WORDS, WORDS[:5], forward=forward)
    np.testing.assert_allclose(states(model, ROWS)["logits"], NET.states(ROWS), atol=TOLERANCE)
    assert model.provenance["read"] == (
        "i2h.weight reads [h, x], h first; the hidden state is the output (fc.weight is the identity, fc.bias is 0)"
    )


def test_a_last_layer_of_parameters_stands_as_the_forward_has_it():
    # given nn.RNN's weights, and a square W_hy to the right of h
    net = Network(7, 5, 5).without("second")
    weights = {
        "rnn.weight_ih_l0": net.input,
        "rnn.weight_hh_l0": net.hidden,
        "rnn.bias_ih_l0": net.bias,
        "rnn.bias_hh_l0": net.second,
        "W_hy": net.output.T.copy(),
        "b_y": net.output_bias,
    }
    model = rnn_tui.from_torch(weights, WORDS, WORDS[:5], forward=net.forward())
    same(model, net)
    assert model.provenance["read"] == "W_hy stands to the right (h·W); b_y is the bias of W_hy"
    # and from weights alone that isn't guessed
    message = refused(rnn_tui.from_torch, weights, labels=WORDS[:5])
    assert message == (
        "the state_dict: it can't be told whether W_hy stands to the left (W·h), b_y is the bias of W_hy or W_hy "
        "stands to the right (h·W), b_y is the bias of W_hy; give the module itself, which is run and compared"
    )


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ANOTHER = {
    "an activation that no cell has": (NET.linear_layers(), NET.forward(sigmoid), "with tanh, relu or identity in the"),
    "a second tanh": (NET.linear_layers(), NET.forward(lambda z: np.tanh(np.tanh(z))), "none of the readouts last, "),
    "x squashed first": (NET.combined(), NET.forward(lambda z: np.tanh(z) + 0.1), "none of the readouts last, "),
    "the state before": (
        NET.linear_layers(),
        lambda rows: (
            (np.concatenate([np.zeros((1, 5)), NET.states(np.asarray(rows)[0])])[-2:-1] @ NET.output.T)
            + NET.output_bias
        ),
        "its last layer reads the hidden state before the newest word, which no network here does",
    ),
}


@pytest.mark.parametrize("name", ANOTHER)
def test_a_forward_that_computes_something_else_is_refused(name):
    weights, forward, says = ANOTHER[name]
    message = refused(rnn_tui.from_torch, weights, forward=forward)
    assert message.startswith("the module: on “e b g g a b” its own forward says ")
    assert says in message


def test_names_that_say_nothing_are_told_of_where_no_shape_helps_either():
    # given layers without names that no forward of ours fits, and some that don't even fit each other
    message = refused(rnn_tui.from_torch, NET.linear_layers(("a", "b", "c")), forward=NET.forward(sigmoid))
    assert message.startswith(
        "the state_dict: no recurrent layer among a.weight, a.bias, b.weight, b.bias, …; expected"
    )
    assert "tried by its shapes: the module: on “e b g g a b” its own forward says " in message
    deep = {"a.weight": np.ones((5, 7), np.float32), "b.weight": np.ones((3, 4), np.float32)}
    message = refused(rnn_tui.from_torch, deep, forward=NET.forward())
    assert message.endswith("or those of a network written by hand (i2h, h2h, h2o; W_xh, W_hh, W_hy)")
    # and names that say something keep their reason
    named = {"i2h.weight": NET.input, "i2o.weight": np.ones((3, 7), np.float32)}
    assert "i2o.weight (3, 7) leads from the input straight to the output" in refused(
        rnn_tui.from_torch, named | {"x.weight": NET.hidden}, forward=print
    )


def test_another_number_of_labels_is_told_of_as_ever():
    message = refused(rnn_tui.from_torch, NET.combined(), labels=("x", "y"), forward=NET.forward())
    assert message == "the state_dict: h2o.weight (3, 5) has 3 outputs, but there are 2 labels (x, y); " + (
        "give one label an output, in their order"
    )
    assert LABELS == ("x", "y", "z")
