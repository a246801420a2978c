"""Deep networks: who computes from the numbers in a question is right, and each slip between lanes is known by name.

The person is that of `test_by_hand`. What a slip leads to is worked out here again, from the recording alone.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.network.errors import UserError
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.marking import answer_in_words, mark, tolerance_in_words
from rnn_tui.questions.question import SLIPS
from rnn_tui.rounding import as_shown
from rnn_tui.scene import Position
from tests.builders import trace_of
from tests.deep import HIDDEN_LAYER, deep_model
from tests.questions.deep import KINDS, network, recorded, scene_at, text_of
from tests.questions.test_by_hand import Person, left_sides, numbers_at

EXACT = 1e-6


@st.composite
def drawn_questions(draw):
    """Questions with numbers somewhere in one of the networks."""
    name, seed = draw(st.sampled_from(list(KINDS))), draw(st.integers(0, 30))
    trace = recorded(name, seed)
    scene = scene_at(name, trace.order.at(draw(st.integers(0, len(trace.order) - 1))))
    return numbers_at(scene, trace, draws=12, seed=seed)


@settings(max_examples=60, deadline=None)
@given(drawn_questions(), st.sampled_from((None, 2, 3, 4)))
def test_who_computes_with_the_numbers_shown_is_right(questions, digits):
    for question in questions:
        equation = left_sides(question)
        if equation is not None:
            assert mark(question, f"{Person(digits).of(equation[0]):.6f}").right, (question.ask, question.why)


@settings(max_examples=60, deadline=None)
@given(drawn_questions())
def test_each_slip_is_recognised_and_the_answer_is_never_wrong(questions):
    for question in questions:
        for digits in (3, 6):
            assert mark(question, f"{question.answer:.{digits}f}").right
        for slip in question.slips:
            assert slip.name in SLIPS
            if question.share and abs(slip.value) > 1:  # read as per cent
                continue
            marked = mark(question, f"{slip.value:.6f}")
            assert not marked.right
            assert slip in marked.slips


def value_of(name, text, position, seed=0):
    return question_at(f"value {text}", scene_at(name, position), recorded(name, seed))


def shown(array):
    return np.array([as_shown(float(value)) for value in array])


def slips_named(question, name):
    """The numbers that slips of a name lead to, each by what is said of it."""
    return {slip.said: slip.value for slip in question.slips if slip.name == name}


def test_the_number_of_another_lane_is_known():
    name, at = "both ways, yes or no", 1
    trace = recorded(name)
    question = value_of(name, "h[1]", Position(at, 0, 3))
    h = [float(trace.on(floor).values["h"][at, 0]) for floor in range(4)]
    assert question.answer == pytest.approx(h[3], abs=EXACT)
    layer = "That is the number of layer 1, backward: that of layer 2, backward was asked for."
    direction = "That is the number of layer 2, forward: that of layer 2, backward was asked for."
    assert slips_named(question, "layer")[layer] == as_shown(h[1])
    assert slips_named(question, "direction")[direction] == as_shown(h[2])
    assert mark(question, f"{h[2]:.2f}").slip == "direction"


@pytest.mark.parametrize("floor", [2, 3])
def test_a_sum_with_the_memory_of_another_lane_or_of_the_other_neighbour_is_known(floor):
    name, t, told = "averaged, both ways", 2, []
    for seed in range(4):
        trace = recorded(name, seed)
        cell = trace.model.on(floor).cell
        question = value_of(name, "hh[1]", Position(t, 0, floor), seed)
        h = {index: trace.on(index).values["h"] for index in range(4)}
        later, sibling, below = (t - 1, 2, h[1][t + 1]) if floor == 3 else (t + 1, 3, h[0][t - 1])
        taken = [
            ("direction", h[floor][later], f"word {later + 1}"),
            ("direction", trace.on(sibling).before(t)["h"], f"layer 2, {'forward' if floor == 3 else 'backward'}"),
            ("layer", below, "layer 1"),
        ]
        assert question.answer == pytest.approx(float(trace.on(floor).values["hh"][t, 0]), abs=EXACT)
        for slip, memory, said in taken:
            wrong = float(shown(cell.weight_hh[0]) @ shown(memory)) + as_shown(float(cell.bias_hh[0]))
            if abs(wrong - question.answer) > question.tolerance + 1e-9:
                found = [one for one, value in slips_named(question, slip).items() if abs(value - wrong) < EXACT]
                assert any(said in one for one in found), found
                told += found
    beside = "which stands before this one" if floor == 3 else "which stands after this one"
    for said in (beside, "layer 1", "layer 2, forward, not of" if floor == 3 else "layer 2, backward, not of"):
        assert any(said in one for one in told), said


def test_the_old_memory_in_an_equation_is_taken_from_another_lane():
    name, t, floor = "both ways, yes or no", 1, 3
    trace = recorded(name)
    question = value_of(name, "h[2]", Position(t, 0, floor))
    step = trace.on(floor)[t]
    z, n = (as_shown(float(step[gate][1])) for gate in "zn")
    for name_of_slip, memory in (
        ("layer", trace.on(1).before(t)["h"]),
        ("direction", trace.on(2).before(t)["h"]),
        ("direction", trace.on(3).values["h"][t - 1]),
    ):
        wrong = (1 - z) * n + z * as_shown(float(memory[1]))
        if abs(wrong - question.answer) > question.tolerance:
            assert any(abs(value - wrong) < EXACT for value in slips_named(question, name_of_slip).values())


def test_an_upper_layer_multiplies_what_is_handed_up_and_not_its_own_memory():
    name, t = "stack", 2
    trace = recorded(name)
    question = value_of(name, "ih[1]", Position(t, 0, 1))
    model = trace.model.on(1)
    weights, bias = shown(model.cell.weight_ih[0]), as_shown(float(model.cell.bias_ih[0]))
    own = float(weights @ shown(trace.on(1).before(t)["h"])) + bias
    handed = float(weights @ shown(trace.on(0).values["h"][t])) + bias
    assert question.answer == pytest.approx(handed, abs=question.tolerance)
    assert "what layer 1 hands up (" in question.ask
    said = "That takes this layer's own memory, not what the layer below hands up."
    assert slips_named(question, "layer")[said] == pytest.approx(own, abs=EXACT)


def test_the_output_nodes_read_the_top_layer_and_not_the_one_below():
    name = "stack"
    trace = recorded(name)
    question = value_of(name, "logits[2]", Position(0, 0, 1))
    weights, bias = shown(trace.model.fc.weight[1]), as_shown(float(trace.model.fc.bias[1]))
    below = float(weights @ shown(trace.on(0).values["h"][0])) + bias
    said = "That takes the memory of layer 1, not of the top layer."
    assert slips_named(question, "layer")[said] == pytest.approx(below, abs=EXACT)


@pytest.mark.parametrize("whole", ["", " whole"])
def test_a_hidden_layer_of_the_head_by_hand(whole):
    model = deep_model("elman", 1, bidirectional=True, head=HIDDEN_LAYER, hidden=2)
    trace = trace_of(model, text_of("stack"))
    found = 0
    for unit in range(4):
        scene = scene_at("stack", trace.order.first(2))
        try:
            question = question_at(f"value head.0[{unit + 1}]{whole}", scene, trace)
        except UserError:
            continue
        entry = model.head[0]
        total = entry.linear.weight[unit] @ trace.met[-1] + entry.linear.bias[unit]
        assert question.answer == pytest.approx(max(0.0, float(total)), abs=1e-5)
        assert question.target == f"steps[{len(trace) - 1}].head[0][{unit}]"
        assert mark(question, f"{Person(2).of(left_sides(question)[0]):.2f}").right
        assert question.ask.startswith(f"Unit {unit + 1} (the hidden layer) at word")
        squash = {slip.value for slip in question.slips if slip.name == "squash"}
        assert total > 0 or any(abs(value - total) < 0.05 for value in squash)
        found += 1
    assert found


def test_two_lanes_that_are_added_up_by_hand():
    model = deep_model("elman", 1, bidirectional=True, merge="sum", readout="each", hidden=3)
    trace = trace_of(model, text_of("stack"))
    question = question_at("value h[2]", scene_at("stack", Position(1, 0, 2)), trace)
    forward, backward = (float(lane.values["h"][2, 1]) for lane in (trace.layers[0].forward, trace.layers[0].backward))
    assert question.answer == pytest.approx(forward + backward, abs=EXACT)
    assert question.reveals == Position(2, 0, 2)
    assert slips_named(question, "direction") == {
        "That is the number of the forward lane alone.": as_shown(forward),
        "That is the number of the backward lane alone.": as_shown(backward),
    }
    assert Person(None).of(left_sides(question)[0]) == pytest.approx(as_shown(forward) + as_shown(backward), abs=EXACT)
    assert question.target == "steps[2].h[1]"


def test_one_logit_by_hand():
    name = "both ways, yes or no"
    trace = recorded(name)
    last, floors = len(trace) - 1, trace.model.floors
    at = Position(last, len(floors[-1].phases) - 2, len(floors) - 1)
    score = as_shown(float(trace.values["logits"][-1, 0]))
    yes = 1 / (1 + np.exp(-score))
    for label, share in ((2, yes), (1, 1 - yes)):
        question = value_of(name, f"probs[{label}]", at)
        assert question.answer == pytest.approx(share, abs=question.tolerance)
        assert question.share
        assert slips_named(question, "row").popitem()[1] == pytest.approx(1 - share, abs=EXACT)
        assert Person(None).of(left_sides(question)[0]) == pytest.approx(share, abs=EXACT)
    label = question_at("label", scene_at(name, at), trace)
    assert label.answer == ("Yes" if score > 0 else "No")
    assert ("above 0, which is Yes" if score > 0 else "below 0, which is No") in label.why


def test_a_number_in_its_unit_by_hand():
    name = "added up, a number"
    trace = recorded(name)
    last, floors = len(trace) - 1, trace.model.floors
    at = Position(last, len(floors[-1].phases) - 2, len(floors) - 1)
    question = value_of(name, "outputs[1]", at)
    logit = float(trace.values["logits"][-1, 0])
    assert question.answer == pytest.approx(logit * 5 + 20, abs=1e-4)
    assert question.amount
    assert question.tolerance < 0.1
    score = as_shown(logit)
    assert slips_named(question, "bias") == {"The mean has still to be added.": pytest.approx(score * 5, abs=EXACT)}
    assert mark(question, f"{score * 5 + 20:.2f}").right
    assert not mark(question, f"{score * 5:.2f}").right
    assert re.fullmatch(r"\d\d\.\d+", answer_in_words(question))
    assert tolerance_in_words(question) == f"to within {question.tolerance:g}"
    assert question.target == f"steps[{last}].outputs[0]"


def test_a_guessed_number_is_right_within_half_of_the_spread():
    question = question_at("number", scene_at("added up, a number", Position()), recorded("added up, a number"))
    assert question.tolerance == 2.5
    assert mark(question, f"{question.answer + 2.4:.2f}").right
    assert not mark(question, f"{question.answer + 2.6:.2f}").right
    assert "(to within 2.5)" in question.ask
    assert network("added up, a number").output.std == (5.0,)
