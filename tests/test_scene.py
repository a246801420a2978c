"""Scenes and positions."""

import shlex
from argparse import ArgumentParser
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import DropWord, InsertWord, apply_edits, parse_edit
from rnn_tui.lenses import LENSES
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.options.scenes import add_scene_arguments, from_arguments
from rnn_tui.scene import (
    Position,
    Reading,
    Scene,
)
from rnn_tui.scene_text import arguments_of, parse_position
from tests.builders import build, trace_of
from tests.edits.drawn import ANY
from tests.hardening.reopening import as_opened

TRACE = trace_of(build())  # five words, five phases, three units
SCENES = st.builds(
    Scene,
    st.builds(Reading, st.just("small"), st.text(min_size=1), st.lists(ANY, max_size=4).map(tuple)),
    position=st.builds(Position, st.integers(0, 4), st.integers(0, 4)),
    unit=st.integers(0, 2),
    notation=st.booleans(),
    arithmetic=st.booleans(),
    hidden=st.booleans(),
    lens=st.sampled_from((None, *LENSES)),
    full=st.booleans(),
    what_if=st.booleans(),
    presenting=st.booleans(),
    scroll=st.integers(0, 50),
    weight=st.none() | st.integers(0, 20),
    chosen=st.integers(0, 4),
    temperature=st.sampled_from((0.0, 0.5, 0.8, 1.5)),
)


def read(arguments, trace=TRACE):
    parser = ArgumentParser()
    add_scene_arguments(parser)
    parsed = parser.parse_args(arguments)
    return from_arguments(parsed, parsed.model, parsed.sentence, trace)


@given(SCENES)
def test_a_scene_survives_its_text_form(scene):
    assert read(arguments_of(scene, TRACE.model.floors)) == scene


def test_a_scene_is_fitted_into_a_shorter_sentence_and_a_smaller_network():
    scene = Scene(Reading("m", "t"), position=Position(99, 99), unit=99)

    assert scene.fitted(TRACE) == Scene(Reading("m", "t"), position=Position(4, 4), unit=2)


def test_edits_stand_in_the_text_in_their_order():
    scene = Scene(Reading("m", "t", (DropWord(2), InsertWord(0, "it's"))))

    text = shlex.join(arguments_of(scene, TRACE.model.floors))

    assert text == """-m m -s t --at 1:read --edit 'drop 3' --edit 'insert 1 it'"'"'s'"""
    assert read(shlex.split(text)) == scene


def test_what_is_no_edit_is_no_scene():
    with pytest.raises(UserError, match="no edit is called “scale”, did you mean scale-memory"):
        read(["-m", "m", "-s", "t", "--edit", "forget", "--edit", "scale 2"])


def test_a_place_is_one_of_the_edited_sentence():
    # given a sentence of five words that has become one of six
    longer = run(*apply_edits(TRACE.model, TRACE.tokens, [parse_edit("insert 6 not")]))
    arguments = ["-m", "m", "-s", "t", "--edit", "insert 6 not", "--at", "6:add"]
    # when the scene is read against its trace, then the sixth word is there, and in the original it is not
    assert read(arguments, longer).position == Position(5, 2)
    with pytest.raises(UserError, match="the sentence has 5 words, so 1 to 5"):
        read(arguments)


def test_a_scene_is_fitted_into_the_edited_sentence():
    shorter = run(*apply_edits(TRACE.model, TRACE.tokens, [DropWord(4)]))

    assert Scene(Reading("m", "t"), position=Position(4, 1)).fitted(shorter).position == Position(3, 1)


def test_a_scene_at_another_position_is_the_same_otherwise():
    scene = Scene(Reading("m", "t"), position=Position(1, 2), unit=2, notation=True)

    assert scene.at(Position(0, 1)) == Scene(Reading("m", "t"), position=Position(0, 1), unit=2, notation=True)


@pytest.mark.parametrize(
    ("at", "position"), [(None, (0, 0)), ("3:add", (2, 2)), ("1:read", (0, 0)), ("5", (4, 0)), ("5:", (4, 0))]
)
def test_a_place_is_read(at, position):
    assert parse_position(at, TRACE) == Position(*position)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("6:add", "the sentence has 5 words, so 1 to 5"),
        ("0", "the sentence has 5 words, so 1 to 5"),
        ("2:gates", "no phase is called “gates”; this model has read, multiply, add, squash, check"),
        ("add", "expected WORD:PHASE, such as 1:multiply"),
        ("²:add", "expected WORD:PHASE"),
        ("-1", "expected WORD:PHASE"),
    ],
)
def test_a_wrong_place_is_said_in_one_line(at, expected):
    with pytest.raises(UserError, match="--at") as raised:
        parse_position(at, TRACE)
    assert expected in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("unit", ["0", "4"])
def test_a_unit_that_is_not_there_is_said(unit):
    with pytest.raises(UserError, match="the model has 3 hidden units, so 1 to 3"):
        read(["-m", "m", "-s", "t", "--unit", unit])


@pytest.mark.parametrize("shown", [{}, {"hidden": True}, {"lens": "memory", "arithmetic": True, "unit": 0}])
@pytest.mark.parametrize("text", ["direction h[2]", "label", "value ih[1]", "value logits[1]"])
def test_a_scene_with_a_question_survives_its_text_form_but_for_its_votes(text, shown):
    from rnn_tui.questions.opening import opened, question_of, revealed

    phase = 4 if "logits" in text else 0  # whether it is about this word or the next hangs on what is covered
    scene = Scene(Reading("small", "the dog barked and slept"), position=Position(1, phase), notation=True, **shown)
    asked = opened(text, scene, TRACE)
    voted = replace(asked, asked=replace(asked.asked, votes=((0, 1, 1), (1,)), given="0.5"))

    again = read(arguments_of(asked, TRACE.model.floors))
    assert again == asked
    assert again.asked.before == asked.asked.before == scene
    assert question_of(again, TRACE) == question_of(asked, TRACE)
    assert read(arguments_of(voted, TRACE.model.floors)) == as_opened(voted) == asked
    assert read(arguments_of(as_opened(voted), TRACE.model.floors)).asked.before == scene
    shown = revealed(voted, TRACE)
    assert read(arguments_of(shown, TRACE.model.floors)) == as_opened(shown)


def test_while_a_question_is_open_no_unit_is_picked_by_what_it_counts():
    from rnn_tui.questions.opening import opened

    scene = Scene(Reading("small", "the dog barked and slept"))
    asked = opened("label", scene, TRACE)

    assert scene.unit_in(TRACE) != 0
    assert asked.unit_in(TRACE) == 0


def test_a_question_that_is_none_is_said():
    with pytest.raises(UserError, match="no question is called “weather”"):
        read(["-m", "small", "-s", "the dog barked and slept", "--ask", "weather"])
