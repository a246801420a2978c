"""`trace --json` of networks with several layers or two directions (format 2), and of heads and other outputs."""

import json

import numpy as np
import pytest

from rnn_tui.export.trace_json import lines
from rnn_tui.network.errors import UserError
from rnn_tui.traced import value_at
from tests.builders import trace_of
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

TEXT = "the dog barked and slept"
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


def told(model, text=TEXT):
    return json.loads("".join(lines(trace_of(model, text))))


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
@pytest.mark.parametrize("merge", ["concat", "sum"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_every_lane_of_every_layer_follows_from_what_is_told(cell, merge, bidirectional):
    model = deep_model(cell, 3, bidirectional=bidirectional, merge=merge)

    found = told(model)

    assert found["format"] == 2
    assert found["layers"] == [{"cell": cell, "hidden_size": 3, "bidirectional": bidirectional}] * 3
    steps = found["steps"]
    for t, step in enumerate(steps):
        below = np.array(step["x"])
        for layer, values in zip(model.layers, step["layers"], strict=True):
            index = model.layers.index(layer)
            lanes = [(layer.forward, "forward", t - 1), (layer.backward, "backward", t + 1)]
            states = []
            for own, direction, earlier in lanes:
                if own is None:
                    assert values[direction] is None
                    continue
                lane = values[direction]
                before = steps[earlier]["layers"][index][direction] if 0 <= earlier < len(steps) else None
                assert lane["h_prev"] == (before["h"] if before else [0.0] * 3)
                state = tuple(np.array(before[name]) if before else np.zeros(3) for name in own.state_names)
                again = own.step(own.weight_ih @ below + own.bias_ih, state)
                for name, array in again.items():
                    np.testing.assert_allclose(lane[name], array, err_msg=name, **CLOSE)
                states.append(np.array(lane["h"]))
            below = states[0] if len(states) == 1 else sum(states) if merge == "sum" else np.concatenate(states)


def test_the_answer_of_two_lanes_comes_from_the_last_word_of_each():
    model = deep_model("gru", 2, bidirectional=True)

    steps = told(model)["steps"]

    ends = steps[-1]["layers"][1]["forward"]["h"] + steps[0]["layers"][1]["backward"]["h"]
    logits = model.fc.weight @ np.array(ends) + model.fc.bias
    np.testing.assert_allclose(steps[-1]["logits"], logits, **CLOSE)
    assert [step["logits"] for step in steps[:-1]] == [None] * 4
    assert [step["probs"] for step in steps[:-1]] == [None] * 4


def test_with_an_answer_for_each_word_every_step_has_one():
    model = deep_model("gru", 1, bidirectional=True, readout="each")

    for step in told(model)["steps"]:
        lanes = step["layers"][0]
        logits = model.fc.weight @ np.array(lanes["forward"]["h"] + lanes["backward"]["h"]) + model.fc.bias
        np.testing.assert_allclose(step["logits"], logits, **CLOSE)


@pytest.mark.parametrize("bidirectional", [False, True])
def test_what_stands_before_the_outputs_is_told_entry_by_entry(bidirectional):
    model = deep_model("elman", 1, bidirectional=bidirectional, readout="mean", head=HIDDEN_LAYER)

    steps = told(model)["steps"]

    last = steps[-1]
    hidden = model.head[0].linear.weight @ np.array(last["context"]) + model.head[0].linear.bias
    np.testing.assert_allclose(last["head"], [np.maximum(hidden, 0)], **CLOSE)
    np.testing.assert_allclose(last["logits"], model.fc.weight @ np.array(last["head"][0]) + model.fc.bias, **CLOSE)
    assert "head_sum.0" not in last
    assert (steps[0]["head"] is None) == bidirectional
    assert (steps[0]["context"] is None) == bidirectional


def test_one_logit_has_two_probabilities():
    found = told(deep_model("gru", 1, output="yes_no"))

    assert found["format"] == 1
    (logit,), (no, yes) = found["steps"][-1]["logits"], found["steps"][-1]["probs"]
    assert yes == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-6)
    assert no == pytest.approx(1 - yes, abs=1e-6)
    assert found["prediction"]["label"] == ("Yes" if yes > no else "No")


def test_numbers_as_answers_are_told_in_their_unit():
    found = told(deep_model("gru", 2, output="number", inputs="vectors"), VECTORS)

    assert found["format"] == 2
    for step in found["steps"]:
        assert "probs" not in step
        np.testing.assert_allclose(step["outputs"], np.array(step["logits"]) * 5 + 20, **CLOSE)
    assert found["prediction"] == {"outputs": found["steps"][-1]["outputs"]}
    np.testing.assert_allclose(found["steps"][0]["x"], [(0.1 - 0.5) / 2, 0.7, 0.0], **CLOSE)


def test_a_path_leads_into_a_lane():
    trace = trace_of(deep_model("gru", 2, bidirectional=True), TEXT)

    there = trace.layers[1].backward.values["h"][2][0]
    assert value_at(trace, "steps[2].layers[1].backward.h[0]") == pytest.approx(float(there))
    with pytest.raises(UserError, match="has no value in this scene"):
        value_at(trace, "steps[0].logits")
