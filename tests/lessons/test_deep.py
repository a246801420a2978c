"""Lessons about networks of several layers and both directions: their scenes, their numbers, their faults."""

from __future__ import annotations

import pytest

from rnn_tui.lessons import course
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.writing import add_stop
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import save
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.text import unsigned
from rnn_tui.traces import Traces
from tests.lessons.conftest import FRONT
from tests.questions.deep import network, recorded, text_of

NAME, STACK = "both ways, yes or no", "stack"


def scene_of(text, *arguments):
    return f'```scene\n-m ./deep.safetensors -s "{text}" {" ".join(arguments)}\n```\n'


def lesson_of(written, name, body, *arguments):
    """The lesson of one scene beside its model, and its faults as (line, what is said)."""
    path = written(f"{FRONT}{scene_of(text_of(name), *arguments)}{body}")
    save(network(name), path.with_name("deep.safetensors"))
    lesson, faults = faults_of(path.read_text(encoding="utf-8"), path)
    return lesson, [(fault.line, fault.said) for fault in faults]


@pytest.mark.parametrize(
    ("arguments", "position"),
    [
        (("--at", "2:gates"), Position(1, 2, 0)),
        (("--at", "2:gates", "--direction", "backward"), Position(1, 2, 1)),
        (("--at", "2:multiply", "--layer", "2"), Position(1, 1, 2)),
        (("--at", "2:read", "--layer", "2", "--direction", "backward"), Position(1, 0, 3)),
        (("--at", "4:check"), Position(3, 1, 5)),
    ],
)
def test_a_scene_names_its_lane(written, arguments, position):
    lesson, faults = lesson_of(written, NAME, "Prose.\n", *arguments)
    assert faults == []
    scene, trace = open_stop(lesson, lesson.stops[0], Traces())
    assert scene.position == position
    assert trace.on(position.floor).model.floor.index == position.floor


@pytest.mark.parametrize("floor", range(4))
def test_a_placeholder_leads_into_a_lane(floor):
    trace = recorded(NAME)
    lane = f"layers[{floor // 2}].{('forward', 'backward')[floor % 2]}"
    value = float(trace.on(floor).values["h"][1, 0])
    assert value_in_words(trace, f"steps[1].{lane}.h[0]") == unsigned(value)
    before = 2 if floor % 2 else 0
    assert value_in_words(trace, f"steps[1].{lane}.h_prev[0]") == unsigned(
        float(trace.on(floor).values["h"][before, 0])
    )


def test_placeholders_of_answers():
    yes = float(recorded(NAME).values["probs"][-1, 1])
    assert value_in_words(recorded(NAME), "steps[-1].probs[1]:%") == f"{100 * yes:.0f}%"
    number = float(recorded("added up, a number").values["outputs"][-1, 0])
    assert value_in_words(recorded("added up, a number"), "prediction.outputs[0]") == unsigned(number)
    with pytest.raises(UserError, match="stands behind what is no list"):
        value_in_words(recorded(NAME), "steps[0].probs[1]")  # before the last word there is no answer


@pytest.mark.parametrize(
    ("body", "arguments", "said"),
    [
        ("{steps[1].layers[2].forward.h[0]}", (), "there is no [2]; there are 2 values, so [0] to [1]"),
        ("{steps[1].layers[0].backwards.h[0]}", (), "there is no “backwards”; there are forward, backward"),
        ("{steps[1].h[0]}", (), "there is no “h”; there are t, token, x, layers"),
        ("Prose.", ("--layer", "3"), "--layer 3: there is no such layer; the model has 1 to 2"),
        ("Prose.", ("--at", "2:check"), "there is an answer after the last word alone, since a lane reads from there"),
        ("```question\nhigher\n```", (), "answers with a label, not with a number"),
        (
            "```question\ndirection h[1]\n```",
            ("--direction", "backward", "--at", "1:blend"),
            "at the first word in layer 1, backward is to be seen already; ask it earlier, such as at 1:candidate",
        ),
    ],
)
def test_faults_are_found(written, body, arguments, said):
    _, faults = lesson_of(written, NAME, f"{body}\n", *arguments)
    assert len(faults) == 1
    assert said in faults[0][1]


def test_prose_that_tells_the_answer_of_a_lane_is_a_fault(written):
    asked = "```question\nsign h[1]\n```\n"
    lane = "layers[0].backward"
    _, faults = lesson_of(written, NAME, f"It is {{steps[-2].{lane}.h[-2]}}.\n\n{asked}", "--direction backward --at 3")
    assert [said for _, said in faults] == [
        f"{{steps[-2].{lane}.h[-2]}} tells the answer before it is asked for; write it after the question"
    ]
    other = lane.replace("backward", "forward")
    _, faults = lesson_of(written, NAME, f"It is {{steps[2].{other}.h[0]}}.\n\n{asked}", "--direction backward --at 3")
    assert faults == []


def test_a_lens_over_the_word_shows_what_its_lanes_know(written):
    asked = "```question\nsign h[1]\n```\n"
    lens = ("--lens", "path")
    _, faults = lesson_of(written, STACK, asked, "--at 2:multiply", "--layer 2", *lens)
    assert [said for _, said in faults] == [
        "the lens “path” shows the answer already; give the question a scene without it"
    ]
    assert lesson_of(written, STACK, asked, "--at 2:squash", *lens)[1] == []  # it asks about the next word


def test_a_second_question_of_a_stop_is_about_what_comes_later(written):
    first, second = "```question\nsign h[1]\n```\n", "```question\nsign pre_activation[1]\n```\n"
    _, faults = lesson_of(written, STACK, first + second, "--at 2:multiply", "--layer 2")
    assert [said for _, said in faults] == [
        "the question before it has shown the answer already; give it a scene of its own"
    ]
    assert lesson_of(written, STACK, second + first, "--at 2:multiply", "--layer 2")[1] == []


def test_a_question_of_a_lane_is_asked_there(written):
    lesson, faults = lesson_of(written, NAME, "```question\nsign h[2]\n```\n", "--layer 2 --direction backward --at 3")
    assert faults == []
    scene, trace = open_stop(lesson, lesson.stops[0], Traces())
    question = question_of(lesson.stops[0].parts[-1], scene, trace)
    assert question.target == "steps[2].layers[1].backward.h[1]"


def test_a_stop_that_is_added_stands_in_the_same_lane(tmp_path):
    save(network(NAME), tmp_path / "deep.safetensors")
    path = tmp_path / "mine.md"
    for floor in range(len(network(NAME).floors)):
        position = recorded(NAME).order.first(floor)
        scene = Scene(Reading(str(tmp_path / "deep.safetensors"), text_of(NAME)), position=position)
        lesson = add_stop(path, scene, network(NAME).floors)
        assert open_stop(course.load(path), lesson.stops[-1], Traces())[0].position == position
