"""What the edits did to the answer, in one sentence with true numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import (
    Activation,
    DropWord,
    Forget,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    apply_edits,
)
from rnn_tui.network.trace import run
from rnn_tui.story import plain
from rnn_tui.story.edits import consequence
from rnn_tui.text import percent
from tests.builders import CELL_KINDS, READOUT_KINDS, build, trace_of, wired


def told(model, text, *edits, t=0, **fields):
    """The sentence, and both traces."""
    before = trace_of(model, text)
    trace = run(*apply_edits(model, model.tokenize(text), edits))
    return plain(consequence(trace, before, edits, t, **fields)), trace, before


def model(fc_bias=(0.0, 0.0), **fields):
    """One unit that remembers: what is positive is Negative. With identity its numbers can be added up by hand."""
    given_fields = {"words": ("bad", "good", "so"), "activation": "identity", **fields}
    return wired([[1.0, -1.0, 0.0]], fc=[[1], [0]], fc_bias=fc_bias, **given_fields)


def test_an_answer_that_falls():
    # h after "bad so" is 1, so p = σ(1) = 0.731; with half the memory h is 0.5, σ(0.5) = 0.622
    assert told(model(), "bad so", ScaleMemory(0.5))[0] == "With half the memory, Negative goes down from 73% to 62%."


def test_an_answer_that_rises():
    # with twice the memory h is 2, σ(2) = 0.881
    assert told(model(), "bad so", ScaleMemory(2.0))[0] == "With twice the memory, Negative goes up from 73% to 88%."


def test_an_answer_that_turns():
    # "good so" is −1: σ(−1) = 0.269, so Positive 73%
    said = told(model(), "bad so", ReplaceWord(0, "good"))[0]
    assert said == "With “good” as word 1, the answer turns from Negative 73% to Positive 73%."


def test_an_answer_that_stays():
    assert told(model(), "bad", ScaleMemory(0.5))[0] == "With half the memory, the answer stays Negative 73%."


def test_an_answer_that_hardly_moves_says_by_how_much():
    # σ(1) = 0.73106 and σ(1.005) = 0.73204
    said = told(model(), "bad", SetParameter("bias_ih", (0,), 0.005))[0]
    assert said == "With the input bias of unit 1 at 0.01, the answer hardly moves: Negative 73.11% → 73.20%."


def test_a_covered_answer_is_asked_for_and_not_told():
    said = told(model(), "bad so", ScaleMemory(0.5), hidden=True)[0]
    assert said == "With half the memory: what will the answer be now?"


def test_numbers_that_grow_beyond_all_bounds_leave_no_answer():
    said = told(model(), " ".join(["bad"] * 60), ScaleMemory(1e30))[0]
    assert said == "With 1.0e30 × the memory, there is no answer: the numbers grow beyond all bounds."


def test_an_answer_that_was_none_before():
    grown = model(weight_hh=[[1e30]])
    said = told(grown, "bad bad bad bad", Forget())[0]
    assert said == "With the memory cut off, the answer is Negative 73%; before there was none."


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (ScaleMemory(0.0), "no memory"),
        (ScaleMemory(0.7), "0.70 × the memory"),
        (Forget(), "the memory cut off"),
        (Activation("relu"), "relu as the squash"),
        (Activation("identity"), "no squash"),
        (Silence(0), "verb silenced"),
        (SetParameter("weight_hh", (0, 0), -0.25), "the weight from verb to verb at −0.25"),
        (ReplaceWord(1, "great"), "“great” as word 2"),
        (InsertWord(2, "not"), "“not” put in at 3"),
        (DropWord(2), "word 3 left out"),
        (MoveWord(2, 0), "word 3 moved to 1"),
        (ReplaceWord(0, "x" * 99), "“xxxxxxxxxxxxxxx…” as word 1"),
    ],
)
def test_what_every_edit_is_called(edit, words):
    assert edit.told(model(unit_names=("verb",))) == words


def test_two_edits_are_named_and_more_are_counted():
    edits = (ScaleMemory(0.5), Silence(0), Forget())
    assert told(model(), "bad so", *edits[:2])[0].startswith("With half the memory and unit 1 silenced, ")
    assert told(model(), "bad so", *edits)[0].startswith("With 3 changes, ")


def test_an_edit_that_is_made_twice_is_told_once_and_counted():
    twice, more = (ScaleMemory(0.5), ScaleMemory(0.5)), (ScaleMemory(0.5), Silence(0), Silence(0), Silence(0))
    # σ(0.25) = 0.562
    assert told(model(), "bad so", *twice)[0] == "With half the memory (twice), Negative goes down from 73% to 56%."
    assert told(model(), "bad so", *more)[0].startswith("With half the memory and unit 1 silenced (3 times), ")


def test_an_answer_that_becomes_undecided_says_so():
    said = told(model(), "bad so", ScaleMemory(0.0))[0]
    assert said == "With no memory, the answer turns from Negative 73% to undecided (50%)."


def test_a_label_that_is_a_verb_of_its_own_is_not_said_twice():
    falling = model(labels=("falls", "rises"))
    assert told(falling, "bad so", ScaleMemory(0.5))[0] == "With half the memory, falls goes down from 73% to 62%."


def test_where_every_word_has_an_answer_the_same_word_is_compared_wherever_it_stands():
    # given a model that answers after every word, and a sentence whose first word is dropped
    own = build(readout="each", seed=2)
    said, trace, before = told(own, "the dog barked", DropWord(0), t=1)
    # then "barked", now the second word, is compared with what it was as the third
    was, now = before.values["probs"][2], trace.values["probs"][1]
    assert figures(said) <= shares(was, now)
    assert own.labels[int(was.argmax())] in said


def test_a_new_word_has_an_answer_of_its_own_and_none_from_before():
    own = build(readout="each", seed=2)
    said, trace, _ = told(own, "the dog barked", InsertWord(1, "cat"), t=1)
    label, probability = trace.prediction(1)
    assert said == (
        f"With “cat” put in at 2, the answer for the new word is {own.labels[label]} {round(100 * probability)}%."
    )


def figures(said):
    """All shares that a sentence names."""
    return set(re.findall(r"[<>]?[\d.]+%", said))


def shares(*probs):
    """How these may be said."""
    numbers = [float(p) for each in probs for p in each]
    return {percent(p) for p in numbers} | {f"{100 * p:.2f}%" for p in numbers}


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@given(factor=st.sampled_from([0.0, 0.3, 0.9, 1.7]), seed=st.integers(0, 30), t=st.integers(0, 2))
def test_every_figure_is_one_of_the_traces(cell, activation, readout, factor, seed, t):
    own = build(cell, activation, readout, seed=seed)
    said, trace, before = told(own, "the dog barked", ScaleMemory(factor), t=t)
    place = t if readout == "each" else -1
    was, now = before.values["probs"][place], trace.values["probs"][place]

    undecided = {percent(p) for p in (was.min(), now.min())} & {"50%"}
    assert figures(said) <= shares(was, now)
    assert own.labels[int(was.argmax())] in said or undecided
    assert ("turns" in said) == (was.argmax() != now.argmax()) or undecided
    if " goes " in said:
        assert ("goes up" in said) == (now.max() > was.max())
