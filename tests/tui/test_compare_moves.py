"""What a key makes of two scenes in lockstep."""

import pytest
from rnn_tui.tui.compare_moves import PAIR_MOVES

from rnn_tui.comparison import Comparison
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Scene
from tests.builders import build, trace_of

COMPARISON = Comparison(trace_of(build(), "the dog barked"), trace_of(build(), "the cat barked"))
PAIR = Pair((Scene("small", "the dog barked"), Scene("small", "the cat barked")))
LAST = Position(2, 4)


def after(name, by=0, pair=PAIR, comparison=COMPARISON):
    return PAIR_MOVES[name](pair, comparison, by)


@pytest.mark.parametrize(
    ("name", "by", "at", "to"),
    [
        ("step", 1, (0, 4), (1, 0)),
        ("step", -1, (0, 0), (0, 0)),
        ("step", 1, (2, 4), (2, 4)),
        ("word", 1, (0, 2), (1, 2)),
        ("word", 1, (2, 2), (2, 4)),
        ("word", -1, (0, 2), (0, 0)),
        ("go_to", 3, (0, 1), (2, 1)),
        ("go_to", 4, (0, 1), (0, 1)),
        ("start", 0, (2, 1), (0, 0)),
        ("end", 0, (0, 1), (2, 4)),
        ("parting", 0, (0, 0), (1, 4)),
        ("parting", 0, (1, 2), (1, 4)),
    ],
)
def test_moves_through_time(name, by, at, to):
    assert after(name, by, PAIR.at(Position(*at))).place == Position(*to)


def test_from_the_last_parting_on_the_first_comes_again():
    assert after("parting", 0, PAIR.at(LAST)).place == Position(1, 4)


def test_where_nothing_parts_there_is_nowhere_to_go():
    same = Comparison(COMPARISON.a, COMPARISON.a)
    assert after("parting", comparison=same) is PAIR


def test_a_step_on_from_the_end_uncovers_the_answers():
    covered = after("predict")
    assert covered.hidden
    assert [scene.hidden for scene in covered.scenes] == [True, True]
    assert not after("step", 1, covered.at(LAST)).hidden
    assert after("step", 1, covered).hidden


def test_a_unit_is_picked_on_both_sides_where_the_units_are_the_same():
    assert [scene.unit for scene in after("pick", 2).scenes] == [2, 2]


def test_a_unit_of_another_network_is_picked_on_the_side_in_focus():
    other = Comparison(COMPARISON.a, trace_of(build("lstm", None), "the dog barked"))
    focused = after("focus")
    assert [scene.unit for scene in after("pick", 2, focused, other).scenes] == [0, 2]


def test_notation_is_that_of_both():
    on = after("notation")
    assert [scene.notation for scene in on.scenes] == [True, True]
    assert after("notation", 0, on) == PAIR
