"""Whole Keras models: what a file says of itself is believed, and checked."""

import json
import shutil
import sys
import zipfile
from functools import partial

import numpy as np
import pytest

from rnn_tui.interop import from_file
from rnn_tui.interop.keras_config import Said, said_in
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, TOLERANCE, WORDS, states
from tests.interop.test_keras import recorded, same_as_keras
from tests.network import record_keras

h5py = pytest.importorskip("h5py")
WHOLE = record_keras.RECORDED / "keras-gru-whole.h5"
GATED = {"activation": "tanh", "recurrent_activation": "sigmoid"}


def layer(kind, **options):
    return {"class_name": kind, "config": {"name": kind.lower(), **options}}


EMBEDDING = layer("Embedding", input_dim=7, output_dim=4)
SIMPLE = layer("SimpleRNN", activation="tanh", return_sequences=False, go_backwards=False)
DENSE = layer("Dense", units=3, activation="softmax")


def config(*layers, loss=None, old=False):
    inside = list(layers) if old else {"name": "mine", "layers": list(layers)}
    compiled = {} if loss is None else {"compile_config": {"loss": loss}}
    return json.dumps({"class_name": "Sequential", "config": inside, **compiled})


def refusal(*layers, **options):
    with pytest.raises(UserError) as raised:
        said_in(config(*layers, **options), "m.keras")
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith("m.keras: ")
    return message.removeprefix("m.keras: ")


def relu_network(path, **options):
    """A whole model in HDF5 as Keras 3 writes it: a SimpleRNN that counts the word 1, by hand."""
    arrays = {
        "embedding/embeddings": np.array([[0], [1], [-2]], np.float32),
        "rnn/cell/kernel": np.array([[2]], np.float32),
        "rnn/cell/recurrent_kernel": np.array([[1]], np.float32),
        "rnn/cell/bias": np.array([0], np.float32),
        "dense/kernel": np.array([[0, 1]], np.float32),
        "dense/bias": np.array([0, -2], np.float32),
    }
    rnn = layer("SimpleRNN", **{"activation": "relu", "return_sequences": False, **options})
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file[f"model_weights/{name}"] = array
        file.attrs["model_config"] = config(EMBEDDING, rnn, layer("Dense", units=2, activation="softmax"))
    return path


def test_the_activation_of_a_whole_model_is_believed(tmp_path):
    # given a network that adds 2 for every "yes" and never falls below 0
    model = from_file(relu_network(tmp_path / "m.h5"), ("<pad>", "yes", "no"), ("few", "many"))
    # then h is 2, 4, max(4 − 4, 0), 2, and the logit of many is h − 2
    values = states(model, (1, 1, 2, 1))
    assert model.activation == "relu"
    assert values["h"][:, 0].tolist() == [2, 4, 0, 2]
    np.testing.assert_allclose(values["probs"][:, 1], 1 / (1 + np.exp([0, -2, 2, 0])), atol=TOLERANCE)
    assert model.provenance["said"] == "relu, last state, nothing before the last layer, softmax"
    assert "assumed" not in model.provenance


def test_another_nonlinearity_or_readout_than_the_file_has_is_refused(tmp_path):
    path = relu_network(tmp_path / "m.h5")
    importing = partial(from_file, path, ("<pad>", "yes", "no"), ("few", "many"))
    with pytest.raises(UserError, match="the module has the nonlinearity relu, but tanh is asked for"):
        importing(nonlinearity="tanh")
    with pytest.raises(UserError, match="its model_config says the readout last, not each; leave it out"):
        importing(readout="each")
    assert importing(nonlinearity="relu", readout="last").activation == "relu"


def test_a_layer_that_reads_backwards_is_refused(tmp_path):
    path = relu_network(tmp_path / "m.h5", go_backwards=True)
    with pytest.raises(UserError, match="the Keras layer simplernn reads backwards alone; supported is forwards"):
        from_file(path, ("<pad>", "yes", "no"), ("few", "many"))


def test_a_model_that_keras_saved_says_its_readout():
    model = from_file(WHOLE, WORDS, LABELS)
    same_as_keras(model, recorded("gru")[1])
    assert model.readout.kind == "each"
    assert model.provenance["said"] == "every state, nothing before the last layer, softmax"


