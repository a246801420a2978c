"""A Keras model is run beside the model that is made of it. Keras isn't needed: a model is what it is asked for."""

import re

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.interop.forward import SEQUENCES
from rnn_tui.network.errors import UserError
from tests.interop.keras_models import Attention, Callable, KerasModel
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused, states


@pytest.mark.parametrize(
    ("model", "readout", "answers"),
    [
        (KerasModel(), "last", "probabilities of the last step"),
        (KerasModel(softmax=False), "last", "logits of the last step"),
        (KerasModel("each"), "each", "probabilities of every step"),
        (Callable(), "last", "probabilities of the last step"),
    ],
)
def test_a_model_is_taken_as_it_computes(model, readout, answers):
    imported = rnn_tui.from_keras(model, WORDS, LABELS)
    verified = dict(imported.provenance["verified"])
    assert imported.readout.kind == readout
    assert verified.pop("largest_difference") <= TOLERANCE
    assert verified.pop("found", "the readout each with tanh") == "the readout each with tanh"
    assert verified == {
        "against": "its own forward",
        "sequences": SEQUENCES,
        "longest": 20,
        "called": "rows, batch first",
        "answers": answers,
    }


def test_an_activation_that_no_layer_tells_is_found():
    # given a model whose layers don't say that it is a relu net
    imported = rnn_tui.from_keras(KerasModel(squash=lambda z: np.maximum(z, 0)), WORDS, LABELS)
    assert imported.activation == "relu"
    assert imported.provenance["verified"]["found"] == "the readout last with relu"


def test_one_output_is_the_probability_of_the_second_label():
    imported = rnn_tui.from_keras(KerasModel(outputs=1), WORDS, ("no", "yes"))
    assert imported.provenance["verified"]["largest_difference"] <= TOLERANCE


@pytest.mark.parametrize(
    ("reads", "readout", "head", "found"),
    [
        ("mean", "mean", [], "the readout mean with tanh"),
        ("max", "max", [], "the readout max with tanh"),
        ("relu", "last", ["relu"], "the readout last with tanh, relu before the last layer"),
        ("tanh of the mean", "mean", ["tanh"], "the readout mean with tanh, tanh before the last layer"),
        ("relu at every step", "each", ["relu"], "the readout each with tanh, relu before the last layer"),
    ],
)
@pytest.mark.parametrize("softmax", [True, False])
def test_a_readout_and_a_head_are_found(reads, readout, head, found, softmax):
    # given a model of which nothing is asked for
    keras = KerasModel(reads, softmax=softmax)
    # when it is imported
    model = rnn_tui.from_keras(keras, WORDS, LABELS)
    # then what it computes is found, and said
    assert model.readout.kind == readout
    assert [entry.activation for entry in model.head] == head
    assert model.provenance["verified"]["found"] == found
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    # and the answer to another sequence is the model's own
    rows = (3, 1, 6, 6, 0)
    expected = KerasModel(reads).answer(np.array(rows))
    np.testing.assert_allclose(states(model, rows)["probs"][-len(expected.reshape(-1, 3)) :].squeeze(), expected, 1e-4)
    # and where it is asked for it is no find
    asked = rnn_tui.from_keras(keras, WORDS, LABELS, readout=readout, head=head, nonlinearity="tanh")
    assert "found" not in asked.provenance["verified"]


@pytest.mark.parametrize(
    ("model", "asked", "mend"),
    [
        (KerasModel("mean"), {"readout": "max"}, "it answers as the readout mean with tanh does; leave readout out"),
        (KerasModel("mean"), {"head": ["relu"]}, "it answers as the readout mean with tanh does; leave head out"),
        (
            KerasModel("tanh of the mean"),
            {"readout": "last", "head": [], "nonlinearity": "tanh"},
            "answers as the readout mean with tanh, tanh before the last layer does; leave readout and head out",
        ),
        (
            KerasModel("max", squash=lambda z: np.maximum(z, 0)),
            {"readout": "mean", "nonlinearity": "tanh", "head": ["sigmoid"]},
            "answers as the readout max with relu does; leave readout, nonlinearity and head out",
        ),
        (
            KerasModel("relu at every step"),
            {"readout": "each", "head": []},
            "answers as the readout each with tanh, relu before the last layer does; leave head out",
        ),
    ],
)
def test_what_is_asked_for_and_is_not_computed_is_refused_with_what_is(model, asked, mend):
    message = refused(rnn_tui.from_keras, model, **asked)
    assert message.startswith("the Keras model: on “")
    assert f"(the first of {SEQUENCES} sequences where the two part); " in message
    assert message.endswith(mend)
    # and with the mend it is taken
    wrong = mend.rpartition("leave ")[2]
    left = {option: value for option, value in asked.items() if option not in wrong}
    assert rnn_tui.from_keras(model, WORDS, LABELS, **left).provenance["verified"]["largest_difference"] <= TOLERANCE


