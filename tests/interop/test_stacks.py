"""Stacks of layers in both directions, from weights alone and beside a forward, without a framework."""

import numpy as np
import pytest

import rnn_tui
from rnn_tui.network.arrays import sigmoid, softmax
from rnn_tui.network.cells import PARAMETERS
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.trace import run
from tests.deep import deep_model
from tests.interop.networks import TOLERANCE, refused

RELU, BARE = EntryKind(True, "relu"), EntryKind(False, "tanh")
SHAPES = {
    "two layers": {},
    "three layers": {"cell": "gru", "layers": 3},
    "both ways": {"bidirectional": True},
    "both ways, both ends": {"cell": "gru", "bidirectional": True, "readout": "last_step"},
    "the mean of both ways": {"cell": "elman", "bidirectional": True, "readout": "mean"},
    "the largest": {"layers": 1, "bidirectional": True, "readout": "max"},
    "each": {"bidirectional": True, "readout": "each"},
    "attention": {"bidirectional": True, "readout": "attention"},
    "a head": {"bidirectional": True, "head": (RELU,)},
    "a deep head": {"layers": 1, "head": (BARE, RELU, EntryKind(True, "sigmoid"))},
    "yes or no": {"bidirectional": True, "output": "yes_no"},
    "one-hot": {"inputs": "one-hot", "bidirectional": True, "layers": 1},
}


def answers(model, text):
    """The answers of a network after each word, NaN where it has none."""
    return run(model, model.tokens_of(text)).values[model.output.answer]


def imported(model, weights=None, **options):
    """The weights of a model, opened with what isn't in them."""
    weights = model.tensors() if weights is None else weights
    labels = options.pop("labels", model.labels)
    return rnn_tui.from_torch(weights, model.vocabulary.words, labels, **options)


def own_forward(model):
    """The forward of a network as a framework would have it: logits of the last word, or of every one."""

    def forward(rows):
        words = [model.vocabulary.words[row] for row in np.asarray(rows)[0]]
        logits = run(model, model.tokens_of(words)).values["logits"]
        return logits[None] if model.readout.kind == "each" else logits[-1:]

    return forward


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_weights_alone_are_the_network_that_is_said(shape):
    model = deep_model(**shape)
    said = {"readout": model.readout.kind, "head": [entry.activation for entry in model.head]}
    # when
    found = imported(model, **said)
    # then
    assert {name: array.tolist() for name, array in found.tensors().items()} == {
        name: array.tolist() for name, array in model.tensors().items()
    }
    words = model.vocabulary.words[:5]
    np.testing.assert_allclose(answers(found, words), answers(model, words), atol=TOLERANCE)
    assert [entry.kind for entry in found.head] == [entry.kind for entry in model.head]
    assert found.output == model.output


@pytest.mark.parametrize("name", [name for name in SHAPES if name not in ("attention",)])
def test_a_forward_tells_readout_and_head(name):
    model = deep_model(**SHAPES[name])
    # when nothing is said but the words, the labels and the call
    found = imported(model, forward=own_forward(model))
    # then
    words = model.vocabulary.words[:6]
    np.testing.assert_allclose(answers(found, words)[-1], answers(model, words)[-1], atol=TOLERANCE)
    assert found.readout.kind == model.readout.kind
    assert [entry.kind for entry in found.head] == [entry.kind for entry in model.head]
    assert found.provenance["verified"]["largest_difference"] <= TOLERANCE


def lanes(model, rows):
    """The states of both directions of the top layer, (T, hidden_size) each."""
    top = run(model, model.tokens_of([model.vocabulary.words[row] for row in np.asarray(rows)[0]])).layers[-1]
    return top.forward.values["h"], top.backward.values["h"]


