"""A Keras model is run beside the model that is made of it. Keras isn't needed: a model is what it is asked for."""

import re

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.interop.forward import SEQUENCES
from rnn_tui.network.errors import UserError
from tests.interop.keras_models import Callable, KerasModel
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused


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
    ("reads", "says"),
    [("mean", "mean pooling"), ("max", "max pooling"), ("relu", "relu of the hidden state (an activation before")],
)
def test_a_model_that_computes_something_else_is_refused(reads, says):
    message = refused(rnn_tui.from_keras, KerasModel(reads))
    assert message.startswith("the Keras model: on “")
    assert says in message
    assert "(the first of 36 sequences where the two part)" in message


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
