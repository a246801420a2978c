"""A comparison, told."""

import numpy as np
import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.trace import run
from rnn_tui.scene import Position
from rnn_tui.story import plain
from rnn_tui.story.comparing import compared, named, parting, standing, tell_comparison
from rnn_tui.story.comparing_floors import waiting
from tests.builders import build, trace_of, wired

WIRED = wired(
    [[1.0, 0.0, 0.0], [0.0, 1.0, -0.5]],
    words=("kick", "dog", "and"),
    fc=[[1, -1], [-1, 1]],
    unit_names=("verb", "noun"),
)


def between(a="kick and dog", b="kick dog", edits=()):
    tokens = WIRED.tokenize(b)
    return Comparison(trace_of(WIRED, a), run(*apply_edits(WIRED, tokens, [parse_edit(edit) for edit in edits])))


def told(comparison, column, stage, **given):
    return [plain(line) for line in tell_comparison(comparison, Position(column, stage), **given)]


def test_at_check_both_answers_where_they_part_and_what_differs_most():
    assert told(between(), 2, 4) == [
        "In the end, A says Negative 54%, B says Positive 56%.",
        "They part at word 2: A reads “and”, which B doesn't have.",
        "They differ most in noun: +0.49 in A, +0.76 in B.",
    ]


def test_before_check_what_is_read_and_the_answers_so_far():
    comparison = between()
    assert told(comparison, 0, 2)[0] == "Both read “kick”."
    assert told(comparison, 1, 2)[0] == (
        "Here the words differ: A reads “and”, which B doesn't have. After “kick”, A and B both say Negative 82%."
    )


def test_a_word_in_the_place_of_another():
    comparison = between("kick dog", "kick and")
    assert plain(parting(comparison)) == "They part at word 2: A reads “dog”, B reads “and”."
    assert plain(standing(between("kick dog kick", "kick and kick"), Position(1, 4))).startswith(
        "After “dog” and “and”, A says"
    )


def test_a_side_that_has_not_begun():
    comparison = between("and dog", "dog")
    assert (
        plain(standing(comparison, Position(0, 4)))
        == "After “and” (in A alone), A says Negative 72%, B has read nothing yet."
    )
    assert plain(waiting(comparison, 1, Position(0, 0))) == "Only A has “and”. B waits, and keeps what it remembers."


def test_the_answers_are_covered_until_the_class_has_guessed():
    for column, stage in ((2, 4), (1, 2), (0, 0)):
        assert "%" not in " ".join(told(between(), column, stage, hidden=True))
    assert told(between(), 2, 4, hidden=True)[0] == "In the end, what do A and B say? Guess first."


@pytest.mark.parametrize(
    ("a", "b", "edits", "said"),
    [
        ("kick and", "kick and", ["set fc.bias[1] 3"], "They read and remember the same."),
        ("kick and", "kick and", ["scale-memory 0.5", "set fc.bias[1] 3"], "Their memories part at word 2, “and”."),
        ("kick dog", "kick and", ["set fc.bias[1] 3"], "Their words part at word 2: A reads “dog”, B reads “and”."),
    ],
)
def test_while_the_answers_are_covered_nothing_is_told_of_where_they_part(a, b, edits, said):
    # given two whose answers part at the first word
    comparison = between(a, b, edits)
    assert comparison.parts_at == 0
    # when the class is to guess, then only what is read and remembered is told, before Check and at it
    for stage in (2, 4):
        lines = told(comparison, 1, stage, hidden=True)
        assert lines[1].startswith(said)
        assert "word 1" not in " ".join(lines)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([], "They never part: the same words, the same numbers."),
        (["scale-memory 0.5"], "They part at word 2, “and”: there they begin to remember different things."),
        (["set fc.bias[1] 3"], "They part at word 1, “kick”: they remember the same, and answer differently."),
    ],
)
def test_why_they_part(edits, said):
    assert plain(parting(between(b="kick and dog", edits=edits))) == said


def test_two_networks_part_where_they_answer_differently():
    each = {"weight_hh": np.zeros((2, 2)), "words": ("dog", "the")}
    a, b = wired([[1, -3], [0, 0]], **each), wired([[1.5, 2], [0.5, 0.2]], fc=[[2, 3], [-2, -3]], **each)
    comparison = Comparison(trace_of(a, "dog the"), trace_of(b, "dog the"))
    assert plain(parting(comparison)) == "They part at word 2, “the”: there A says Positive 88%, B says Negative 99%."
    assert plain(parting(comparison, answers=False)) == "They part at word 2, “the”: their answers are not the same."


@pytest.mark.parametrize(
    ("models", "texts", "said"),
    [
        ((build(), build()), ("dog", "cat"), "two sentences"),
        ((build(), build()), ("dog", "dog"), "the same twice"),
        ((build(), build(seed=1)), ("dog", "dog"), "two networks"),
        ((build(), build("lstm", None)), ("dog", "cat"), "two networks, two sentences"),
        ((build(inputs="number"),) * 2, ("1 2", "1 3"), "two series"),
        ((build(), build(activation="relu")), ("dog", "dog"), "a network, and the same with a change"),
    ],
)
def test_what_is_compared(models, texts, said):
    assert compared(Comparison(*map(trace_of, models, texts))) == said


def test_a_side_is_named_with_its_changes_from_long_to_short():
    edits = tuple(map(parse_edit, ("scale-memory 0.5", "silence 1", "drop 1")))
    assert named(WIRED, edits[:1]) == (
        "wired · Elman tanh · 2 units, with half the memory",
        "wired · Elman tanh, with half the memory",
        "wired, with half the memory",
        "with half the memory",
    )
    assert named(WIRED, edits)[-1] == "with half the memory, verb silenced, 1 more change"


def test_the_answers_where_they_part_are_told_when_one_is_there():
    each = {"weight_hh": np.zeros((2, 2)), "words": ("dog", "the")}
    a, b = wired([[1, -3], [0, 0]], **each), wired([[1.5, 2], [0.5, 0.2]], fc=[[2, 3], [-2, -3]], **each)
    comparison = Comparison(trace_of(a, "dog the"), trace_of(b, "dog the"))
    assert "88%" not in " ".join(told(comparison, 1, 3))
    assert "88%" in told(comparison, 1, 4)[1]


def test_answers_with_other_labels_are_not_called_the_same():
    others = build(labels=("dog", "cat"))
    said = plain(parting(Comparison(trace_of(build(seed=1), "dog"), trace_of(others, "dog"))))
    assert said == "They read the same words, and have other labels: their answers can't be compared."