def archive(folder, said=None, members=("config.json", "model.weights.h5")):
    """A .keras archive of the recorded GRU."""
    with h5py.File(WHOLE) as file:
        text = file.attrs["model_config"] if said is None else said
    with zipfile.ZipFile(folder / "m.keras", "w") as made:
        made.writestr("metadata.json", "{}")
        if "config.json" in members:
            made.writestr("config.json", text)
        if "model.weights.h5" in members:
            made.write(record_keras.RECORDED / "keras-gru.weights.h5", "model.weights.h5")
    return folder / "m.keras"


def test_an_archive_is_imported(tmp_path):
    model = from_file(archive(tmp_path), WORDS, LABELS)
    same_as_keras(model, recorded("gru")[1])
    assert model.readout.kind == "each"
    said = config(EMBEDDING, layer("GRU", **GATED, return_sequences=False), DENSE)
    assert from_file(archive(tmp_path, said), WORDS, LABELS).readout.kind == "last"


def test_an_archive_that_can_not_be_used(tmp_path):
    def complaint(path, **options):
        with pytest.raises(UserError) as raised:
            from_file(path, WORDS, LABELS, **options)
        return str(raised.value)

    assert "has no config.json, so it is no model that Keras 3 saved" in complaint(archive(tmp_path, members=()))
    assert "has no model.weights.h5" in complaint(archive(tmp_path, members=("config.json",)))
    assert "its model_config can't be read; save the model again" in complaint(archive(tmp_path, "[]"))
    assert "more than the 0 MiB" in complaint(archive(tmp_path), max_bytes=1000)
    shutil.copy(WHOLE, tmp_path / "m.keras")
    assert "cut short or damaged" in complaint(tmp_path / "m.keras")


def test_an_archive_needs_h5py(tmp_path, monkeypatch):
    path = archive(tmp_path)
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(UserError, match=r"reading .keras needs h5py: pip install 'rnn-tui\[keras\]'"):
        from_file(path, WORDS, LABELS)


