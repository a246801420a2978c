"""What a key makes of two readings in lockstep."""

from dataclasses import replace

import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.trace import run
from rnn_tui.network.votes import units_by_vote
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Reading
from rnn_tui.tui.comparing import moves
from rnn_tui.tui.screen import shared
from rnn_tui.tui.screen.keys import Shown
from tests.builders import build, trace_of, wired

COMPARISON = Comparison(trace_of(build(), "the dog barked"), trace_of(build(), "the cat barked"))
PAIR = Pair(Reading("small", "the dog barked"), Reading("small", "the cat barked"))
LAST = Position(2, 4)
MOVES = {
    "step": shared.step,
    "word": shared.word,
    "go_to": lambda shown, n: shared.to_word(shown, n - 1),
    "start": shared.to_start,
    "end": shared.to_end,
    "notation": shared.notation,
    "predict": shared.predict,
    "parting": moves.parting,
    "pick": moves.pick_unit,
    "focus": moves.other_side,
}


def after(name, by=0, pair=PAIR, comparison=COMPARISON):
    return MOVES[name](Shown(pair, comparison, None), by)


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
    assert after(name, by, PAIR.at(Position(*at))).position == Position(*to)


def test_from_the_last_parting_on_the_first_comes_again():
    assert after("parting", 0, PAIR.at(LAST)).position == Position(1, 4)


def test_while_the_answers_are_covered_it_goes_where_words_and_memories_part_alone():
    # given two that begin to remember other things at a word, and whose answers part again after it
    kicking = wired([[1.0, 0.0]], words=("kick", "and"), fc=[[1], [-1]])
    changed = apply_edits(kicking, kicking.tokenize("and kick and"), [parse_edit("set fc.bias[1] 3")])
    comparison = Comparison(trace_of(kicking, "and kick and"), run(*changed))
    pair = Pair(Reading("small", "and kick and"), Reading("small", "and kick and"))
    assert after("parting", pair=pair, comparison=comparison).position == Position(0, 4)
    # when the answers are covered, then nothing tells where they part
    covered = replace(pair, hidden=True)
    assert after("parting", pair=covered, comparison=comparison) is covered
    assert after("parting", pair=replace(PAIR, hidden=True)).position == Position(1, 4)


def test_where_nothing_parts_there_is_nowhere_to_go():
    same = Comparison(COMPARISON.a, COMPARISON.a)
    assert after("parting", comparison=same) is PAIR


def test_a_step_on_from_the_end_uncovers_the_answers():
    covered = after("predict")
    assert covered.hidden
    assert [covered.scene(side, Position()).hidden for side in (0, 1)] == [True, True]
    assert not after("step", 1, covered.at(LAST)).hidden
    assert after("step", 1, covered).hidden


def test_a_unit_is_picked_on_both_sides_where_the_units_are_the_same():
    assert after("pick", 2).units == (2, 2)


def test_a_unit_of_another_network_is_picked_on_the_side_in_focus():
    other = Comparison(COMPARISON.a, trace_of(build("lstm", None), "the dog barked"))
    focused = after("focus")
    assert after("pick", 2, replace(focused, units=(0, 0)), other).units == (0, 2)


def test_until_a_unit_is_picked_the_other_side_keeps_the_one_that_counts_most():
    other = Comparison(COMPARISON.a, trace_of(build("lstm", None), "the dog barked"))
    assert after("pick", 2, after("focus"), other).units == (units_by_vote(COMPARISON.a)[0], 2)


def test_notation_is_that_of_both():
    on = after("notation")
    assert [on.scene(side, Position()).notation for side in (0, 1)] == [True, True]
    assert after("notation", 0, on) == PAIR


def test_swapped_twice_is_as_before_and_the_reading_in_focus_stays_where_it_is():
    pair = replace(PAIR.at(Position(1, 2)), units=(1, 2), focus=1)
    swapped = moves.swapped(Shown(pair, COMPARISON, None), 0)
    other = Comparison(COMPARISON.b, COMPARISON.a)

    assert (swapped.reading, swapped.units, swapped.focus) == (pair.reading, (2, 1), 0)
    assert other.positions(swapped.position)[0] == COMPARISON.positions(pair.position)[1]
    assert moves.swapped(Shown(swapped, other, None), 0) == pair
