"""What is told of the path."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.path import Boundary, Path, path
from rnn_tui.network.readouts import Last
from rnn_tui.network.trace import run
from rnn_tui.story.lenses.path import crossings, tell
from rnn_tui.story.spans import plain
from tests.builders import build, scene_at, trace_of
from tests.pictures.views import NASTY, model


@pytest.fixture(scope="module")
def kicking():
    return trace_of(
        shelf.load("kicking-and-screaming"), "Screaming and fighting, but then she was at home with all of the music"
    )


def told(trace, t=0, measured=None, **scene):
    measured = path(trace) if measured is None else measured
    return [plain(line) for line in tell(measured, trace, scene_at(trace, t, "read", **scene))]


def with_margin(*margin, exact=True):
    boundary = Boundary(np.array([1.0, 0.0]), 0.0, np.array(margin), exact)
    points = np.stack([np.array(margin), np.zeros(len(margin))], 1)
    return Path(points, np.array([1.0, 0.0]), boundary)


def test_the_numbers_of_this_sentence(kicking):
    lines = told(kicking, 13)
    assert lines[0] == "“music” moves the point 0.60 on the map, “home” (word 9) furthest: 0.85."
    assert lines[1] == "The answer turns once, at “home” (word 9), to Positive."
    assert lines[2] == "The map shows 93% of the movement; its line is rough, the marks ○ ● exact."
    assert lines[3].startswith("So what?")


def test_the_word_that_went_furthest(kicking):
    moves = path(kicking).moves
    rest = np.delete(moves, 8).mean()
    assert told(kicking, 8)[0] == (f"“home” moves the point 0.85 on the map, furthest (others {rest:.2f} on average).")


def test_crossings_are_where_the_answer_changes(kicking):
    answers = [int(trace.argmax()) for trace in kicking.values["probs"]]
    changed = [t for t in range(1, len(answers)) if answers[t] != answers[t - 1]]
    assert crossings(path(kicking)) == changed


@pytest.mark.parametrize(
    ("margin", "crossed"),
    [
        ((1, 2, 3), []), ((1, -1, -2), []), ((1, -1, 2), [1]), ((0, -1, -2), []), ((1, 2, 0, -2), [2]),
        ((1, 2, 0, 1), []), ((-1, 0, -2, 1), [2]),
    ],
)  # fmt: skip
def test_the_start_and_a_state_on_the_line_are_on_no_side(margin, crossed):
    assert crossings(with_margin(*margin)) == crossed


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        ((1, -2, -1), "The answer never turns: Negative from the first word on."),
        ((1, -2, 1), "The answer turns once, at “cat” (word 2), to "),
        ((1, -2, 0), "It ends on the line where the answer turns: undecided."),
    ],
)  # fmt: skip
def test_what_is_said_of_crossings(margin, said):
    trace = trace_of(build(), "dog cat")
    assert told(trace, 1, measured=with_margin(*margin))[1].startswith(said)


def test_so_far_only_turns_are_told_whose_marks_are_drawn():
    trace, measured = trace_of(build(), "the dog and cat"), with_margin(1, -1, 2, 0, -3)
    lines = [told(trace, t, measured=measured)[1] for t in range(4)]

    assert lines == [
        "After the first word the answer is Negative.",
        "So far the answer turns once, at “dog” (word 2), to Positive.",
        "It stands on the line where the answer turns: undecided.",
        "The answer turns twice, last at “cat” (word 4), to Negative.",
    ]


def test_an_exact_line_is_called_exact():
    trace = trace_of(shelf.load("sentiment"), "not bad")
    assert "its line is exact" in told(trace)[2]


def test_where_there_is_no_line():
    assert "there are 17 of them" in told(trace_of(shelf.load("tagger")))[1]
    assert "don't depend on the last state alone" in told(trace_of(shelf.load("sentiment-attention")))[1]
    assert "line" not in "".join(told(trace_of(build(labels=("A",)))))


def test_hidden_gives_no_answer_away(kicking):
    said = "\n".join(told(kicking, 13, hidden=True, notation=True))
    assert "Positive" not in said
    assert "Negative" not in said
    assert "●" not in said


def test_notation_adds_the_definition(kicking):
    assert len(told(kicking, notation=True)) == len(told(kicking)) + 1


def test_what_never_moves_and_what_overflows():
    assert told(trace_of(build(scale=0.0)))[0] == "No word moves the point at all: it stays where it began."
    trace = trace_of(build(activation="identity", scale=1e20, hidden=2), "the dog " * 20)
    assert told(trace)[0].startswith("The numbers grew beyond all bounds")


@pytest.mark.parametrize(
    "name", ["kicking-and-screaming", "sentiment", "sentiment-attention", "tagger", "names", "recall-lstm", "sunspots"]
)
def test_lines_are_short_and_end_with_so_what(name):
    loaded = shelf.load(name)
    for example in loaded.examples:
        trace = run(loaded, loaded.tokenize(example.text))
        for t in range(len(trace)):
            lines = told(trace, t)
            assert all(len(line) <= 112 for line in lines), lines
            assert lines[-1].startswith("So what?")
            assert 3 <= len(lines) <= 4


def test_one_word():
    assert told(trace_of(build(), "dog"))[0].endswith(", from the start to where it ends.")


def test_foreign_text_is_printable():
    trace = trace_of(model(labels=(NASTY, "x")), NASTY)
    assert all(line.isprintable() for t in range(len(trace)) for line in told(trace, t))


def test_a_readout_that_is_not_known_gets_a_sentence_that_is_true_of_all():
    class Newest(Last):
        kind = "newest"

    trace = trace_of(replace(build(), readout=Newest()))
    said = plain(tell(path(trace), trace, scene_at(trace, 1, "read"))[-1])

    assert said == "So what? Each word moves the point; the answer is made of where it has been."
