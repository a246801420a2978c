"""What of the diagram is done: its numbers give one another, its answers stay, and nothing of it is dotted."""

from __future__ import annotations

import re

import numpy as np
import pytest

from rnn_tui.pictures.lenses.diagram import draw
from rnn_tui.shelf import load
from rnn_tui.text import number, percent
from tests.builders import build, trace_of
from tests.pictures.views import PLAIN, texts, view_of

FOUR = "the dog and the cat"


@pytest.mark.parametrize(("width", "height"), [(60, 6), (80, 13), (118, 25)])
def test_what_is_shown_gives_the_number_in_the_box(width, height):
    # given a network whose units have a bias beside what memory and word bring
    trace = trace_of(load("sentiment"), "what a great")
    unit = 8
    shown = "\n".join(
        texts(draw(None, view_of(trace=trace, t=1, phase="check", scene={"unit": unit}), width, height, PLAIN))
    )
    before, weights = trace.values["h"][0], trace.model.cell.weight_hh[unit]
    parts = {"word": trace.values["ih"][1][unit], "memory": weights @ before, "bias": trace.model.cell.bias_hh[unit]}
    # then word, memory and bias stand there, and squashed they are the number in the box
    assert number(float(parts["word"])) in shown
    assert number(float(parts["memory"])) in shown
    assert re.search(rf"bias +{re.escape(number(float(parts['bias'])))}", shown)
    assert number(float(np.tanh(sum(parts.values())))) == number(float(trace.values["h"][1][unit]))
    assert number(float(trace.values["h"][1][unit])) in shown


def test_no_bias_is_said_where_there_is_none_or_each_gate_has_its_own():
    for trace in (trace_of(load("kicking-and-screaming"), "kicking and"), trace_of(build("lstm", None), FOUR)):
        assert "bias" not in "\n".join(texts(draw(None, view_of(trace=trace, t=1, phase="check"), 60, 9, PLAIN)))


def test_the_answers_so_far_stay_where_all_memories_are_pooled():
    trace = trace_of(load("sentiment-attention"), "what a great film")
    rows = texts(draw(None, view_of(trace=trace, t=2, phase="check"), 110, 20, PLAIN))
    shares = [percent(float(probs.max())) for probs in trace.values["probs"][:3]]
    (answers,) = [row for row in rows if all(share in row for share in shares)]
    assert percent(float(trace.values["probs"][3].max())) not in answers
    # and each stands over the box of its word
    words = next(row for row in rows if "great" in row)
    for share, word in zip(shares, ("what", " a ", "great"), strict=True):
        assert abs(answers.index(share) - words.index(word)) < 8


def test_dotted_is_what_is_to_come_alone():
    trace = trace_of(load("kicking-and-screaming"), "kicking and screaming")
    done = "\n".join(texts(draw(None, view_of(trace=trace, t=2, phase="check"), 78, 13, PLAIN)))
    assert "┊" not in done
    assert "┄" not in done
    before = "\n".join(texts(draw(None, view_of(trace=trace, t=1, phase="check"), 78, 13, PLAIN)))
    assert "┊" in before
