"""The layers of whole Keras models: found again by the names that a file gives them, whatever they call themselves."""

import zipfile

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop import from_file
from tests.interop.networks import LABELS, WORDS, refused
from tests.interop.test_keras_config import DENSE, EMBEDDING, SIMPLE, config, layer, refusal
from tests.interop.test_keras_stacks import EMBEDDED, OUT, SLOTS, drawn, saved, simple

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


def both_ways(inner, *, merge="concat", **other):
    """A Bidirectional layer, whose backward layer is given by itself: the forward one with `other` options."""
    kind = other.pop("kind", inner["class_name"])
    backward = layer(kind, **{**inner["config"], "go_backwards": True, **other})
    return layer("Bidirectional", layer=inner, backward_layer=backward, merge_mode=merge)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"activation": "relu"}, "a backward layer with activation=relu, supported is tanh, as in the forward layer"),
        ({"units": 5}, "a backward layer with units=5, supported is 3, as in the forward layer"),
        ({"kind": "GRU"}, "backward_layer=GRU, supported is SimpleRNN, as the forward layer"),
    ],
)
def test_a_backward_layer_that_computes_something_else_is_refused(other, said):
    inner = layer("SimpleRNN", units=3, activation="tanh", return_sequences=False)
    assert f"the Keras layer bidirectional has {said}" in refusal(EMBEDDING, both_ways(inner, **other), DENSE)


def test_a_backward_layer_that_is_damaged_is_refused():
    broken = both_ways(SIMPLE)
    broken["config"]["backward_layer"] = "relu"
    assert "has backward_layer=relu, supported is none, or one like" in refusal(EMBEDDING, broken, DENSE)


FORWARD, BACKWARD = simple(4, 3), simple(4, 3)
HEAD = [drawn(6, 3), drawn(3)]


def test_a_backward_layer_like_the_forward_one_is_read(tmp_path):
    path = "bidirectional/{}_layer/cell"
    weights = {path.format("forward"): FORWARD, path.format("backward"): BACKWARD}
    file = archive(
        tmp_path / "m.keras",
        (EMBEDDING, both_ways(SIMPLE), DENSE),
        {"embedding": [EMBEDDED], **weights, "dense": HEAD},
    )
    [both] = from_file(file, WORDS, LABELS).layers
    np.testing.assert_array_equal(both.forward.weight_ih, FORWARD[0].T)
    np.testing.assert_array_equal(both.backward.weight_ih, BACKWARD[0].T)


def test_a_backward_layer_that_goes_by_a_name_of_its_own_is_refused(tmp_path):
    weights = {"embedding/embeddings": EMBEDDED, "dense/kernel": HEAD[0], "dense/bias": HEAD[1]}
    for name, parameters in {"forward_simple_rnn": FORWARD, "mine": BACKWARD}.items():
        weights |= {f"bidirectional/{name}/{s}": array for s, array in zip(SLOTS, parameters, strict=True)}
    file = saved(tmp_path / "m.h5", (EMBEDDING, both_ways(SIMPLE), DENSE), weights)
    message = refused(from_file, file)
    assert "is of the Bidirectional layer bidirectional, and no weights of forward_… and backward_… layers" in message


@pytest.mark.parametrize("other", [simple(4, 5), [drawn(4, 12), drawn(3, 12), drawn(12)]], ids=["size", "kind"])
def test_two_directions_that_are_not_alike_are_refused(other):
    weights = {"embedding/embeddings": EMBEDDED, "dense/kernel": drawn(3, 3), "dense/bias": drawn(3)}
    for name, parameters in {"forward_layer": FORWARD, "backward_layer": other}.items():
        weights |= {f"net/bidirectional/{name}/{s}": array for s, array in zip(SLOTS, parameters, strict=True)}
    message = refused(rnn_tui.from_keras, weights)
    assert "are two directions of one layer, and have not the same kind and shapes" in message
