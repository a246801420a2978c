"""A question opened over a scene, revealed and closed."""

import gc
import weakref
from dataclasses import replace

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.questions.asking import possible
from rnn_tui.questions.opening import askable, closed, opened, question_of, revealed
from rnn_tui.scene import Asked, Position, Reading, Scene
from tests.builders import CELL_KINDS, READOUT_KINDS, build, trace_of

TRACE = trace_of(build())  # five words, five phases, three units
SCENE = Scene(Reading("small", "the dog barked and slept"), position=Position(1, 1))


def test_nothing_else_is_open_while_it_is_asked():
    busy = replace(
        SCENE, lens="memory", full=True, arithmetic=True, what_if=True, scroll=3, weight=2, notation=True
    )  # fmt: skip
    asked = opened("direction h[2]", busy, TRACE)

    assert asked.asked == Asked("direction h[2]")
    assert opened("label", busy, TRACE).covered
    assert (asked.lens, asked.full, asked.arithmetic, asked.what_if, asked.scroll, asked.weight) == (
        None, False, False, False, 0, None,
    )  # fmt: skip
    assert (asked.notation, asked.unit) == (True, 1)


def test_closing_leads_back_to_where_it_was_asked():
    busy = replace(SCENE, lens="memory", arithmetic=True, hidden=True)

    assert closed(opened("direction h[2]", busy, TRACE)) == busy


def test_the_answer_stands_where_the_walk_comes_to_it():
    shown = revealed(opened("direction h[2]", SCENE, TRACE), TRACE)

    assert shown.position == Position(1, 3)
    assert (shown.covered, shown.asked.revealed) == (False, True)
    assert closed(shown) == replace(shown, asked=None)
    assert shown.at(Position(1, 4)).asked is None


def test_what_was_covered_before_stays_so_unless_the_question_is_about_it():
    covered = replace(SCENE, hidden=True)

    assert revealed(opened("direction h[2]", covered, TRACE), TRACE).hidden
    assert not revealed(opened("label", covered, TRACE), TRACE).hidden


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("reading next", False),
        ("next-phase", False),
        ("direction h[2]", False),
        ("sign ih[1]", False),
        ("value h[1]", False),
        ("label", True),
        ("word", True),
        ("exchanged 1 2", True),
        ("sign logits[1]", True),
    ],
)
def test_only_what_the_question_is_about_is_covered(text, about):
    # given a word whose answer so far is to be seen, and one to come
    scene = replace(SCENE, position=Position(1, 4))
    asked = opened(text, scene, TRACE)
    assert asked.covered is about
    assert asked.asks_answer is about
    # what was covered before stays so
    assert opened(text, replace(scene, hidden=True), TRACE).covered
    # and a question whose kind isn't known covers everything
    assert replace(scene, asked=Asked(text)).covered


@pytest.mark.parametrize(
    ("text", "uncovers"),
    [
        ("next-phase", False),  # which leads into Check, where the answer stands
        ("reading now", False),
        ("value logits[1]", True),
        ("probability Positive", True),
        ("largest steps[1].probs[0] steps[2].h[1]", True),
        ("largest steps[2].h[0] steps[2].h[1]", False),
        ("largest steps[2].h_prev[0] steps[2].h[1]", False),
        ("word", True),
    ],
)
def test_only_a_question_about_what_is_covered_uncovers_it(text, uncovers):
    covered = replace(SCENE, hidden=True, position=Position(1, 3))

    assert revealed(opened(text, covered, TRACE), TRACE).hidden is not uncovers


def test_a_question_that_can_not_be_asked_is_refused_in_one_line():
    with pytest.raises(UserError, match="no question is called “weather”"):
        opened("weather", SCENE, TRACE)
    with pytest.raises(UserError, match="can't be asked here"):
        opened("direction h[9]", SCENE, TRACE)


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("cell", CELL_KINDS)
def test_the_scene_of_every_question_asks_it_again(cell, readout):
    trace = trace_of(build(*cell, readout))
    for t in (0, 2, len(trace) - 1):
        for phase in range(len(trace.model.phases)):
            scene = SCENE.at(Position(t, phase))
            for text in possible(scene, trace):
                asked = opened(text, scene, trace)
                again = opened(asked.asked.question, replace(asked, asked=None), trace)
                assert again == asked
                assert question_of(again, trace) == question_of(asked, trace)


def test_what_is_found_of_a_trace_is_found_once_and_goes_with_it():
    trace = trace_of(build())
    asked = opened("label", SCENE, trace)
    assert question_of(asked, trace) is question_of(asked, trace)
    assert askable(SCENE, trace) is askable(SCENE, trace)

    gone = weakref.ref(trace)
    del trace
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("first", [False, True])
def test_equations_come_and_go_with_the_key_while_a_number_is_asked(first):
    asked = opened("value h[1]", replace(SCENE, notation=first), TRACE)

    for notation in (not first, first):
        shown = replace(asked, notation=notation)
        assert ("In notation: h = tanh" in question_of(shown, TRACE).ask) is notation
        assert closed(shown) == replace(SCENE, notation=notation)


def test_a_question_put_over_a_scene_by_hand_is_the_same():
    asked = opened("label", SCENE, TRACE)
    bare = replace(asked, asked=Asked("label"))

    assert question_of(bare, TRACE) == question_of(asked, TRACE)
    assert revealed(bare, TRACE).position == revealed(asked, TRACE).position
    assert question_of(revealed(bare, TRACE), TRACE).answer == question_of(asked, TRACE).answer
