"""A lens on both sides, told."""

import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story import plain
from rnn_tui.story.comparing_lenses import tell_lenses
from tests.builders import build, trace_of, wired

TEXT = "the dog barked and slept"


def memory_of(weight):
    """One unit, that the word kick sets, and that keeps so much of itself at each step."""
    return wired([[1.0, 0.0]], weight_hh=[[weight]], words=("kick", "and"), activation="identity", labels=("Yes", "No"))


FADES, KEEPS = memory_of(0.1), memory_of(1.0)


def told(name, a, b, texts=(TEXT, TEXT), column=None, focus=0, **fields):
    comparison = Comparison(trace_of(a, texts[0]), trace_of(b, texts[1]))
    place = Position(len(comparison) - 1 if column is None else column, comparison.stages - 1)
    positions = comparison.positions(place)
    scenes = [position and Scene(Reading("", ""), position=position, **fields) for position in positions]
    found = []
    for trace, position in zip(comparison.traces, positions, strict=True):
        try:
            found.append(measure(question(name, trace, position.t if position else 0, 0), trace))
        except UserError:
            found.append(None)
    return [plain(line) for line in tell_lenses(name, found, comparison, scenes, focus)]


def test_memory_tells_each_side_and_compares_what_is_left_of_the_first_word():
    # given units of which the one keeps a tenth of itself at each step, the other all
    assert told("memory", FADES, KEEPS, ("kick and and",) * 2) == [
        "A: Without “kick” the memory would be 1.00 off; after “and” still 0.01: 1%.",
        "B: Without “kick” the memory would be 1.00 off; after “and” still 1.00: 100%.",
        "So what? In the end 1% of “kick” is left in A, 100% in B: the same words, other weights.",
    ]


def test_gates_are_the_reason_where_they_keep_more_and_not_where_they_keep_less():
    lstm = build("lstm", None)
    keeps = build(activation="identity", seed=3, scale=1.2)
    more = told("memory", lstm, keeps)[-1]
    assert more.endswith("gates keep what they were trained to keep, and those of A let it go.")
    # given a plain cell that forgets all
    forgets = build(scale=0.01)
    assert told("memory", forgets, lstm)[-1].endswith(
        "B has gates that carry it along, A mixes every word into all it has."
    )


def test_of_one_network_the_words_after_it_decide():
    assert told("memory", FADES, FADES, ("kick and", "kick and and"))[-1] == (
        "So what? In the end 10% of “kick” is left in A, 1% in B: the words after it decide what becomes of it."
    )


def test_other_first_words_are_called_so():
    assert "of the first word" in told("memory", build(), build(seed=1), ("the dog", "a cat slept"))[-1]


def test_what_is_the_same_is_told_once():
    lines = told("memory", FADES, FADES, ("kick and",) * 2)
    assert lines == [
        "A and B: Without “kick” the memory would be 1.00 off; after “and” still 0.10: 10%.",
        "So what? In the end as much of “kick” is left in A as in B: 10%.",
    ]


@pytest.mark.parametrize(
    ("a", "b", "heard"),
    [
        (0.001, 1.0, "only in B training hears the first word."),
        (1.0, 0.001, "only in A training hears the first word."),
        (0.9, 1.0, "in both training hears the first word."),
        (1.0, 0.1, "training hears the first word in both, but faintly in B."),
        (0.1, 1.0, "training hears the first word in both, but faintly in A."),
        (0.001, 0.002, "in neither training hears the first word."),
        (1.0, 100.0, "B can't be trained without clipping it."),
        (100.0, 200.0, "A and B can't be trained without clipping it."),
    ],
)
def test_gradient_says_on_which_side_training_hears_the_first_word(a, b, heard):
    lines = told("gradient", memory_of(a), memory_of(b), ("kick and and",) * 2, column=0)
    assert lines[-1].endswith(heard)
    assert lines[0].startswith("A: Back from “and” to “kick” a change counts at most ")


def test_a_so_what_that_differs_is_that_of_the_side_in_focus():
    lines = {focus: told("units", build(), build(seed=5, scale=0.0), focus=focus)[-1] for focus in (0, 1)}
    assert lines[0].startswith("So what, A?")
    assert lines[1].startswith("So what, B?")
    assert lines[0][9:] != lines[1][9:]


def test_a_side_with_nothing_to_see_is_left_out():
    lines = told("attention", build(), build(readout="attention"))
    assert lines[0].startswith("B: After “slept” the answer looks")
    assert lines[-1].startswith("So what, B?")
    assert told("attention", build(), build("gru", None)) == []


def test_a_side_that_has_read_nothing_is_left_out():
    assert [line[:2] for line in told("recency", build(), build(), ("the dog", "dog"), column=0)] == ["A:", "So"]


def test_notation_adds_the_definition():
    assert told("memory", FADES, KEEPS, ("kick and",) * 2, notation=True)[-1].startswith("influence[k][t] =")
    assert len(told("memory", FADES, KEEPS, ("kick and",) * 2, notation=True)) == 4


def test_covered_answers_are_not_told():
    assert not any("%" in line for line in told("recency", build(), build(seed=2), hidden=True))
