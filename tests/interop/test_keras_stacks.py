"""Keras: layers one above the other and Bidirectional, from lists, names, files and a model's own words."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.interop.keras_config import said_in
from rnn_tui.interop.keras_model import gives_numbers, told_of
from rnn_tui.network.trace import run
from tests.interop.keras_models import KerasModel
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused
from tests.interop.test_keras_config import DENSE, EMBEDDING, GATED, SIMPLE, config, layer, refusal, wired

h5py = pytest.importorskip("h5py")
RNG = np.random.default_rng(5)
ONE, TWO = layer("LSTM", **GATED, return_sequences=True), layer("LSTM", **GATED, return_sequences=False)


def drawn(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def simple(inputs, units):
    return [drawn(inputs, units), drawn(units, units), drawn(units)]


def states_of(parameters, x, *, backward=False):
    """Keras' SimpleRNN: h = tanh(x·kernel + h·recurrent_kernel + bias), after every step."""
    kernel, recurrent, bias = parameters
    h, found = np.zeros(len(recurrent)), []
    for row in x[::-1] if backward else x:
        h = np.tanh(row @ kernel + h @ recurrent + bias)
        found.append(h)
    return np.array(found[::-1] if backward else found)


EMBEDDED, FORWARD, BACKWARD, TOP = drawn(7, 4), simple(4, 3), simple(4, 3), simple(6, 5)
OUT = [drawn(5, 3), drawn(3)]
ROWS = [1, 4, 2, 6]


def own_logits():
    x = EMBEDDED[ROWS].astype(np.float64)
    both = np.concatenate([states_of(FORWARD, x), states_of(BACKWARD, x, backward=True)], axis=1)
    return states_of(TOP, both) @ OUT[0] + OUT[1]


def logits(model):
    return run(model, model.tokens_of([WORDS[row] for row in ROWS])).values["logits"]


ARRAYS = [EMBEDDED, *FORWARD, *BACKWARD, *TOP, *OUT]
SLOTS = ("kernel", "recurrent_kernel", "bias")
NAMED = {
    "embedding/embeddings": EMBEDDED,
    **{f"net/simple_rnn/simple_rnn_cell/{slot}": array for slot, array in zip(SLOTS, TOP, strict=True)},
    **{f"net/bidirectional/forward_simple_rnn_1/simple_rnn_cell/{s}": a for s, a in zip(SLOTS, FORWARD, strict=True)},
    **{f"net/bidirectional/backward_simple_rnn_1/simple_rnn_cell/{s}": a for s, a in zip(SLOTS, BACKWARD, strict=True)},
    "dense/kernel": OUT[0],
    "dense/bias": OUT[1],
}


@pytest.mark.parametrize("weights", [ARRAYS, NAMED], ids=["in order", "by name"])
def test_a_stack_answers_as_keras_computes_it(weights):
    model = rnn_tui.from_keras(weights, WORDS, LABELS)
    assert [(layer.bidirectional, layer.hidden_size) for layer in model.layers] == [(True, 3), (False, 5)]
    np.testing.assert_allclose(logits(model)[-1], own_logits()[-1], atol=TOLERANCE)


def test_more_dense_layers_and_attention_in_a_list():
    head = [drawn(5, 4), drawn(4), drawn(4, 3), drawn(3)]
    model = rnn_tui.from_keras([*ARRAYS[:-2], *head], WORDS, LABELS, head=["tanh"])
    np.testing.assert_array_equal(model.head[0].linear.weight, head[0].T)
    score = [drawn(5, 1), drawn(1)]
    model = rnn_tui.from_keras([*ARRAYS[:-2], *score, *head], WORDS, LABELS, readout="attention", head=["tanh"])
    np.testing.assert_array_equal(model.readout.weight, score[0].T)
    assert "3 arrays without names" in refused(rnn_tui.from_keras, [drawn(7, 4), drawn(4, 5), drawn(5, 3)])


def saved(path, layers, weights, **more):
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = config(*layers)
        if more:
            file.attrs["training_config"] = json.dumps(more)
        for name, array in weights.items():
            file[name] = array
    return path


def test_a_file_says_the_order_of_layers_whose_sizes_do_not(tmp_path):
    # given two SimpleRNN of one size, whose names are not in the order in which they come, and two Dense
    first, second = simple(4, 4), simple(4, 4)
    weights = {"embedding/embeddings:0": EMBEDDED}
    for name, parameters in (("zebra", first), ("ape", second)):
        weights |= {f"{name}/{slot}:0": array for slot, array in zip(SLOTS, parameters, strict=True)}
    dense = {"y": [drawn(4, 4), drawn(4)], "x": [drawn(4, 4), drawn(4)], "out": [drawn(4, 3), drawn(3)]}
    for name, parameters in dense.items():
        weights |= {f"{name}/{slot}:0": array for slot, array in zip(("kernel", "bias"), parameters, strict=True)}
    layers = (
        *(EMBEDDING, layer("SimpleRNN", activation="relu", return_sequences=True)),
        *(SIMPLE, layer("Dense", units=4, activation="relu"), layer("Dense", units=4, activation="tanh"), DENSE),
    )
    names = ("embedding", "zebra", "ape", "y", "x", "out")
    layers = [{**one, "config": {**one["config"], "name": name}} for one, name in zip(layers, names, strict=True)]
    # when
    model = from_file(saved(tmp_path / "m.h5", layers, weights), WORDS, LABELS)
    # then
    np.testing.assert_array_equal(model.layers[0].forward.weight_hh, first[1].T)
    np.testing.assert_array_equal(model.head[0].linear.weight, dense["y"][0].T)
    assert [layer.forward.activation for layer in model.layers] == ["relu", "tanh"]
    assert [entry.activation for entry in model.head] == ["relu", "tanh"]


