"""What the attention lens tells of a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.attention import attention
from rnn_tui.story import plain
from rnn_tui.story.lenses.attention import tell
from rnn_tui.text import percent
from tests.builders import CELL_KINDS, build, scene_at, trace_of


def told(trace, t=-1, **scene):
    t = range(len(trace))[t]
    return [plain(line) for line in tell(attention(trace), trace, scene_at(trace, t, "read", **scene))]


@pytest.fixture(scope="module")
def negated():
    """The shipped model with attention, and a sentence in which looking back turns the answer."""
    return trace_of(shelf.load("sentiment-attention"), "this movie is not good")


def test_it_says_where_it_looks_and_what_the_last_state_would_say(negated):
    # given what was measured
    found = attention(negated)
    weights, labels = found.weights, negated.model.labels
    second = int(np.argsort(-weights)[1])
    # when it is told after the last word
    lines = told(negated)
    # then its figures are the measured ones
    then = f"“{negated.tokens[second].surface}” ({percent(weights[second])})"
    assert lines[0] == f"After “good” the answer looks back most at “not” ({percent(weights[3])}), then at {then}."
    with_attention, alone = (
        f"{labels[int(probs.argmax())]} {percent(probs.max())}" for probs in (found.probs_attention, found.probs_last)
    )
    assert lines[1] == (
        f"So it says {with_attention}; the last state alone would say {alone}: looking back turns the answer."
    )
    assert lines[2].startswith("So what? What it looks back at is read fresh")


def test_the_first_word_gets_everything(negated):
    assert told(negated, 0)[0] == "There is only “this” to look at yet: it gets all of the weight."


def test_an_even_look_is_told_as_one():
    # given attention whose weights are all 0
    trace = trace_of(build(readout="attention", scale=0.0))

    assert told(trace)[0] == "After “slept” the answer looks at all 5 words nearly alike, about 20% each."
    assert "turns" not in told(trace)[1]


def test_covered_answers_are_not_given_away(negated):
    lines = told(negated, hidden=True)

    assert not any(label in line for line in lines for label in negated.model.labels)
    assert "Choose before you look" in lines[1]


def test_notation_adds_the_definition(negated):
    assert "softmax(attention.weight·h_t" in told(negated, notation=True)[-1]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", ["one-hot", "number"])
def test_every_kind_is_told_in_short_lines(cell, activation, inputs):
    trace = trace_of(build(cell, activation, "attention", inputs))
    for t in range(len(trace)):
        for scene in ({}, {"hidden": True}, {"notation": True}):
            lines = told(trace, t, **scene)
            assert 3 <= len(lines) <= 4
            assert max(map(len, lines)) <= 110
            assert sum(line.startswith("So what?") for line in lines) == 1


def test_beyond_all_bounds_there_are_no_weights():
    trace = trace_of(build("elman", "identity", "attention", "embedding", scale=1e4), "dog " * 200)

    assert "no weights" in told(trace)[0]
