"""The course of a training: curves through the epochs, beside a simple rule, with room for what is to come."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.runs import Told, open_run
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.pictures.training import MOST_POINTS, POINT, CourseView, course
from rnn_tui.replay import replayed
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from tests.builders import build
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("course") / "small.run", build(seed=3))


def view_of(folder, epoch=EPOCHS, history=None, training=None, **fields):
    traces = Traces()
    run = open_run(folder)
    run = replace(run, history=run.history if history is None else history, training=training or run.training)
    traces.keep_run(str(folder), run)
    return CourseView(replayed(Reading(str(folder), TEXT), traces), epoch, -1, **fields)


def drawn(view, width=120, height=8):
    rows = course(view, width, height, Palette())
    assert len(rows) == height
    assert all(width_of(row) == width for row in rows)
    return [text_of(row) for row in rows]


def point_of(lines):
    """The column of the first curve's point."""
    return min(line.index(POINT) for line in lines if POINT in line)


def test_a_curve_reaches_to_the_end_or_leaves_room_for_epochs_to_come(folder):
    ended, goes_on = drawn(view_of(folder)), drawn(view_of(folder, reach=2 * EPOCHS))
    assert f"epoch {EPOCHS} of {EPOCHS} " in ended[0]
    assert f"epoch {EPOCHS} of {EPOCHS} so far" in goes_on[0]
    assert point_of(goes_on) < 0.7 * point_of(ended)


def test_the_model_file_has_no_epoch_while_it_is_not_written(folder):
    assert "the best: the model file" in drawn(view_of(folder, 4))[0]
    assert "the best so far" in drawn(view_of(folder, 4, reach=10))[0]


def test_of_very_many_epochs_as_many_are_drawn_as_can_be_told_apart(folder):
    told = tuple(Told(k, 1 / (k + 1), 2 / (k + 1), 1 - 1 / (k + 1)) for k in range(20 * MOST_POINTS))
    view = view_of(folder, 17, history=told)
    lines = drawn(view)
    assert f"{2.0:.2f}" in lines[2]  # the largest loss stands at the axis, since the first epoch is always drawn
    assert any(POINT in line for line in lines)


@pytest.mark.parametrize("height", [2, 8])
def test_a_simple_rule_stands_beside_the_share_of_right_answers(folder, height):
    lines = drawn(view_of(folder), height=height)
    assert "majority 50%" in lines[1]


def test_bits_of_a_rule_are_a_line_among_the_losses(folder):
    bits = 1.75
    training = {"judge": "bits", "baselines": {"frequencies alone": bits, "odd": -1, "none": "x"}}
    lines = drawn(view_of(folder, training=training))
    nats = bits * math.log(2)
    assert f"loss held out in training · frequencies alone {nats:.2f}" in lines[1]
    assert "right answers" not in lines[1], "it isn't judged by them"
    assert lines[2].split()[0] == f"{max(nats, 1.2):.2f}"
    without = drawn(view_of(folder, training={"judge": "bits", "baselines": {}}))
    assert sum(len(line.split()) for line in without[3:]) < sum(len(line.split()) for line in lines[3:])


WORDS = {"loss", "held", "out", "in", "training", "right", "answers", "majority", "50%", "answer:", "Positive", "72%"}


@pytest.mark.parametrize("width", range(80, 160, 10))
def test_no_word_of_a_caption_is_cut(folder, width):
    caption = drawn(view_of(folder), width)[1].split()
    assert set(caption) <= WORDS
    assert {"loss", "right", "majority", "50%", "answer:", "Positive"} <= set(caption)
    assert ("training" in caption) or width < 100


def test_the_answer_after_a_batch_stands_beside_that_of_the_epoch(folder):
    view = view_of(folder)
    said = view.replay.said(-1, float(view.replay.answers[-1, -1]))
    assert f"answer: {said}, now 25%" in drawn(replace(view, now=0.25))[1]
    assert np.isfinite(view.replay.answers).all()
