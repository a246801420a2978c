from dataclasses import replace

import pytest

from rnn_tui.edits import InsertWord
from rnn_tui.network.votes import units_by_vote
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.traces import Traces
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking import moves
from rnn_tui.tui.walking.computed import Computed, computed
from tests.builders import build, trace_of
from tests.tui.screens import MOVES

TRACE = trace_of(build(hidden=3), "the dog barked")  # three words of five phases
READING = Reading("m", "the dog barked")


def shown_of(at=(1, 2), **scene):
    return Shown(Scene(READING, position=Position(*at), **scene), Computed(TRACE, None, (), Traces()), None)


def moved(name, by=0, at=(1, 2), **scene):
    return MOVES[name](shown_of(at, **scene), by)


@pytest.mark.parametrize(
    ("name", "by", "at", "to"),
    [
        ("step", 1, (1, 2), (1, 3)),
        ("step", 1, (1, 4), (2, 0)),
        ("step", -1, (1, 0), (0, 4)),
        ("step", -1, (0, 0), (0, 0)),
        ("step", 1, (2, 4), (2, 4)),
        ("word", 1, (1, 2), (2, 2)),
        ("word", 1, (2, 2), (2, 4)),
        ("word", -1, (1, 2), (0, 2)),
        ("word", -1, (0, 2), (0, 0)),
        ("go_to", 3, (1, 2), (2, 2)),
        ("go_to", 4, (1, 2), (1, 2)),
        ("go_to", 0, (1, 2), (1, 2)),
        ("phase", 4, (1, 2), (1, 4)),
        ("start", 0, (1, 2), (0, 0)),
        ("end", 0, (1, 2), (2, 4)),
    ],
)
def test_a_move_through_time(name, by, at, to):
    assert moved(name, by, at).position == Position(*to)


@pytest.mark.parametrize(("unit", "by", "to"), [(0, 1, 1), (0, -1, 0), (2, 1, 2), (2, -1, 1)])
def test_up_and_down_pick_a_unit(unit, by, to):
    assert moved("unit", by, unit=unit).unit == to


def test_a_click_picks_a_unit():
    assert moved("pick", 2).unit == 2


@pytest.mark.parametrize(
    ("name", "field"), [("arithmetic", "arithmetic"), ("notation", "notation"), ("predict", "hidden")]
)
@pytest.mark.parametrize("on", [False, True])
def test_what_can_be_switched(name, field, on):
    assert getattr(moved(name, **{field: on}), field) is not on


@pytest.mark.parametrize("on", [False, True])
def test_back_to_the_overview(on):
    assert moved("overview", arithmetic=on).arithmetic is False


@pytest.mark.parametrize("name", MOVES)
def test_a_move_keeps_the_model_and_the_text(name):
    scene = moved(name, 1)

    assert (scene.model, scene.text) == ("m", "the dog barked")


@pytest.mark.parametrize(("name", "by"), [("step", 1), ("word", 1), ("unit", 1), ("pick", 2), ("phase", 0)])
def test_elsewhere_the_arithmetic_begins_at_its_top_and_no_weight_is_picked(name, by):
    scene = moved(name, by, arithmetic=True, scroll=7, weight=3)

    assert (scene.scroll, scene.weight) == (0, None)


def test_the_next_unit_is_the_one_that_counts_next_most_and_after_the_last_the_first():
    order = units_by_vote(TRACE)
    seen, unit = [], None
    for _ in order:
        unit = moves.next_unit(shown_of(unit=unit), 0).unit
        seen.append(unit)

    assert seen == [*order[1:], order[0]]


def test_one_unit_has_no_next():
    trace = trace_of(build(hidden=1), "the dog")
    scene = Scene(READING)
    assert moves.next_unit(Shown(scene, Computed(trace, None, (), Traces()), None), 0) == scene


def test_what_is_offered_reads_the_words_as_they_are_now_and_nothing_where_nothing_is_missing():
    model = load("sentiment")
    reading = Reading("sentiment", "this movie is good", (InsertWord(3, "not"),))
    traces = Traces()
    shown = Shown(Scene(reading, lens="attention", position=Position(2, 1)), computed(reading, traces), None)
    after = moves.offered(shown, 0)

    assert (after.model, after.text, after.edits) == ("sentiment-attention", "this movie is not good", ())
    assert (after.lens, after.position) == ("attention", Position(2, 1))
    assert moves.offered(Shown(replace(shown.state, lens="memory"), shown.computed, None), 0).model == model.name


def test_while_edits_are_made_the_unit_that_is_looked_at_stays():
    reading = Reading("sentiment", "this movie is not good")
    trace = Traces().trace(reading)
    scene = Scene(reading, what_if=True).fitted(trace)
    assert scene.unit == units_by_vote(trace)[0]
    assert Scene(reading).fitted(trace).unit is None
