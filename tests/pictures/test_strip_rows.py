"""The rows of the memory strip below its units: those that are out of sight, and the answer after each word."""

import pytest

from rnn_tui.network.trace import run
from rnn_tui.pictures.heat import sign_glyph
from rnn_tui.pictures.memory import memory_strip, window
from rnn_tui.pictures.rows import text_of
from rnn_tui.shelf import load
from rnn_tui.text import percent
from tests.builders import build, trace_of
from tests.pictures.views import PLAIN, view_of

MODEL = load("sentiment")
TRACE = run(MODEL, MODEL.tokenize("this movie is not good"))


def rows_of(view, width=98):
    """The row of the units out of sight and that of the answers, a text a column."""
    shown = window(view, width)
    rows = [text_of(row) for row in memory_strip(view, width, PLAIN)[-2:]]
    starts = [shown.name_width + shown.cell * column for column in range(shown.count)]
    return [[row[start : start + shown.cell].strip() for start in starts] for row in rows]


def test_every_unit_out_of_sight_has_a_cell_with_its_sign():
    view = view_of(TRACE, 3, "squash", count=7, scene={"unit": 0})
    others, _ = rows_of(view)
    scale = TRACE.scale("h")

    assert others[0] == "·" * 9
    for t in range(4):
        assert others[t + 1] == "".join(sign_glyph(float(value), scale) for value in TRACE.values["h"][t][7:])
    assert others[5] == ""  # not read yet


def test_where_all_units_are_in_sight_there_is_no_such_row():
    view = view_of(TRACE, 3, "squash", count=16)
    assert len(memory_strip(view, 98, PLAIN)) == 1 + 16 + 1


def test_more_than_fit_are_said_to_be_more():
    trace = trace_of(build(hidden=40, seed=2), "the dog barked")
    view = view_of(trace, 1, "squash", count=3, scene={"unit": 0})
    others, _ = rows_of(view, 60)
    assert all(text.endswith("…") for text in others[:3])


@pytest.mark.parametrize(("phase", "known"), [("squash", 3), ("check", 4)])
def test_the_answer_stands_under_its_word_as_far_as_the_walk_has_come(phase, known):
    view = view_of(TRACE, 3, phase, count=7)
    _, answers = rows_of(view)

    assert answers[0] == ""
    for t in range(5):
        label, share = TRACE.prediction(t)[0], percent(TRACE.prediction(t)[1])
        said = "50:50" if share == "50%" else f"{MODEL.labels[label][:3]} {share}"
        assert answers[t + 1] == (said if t < known else "")


def test_a_covered_answer_is_covered_here_too():
    view = view_of(TRACE, 4, "check", count=7, scene={"hidden": True})
    _, answers = rows_of(view)
    assert answers[1:] == ["?"] * 5


def test_labels_are_never_cut_to_the_same():
    trace = trace_of(build(labels=("label one", "label two"), hidden=3), "the dog")
    view = view_of(trace, 1, "check")
    answers = text_of(memory_strip(view, 60, PLAIN)[-1])
    names = {trace.model.labels[int(probs.argmax())] for probs in trace.values["probs"]}
    assert all(name[:7] in answers for name in names)