SEQUENCES = layer("LSTM", **GATED, return_sequences=True)


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ((EMBEDDING, SIMPLE, DENSE), Said("tanh", "last", ())),
        ((layer("SimpleRNN", activation="linear"), DENSE), Said("identity", "last", ())),
        (
            (layer("SimpleRNN", activation={"class_name": "function", "config": "relu"}), DENSE),
            Said("relu", "last", ()),
        ),
        ((EMBEDDING, SEQUENCES, layer("TimeDistributed", layer=DENSE)), Said(None, "each", ())),
        ((SEQUENCES, layer("Dropout", rate=0.5), DENSE), Said(None, "each", ())),
        ((SIMPLE, layer("Dense", units=3, activation="linear"), layer("Softmax")), Said("tanh", "last", ())),
        (
            (SIMPLE, layer("Dense", units=1, activation="linear"), layer("Activation", activation="sigmoid")),
            Said("tanh", "last", ()),
        ),
        (
            (layer("RNN", cell=layer("GRUCell", **GATED, reset_after=True), return_sequences=True), DENSE),
            Said(None, "each", ()),
        ),
        ((layer("Sequential", layers=[EMBEDDING, SIMPLE]), DENSE), Said("tanh", "last", ())),
        ((EMBEDDING, SEQUENCES, SIMPLE, DENSE), Said("tanh", "last", ())),
        ((EMBEDDING, layer("Bidirectional", layer=SEQUENCES, merge_mode="sum"), DENSE), Said(None, "each", ())),
        ((EMBEDDING, layer("Bidirectional", layer=SIMPLE, merge_mode="concat"), DENSE), Said("tanh", "last", ())),
        ((SIMPLE, layer("Dense", units=9, activation="relu"), DENSE), Said("tanh", "last", ("relu",))),
        (
            (SIMPLE, layer("ReLU"), layer("Dense", units=9, activation="linear"), DENSE),
            Said("tanh", "last", ("relu", "identity")),
        ),
        (
            (
                *(SIMPLE, layer("Dense", units=9, activation="linear"), layer("ReLU")),
                *(layer("Dense", units=5, activation="sigmoid"), DENSE),
            ),
            Said("tanh", "last", ("relu", "sigmoid")),
        ),
    ],
)
@pytest.mark.parametrize("old", [False, True])
def test_what_layers_say(layers, said, old):
    assert said_in(config(*layers, old=old), "m.h5") == said


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        *(
            (
                (EMBEDDING, layer("Bidirectional", layer=SIMPLE, merge_mode=merge), DENSE),
                f"the Keras layer bidirectional has merge_mode={merge}, supported is concat or sum",
            )
            for merge in ("mul", "ave", None)
        ),
        ((EMBEDDING, layer("LSTM", **GATED | {"activation": "relu"}), DENSE), "lstm has activation=relu, supported is"),
        (
            (SIMPLE, layer("Dense", units=9, activation="elu"), DENSE),
            "has activation=elu, supported is relu or tanh or",
        ),
        (
            (SIMPLE, layer("Dense", units=9, activation="relu"), layer("Activation", activation="tanh"), DENSE),
            "activation is a second activation behind a Dense layer; supported is one",
        ),
        ((EMBEDDING, EMBEDDING, SIMPLE, DENSE), "2 embeddings: embedding, embedding; supported is one, or none"),
        ((EMBEDDING, layer("Conv1D"), SIMPLE, DENSE), "conv1d is a Conv1D, which is a convolution; supported is a"),
        (
            (EMBEDDING, layer("Bidirectional"), DENSE),
            "the Keras layer bidirectional is a Bidirectional; supported is a",
        ),
        ((SIMPLE, layer("BatchNormalization"), DENSE), "is a BatchNormalization, which normalises; supported"),
        ((SIMPLE, layer("Lambda"), DENSE), "the Keras layer lambda is a Lambda; supported is a stack of recurrent"),
        ((SIMPLE, layer("Dense", units=3, activation="sigmoid")), "dense has activation=sigmoid, supported is softmax"),
        ((SIMPLE, layer("Dense", units=3, activation="linear"), layer("Activation", activation="relu")), "=relu, supp"),
        ((SEQUENCES, layer("Flatten"), DENSE), "flatten is a Flatten"),
        ((layer("GRU", **GATED, reset_after=False), DENSE), "gru has reset_after=False, supported is True"),
    ],
)
def test_layers_that_this_program_lacks_are_refused_by_name(layers, says):
    assert says in refusal(*layers)


SOFTMAX = layer("Activation", activation="softmax")


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ((SIMPLE, SOFTMAX, DENSE), "the Keras layer dense comes after activation; supported is the other order"),
        ((SIMPLE, DENSE, SOFTMAX), "the Keras layer activation comes after dense"),
        ((layer("Dense", units=3, activation="linear"), SIMPLE), "the Keras layer simplernn comes after dense"),
        (
            (SEQUENCES, DENSE, layer("GlobalAveragePooling1D")),
            "the Keras layer globalaveragepooling1d comes after dens",
        ),
        ((SIMPLE, layer("Dense", units=1, activation="softmax")), "one unit with softmax, which is always 1; train it"),
    ],
)
def test_layers_in_another_order_are_refused(layers, says):
    assert says in refusal(*layers)


def wired(made, *inputs, old=False, **more):
    """A layer with its inputs, each a layer's name and the number of its output, as Keras 3 or 2 writes them."""
    if old:
        nodes = [[[name, 0, index, {}] for name, index in inputs]]
    else:
        tensors = [{"class_name": "__keras_tensor__", "config": {"keras_history": [n, 0, i]}} for n, i in inputs]
        nodes = [{"args": tensors, "kwargs": more}]
    return {**made, "name": made["config"]["name"], "inbound_nodes": nodes}


MASK = {"class_name": "__keras_tensor__", "config": {"keras_history": ["not_equal", 0, 0]}}


def functional(recurrent, output, *, old=False, **more):
    """A model of the functional kind whose Dense layer reads one of the outputs of its recurrent layer."""
    return (
        layer("InputLayer"),
        wired(EMBEDDING, ("inputlayer", 0), old=old),
        wired(recurrent, ("embedding", 0), old=old, **more),
        wired(DENSE, (recurrent["config"]["name"], output), old=old),
    )


