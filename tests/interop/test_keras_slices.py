"""A step that a saved Keras model picks with an index: the last one is read, any other is refused."""

import json

import pytest

from rnn_tui.interop.keras_config import Said, said_in
from rnn_tui.network.errors import UserError
from tests.interop.test_keras_config import layer

EVERY = {"start": None, "stop": None, "step": None}


def full(form):
    return {"class_name": "__slice__", "config": EVERY} if form == 3 else EVERY


def part(start, stop, step=None):
    return {"class_name": "__slice__", "config": {"start": start, "stop": stop, "step": step}}


ELLIPSIS = {"class_name": "__ellipsis__", "config": {}}


def reading(name, index=0):
    return {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, index]}}


def functional(*layers):
    """The model_config of layers that each read the one that is named."""
    listed = []
    for name, one, nodes in layers:
        listed.append({**one, "config": {**one["config"], "name": name}, "name": name, "inbound_nodes": nodes})
    return json.dumps({"class_name": "Functional", "config": {"name": "mine", "layers": listed}})


def picked(key, form=3, *, read="rnn", index=0):
    """The node of a layer that picks with this index, as Keras 3 or Keras 2 writes it."""
    if form == 3:
        return [{"args": [reading(read, index), key], "kwargs": {}}]
    return [[read, 0, index, {"slice_spec": key}]]


def network(nodes, form=3, *, between=(), sequences=True, before_dense="pick"):
    kind = "GetItem" if form == 3 else "SlicingOpLambda"
    node = (
        (lambda name: [{"args": [reading(name)], "kwargs": {}}]) if form == 3 else (lambda name: [[[name, 0, 0, {}]]])
    )
    return functional(
        ("words", layer("InputLayer"), []),
        ("emb", layer("Embedding", input_dim=7, output_dim=4), node("words")),
        ("rnn", layer("SimpleRNN", activation="relu", return_sequences=sequences), node("emb")),
        *((name, one, node(read)) for name, one, read in between),
        ("pick", layer(kind), nodes),
        ("dense", layer("Dense", units=3, activation="softmax"), node(before_dense)),
    )


@pytest.mark.parametrize("form", [2, 3])
@pytest.mark.parametrize("rest", [1, 0])
def test_the_last_step_is_the_readout_last(form, rest):
    key = [full(form), -1, *[full(form)] * rest]
    assert said_in(network(picked(key, form), form), "m.keras") == Said("relu", "last", ())


def test_the_last_step_by_other_indices_and_of_what_goes_by_steps():
    assert said_in(network(picked([ELLIPSIS, -1, full(3)])), "m.keras").readout == "last"
    assert said_in(network(picked([full(3), -1, ELLIPSIS])), "m.keras").readout == "last"
    keyword = [{"args": [reading("rnn")], "kwargs": {"key": [full(3), -1]}}]
    assert said_in(network(keyword), "m.keras").readout == "last"
    # given what has a step for each of the recurrent layer's
    between = (("drop", layer("Dropout", rate=0.5), "rnn"), ("relu", layer("Activation", activation="relu"), "drop"))
    said = said_in(network(picked([full(3), -1], read="relu"), between=between), "m.keras")
    assert said == Said("relu", "last", ("relu",))


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ([full(3), 0, full(3)], "picks h[:, 0, :]; supported is the last step, h[:, -1, :]"),
        ([full(3), part(None, -1)], "picks h[:, :-1]; supported is the last step"),
        ([full(3), part(None, None, -1)], "picks h[:, ::-1]; supported"),
        ([ELLIPSIS, -1], "picks h[..., -1]; supported is the last step"),
        ([full(2), -2], "picks h[:, -2]; supported"),
        (["Ellipsis", 2], "picks h[..., 2]; supported"),
        (-1, "picks something that it doesn't tell; supported is the last step"),
    ],
)
def test_any_other_step_is_refused_by_what_is_picked(key, says):
    with pytest.raises(UserError) as raised:
        said_in(network(picked(key)), "m.keras")
    assert str(raised.value).startswith(f"m.keras: the Keras layer pick {says}")


@pytest.mark.parametrize(
    "text",
    [
        network(picked([full(3), -1]), sequences=False),
        network(picked([full(3), -1], index=1)),
        network([{"args": [None, [full(3), -1]]}]),
        network(picked([full(3), -1], read="pool"), between=(("pool", layer("GlobalMaxPooling1D"), "rnn"),)),
    ],
    ids=["one state", "its last state", "nothing", "pooled"],
)
def test_the_last_of_something_else_is_refused(text):
    with pytest.raises(UserError, match=r"pick picks h\[:, -1\] of what isn't all steps of the recurrent layer"):
        said_in(text, "m.keras")


def test_a_model_that_reads_all_steps_too_is_refused():
    with pytest.raises(UserError, match="the Keras layer rnn is read by dense and pick; supported is by one"):
        said_in(network(picked([full(3), -1]), before_dense="rnn"), "m.keras")
