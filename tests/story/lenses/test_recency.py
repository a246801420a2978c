"""What the recency lens tells of a sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.recency import recency
from rnn_tui.network.held import Held
from rnn_tui.network.trace import run
from rnn_tui.story import plain
from rnn_tui.story.lenses import tell_first
from rnn_tui.story.lenses.recency import tell, thirds
from tests.builders import CELL_KINDS, READOUT_KINDS, build, scene_at, trace_of


def told(measured, trace, t=0, **scene):
    return [plain(line) for line in tell(measured, trace, scene_at(trace, t, "read", **scene))]


@pytest.fixture(scope="module")
def negated():
    """A shipped model and a sentence whose "not" matters."""
    return trace_of(shelf.load("sentiment"), "this movie is not good")


def test_it_names_the_word_that_counts_most_and_what_the_current_one_would_do_elsewhere(negated):
    # given what was measured
    found = recency(negated)
    before, after = found.probability, found.probability - found.leave_one_out[3]
    first, last = found.position_sweep[1, 0], found.position_sweep[1, 4]
    # when it is told with the second word picked
    lines = told(found, negated, t=1)
    # then its figures are the measured ones
    name = negated.model.labels[found.label]
    assert lines[1] == f"Without “not”: {name} {after:.0%} instead of {before:.0%}; the answer turns."
    without = found.probability - found.leave_one_out[1]
    assert lines[0] == f"“movie” first: {name} {first:.0%}; last: {last:.0%}; without it: {without:.0%}."
    assert lines[2] == "Points show one word left out, shares divide the score among all words: so they differ."
    # and what it means follows from them
    assert lines[3] == "So what? Places matter: “movie” moves the answer further last than first."
    assert abs(last - without) > abs(first - without)


def test_of_the_word_that_counts_most_the_answer_without_it_is_told_once(negated):
    lines = told(recency(negated), negated, t=3)

    assert lines[0].endswith("; without it: 14%; the answer turns.")
    assert lines[1].startswith("Points show ")


def test_the_first_that_is_told_bears_out_the_so_what(negated):
    for measured, first in ((recency(negated), "“this” first: "), (recency(negated, sweep=False), "Of all points, ")):
        said = [plain(line) for line in tell_first("recency", measured, negated, scene_at(negated, 0, "read"))]
        assert said[0].startswith(first)
        assert said[1].startswith("So what?")


def with_counts(counts, **fields):
    """A measured result with these counts; p is 0.8."""
    counts = np.array(counts)
    sweep = np.full((len(counts), len(counts)), 0.8)
    given = {"leave_one_out": counts, "integrated_gradients": counts, "position_sweep": sweep, "probability": 0.8}
    return replace(recency(trace_of(build(), "the dog and")), t=len(counts) - 1, **(given | fields))


def test_a_word_that_holds_the_answer_down_makes_it_rise():
    trace = trace_of(build(), "the dog and")
    name = trace.model.labels[with_counts([0, 0, 0]).label]

    assert told(with_counts([-0.15, 0.1, 0.0]), trace, t=1)[1] == f"Without “the”: {name} 95% instead of 80%."


def test_the_so_what_follows_from_what_was_seen():
    trace = trace_of(build(), "the dog and")

    def so_what(counts, first, last):
        sweep = np.full((3, 3), 0.8)
        sweep[:, 0], sweep[:, 2] = first, last
        return told(with_counts(counts, position_sweep=sweep), trace)[-1].removeprefix("So what? ")

    # given a word without which p is 0.7, and which brings it to other numbers when first and when last
    counts = [0.1, 0.1, 0.1]
    assert so_what(counts, 0.75, 0.95) == "Places matter: “the” moves the answer further last than first."
    assert so_what(counts, 0.95, 0.75) == "Places matter: “the” moves the answer further first than last."
    assert so_what(counts, 0.9, 0.5) == "Places matter, but “the” moves the answer as far first as last."
    # then a move down counts as one up, and the middle where it is louder than the ends
    assert so_what(counts, 0.2, 0.9) == "Places matter: “the” moves the answer further first than last."
    assert so_what(counts, 0.71, 0.74) == "Places matter: “the” moves the answer furthest at place 2, to 80%."
    # and what rounds to nearly the same is no difference
    assert so_what(counts, 0.78, 0.82) == "The place of “the” hardly matters: 78% to 82% wherever it stands."
    assert so_what(counts, 0.8, 0.8) == "The place of “the” hardly matters: 80% wherever it stands."


def test_where_no_word_was_moved_the_place_is_asked_about():
    trace = trace_of(build(), "the dog and")

    def so_what(*counts):
        return told(with_counts(counts, position_sweep=None), trace)[-1].removeprefix("So what? ")

    assert so_what(0.1, 0.1, 0.4) == "Here the late words count for more. Do they because they are late? Slide one."
    assert so_what(0.4, 0.1, 0.1) == "Here the early words count for more. Would they at the end, too? Slide one."
    assert so_what(0.1, 0.4, 0.1) == "Here early and late words count alike. Does the place matter? Slide one."
    assert so_what(0.001, 0.0, 0.0) == "What one word brings, others may bring as well."


def test_where_nothing_counts_it_says_so():
    trace = trace_of(build(), "the dog and")
    lines = told(with_counts([0.001, 0.002, -0.004]), trace)

    assert lines[1].startswith("No word counts alone: ")
    assert lines[0] == f"“the” anywhere: {trace.model.labels[with_counts([0, 0, 0]).label]} 80%; without it: 80%."
    assert len(lines) == 4


def test_thirds_of_a_longer_sentence():
    found = with_counts([0.1, 0.1, 0.0, 0.0, 0.3, 0.5])

    assert thirds(found) == (2, pytest.approx(0.2), pytest.approx(0.8))


def test_without_a_sweep_nothing_is_said_of_other_places(negated):
    lines = told(recency(negated, sweep=False), negated)

    assert len(lines) == 4
    assert not any("first:" in line for line in lines)
    _, early, late = thirds(recency(negated))
    assert lines[0] == f"Of all points, up or down, the last of 5 words has {late:.0%}, the first {early:.0%}."


def test_covered_answers_are_not_given_away(negated):
    lines = told(recency(negated), negated, hidden=True)

    assert not any(label in line for line in lines for label in negated.model.labels)
    assert not any("%" in line for line in lines)
    assert lines[-1].startswith("So what?")


def test_notation_adds_the_definition(negated):
    assert "∫ ∂logit" in told(recency(negated), negated, notation=True)[-1]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("text", ["dog", "the dog", "the dog and the cat slept not and the dog barked"])
def test_every_kind_is_told_in_short_lines(cell, activation, readout, text):
    trace = trace_of(build(cell, activation, readout, words=("<unk>", "the", "dog", "cat")), text)
    for t in range(len(trace)):
        for scene in ({}, {"hidden": True}, {"notation": True}):
            lines = told(recency(trace, t), trace, t, **scene)
            assert 2 <= len(lines) <= 5
            assert max(map(len, lines)) <= 120
            assert sum(line.startswith("So what?") for line in lines) == 1


def test_beyond_all_bounds_there_is_nothing_to_count_for():
    trace = trace_of(build("elman", "identity", inputs="embedding", scale=1e4), "dog " * 100)
    lines = told(recency(trace, sweep=False), trace)

    assert "no answer" in lines[0]
    assert len(lines) == 2


def test_of_a_value_that_is_held_it_says_that_it_goes_with_its_word(negated):
    # given a value that is held at one word
    tokens = list(negated.tokens)
    tokens[1] = replace(tokens[1], held=(Held("h", 2, 0.9),))
    held = run(negated.model, tokens)
    # then it is said, and only then
    said = "Points leave out a word with what is held at it; shares keep it held: so they differ."
    assert said in told(recency(held), held)
    assert said not in told(recency(negated), negated)
