"""Edits of deep networks: which lane they act on, in which form, and what comes of them."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.edits import Hold, Lane, SetParameter, Silence, apply_edits, parse_edit
from rnn_tui.network.changes import lanes, settable
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.network.trace import run
from tests.deep import HIDDEN_LAYER, deep_model

DEEP = deep_model("lstm", 2, bidirectional=True, head=HIDDEN_LAYER)
STACK = deep_model("elman", 2)
TOKENS = DEEP.tokenize("the dog barked and slept")
UPPER_BACKWARD = Lane(1, True)


def lane(trace, layer, *, backward):
    recording = trace.layers[layer]
    return recording.backward if backward else recording.forward


def edited(model, *texts):
    return run(*apply_edits(model, TOKENS, [parse_edit(text) for text in texts]))


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("silence 3", Silence(2)),
        ("silence 3 layer 2", Silence(2, Lane(1))),
        ("silence 3 backward", Silence(2, Lane(0, True))),
        ("silence 3 layer 2 backward", Silence(2, UPPER_BACKWARD)),
        ("hold h[3] 0.5 at 2 layer 2 backward", Hold("h", 2, 0.5, 1, UPPER_BACKWARD)),
        ("hold c[1] -1 at 2 backward", Hold("c", 0, -1.0, 1, Lane(0, True))),
        ("set weight_hh[1,2] 0.25 layer 2", SetParameter("weight_hh", (0, 1), 0.25, Lane(1))),
        ("set head.0.weight[1,2] 0.25", SetParameter("head.0.weight", (0, 1), 0.25)),
    ],
)
def test_the_lane_stands_at_the_end_of_the_text(text, edit):
    assert parse_edit(text) == edit
    assert edit.to_text() == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("silence 3 layer", "a layer is missing"),
        ("silence 3 layer two", "no place"),
        ("silence 3 layer 0", "no place"),
        ("silence layer 2", "a place is missing|no place"),
        ("hold h[3] 0.5 at layer 2", "a place is missing|no place|it takes"),
    ],
)
def test_a_lane_that_is_none_is_no_edit(text, why):
    with pytest.raises(UserError, match=why):
        parse_edit(text)


@pytest.mark.parametrize(
    ("model", "text", "why"),
    [
        (DEEP, "silence 1 layer 3", "there is no layer 3; the model has 1 to 2"),
        (STACK, "silence 1 layer 2 backward", "layer 2 of the model reads forward alone"),
        (STACK, "hold h[1] 1 at 1 backward", "layer 1 of the model reads forward alone"),
        (DEEP, "set weight_hh[1,1] 1 layer 9", "there is no layer 9"),
        (DEEP, "set head.7.weight[1,1] 1", "no parameter is called “head.7.weight”"),
    ],
)
def test_a_lane_that_is_not_there_is_named(model, text, why):
    with pytest.raises(InputError, match=why):
        edited(model, text)


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("backward", [False, True])
def test_a_silenced_unit_is_zero_in_its_lane_alone(layer, backward):
    trace = edited(DEEP, Silence(1, Lane(layer, backward)).to_text())
    for index, back, _ in lanes(DEEP):
        silent = not lane(trace, index, backward=back).values["h"][:, 1].any()
        assert silent == ((index, back) == (layer, backward))


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("backward", [False, True])
def test_a_held_value_stands_in_its_lane_and_what_follows_in_its_direction_follows(layer, backward):
    plain, held = run(DEEP, TOKENS), edited(DEEP, Hold("h", 1, 0.75, 2, Lane(layer, backward)).to_text())

    there, was = (lane(trace, layer, backward=backward).values["h"] for trace in (held, plain))
    assert there[2, 1] == pytest.approx(0.75)
    before, after = (slice(3, None), slice(0, 2)) if backward else (slice(0, 2), slice(3, None))
    np.testing.assert_allclose(there[before], was[before], atol=1e-6)  # in other sums, so in other roundings
    assert (there[after] != was[after]).any(axis=1).all()
    # and it is what comes of that lane's own steps from the held value on
    cell = lane(held, layer, backward=backward).cell
    state = tuple(lane(held, layer, backward=backward).values[name][2] for name in cell.state_names)
    following = 1 if backward else 3
    again = cell.step(lane(held, layer, backward=backward).values["ih"][following], state)
    np.testing.assert_allclose(there[following], again["h"], rtol=1e-5)


def test_a_weight_of_a_lane_is_set_there_alone():
    trace = edited(DEEP, "set weight_hh[1,2] 0.25 layer 2 backward")
    for index, backward, cell in lanes(trace.model):
        here = (index, backward) == (1, True)
        assert (cell.weight_hh[0, 1] == np.float32(0.25)) == here


@pytest.mark.parametrize("name", [name for name in settable(DEEP) if "." in name])
def test_parameters_above_the_lanes_can_be_set(name):
    index = "[1]" if name.endswith("bias") else "[1,2]"
    trace = edited(DEEP, f"set {name}{index} 0.25")
    assert trace.model.tensors()[name][(0,) if name.endswith("bias") else (0, 1)] == np.float32(0.25)
    assert not np.array_equal(trace.values["probs"][-1], run(DEEP, TOKENS).values["probs"][-1])


def test_the_memory_is_scaled_and_cut_off_in_every_lane():
    for text, factor in (("scale-memory 0.5", 0.5), ("forget", 0.0)):
        changed = edited(DEEP, text).model
        for (_, _, was), (_, _, cell) in zip(lanes(DEEP), lanes(changed), strict=True):
            np.testing.assert_array_equal(cell.weight_hh, was.weight_hh * np.float32(factor))


def test_the_squash_is_changed_in_every_lane_that_has_one():
    assert {cell.activation for _, _, cell in lanes(edited(STACK, "activation relu").model)} == {"relu"}
    mixed = replace(DEEP, layers=(DEEP.layers[0], *deep_model("elman", 2, bidirectional=True).layers[1:]))
    kinds = [cell.activation for _, _, cell in lanes(edited(mixed, "activation relu").model)]
    assert kinds == [None, None, "relu", "relu"]


def test_a_silenced_unit_is_silent_whatever_is_held():
    trace = edited(DEEP, "hold h[2] 0.5 at 3 layer 2 backward", "silence 2 layer 2 backward")
    assert not trace.layers[1].backward.values["h"][:, 1].any()
    # another lane's unit of the same number is held
    trace = edited(DEEP, "hold h[2] 0.5 at 3", "silence 2 layer 2 backward")
    assert trace.layers[0].forward.values["h"][2, 1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (Silence(1, UPPER_BACKWARD), "unit 2 in layer 2, backward silenced"),
        (Hold("h", 1, 0.5, 0, Lane(1)), "unit 2 in layer 2 held at 0.50 at word 1"),
        (Hold("f", 1, 0.5, 0, Lane(0, True)), "the keep gate of unit 2 in layer 1, backward held at 50% at word 1"),
        (SetParameter("weight_hh", (0, 1), 0.25, Lane(1)), "the weight from unit 2 to"),
        (SetParameter("head.0.bias", (0,), 0.25), "the bias of unit 1 of head.0 at 0.25"),
    ],
)
def test_an_edit_says_its_lane_in_words(edit, told):
    assert edit.told(DEEP).startswith(told)