@pytest.mark.parametrize("old", [False, True], ids=["Keras 3", "Keras 2"])
def test_the_output_that_is_read_on_is_the_readout(old):
    last, stated = layer("LSTM", **GATED, return_state=True), layer("LSTM", **GATED, return_sequences=True)
    assert said_in(config(*functional(last, 0, old=old)), "m.h5").readout == "last"
    assert said_in(config(*functional(last, 1, old=old)), "m.h5").readout == "last"
    assert said_in(config(*functional(stated, 0, old=old)), "m.h5").readout == "each"
    assert said_in(config(*functional(stated, 1, old=old)), "m.h5").readout == "last"
    assert "the Keras layer dense reads the cell state of lstm; supported is its hidden state" in refusal(
        *functional(last, 2, old=old)
    )


def test_a_mask_is_no_input_and_an_initial_state_is_one():
    assert said_in(config(*functional(SIMPLE, 0, mask=MASK)), "m.h5") == Said("tanh", "last", ())
    assert "the Keras layer simplernn reads more than one layer (such as an initial state)" in refusal(
        *functional(SIMPLE, 0, initial_state=MASK)
    )


def test_a_layer_that_is_used_twice_is_refused():
    twice = wired(SIMPLE, ("embedding", 0))
    twice["inbound_nodes"] *= 2
    assert "the Keras layer simplernn is used 2 times; supported is once" in refusal(EMBEDDING, twice, DENSE)


@pytest.mark.parametrize("loss", ["mse", "mean_absolute_error", {"class_name": "MeanSquaredError"}])
def test_a_loss_of_numbers_says_that_the_output_is_a_number(loss):
    one = layer("Dense", units=1, activation="linear")
    assert said_in(config(EMBEDDING, SIMPLE, one, loss=loss), "m.h5") == Said("tanh", "last", (), "number")
    assert said_in(config(SIMPLE, one, loss="binary_crossentropy"), "m.h5") == Said("tanh", "last", ())
    assert said_in(config(SIMPLE, DENSE, loss=loss), "m.h5") == Said("tanh", "last", ())


def test_the_loss_beside_an_old_model_is_read(tmp_path):
    path = relu_network(tmp_path / "m.h5")
    with h5py.File(path, "a") as file:
        file.attrs["model_config"] = config(EMBEDDING, SIMPLE, layer("Dense", units=2, activation="linear"))
        file.attrs["training_config"] = json.dumps({"loss": "mae"})
    model = from_file(path, ("<pad>", "yes", "no"), ("few", "many"))
    assert model.output.is_number
    assert model.provenance["said"] == "tanh, last state, nothing before the last layer, numbers"
    # and what the file says can be said otherwise
    told = from_file(path, ("<pad>", "yes", "no"), ("few", "many"), output="classes")
    assert told.output.kind == "classes"


def test_of_attention_a_file_of_keras_says_nothing(tmp_path):
    # given a whole model with a Dense layer of one unit that weighs the states
    arrays = {
        "rnn/kernel": np.eye(3, 2, dtype=np.float32),
        "rnn/recurrent_kernel": np.eye(2, dtype=np.float32),
        "score/kernel": np.array([[1], [2]], np.float32),
        "dense/kernel": np.array([[0, 1], [1, 0]], np.float32),
    }
    layers = (
        layer("SimpleRNN", activation="tanh", return_sequences=True),
        layer("Dense", units=1, activation="linear"),
        *(layer("Softmax"), layer("Dot"), layer("Flatten"), layer("Dense", units=2, activation="softmax")),
    )
    with h5py.File(tmp_path / "m.h5", "w") as file:
        for name, array in arrays.items():
            file[name] = array
        file.attrs["model_config"] = config(*layers)
    model = from_file(tmp_path / "m.h5", ["a", "b", "c"], ("x", "y"), readout="attention")
    assert model.readout.weight.tolist() == [[1, 2]]
    assert model.provenance["assumed"] == "tanh, attention over the states, nothing before the last layer, softmax"
    assert "said" not in model.provenance
