"""The layers of whole Keras models: found again by the names that a file gives them, whatever they call themselves."""

import zipfile

import numpy as np
import pytest

from rnn_tui.interop import from_file
from tests.interop.networks import LABELS, WORDS
from tests.interop.test_keras_config import DENSE, EMBEDDING, config, layer
from tests.interop.test_keras_stacks import EMBEDDED, OUT, SLOTS, saved, simple

h5py = pytest.importorskip("h5py")
ACTIVATIONS = ("relu", "tanh", "linear")
PARAMETERS = [simple(*sizes) for sizes in ((4, 4), (4, 4), (4, 5))]


def stack(names):
    """Layers of three functions, called so, one above the other."""
    made = [
        layer("SimpleRNN", activation=activation, return_sequences=index < 2)
        for index, activation in enumerate(ACTIVATIONS)
    ]
    named = [{**one, "config": {**one["config"], "name": name}} for one, name in zip(made, names, strict=True)]
    return (EMBEDDING, *named, DENSE)


def archive(path, layers, weights):
    """A .keras archive, as Keras 3 writes it."""
    with h5py.File(path.with_suffix(".weights.h5"), "w") as file:
        for name, arrays in weights.items():
            for number, array in enumerate(arrays):
                file[f"layers/{name}/vars/{number}"] = array
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("config.json", config(*layers))
        made.write(path.with_suffix(".weights.h5"), "model.weights.h5")
    return path


def in_their_order(model):
    assert [one.forward.activation for one in model.layers] == ["relu", "tanh", "identity"]
    for one, (_, recurrent, _) in zip(model.layers, PARAMETERS, strict=True):
        np.testing.assert_array_equal(one.forward.weight_hh, recurrent.T)


@pytest.mark.parametrize("first", range(4))
def test_an_archive_calls_its_layers_by_their_class_alone(tmp_path, first):
    # given a notebook that had made as many layers before, so that "simple_rnn_1" may be any of them
    names = [f"simple_rnn_{number}" for number in range(first, first + 3)]
    weights = {
        f"simple_rnn{'_' * bool(number)}{number or ''}/cell": parameters for number, parameters in enumerate(PARAMETERS)
    }
    path = archive(tmp_path / "m.keras", stack(names), {"embedding": [EMBEDDED], **weights, "dense": OUT})
    in_their_order(from_file(path, WORDS, LABELS))


def test_a_file_that_names_its_layers_is_read_by_these_names(tmp_path):
    # given names that an archive would give to other layers
    names = ["simple_rnn_2", "simple_rnn", "simple_rnn_1"]
    weights = {"embedding/embeddings": EMBEDDED, "dense/kernel": OUT[0], "dense/bias": OUT[1]}
    for name, parameters in zip(names, PARAMETERS, strict=True):
        weights |= {f"{name}/{slot}": array for slot, array in zip(SLOTS, parameters, strict=True)}
    in_their_order(from_file(saved(tmp_path / "m.h5", stack(names), weights), WORDS, LABELS))