def test_a_file_says_how_both_directions_are_merged(tmp_path):
    out = {"dense/kernel": drawn(3, 3), "dense/bias": drawn(3)}
    weights = {name: array for name, array in NAMED.items() if "/simple_rnn/" not in name} | out
    inner = layer("SimpleRNN", activation="tanh", return_sequences=True)
    both = layer("Bidirectional", layer=inner, merge_mode="sum")
    model = from_file(saved(tmp_path / "m.h5", (EMBEDDING, both, DENSE), weights), WORDS, LABELS)
    assert (model.layers[0].merge, model.readout.kind) == ("sum", "each")
    x = EMBEDDED[ROWS].astype(np.float64)
    added = states_of(FORWARD, x) + states_of(BACKWARD, x, backward=True)
    np.testing.assert_allclose(logits(model), added @ out["dense/kernel"] + out["dense/bias"], atol=TOLERANCE)
    assert model.provenance["said"] == "tanh, every state, both directions, nothing before the last layer, softmax"


def test_the_last_step_of_both_directions_is_not_their_last_states():
    both = layer("Bidirectional", layer=ONE, merge_mode="concat")
    picked = layer("GetItem")
    picked["inbound_nodes"] = [
        {"args": [tensor("bidirectional"), [{"class_name": "__slice__", "config": {}}, -1]], "kwargs": {}}
    ]
    chain = (EMBEDDING, wired(both, ("embedding", 0)), {**picked, "name": "getitem"}, wired(DENSE, ("getitem", 0)))
    try:
        found = said_in(config(*chain), "m.h5").readout
    except rnn_tui.UserError as error:
        pytest.fail(str(error))
    assert found == "last_step"


def test_the_last_step_of_a_layer_rnn_is_its_last_state():
    cell = layer("RNN", cell=layer("GRUCell", **GATED, reset_after=True), return_sequences=True)
    picked = layer("GetItem")
    picked["inbound_nodes"] = [{"args": [tensor("rnn"), [{"class_name": "__slice__", "config": {}}, -1]], "kwargs": {}}]
    chain = (EMBEDDING, wired(cell, ("embedding", 0)), {**picked, "name": "getitem"}, wired(DENSE, ("getitem", 0)))
    assert said_in(config(*chain), "m.h5").readout == "last"


def test_a_compiled_model_is_opened_as_numbers():
    class Compiled(KerasModel):
        loss = "mse"

    model = rnn_tui.from_keras(Compiled("last", softmax=False), WORDS, LABELS)
    assert model.output.is_number


def tensor(name):
    return {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}


def test_what_is_read_of_a_layer_below_or_of_both_directions_is_all_its_steps():
    states = layer(
        "Bidirectional", layer=ONE | {"config": {**ONE["config"], "return_state": True}}, merge_mode="concat"
    )
    assert "the Keras layer dense reads output 1 of bidirectional; supported is its hidden state" in refusal(
        EMBEDDING, wired(states, ("embedding", 0)), wired(DENSE, ("bidirectional", 1))
    )
    assert "the Keras layer simplernn reads output 1 of lstm" in refusal(
        EMBEDDING, wired(ONE, ("embedding", 0)), wired(SIMPLE, ("lstm", 1)), DENSE
    )


def test_a_backward_layer_alone_and_one_without_its_forward_are_layers_of_their_own():
    weights = {
        name.replace("forward_", "upward_"): array for name, array in NAMED.items() if "/simple_rnn/" not in name
    }
    message = refused(rnn_tui.from_keras, {**weights, "dense/kernel": drawn(3, 3)})
    assert "2 recurrent layers that don't read each other: " in message


def test_a_compiled_model_says_that_it_gives_numbers():
    for loss in ("mse", "mean_squared_error", SimpleNamespace(name="huber")):
        assert gives_numbers(SimpleNamespace(loss=loss))
    for loss in (None, "binary_crossentropy", SimpleNamespace(name="categorical_crossentropy")):
        assert not gives_numbers(SimpleNamespace(loss=loss))


class Bidirectional:
    name = "both"

    def __init__(self, merge):
        self.merge = merge

    def get_config(self):
        return {"name": "both", "merge_mode": self.merge, "layer": {"class_name": "LSTM", "config": GATED}}


class TimeDistributed:
    def __init__(self, inside):
        self.layer = inside

    def get_config(self):
        return {"name": "every"}


class Dense:
    def get_config(self):
        return {"name": "inner", "activation": "softmax", "units": 2}


def test_a_live_model_tells_its_merges_and_what_is_wrapped():
    told = told_of(SimpleNamespace(layers=[Bidirectional("sum"), TimeDistributed(Dense())]))
    assert [(one.name, one.merge, one.recurs) for one in told] == [
        *(("both", "sum", True), ("every", None, False), ("inner", None, False))
    ]


class Custom:
    name = "mine"

    def get_config(self):
        raise NotImplementedError("Object Custom was created by passing non-serializable arguments\nOverride it")


class Silent(Custom):
    def get_config(self):
        return None


@pytest.mark.parametrize("custom", [Custom(), Silent()])
def test_a_layer_that_can_not_say_its_options_goes_by_its_name(custom):
    told = told_of(SimpleNamespace(layers=[custom, TimeDistributed(custom), Dense()]))
    assert [one.name for one in told] == ["mine", "every", "mine", "inner"]

    class Model(KerasModel):
        def __init__(self):
            super().__init__()
            self.layers = (*self.layers, custom)

    assert rnn_tui.from_keras(Model(), WORDS, LABELS).provenance["verified"]["against"] is not None
