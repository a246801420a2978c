"""Whole Keras models that pool their states, or have an activation before the last layer: the file says so."""

from functools import partial

import numpy as np
import pytest

from rnn_tui.interop import from_file
from rnn_tui.interop.keras_config import Said, said_in
from rnn_tui.network.errors import UserError
from tests.interop.networks import TOLERANCE, states
from tests.interop.test_keras_config import DENSE, EMBEDDING, GATED, SEQUENCES, SIMPLE, config, layer, refusal, wired

h5py = pytest.importorskip("h5py")

MEAN, MAX = layer("GlobalAveragePooling1D"), layer("GlobalMaxPooling1D")
RELU, TANH, LINEAR = layer("ReLU"), layer("Activation", activation="tanh"), layer("Activation", activation="linear")
LOGITS = layer("Dense", units=3, activation="linear")
BOUNDED = {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ((EMBEDDING, SEQUENCES, MEAN, DENSE), Said(None, "mean", ())),
        ((EMBEDDING, SEQUENCES, layer("Dropout"), MAX, DENSE), Said(None, "max", ())),
        ((SEQUENCES, layer("GlobalMaxPool1D"), LOGITS, layer("Softmax")), Said(None, "max", ())),
        ((SIMPLE, RELU, DENSE), Said("tanh", "last", ("relu",))),
        ((SIMPLE, layer("ReLU", **BOUNDED), layer("Dropout"), DENSE), Said("tanh", "last", ("relu",))),
        ((SEQUENCES, MEAN, LINEAR, TANH, DENSE), Said(None, "mean", ("tanh",))),
        (
            (SEQUENCES, MAX, RELU, layer("Activation", activation="sigmoid"), DENSE),
            Said(None, "max", ("relu", "sigmoid")),
        ),
        ((SEQUENCES, RELU, layer("TimeDistributed", layer=LOGITS)), Said(None, "each", ("relu",))),
        (
            (SIMPLE, RELU, layer("Dense", units=1, activation="linear"), layer("Activation", activation="sigmoid")),
            Said("tanh", "last", ("relu",)),
        ),
        (
            (layer("SimpleRNN", activation="relu", return_sequences=True), MEAN, TANH, LOGITS, layer("Softmax")),
            Said("relu", "mean", ("tanh",)),
        ),
    ],
)
@pytest.mark.parametrize("old", [False, True])
def test_pooling_and_what_stands_before_the_last_layer_are_said(layers, said, old):
    assert said_in(config(*layers, old=old), "m.h5") == said


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ((SEQUENCES, RELU, MEAN, DENSE), "globalaveragepooling1d comes after relu; supported is the other order"),
        ((TANH, SIMPLE, DENSE), "the Keras layer simplernn comes after activation; supported is the other order"),
        ((SEQUENCES, MEAN, MAX, DENSE), "globalmaxpooling1d comes after globalaveragepooling1d"),
        ((MEAN, SIMPLE, DENSE), "the Keras layer simplernn comes after globalaveragepooling1d"),
        ((SEQUENCES, MAX, layer("Softmax"), DENSE), "the Keras layer dense comes after softmax"),
        ((SIMPLE, MAX, DENSE), "GlobalMaxPooling1D pools one state alone; supported is return_sequences=True before"),
        (
            (SEQUENCES, layer("GlobalMaxPooling1D", data_format="channels_first"), DENSE),
            "data_format=channels_first, s",
        ),
        ((SIMPLE, layer("ReLU", max_value=6.0), DENSE), "relu has max_value=6.0, supported is max(0, x)"),
        ((SIMPLE, layer("ReLU", negative_slope=0.1), DENSE), "relu has negative_slope=0.1, supported is max(0, x)"),
        ((SIMPLE, layer("LeakyReLU"), DENSE), "is a LeakyReLU, which is an activation other than relu, tanh and sigm"),
        (
            (SIMPLE, layer("Activation", activation="elu"), DENSE),
            "has activation=elu, supported is relu or tanh or sigmoid or linear before the last layer",
        ),
        ((SIMPLE, LOGITS, RELU), "the Keras layer relu has activation=relu, supported is softmax or linear"),
        ((SIMPLE, layer("Dense", units=4, activation="elu"), DENSE), "dense has activation=elu, supported is relu or"),
    ],
)
def test_what_can_not_be_computed_so_is_refused(layers, says):
    assert says in refusal(*layers)


def named(made, name):
    return {**made, "config": {**made["config"], "name": name}}


