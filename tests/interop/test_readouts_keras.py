"""Keras itself, where it is installed: models that pool, or have an activation before the last layer, are computed."""

import os

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, TOLERANCE, WORDS, states

pytest.importorskip("torch")
os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras")
layers = keras.layers
ROWS = (3, 1, 6, 6, 2)


def elman(**options):
    return layers.SimpleRNN(5, return_sequences=True, **options)


def dense():
    return layers.Dense(3, activation="softmax")


MODELS = {
    # name: the layers after the embedding, its options, the readout, the head
    "mean": (lambda: [elman(), layers.GlobalAveragePooling1D(), dense()], {}, "mean", []),
    "mean with masks": (lambda: [elman(), layers.GlobalAveragePooling1D(), dense()], {"mask_zero": True}, "mean", []),
    "max": (lambda: [layers.LSTM(5, return_sequences=True), layers.GlobalMaxPooling1D(), dense()], {}, "max", []),
    "max, relu": (
        lambda: [
            layers.GRU(5, return_sequences=True),
            layers.GlobalMaxPooling1D(),
            layers.Dropout(0.5),
            layers.ReLU(),
            dense(),
        ],
        {},
        "max",
        ["relu"],
    ),
    "a relu net, mean, tanh": (
        lambda: [elman(activation="relu"), layers.GlobalAveragePooling1D(), layers.Activation("tanh"), dense()],
        {},
        "mean",
        ["tanh"],
    ),
    "sigmoid": (lambda: [layers.LSTM(5), layers.Activation("sigmoid"), dense()], {}, "last", ["sigmoid"]),
    "relu at every step": (
        lambda: [
            layers.LSTM(5, return_sequences=True),
            layers.ReLU(),
            layers.TimeDistributed(layers.Dense(3)),
            layers.Softmax(),
        ],
        {},
        "each",
        ["relu"],
    ),
}


def with_weights(model):
    """The model with random weights: Keras begins with biases of 0, which would prove nothing."""
    rng = np.random.default_rng(5)
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(rng.normal(0, 0.8, weight.shape))
    return model


def functional(state):
    """A GRU whose last state, or whose pooled output, is read through tanh."""
    text = keras.Input((None,), dtype="int32")
    output, h = layers.GRU(5, return_sequences=True, return_state=True)(layers.Embedding(7, 4)(text))
    read = h if state else layers.GlobalMaxPooling1D()(output)
    return with_weights(keras.Model(text, dense()(layers.Activation("tanh")(read))))


def same(model, made, readout, head):
    """Assert that an imported model is of this kind, and answers as Keras predicts."""
    assert (model.readout.kind, [entry.activation for entry in model.head]) == (readout, head)
    for rows in (ROWS, ROWS[:2], ROWS[:1]):
        expected = made.predict(np.array([rows]), verbose=0)[0]
        probs = states(model, rows)["probs"]
        np.testing.assert_allclose(probs if expected.ndim == 2 else probs[-1], expected, atol=TOLERANCE)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [*MODELS, "functional, last", "functional, max"])
@pytest.mark.parametrize("form", ["model", ".keras", ".h5"])
def test_a_model_of_keras_and_its_file_are_computed(tmp_path, name, form):
    # given a model of Keras, or the file that it saves
    keras.utils.clear_session()
    if name in MODELS:
        made_of, embedding, readout, head = MODELS[name]
        first = [keras.Input((None,), dtype="int32"), layers.Embedding(7, 4, **embedding)]
        made = with_weights(keras.Sequential([*first, *made_of()]))
    else:
        made, readout, head = functional("last" in name), name.split()[1], ["tanh"]
    # then it is imported as Keras computes it
    if form == "model":
        model = rnn_tui.from_keras(made, WORDS, LABELS)
        assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    else:
        pytest.importorskip("h5py")
        made.save(tmp_path / f"m{form}")
        model = from_file(tmp_path / f"m{form}", WORDS, LABELS)
        assert "assumed" not in model.provenance
    same(model, made, readout, head)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("between", "says"),
    [
        (layers.LeakyReLU, "is a LeakyReLU, which is an activation other than relu, tanh and sigmoid"),
        (lambda: layers.Dense(5, activation="elu"), "dense has activation=elu, supported is relu or tanh or"),
        (lambda: layers.ReLU(max_value=0.5), "has max_value=0.5, supported is max(0, x)"),
    ],
)
def test_what_keras_computes_otherwise_is_refused_by_name(tmp_path, between, says):
    pytest.importorskip("h5py")
    keras.utils.clear_session()
    made = keras.Sequential(
        [keras.Input((None,), dtype="int32"), layers.Embedding(7, 4), layers.GRU(5), between(), dense()]
    )
    with_weights(made).save(tmp_path / "m.keras")
    with pytest.raises(UserError) as refused:
        from_file(tmp_path / "m.keras", WORDS, LABELS)
    assert says in str(refused.value)
    with pytest.raises(UserError):
        rnn_tui.from_keras(made, WORDS, LABELS)