READ = {
    "sum": lambda f, b: f + b,
    "forward": lambda f, b: f,
    "backward": lambda f, b: b,
    "backward-first": lambda f, b: np.concatenate([b, f], axis=1),
}
ENDS = {"last": lambda f, b: (f[-1:], b[:1]), "last_step": lambda f, b: (f[-1:], b[-1:])}


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("merge", READ)
def test_the_way_in_which_both_directions_are_read_is_found_out(merge, ends):
    model = deep_model(cell="gru", layers=2, bidirectional=True)
    rng = np.random.default_rng(3)
    weight = rng.normal(size=(2, 6 if merge == "backward-first" else 3)).astype(np.float32)
    weights = {**model.tensors(), "fc.weight": weight}

    def forward(rows):
        return READ[merge](*ENDS[ends](*lanes(model, rows))) @ weight.T + model.fc.bias

    # when
    found = imported(model, weights, forward=forward)
    # then
    probs = softmax(forward([[1, 2, 3, 4]]))
    words = [model.vocabulary.words[row] for row in (1, 2, 3, 4)]
    np.testing.assert_allclose(answers(found, words)[-1:], probs, atol=TOLERANCE)
    if merge != "forward":  # whose last state is its last step's
        assert found.readout.kind == ends
    assert found.layers[-1].merge == ("sum" if merge == "sum" else "concat")
    # and with weights alone, where it is said
    said = imported(model, weights, merge=merge, readout=found.readout.kind)
    np.testing.assert_array_equal(said.fc.weight, found.fc.weight)
    assert said.provenance.get("merge") == (None if merge == "sum" else merge)
    assert len(said.provenance["read"]) > 20


CAUSES = {"average": lambda f, b: (f + b) / 2, "product": lambda f, b: f * b}


@pytest.mark.parametrize("cause", CAUSES)
def test_what_no_merge_is_is_named(cause):
    model = deep_model(cell="gru", layers=1, bidirectional=True, merge="sum")
    forward = lambda rows: CAUSES[cause](*ENDS["last_step"](*lanes(model, rows))) @ model.fc.weight.T + model.fc.bias  # noqa: E731
    message = refused(rnn_tui.from_torch, model.tensors(), model.vocabulary.words, model.labels, forward=forward)
    assert f"its last layer reads the {cause} of both directions (merge " in message


def test_layers_of_several_modules_are_put_in_the_order_in_which_they_read_each_other():
    # given a GRU of 4 units below an LSTM of 3, registered the other way round
    below, above = deep_model(cell="gru", layers=1, hidden=4), deep_model(cell="lstm", layers=1, hidden=3, seed=1)
    rng = np.random.default_rng(0)
    wide = rng.normal(size=(12, 4)).astype(np.float32)
    tensors = {f"top.{name[4:]}": array for name, array in above.tensors().items() if name.startswith("rnn.")}
    tensors |= {f"low.{name[4:]}": array for name, array in below.tensors().items() if name.startswith("rnn.")}
    tensors |= {"top.weight_ih_l0": wide, "embedding.weight": below.embedding.weight}
    tensors |= {"fc.weight": above.fc.weight, "fc.bias": above.fc.bias}
    # when
    found = imported(below, tensors, labels=above.labels)
    # then
    assert [layer.forward.kind for layer in found.layers] == ["gru", "lstm"]
    np.testing.assert_array_equal(found.layers[1].forward.weight_ih, wide)
    assert "the layers stand in the order low.weight_hh_l0, top.weight_hh_l0" in found.provenance["read"]


def test_a_sum_between_two_modules_is_told_by_the_sizes():
    below = deep_model(cell="gru", layers=1, hidden=4, bidirectional=True)
    above = deep_model(cell="gru", layers=1, hidden=3, seed=1)
    wide = np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32)
    tensors = {f"low.{name[4:]}": array for name, array in below.tensors().items() if name.startswith("rnn.")}
    tensors |= {f"top.{name[4:]}": array for name, array in above.tensors().items() if name.startswith("rnn.")}
    tensors |= {"top.weight_ih_l0": wide, "embedding.weight": below.embedding.weight}
    tensors |= {"fc.weight": above.fc.weight, "fc.bias": above.fc.bias}
    found = imported(below, tensors)
    assert [layer.kind.merge for layer in found.layers] == ["sum", "concat"]
    assert "the states of both directions are added up after low.weight_hh_l0" in found.provenance["read"]


DEEP = deep_model(cell="gru", layers=2, bidirectional=True)


def without(*names, **more):
    weights = {name: array for name, array in DEEP.tensors().items() if not name.startswith(names or ("-",))}
    return weights | {name.replace("__", "."): np.ones(shape, np.float32) for name, shape in more.items()}