@pytest.mark.parametrize("old", [False, True], ids=["Keras 3", "Keras 2"])
def test_a_functional_model_is_a_chain(old):
    wire = partial(wired, old=old)
    recurrent = layer("LSTM", **GATED, return_sequences=True, return_state=True)
    chain = [layer("InputLayer"), wire(EMBEDDING, ("inputlayer", 0)), wire(recurrent, ("embedding", 0))]
    # given a model that pools the output of its recurrent layer
    pooled = [*chain, wire(MEAN, ("lstm", 0)), wire(RELU, ("globalaveragepooling1d", 0)), wire(DENSE, ("relu", 0))]
    assert said_in(config(*pooled), "m.keras") == Said(None, "mean", ("relu",))
    # then one whose Dense layer doesn't read what is pooled is refused
    beside = [*chain, wire(MEAN, ("lstm", 0)), wire(DENSE, ("lstm", 1))]
    assert "the Keras layer lstm is read by dense and globalaveragepooling1d; supported is by one" in refusal(*beside)
    # and so is one that pools the state alone
    state = [*chain, wire(MAX, ("lstm", 1)), wire(DENSE, ("globalmaxpooling1d", 0))]
    assert "GlobalMaxPooling1D pools one state alone" in refusal(*state)
    # and one where an activation is read beside the state
    two = [*chain, wire(named(RELU, "a"), ("lstm", 1)), wire(DENSE, ("lstm", 1))]
    assert "the Keras layer lstm is read by a and dense" in refusal(*two)


def test_the_layer_that_makes_a_mask_reads_beside_the_embedding():
    made = [
        layer("InputLayer"),
        wired(layer("NotEqual"), ("inputlayer", 0)),
        wired(EMBEDDING, ("inputlayer", 0)),
        wired(SEQUENCES, ("embedding", 0)),
        wired(MEAN, ("lstm", 0)),
        wired(DENSE, ("globalaveragepooling1d", 0)),
    ]
    assert said_in(config(*made), "m.keras") == Said(None, "mean", ())


ARRAYS = {  # h counts: 2 more for yes, 4 less for no, and the logit of many is what is read of it
    "embedding/embeddings": [[0], [1], [-2]],
    "rnn/kernel": [[2]],
    "rnn/recurrent_kernel": [[1]],
    "dense/kernel": [[0, 1]],
    "dense/bias": [0, -2],
}


@pytest.fixture
def importing(tmp_path):
    """Imports a whole model with these layers after a linear SimpleRNN that counts."""

    def imported(*layers, **options):
        with h5py.File(tmp_path / "m.h5", "w") as file:
            for name, array in ARRAYS.items():
                file[f"model_weights/{name}"] = np.array(array, np.float32)
            rnn = layer("SimpleRNN", activation="linear", return_sequences=True)
            file.attrs["model_config"] = config(EMBEDDING, rnn, *layers)
        return from_file(tmp_path / "m.h5", ("<pad>", "yes", "no"), ("few", "many"), **options)

    return imported


TWO = layer("Dense", units=2, activation="softmax")


@pytest.mark.parametrize(
    ("layers", "logits", "said"),
    [  # h is 2, 4, 0, −4, −2: by hand
        ((MEAN,), [2, 3, 2, 0.5, 0], "identity, mean of the states, nothing before the last layer, softmax"),
        ((MAX,), [2, 4, 4, 4, 4], "identity, largest of the states, nothing before the last layer, softmax"),
        ((MEAN, TANH), np.tanh([2, 3, 2, 0.5, 0]), "identity, mean of the states, tanh before the last layer, softmax"),
        ((RELU,), [2, 4, 0, 0, 0], "identity, every state, relu before the last layer, softmax"),
    ],
)
def test_what_is_said_is_computed(importing, layers, logits, said):
    model = importing(*layers, TWO)
    probs = states(model, (1, 1, 2, 2, 1))["probs"]
    np.testing.assert_allclose(probs[:, 1], 1 / (1 + np.exp(2 - np.array(logits))), atol=TOLERANCE)
    assert model.provenance["said"] == said
    assert model.provenance["verified"] == {"against": None, "reason": f"its file says {said}"}


def test_another_readout_or_head_than_the_file_has_is_refused(importing):
    with pytest.raises(UserError, match="its model_config says the readout mean, not last; leave it out"):
        importing(MEAN, RELU, TWO, readout="last")
    with pytest.raises(UserError, match="its model_config says relu before the last layer, not nothing; leave it out"):
        importing(MEAN, RELU, TWO, head=())
    with pytest.raises(UserError, match="says nothing before the last layer, not relu and tanh; leave it out"):
        importing(MEAN, TWO, head=("relu", "tanh"))
    model = importing(MEAN, RELU, TWO, readout="mean", head=["relu"])
    assert (model.readout.kind, [entry.activation for entry in model.head]) == ("mean", ["relu"])


def test_a_head_that_is_no_list_is_told(importing):
    with pytest.raises(UserError, match="head: found 3, expected a list of texts"):
        importing(MEAN, TWO, head=3)
