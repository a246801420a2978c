"""The fields of format 2."""

import json

import numpy as np
import pytest

from rnn_tui.network import storage
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from tests.builders import HEAD_KINDS, READOUT_KINDS, build
from tests.deep import VECTORS, deep_model
from tests.network.test_storage import refusal, written


@pytest.mark.parametrize("head", HEAD_KINDS)
@pytest.mark.parametrize("readout", [*READOUT_KINDS, "last_step"])
def test_a_file_has_the_lowest_format_that_holds_its_network_and_opens_again(tmp_path, readout, head):
    model = build("gru", None, readout, "embedding", head=head)
    needed = 2 if head or readout in ("mean", "max", "last_step") else 1

    storage.save(model, tmp_path / "m.safetensors")
    loaded = storage.load(tmp_path / "m.safetensors")

    assert storage.to_json(model)["format"] == needed
    assert ("head" in storage.to_json(model)) == bool(head)
    assert storage.to_json(loaded) == storage.to_json(model)
    tokens = model.tokenize(model.examples[0].text)
    np.testing.assert_array_equal(run(loaded, tokens).values["probs"], run(model, tokens).values["probs"])


def as_format_2(**changed):
    def change(fields):
        fields.update({"format": 2, **changed})

    return change


@pytest.mark.parametrize(
    "changed",
    [
        {"output": "classes"},
        {"output": None, "head": None, "layers": None},
        {"head": []},
        {"layers": [{"cell": "elman", "activation": "tanh"}], "cell": "gru", "activation": None},
        {"layers": [{"cell": "elman", "activation": "tanh", "bidirectional": False, "merge": "concat"}]},
    ],
)
def test_a_field_that_says_what_is_the_default_changes_nothing(tmp_path, changed):
    plain, said = build(inputs="embedding"), storage.load(written(tmp_path, change=as_format_2(**changed)))

    assert storage.to_json(said) == storage.to_json(plain)