FAULTS = {
    "a layer missing": (without("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0"), "layer 0"),
    "no forward direction": (
        without(*(f"rnn.{name}_l1" for name in PARAMETERS), rnn__weight_ih_l1_reverse=3),
        "rnn.weight_ih_l1_reverse is there without its forward direction",
    ),
    "directions of two sizes": (
        without(
            rnn__weight_ih_l1_reverse=(12, 6), rnn__weight_hh_l1_reverse=(12, 4), rnn__bias_ih_l1_reverse=12,
            rnn__bias_hh_l1_reverse=12,
        ),
        "are two directions of one layer, and have not the same shapes",
    ),
    "too wide a layer": (
        without(rnn__weight_ih_l1=(9, 7), rnn__weight_ih_l1_reverse=(9, 7)),
        "is of a layer of 7 inputs, but the layer below it hands on 6",
    ),
    "layers apart": (
        without(other__weight_ih_l0=(9, 9), other__weight_hh_l0=(9, 3)),
        "3 recurrent layers that don't read each other: rnn.weight_hh_l0 (5 inputs, 3 units in each direction), ",
    ),
    "states of both layers": (without("fc.", fc__weight=(2, 12)), "fc.weight (2, 12) reads 12 numbers, which are"),
    "three times": (without("fc.", fc__weight=(2, 18)), "reads 18 numbers, which are several states side by side"),
    "the input too": (without("fc.", fc__weight=(2, 11)), "reads the input of a recurrent layer beside its state"),
    "nowhere": (without("fc.", fc__weight=(2, 10)), "no linear layer on its 3 hidden units in each direction"),
    "side by side": (without(a__weight=(5, 6)), "2 linear layers: fc.weight (2, 6) and a.weight (5, 6); supported"),
}  # fmt: skip


@pytest.mark.parametrize(("weights", "says"), FAULTS.values(), ids=FAULTS)
def test_a_stack_that_is_none_is_refused_in_one_line(weights, says):
    assert says in refused(rnn_tui.from_torch, weights, DEEP.vocabulary.words, DEEP.labels)


def test_a_head_needs_a_function_after_each_linear_layer_or_none():
    model = deep_model(layers=1, head=(RELU, RELU))
    weights, words = model.tensors(), model.vocabulary.words
    message = refused(rnn_tui.from_torch, weights, words, model.labels, head=["relu"])
    assert (
        "the head has 2 linear layers before the last, head.0.weight (4, 3) and head.1.weight (4, 4), and 1 fun"
        in message
    )
    assert [entry.activation for entry in imported(model, head=[]).head] == ["identity", "identity"]
    # and unless it is said, relu is assumed after each
    assert [entry.activation for entry in imported(model).head] == ["relu", "relu"]


def test_linear_layers_that_could_come_in_two_orders_come_as_they_are_given_and_that_is_said():
    model = deep_model(layers=1, head=(RELU, RELU, RELU))
    found = imported(model)
    assert "the linear layers come in the order head.0.weight, head.1.weight, head.2.weight" in found.provenance["read"]


def test_many_linear_layers_are_tried_with_one_function():
    model = deep_model(layers=1, head=(EntryKind(True, "tanh"),) * 3)
    found = imported(model, forward=own_forward(model))
    assert [entry.activation for entry in found.head] == ["tanh"] * 3
    assert found.provenance["verified"]["found"].startswith(
        "the readout last, a linear layer of 4 with tanh and a linear layer of 4"
    )


def test_a_readout_that_is_asked_for_has_no_answer_at_every_word_where_a_layer_reads_backward():
    model = deep_model(layers=1, bidirectional=True, readout="each")
    message = refused(
        rnn_tui.from_torch, model.tensors(), model.vocabulary.words, model.labels,
        forward=own_forward(model), readout="last",
    )  # fmt: skip
    assert "it answers as the readout each does; leave readout out" in message or "gave no answer" in message


def test_yes_or_no_is_one_logit_whose_probabilities_are_those_of_both():
    model = deep_model(layers=1, output="yes_no")
    found = imported(model, forward=lambda rows: sigmoid(own_forward(model)(rows)))
    assert found.output.kind == "yes_no"
    assert found.fc.weight.shape == (1, 3)
    assert found.provenance["verified"]["answers"] == "probabilities of the last step"
