"""A Keras model is run beside the model that is made of it. Keras isn't needed: a model is what it is asked for."""

from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import load_file

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.interop.forward import SEQUENCES
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused
from tests.network import record_keras

READS = {
    "last": lambda h: h[-1],
    "each": lambda h: h,
    "mean": lambda h: h.mean(0),
    "max": lambda h: h.max(0),
    "relu": lambda h: np.maximum(h[-1], 0),
}


class Layer:
    """A layer as far as it is looked at."""

    layers = ()

    def __init__(self, **options):
        self.options = options

    def get_config(self):
        return {"name": "mine", **self.options}


class Embedding(Layer):
    pass


class KerasModel:
    """A SimpleRNN's equations in NumPy, with the weights that Keras recorded; `reads` is what Dense is given."""

    def __init__(self, reads="last", squash=np.tanh, *, softmax=True, mask_zero=False, outputs=3):
        tensors = load_file(record_keras.RECORDED / "keras-simple-tanh.safetensors")
        named = {name: tensor for name, tensor in tensors.items() if name not in record_keras.RESULTS}
        for end in ("dense/kernel", "dense/bias"):
            [name] = [name for name in named if name.endswith(end)]
            named[name] = named[name][..., :outputs]
        self.named, self.reads, self.squash, self.softmax = named, READS[reads], squash, softmax
        self.weights = [self.variable(*item) for item in named.items()]
        self.layers = (Embedding(mask_zero=mask_zero),)
        self.seen = []

    @staticmethod
    def variable(name, tensor):
        return SimpleNamespace(name="kernel", path=name, numpy=lambda: tensor)

    def ending(self, end):
        """The tensor whose path ends so."""
        return next(tensor for name, tensor in self.named.items() if name.endswith(end))

    def predict(self, x, batch_size=None, verbose="auto"):
        assert verbose == 0
        return np.stack([self.answer(rows) for rows in x])

    def answer(self, rows):
        assert rows.dtype.kind == "i"
        self.seen.append(tuple(rows.tolist()))
        h, states = np.zeros(5), []
        for row in rows:
            x = self.ending("embeddings")[row]
            z = x @ self.ending("cell/kernel") + h @ self.ending("recurrent_kernel") + self.ending("cell/bias")
            h = self.squash(z)
            states.append(h)
        logits = self.reads(np.array(states)) @ self.ending("dense/kernel") + self.ending("dense/bias")
        if not self.softmax:
            return logits.astype(np.float32)
        if logits.shape[-1] == 1:
            return 1 / (1 + np.exp(-logits))
        return np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)


class Callable(KerasModel):
    """A model that is called, as a subclass of keras.Model is."""

    predict = None

    def __call__(self, x, training=None):
        assert training is False
        return SimpleNamespace(numpy=lambda: np.stack([self.answer(rows) for rows in x]))


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
