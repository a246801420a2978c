"""Questions of deep networks are about what comes next in the order of the walk, and about nothing seen already."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.questions.asking import possible, question_at
from rnn_tui.questions.practice import standing
from rnn_tui.scene import Position
from tests.questions.asking import everything
from tests.questions.deep import KINDS, network, recorded, scene_at, scenes


def ask(name, text, t, floor=0, phase=0, **shown):
    return question_at(text, scene_at(name, Position(t, phase, floor), **shown), recorded(name))


def walked(trace):
    """The positions of a walk, in an order that is made here: lanes, then what stands above both."""
    model, words = trace.model, range(len(trace))
    floors = model.floors
    if not any(floor.backward for floor in floors):
        return [Position(t, p, f.index) for t in words for f in floors for p in range(len(f.phases))]
    order = []
    lanes = [floor for floor in floors if floor.layer is not None]
    for lane in lanes:
        for t in reversed(words) if lane.backward else words:
            order += [Position(t, phase, lane.index) for phase in range(len(lane.phases))]
    above = [floor for floor in floors if floor.layer is None]
    for t in words if model.readout.kind == "each" else words[-1:]:
        order += [Position(t, phase, floor.index) for floor in above for phase in range(len(floor.phases))]
    return order


@pytest.mark.parametrize("name", list(KINDS))
def test_what_is_asked_has_not_been_computed_yet(name):
    order, trace = walked(recorded(name)), recorded(name)
    kinds = set()
    for scene, _ in scenes(name, 3):
        here = order.index(scene.position)
        for question in everything(scene, trace, draws=2, seed=here):
            if question.kind == "reading":
                continue
            again = question.uncovers and here == len(order) - 1  # at the end the answer is covered
            assert order.index(question.reveals) > here or again, question.text
            kinds.add(question.kind)
    assert {"value", "direction", "sign", "next-phase"} <= kinds


@pytest.mark.parametrize("name", list(KINDS))
def test_what_is_suggested_can_be_asked(name):
    trace = recorded(name)
    for scene, _ in scenes(name, 6):
        for text in possible(scene, trace):
            assert question_at(text, scene, trace).text


@pytest.mark.parametrize("name", list(KINDS))
def test_the_operation_that_comes_next_is_the_next_of_the_walk(name):
    order, trace = walked(recorded(name)), recorded(name)
    floors = trace.model.floors
    for here, after in pairwise(order):
        question = question_at("next-phase", scene_at(name, here), trace)
        assert question.answer == floors[after.floor].phases[after.phase].title
        assert question.reveals == after
        assert question.answer in question.choices


def test_the_text_form_is_about_the_lane_of_the_position():
    name = "both ways, yes or no"
    trace = recorded(name)
    for floor, target in enumerate(
        ("layers[0].forward", "layers[0].backward", "layers[1].forward", "layers[1].backward")
    ):
        question = ask(name, "sign h[2]", 1, floor)
        assert question.target == f"steps[1].{target}.h[1]"
        assert question.answer == _sign(trace.on(floor).values["h"][1, 1])
        lane = target.replace("layers[0].", "layer 1, ").replace("layers[1].", "layer 2, ")
        assert question.ask.startswith(f"Unit 2 ({lane}) at word 2")
        assert question.scene.position.floor == question.reveals.floor == floor


def _sign(value):
    return "about zero" if abs(value) < 0.05 else "positive" if value > 0 else "negative"


def test_of_a_stack_the_layer_is_named_alone_and_of_one_layer_the_lane():
    assert "Unit 1 (layer 2) at" in ask("stack", "sign h[1]", 0, 1).ask
    assert "(the backward lane)" in ask("an answer for each", "direction h[1]", 2, 1).ask


def test_a_backward_lane_asks_about_the_word_before_next():
    name = "an answer for each"
    trace = recorded(name)
    last = len(trace.on(1).model.phases) - 1
    question = ask(name, "direction h[1]", 2, 1, last)
    assert question.reveals == Position(1, last, 1)
    change = trace.on(1).values["h"][1, 0] - trace.on(1).values["h"][2, 0]
    assert question.answer == ("about the same" if abs(change) < 0.05 else "up" if change > 0 else "down")
    assert ask(name, "reading next", 2, 1).answer == trace.tokens[1].text
    with pytest.raises(UserError, match="at the first word in the backward lane is to be seen already; ask it earlier"):
        ask(name, "direction h[1]", 0, 1, last)
    with pytest.raises(UserError, match="no word comes after the first in this lane, which reads from the last on"):
        ask(name, "reading next", 0, 1)


def test_where_to_ask_it_earlier_names_the_lane():
    name = "averaged, both ways"
    with pytest.raises(UserError, match="such as at 1:add --layer 2 --direction backward"):
        ask(name, "sign h[1]", 0, 3, len(recorded(name).on(3).model.phases) - 1)


def test_what_makes_the_answer_can_be_asked_in_any_lane():
    name = "both ways, yes or no"
    trace, floors = recorded(name), network(name).floors
    for floor in range(4):
        question = ask(name, "sign logits[1]", 2, floor)
        assert question.target == f"steps[{len(trace) - 1}].logits[0]"
        assert question.reveals == Position(len(trace) - 1, len(floors[-1].phases) - 1, len(floors) - 1)
        assert question.uncovers


@pytest.mark.parametrize(
    ("name", "text", "floor", "said"),
    [
        ("stack", "sign x[1]", 1, "x is what layer 1 has handed up, which is to be seen already"),
        ("an answer for each", "value x[1]", 1, "x is what a forward lane has read, which is to be seen already"),
        ("averaged, both ways", "sign h[1]", 4, "the two lanes stand side by side here as they were to be seen before"),
        ("added up, a number", "direction h[1]", 4, "above the lanes nothing is carried from word to word"),
        ("added up, a number", "label", 0, "this network answers with a number, not with a label; ask for “higher”"),
        ("added up, a number", "word", 0, "answers with a number"),
        ("added up, a number", "exchanged 1 2", 0, "answers with a number"),
        ("added up, a number", "without-memory", 0, "answers with a number"),
        ("added up, a number", "probability next", 0, "answers with a number"),
        ("added up, a number", "sign outputs[1]", 0, "is a number in a unit of its own; ask for “higher” or “number”"),
        ("stack", "higher", 0, "this network answers with a label, not with a number; ask for “label”"),
        ("stack", "number", 0, "answers with a label"),
        ("last step, two numbers", "number snow", 0, "“snow” is no number of this network; it has rain or wind"),
        ("last step, two numbers", "higher", 0, "nothing is no number of this network; it has rain or wind"),
        ("stack", "sign y[1]", 0, "here is no “y”; here are x, ih, hh, pre_activation, h, logits, probs"),
        ("both ways, yes or no", "sign head_sum.0[1]", 5, "here is no “head_sum.0”"),
        ("stack", "largest steps[0].h[0] steps[0].h[1]", 0, "“steps[0].h[0]”: there is no “h”; there are t, token"),
        ("stack", "largest h[0] h[1]", 0, "such as steps[0].layers[0].forward.h[2] for word 1 and unit 3"),
        (
            "stack",
            "largest steps[0].layers[0].backward.h[0] steps[0].layers[0].forward.h[0]",
            0,
            "stands behind what has no names inside",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(name, text, floor, said):
    t = len(recorded(name)) - 1 if floor >= 4 else 0
    with pytest.raises(UserError) as raised:
        ask(name, text, t, floor)
    assert said in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_the_largest_of_two_layers_reveals_the_later():
    name = "stack"
    paths = ("steps[1].layers[0].forward.h[0]", "steps[1].layers[1].forward.h[0]")
    question = ask(name, f"largest {' '.join(paths)}", 0)
    trace = recorded(name)
    h = [float(trace.on(floor).values["h"][1, 0]) for floor in (0, 1)]
    assert question.target == paths[h.index(max(h))]
    assert question.reveals == Position(1, 3, 1)
    assert question.choices == paths


@pytest.mark.parametrize("floor", range(4))
def test_practice_says_in_which_lane_the_walk_stands(floor):
    question = ask("both ways, yes or no", "next-phase", 1, floor)
    assert standing(question).endswith(
        f"in {'Read' if floor < 2 else 'Take up'} of layer {floor // 2 + 1}, {('forward', 'backward')[floor % 2]}."
    )