def test_what_is_asked_for_and_computed_by_nothing_is_refused_as_without():
    message = refused(rnn_tui.from_keras, KerasModel("last two"), readout="mean")
    assert "none of the readouts last, each, mean, max fits, with tanh, relu or identity in the cell" in message
    # and where the weights allow nothing but attention, that alone was tried
    message = refused(rnn_tui.from_keras, Attention(scale=2), readout="attention", head=["relu"])
    assert "the readout attention doesn't fit, with tanh, relu or identity in the cell and nothing, relu, " in message


def test_a_head_of_several_functions_is_taken_where_it_is_asked_for():
    model = KerasModel()
    model.reads = lambda h: np.tanh(np.maximum(h[-1], 0))
    assert "none of the readouts" in refused(rnn_tui.from_keras, model)
    imported = rnn_tui.from_keras(model, WORDS, LABELS, head=("relu", "tanh"))
    assert [entry.activation for entry in imported.head] == ["relu", "tanh"]
    assert imported.provenance["verified"]["largest_difference"] <= TOLERANCE
    # and where another is, all of its functions are said
    message = refused(rnn_tui.from_keras, KerasModel("relu of the sum"), head=("relu", "tanh"))
    assert "nothing, relu, tanh or sigmoid before the last layer" in message


def test_last_step_is_taken_where_it_is_asked_for_alone():
    assert rnn_tui.from_keras(KerasModel(), WORDS, LABELS, readout="last_step").readout.kind == "last_step"
    message = refused(rnn_tui.from_keras, KerasModel("mean"), readout="last_step")
    assert message.endswith("it answers as the readout mean with tanh does; leave readout out")


def test_a_head_that_changes_nothing_is_none():
    # given a relu net with relu before its last layer, of which no layer tells
    model = KerasModel("relu", squash=lambda z: np.maximum(z, 0))
    imported = rnn_tui.from_keras(model, WORDS, LABELS)
    assert (imported.activation, imported.readout.kind, imported.head) == ("relu", "last", ())


def test_after_one_step_all_readouts_are_the_last_state():
    model = KerasModel("relu")
    model.input_shape = (None, 1)
    imported = rnn_tui.from_keras(model, WORDS, LABELS, nonlinearity="tanh")
    assert imported.readout.kind == "last"
    assert [entry.activation for entry in imported.head] == ["relu"]


def test_a_model_of_one_length_without_its_padding_is_asked_for_that():
    # given a model that reads 4 words and masks row 0
    model = KerasModel(mask_zero=True)
    model.input_shape = (None, 4)
    # when
    rnn_tui.from_keras(model, WORDS, LABELS)
    # then
    assert {len(rows) for rows in model.seen} == {4}
    assert {row for rows in model.seen for row in rows} == {1, 2, 3, 4, 5, 6}


def test_a_forward_can_be_said():
    # given weights alone, and a function that predicts
    model = KerasModel()
    said = lambda rows: model.predict(rows, verbose=0)  # noqa: E731
    order = ("embeddings", "cell/kernel", "recurrent_kernel", "cell/bias", "dense/kernel", "dense/bias")
    imported = rnn_tui.from_keras((model.ending(end) for end in order), WORDS, LABELS, forward=said)
    # then they are verified; and without it they aren't
    assert imported.provenance["verified"]["called"] == "forward=…"
    assert rnn_tui.from_keras(model.named, WORDS, LABELS).provenance["verified"] == NOT_VERIFIED


def test_a_file_has_no_forward(tmp_path):
    with pytest.raises(UserError, match="a file has no forward to run; give the module"):
        from_file(tmp_path / "w.npz", WORDS, LABELS, forward=print)


def test_the_figure_in_a_refusal_is_what_the_model_says():
    model = KerasModel("last two")
    with pytest.raises(UserError) as refused:
        rnn_tui.from_keras(model, WORDS, LABELS)
    text, label, says = re.search(r"on “(.+?)” its own forward says (\S+) (\d\.\d{4})", str(refused.value)).groups()

    indices = np.array([[WORDS.index(word) for word in text.split()]])
    assert f"{float(model.predict(indices, verbose=0)[0, LABELS.index(label)]):.4f}" == says
