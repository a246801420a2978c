"""The line at the top: which network this is, as far as there is room for it."""

from __future__ import annotations

import pytest

from rnn_tui.pictures.rows import text_of
from rnn_tui.story.describe import describe
from rnn_tui.tui.panels.header import Header
from tests.builders import build, trace_of
from tests.deep import deep_model
from tests.pictures.views import PLAIN, view_of


def header(readout, width, name="small", phase="read", head=()):
    trace = trace_of(build("elman", "tanh", readout, name=name, head=head))
    (row,) = Header("header").picture(view_of(trace, phase=phase), PLAIN, width, 1)
    return text_of(row)


@pytest.mark.parametrize(
    ("readout", "said"),
    [
        ("last", "Elman tanh · 3 hidden units"),
        ("each", "Elman tanh · an answer for each word · 3 hidden units"),
        ("attention", "Elman tanh · attention · 3 hidden units"),
    ],
)
def test_the_readout_is_named_where_it_is_not_the_plain_one(readout, said):
    assert f"small   {said}  " in header(readout, 120)


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (120, "   Elman tanh · mean over the words · relu · 3 hidden units"),
        (80, "  Elman tanh · mean over the words · relu"),
        (70, "  Elman · mean over the words "),
        (60, "  Elman tanh "),
    ],
)
def test_a_head_is_named_as_far_as_there_is_room(width, said):
    row = header("mean", width, head=("relu",))

    assert said in row
    assert len(row) == width


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (90, "  Elman tanh · attention · 3 units "),
        (80, "  Elman tanh · attention "),
        (76, "  Elman · attention "),
        (70, "  Elman tanh "),
        (60, "sentiment-attention  "),
    ],
)
def test_where_there_is_less_room_the_units_go_before_the_readout(width, said):
    row = header("attention", width, "sentiment-attention", "attend")

    assert said in row
    assert row.endswith("word 1 of 5 · Look back ")
    assert len(row) == width


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"output": "number", "inputs": "vectors"}, "a number"),
        ({"output": "number", "inputs": "vectors", "labels": ("rain", "wind")}, "2 numbers"),
        ({"output": "yes_no", "readout": "mean"}, "mean over the words · yes or no"),
    ],
)
def test_an_answer_that_is_no_label_is_named(fields, said):
    assert describe(deep_model("gru", 1, **fields)).endswith(f" · {said} · 3 units")
    assert describe(deep_model("gru", 1)).endswith("GRU · 3 units"), "a label goes without saying"
