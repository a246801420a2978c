"""Whole Keras models: the loss and the last function say what the outputs are, of a live model as of its file."""

from types import SimpleNamespace

import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.interop.keras_config import said_in
from rnn_tui.interop.keras_model import gives_numbers
from rnn_tui.network.errors import UserError
from tests.interop.networks import WORDS
from tests.interop.test_keras_config import EMBEDDING, SIMPLE, config, layer
from tests.interop.test_keras_stacks import EMBEDDED, SLOTS, drawn, saved, simple

pytest.importorskip("h5py")
LINEAR = layer("Dense", units=2, activation="linear")


class Huber:
    name = "huber_loss"


class MeanAbsolutePercentageError:
    name = "mine"


class CategoricalCrossentropy:
    name = "categorical_crossentropy"


def mean_squared_error():
    """Stands for the loss function of this name."""


def written(name, **options):
    return {"module": "keras.losses", "class_name": name, "config": {"name": "mine", **options}}


FUNCTION = {"module": "builtins", "class_name": "function", "config": "mean_squared_error"}
WRAPPED = {"class_name": "LossFunctionWrapper", "config": {"name": "log_cosh", "fn": FUNCTION}}
OF_NUMBERS = (
    *((mean_squared_error, FUNCTION), (Huber(), written("Huber", delta=1.0)), (["mse"], ["mse"])),
    *((MeanAbsolutePercentageError(), written("MeanAbsolutePercentageError")), ("logcosh", WRAPPED)),
    ({"dense": "mae"}, {"dense": "mae"}),
)
OF_CLASSES = (
    *((None, None), ("binary_crossentropy", "binary_crossentropy"), (["mse", "mse"], ["mse", "mse"])),
    (CategoricalCrossentropy(), written("CategoricalCrossentropy")),
)


@pytest.mark.parametrize(("live", "file"), [*OF_NUMBERS, *OF_CLASSES])
def test_a_loss_says_the_same_of_a_live_model_as_of_its_file(live, file):
    number = (live, file) in OF_NUMBERS
    assert gives_numbers(SimpleNamespace(loss=live)) == number
    assert said_in(config(EMBEDDING, SIMPLE, LINEAR, loss=file), "m.h5").output == ("number" if number else None)


class Dense:
    def __init__(self, activation):
        self.activation = activation

    def get_config(self):
        return {"name": "dense", "units": 1, "activation": self.activation}


class Activation(Dense):
    pass


@pytest.mark.parametrize("functions", [("linear",), ("sigmoid",), ("linear", "softmax"), ("linear", "linear")])
def test_a_function_behind_the_last_layer_makes_no_number(functions):
    live = [kind(function) for kind, function in zip((Dense, Activation), functions, strict=False)]
    file = [layer(type(one).__name__, **one.get_config()) for one in live]
    number = set(functions) == {"linear"}
    assert gives_numbers(SimpleNamespace(loss="mse", layers=live)) == number
    assert said_in(config(EMBEDDING, SIMPLE, *file, loss="mse"), "m.h5").output == ("number" if number else None)


def network(path, units, *answers):
    """A whole model in HDF5 with so many outputs."""
    weights = {f"simplernn/{slot}": array for slot, array in zip(SLOTS, simple(4, 3), strict=True)}
    dense = {"dense/kernel": drawn(3, units), "dense/bias": drawn(units)}
    return saved(path, (EMBEDDING, SIMPLE, *answers), {"embedding/embeddings": EMBEDDED, **weights, **dense})


@pytest.mark.parametrize("apart", [False, True])
def test_outputs_are_not_read_as_what_their_last_function_contradicts(tmp_path, apart):
    def answers(units, function):
        last = "linear" if apart else function
        return (layer("Dense", units=units, activation=last), *[layer("Activation", activation=function)] * apart)

    chance = network(tmp_path / "chance.h5", 1, *answers(1, "sigmoid"))
    assert from_file(chance, WORDS, ["no", "yes"]).output.kind == "yes_no"
    for labels, options in ((["yes"], {}), (["yes"], {"output": "number"}), (["yes"], {"output": "classes"})):
        with pytest.raises(UserError, match=r"chance\.h5: its model_config ends with sigmoid, .*; give two labels"):
            from_file(chance, WORDS, labels, **options)
    classes = network(tmp_path / "classes.h5", 3, *answers(3, "softmax"))
    assert from_file(classes, WORDS, list("abc")).output.kind == "classes"
    with pytest.raises(UserError, match=r"ends with softmax, the chances of classes, not a number; leave out output"):
        from_file(classes, WORDS, list("abc"), output="number")


def test_outputs_without_a_function_are_read_as_asked(tmp_path):
    path = network(tmp_path / "m.h5", 2, LINEAR)
    for output in ("number", "classes"):
        assert from_file(path, WORDS, ["a", "b"], output=output).output.kind == output


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own, of its variables
def test_losses_of_keras_itself(tmp_path):
    keras = pytest.importorskip("keras")
    losses = keras.losses
    for loss in (losses.mean_squared_error, losses.Huber(), losses.MeanAbsolutePercentageError(), ["mse"]):
        model = keras.Sequential([keras.Input((None, 1)), keras.layers.LSTM(3), keras.layers.Dense(2)])
        model.compile(loss=loss)
        model.save(tmp_path / "m.keras")
        for opening, what in ((rnn_tui.from_keras, model), (from_file, tmp_path / "m.keras")):
            assert opening(what, [], ["u", "v"], tokenizer="numbers").output.is_number, (loss, opening)