FAULTS = {
    "a newer readout": (lambda f: f.update(readout="mean"), 'readout is "mean", expected one of last, each, attention'),
    "no such readout": (as_format_2(readout="median"), "expected one of last, each, mean, max, attention, last_step"),
    "a layer that has no tensors": (
        as_format_2(layers=[{"cell": "elman", "activation": "tanh"}] * 2),
        "tensor rnn.weight_ih_l1 is missing",
    ),
    "a direction that has no tensors": (
        as_format_2(layers=[{"cell": "elman", "activation": "tanh", "bidirectional": True}]),
        "tensor rnn.weight_ih_l0_reverse is missing",
    ),
    "too many layers": (as_format_2(layers=[{"cell": "gru"}] * 17), "layers has 17 entries, expected at most 16"),
    "no layers": (as_format_2(layers=[]), "layers is [], expected a list of objects"),
    "a direction that is none": (as_format_2(layers=[{"cell": "gru", "bidirectional": 1}]), "bidirectional is 1"),
    "a merge that is none": (
        as_format_2(layers=[{"cell": "gru", "bidirectional": True, "merge": "mul"}]),
        'merge is "mul", expected one of concat, sum',
    ),
    "layers that are none": (as_format_2(layers="gru"), 'layers is "gru", expected a list of objects'),
    "a layer's cell": (as_format_2(layers=[{"cell": "mamba"}]), 'cell is "mamba", expected one of elman, gru, lstm'),
    "a layer without a cell": (as_format_2(layers=[{}]), "has no field “cell”"),
    "no such output": (as_format_2(output="ranking"), 'output is "ranking", expected one of classes, yes_no, number'),
    "yes and no and maybe": (
        as_format_2(output="yes_no", labels=["no", "yes", "maybe"]),
        'labels is ["no", "yes", "maybe"], expected two labels, no and yes',
    ),
    "a mean too many": (
        as_format_2(output="number", output_mean=[1, 2, 3]),
        "output_mean is [1, 2, 3], expected 2 numbers",
    ),
    "a mean that is none": (as_format_2(output="number", output_mean="1"), 'output_mean is "1", expected 2 numbers'),
    "no deviation": (as_format_2(output="number", output_std=0), "output_std is 0, expected 2 numbers above 0"),
    "a head that is none": (as_format_2(head="relu"), 'head is "relu", expected a list of {"linear": false'),
    "a linear layer that has no tensors": (
        as_format_2(head=[{"linear": True, "activation": "relu"}]),
        "tensor head.0.weight is missing",
    ),
    "too long a head": (as_format_2(head=[{"activation": "relu"}] * 17), "head has 17 entries, expected at most 16"),
    "a function": (as_format_2(head=[{"activation": "gelu"}]), 'head activation is "gelu", expected one of relu, tanh'),
    "a function that is a list": (as_format_2(head=[{"activation": ["relu"]}]), "head activation is"),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_what_it_does_not_read_is_named(tmp_path, change, message):
    assert message in refusal(written(tmp_path, change=change))


def test_format_1_has_no_head(tmp_path):
    model = storage.load(written(tmp_path, change=lambda f: f.update(head=[{"linear": False, "activation": "relu"}])))

    assert model.head == ()
    assert json.loads(json.dumps(storage.to_json(model)))["format"] == 1


KINDS = (
    {"layers": 3},
    {"layers": 1, "bidirectional": True},
    {"layers": 2, "bidirectional": True, "merge": "sum", "readout": "attention"},
    {"layers": 2, "head": (EntryKind(True, "relu"), EntryKind(False, "tanh"), EntryKind(True, "identity"))},
    {"layers": 1, "output": "yes_no"},
    {"layers": 1, "output": "number", "labels": ("high", "low")},
    {"layers": 2, "inputs": "vectors", "output": "number"},
    {"kinds": (LayerKind("gru", None, True, "sum"), LayerKind("elman", "tanh"), LayerKind("lstm", None, True))},
)


@pytest.mark.parametrize("fields", KINDS, ids=str)
def test_a_deep_network_opens_again_as_it_was(tmp_path, fields):
    model = deep_model("gru", **{"layers": 2, **fields})
    path = tmp_path / "m.safetensors"

    storage.save(model, path)
    loaded = storage.load(path)

    assert storage.to_json(model)["format"] == 2
    assert storage.to_json(loaded) == storage.to_json(model)
    assert loaded.tensors().keys() == model.tensors().keys()
    tokens = model.tokenize(VECTORS if fields.get("inputs") == "vectors" else "the dog barked")
    for name, array in run(model, tokens).outputs.items():
        np.testing.assert_array_equal(run(loaded, tokens).outputs[name], array)
    metadata, hidden_size = storage.load_metadata(path)
    assert (metadata.title_of_layers, hidden_size) == (model.architecture, 3)


FEATURES = {
    "none": ({"features": 0}, "tokenizer features is 0, expected a number from 1 to 4096"),
    "too many": ({"features": 10**9}, "expected a number from 1 to 4096"),
    "half": ({"features": 1.5}, "tokenizer features is 1.5"),
    "a mean too few": ({"features": 3, "mean": [1, 2]}, "tokenizer mean is [1, 2], expected 3 numbers"),
    "no scale": ({"features": 3, "scale": [1, 0, 1]}, "tokenizer scale is [1, 0, 1], expected 3 numbers above 0"),
    "a name too few": ({"features": 3, "feature_names": ["a", "b"]}, "expected 3 names, one a feature"),
    "a name twice": ({"features": 3, "feature_names": ["a", "b", "a"]}, "is twice in tokenizer feature_names"),
}


@pytest.mark.parametrize(("changed", "message"), FEATURES.values(), ids=FEATURES)
def test_features_that_are_wrong_are_named(tmp_path, changed, message):
    model = deep_model("gru", 1, inputs="vectors")
    path = written(tmp_path, model, change=lambda fields: fields["tokenizer"].update(changed))
    assert message in refusal(path)


def test_format_1_has_no_features(tmp_path):
    path = written(tmp_path, build(inputs="number"), change=lambda fields: fields["tokenizer"].update(features=2))
    assert 'tokenizer is "features", expected no such option for numbers' in refusal(path)
