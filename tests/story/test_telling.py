"""The sentences that explain a scene: true numbers, correct words, nothing given away."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.network.heads import Linear
from rnn_tui.network.trace import run
from rnn_tui.scene import Position
from rnn_tui.story import answer, outline, plain, tell, unknown_line
from rnn_tui.story.spans import word
from rnn_tui.text import number, printable
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, scene_at, trace_of, wired

ROLES = {"plain", "strong", "muted", "positive", "negative", "word"}
LONGEST = 156  # two rows of 78 cells


def said(trace, t, phase, **fields):
    return [plain(line) for line in tell(trace, scene_at(trace, t, phase, **fields))]


@pytest.fixture
def article():
    """The article's sentence on two units, verb and noun, wired by hand."""
    model = wired(
        [[0.9, 0.0, 0.9, 0.0], [0.1, 0.0, 0.1, 0.9]],
        words=("kicking", "and", "screaming", "dog"),
        unit_names=("verb", "noun"),
        fc=[[1, -1], [-1, 1]],
    )
    return trace_of(model, "Kicking and screaming")


def test_the_start_tells_a_newcomer_what_will_happen(article):
    assert said(article, 0, "read") == [
        "An RNN reads one word at a time and does three things: 1 multiply it by weights, 2 add what it remembers, "
        "3 check the outputs. Press → to multiply.",
        "“Kicking” is at place 1 of the 4 in the network's list of words: a 1 there, a 0 everywhere else.",
    ]


def test_the_articles_sentence_at_its_last_word(article):
    # h after each word: tanh(0.9) = 0.7163, tanh(0.7163) = 0.6146, tanh(0.6146 + 0.9) = 0.9078
    assert said(article, 2, "read") == [
        "Read “screaming”. “screaming” is at place 3 of the 4 in the network's list of words: "
        "a 1 there, a 0 everywhere else.",
        "All that is left of “Kicking and” is the memory: 2 numbers, one for each hidden unit.",
    ]
    assert said(article, 2, "multiply") == [
        "1 Multiply the word by the weights. “screaming” brings verb +0.90.",
        "Its 1 picks the weight of “screaming” and no other. Its strongest push up is +0.90 (verb).",
    ]
    assert said(article, 2, "add") == [
        "2 Add what it remembers. Verb had +0.61 from “Kicking and”; “screaming” brings +0.90; together +1.51.",
        "Two of three words so far pushed verb up: it is filling up.",
    ]
    assert said(article, 2, "squash") == [
        "Squash into −1 … 1. +1.51 becomes +0.91, which is what verb now remembers.",
        "Only 0.09 is left to the edge: another push up would hardly move verb.",
    ]
    # logits ±(0.9078 − 0.1967) = ±0.7110, so 80.6%; after “and” they were ±0.5153, 73.7%
    assert said(article, 2, "check") == [
        "3 Check the outputs. That was the last word. The answer is Negative, 81%.",
        "Verb's +0.91 times its weight −1.00 takes 0.91 from the score of Positive; "
        "“screaming” moved its share from 26% to 19%.",
    ]


def test_notation_is_one_more_line_with_the_numbers_in(article):
    lines = {phase.name: said(article, 2, phase.name, notation=True)[-1] for phase in article.model.phases}
    assert lines == {
        "read": "x[3] = 1, x[j] = 0 for every other j",
        "multiply": "ih[verb] = Σ weight_ih[verb,j]·x[j] + bias_ih[verb] = 0.90",
        "add": "pre_activation[verb] = ih[verb] + hh[verb] = 0.90 + 0.61 = 1.51",
        "squash": "h[verb] = tanh(pre_activation[verb]) = tanh(1.51) = 0.91",
        "check": "logits = fc.weight·h + fc.bias; probs = softmax(logits) = softmax(0.71, −0.71) = 0.81, 0.19",
    }


def test_the_first_word_finds_nothing_to_remember(article):
    assert said(article, 0, "add") == [
        "2 Add what it remembers. Nothing yet, so verb has just the +0.90 that “Kicking” brings.",
        "From the second word on, this step mixes what is new with what was before.",
    ]
    check = said(article, 0, "check")[0]
    assert check == "3 Check the outputs. If the sentence ended here: Negative 77%, Positive 23%."


def test_a_bias_is_not_taken_for_a_memory():
    trace = trace_of(wired([[0.9]], bias_hh=[-0.25], words=("dog",)), "dog dog")
    assert said(trace, 0, "add")[0] == (
        "2 Add what it remembers. Nothing yet; “dog” brings +0.90; the bias adds −0.25; together +0.65."
    )
    # tanh(0.65) = 0.5717, and 0.5717 + 0.9 − 0.25 = 1.2217
    assert said(trace, 1, "add")[0] == (
        "2 Add what it remembers. Unit 1 had +0.57 from “dog”; “dog” brings +0.90; the bias adds −0.25; together +1.22."
    )


def test_a_bias_is_not_taken_for_what_a_word_brings():
    model = wired([[0.9]], bias_ih=[0.25], bias_hh=[-0.5], words=("dog",))
    trace = trace_of(model, "zzzz dog")
    assert said(trace, 0, "multiply")[0].endswith(" “zzzz” brings unit 1 nothing but a bias, +0.25.")
    assert said(trace, 0, "add")[0].endswith(
        " “zzzz” brings nothing but a bias, +0.25; another bias adds −0.50; together −0.25."
    )
    assert said(trace, 1, "multiply")[0].endswith(" “dog” brings unit 1 +1.15.")


def test_a_word_that_brings_nothing(article):
    assert said(article, 1, "multiply") == [
        "1 Multiply the word by the weights. “and” brings verb 0.00.",
        "Its 1 picks the weight of “and” and no other. It moves no unit at all.",
    ]
    assert said(article, 1, "add")[1] == "“and” brings verb nothing: it lives on its memory alone."


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("zero up", "The memory gives unit 1 nothing: all of it comes from “up”."),
        ("zero zero", "Nothing old and nothing new: unit 1 stays silent."),
        ("up down", "Old and new pull against each other, and “down” is stronger."),
        ("up little", "Old and new pull against each other, and the memory is stronger."),
        ("down down", "Two of two words so far pushed unit 1 down: it sinks deeper."),
        ("up nudge", "Two of two words so far pushed unit 1 up."),
        ("down down down down", "Four of four words so far pushed unit 1 down."),
        ("up " * 11 + "up", "12 of 12 words so far pushed unit 1 up."),
    ],
)
def test_how_old_and_new_pull(text, meaning):
    # given words that push one unit by 0.9, −0.9, −0.3, 0.02 and 0
    model = wired([[0.9, -0.9, -0.3, 0.02, 0]], words=("up", "down", "little", "nudge", "zero"))
    trace = trace_of(model, text)
    # when the last word is added, then
    assert said(trace, len(trace) - 1, "add")[1] == meaning


@pytest.mark.parametrize(
    ("weight_hh", "text", "meaning"),
    [
        # tanh(0.9)·−0.9 = −0.64, and 0.9 pulls against it
        (-0.9, "up up", "Old and new pull against each other, and “up” is stronger."),
        # tanh(−0.9)·−0.9 = 0.64, and 0.64 + 0.9 lies above
        (-0.9, "down up", "Old and new both pull unit 1 up: it is filling up."),
        # tanh(0.9)·0.3 = 0.21, and tanh(0.21 + 0.02) = 0.23 lies below the 0.72 it had
        (0.3, "up nudge", "Two of two words so far pushed unit 1 up."),
        (0.3, "down little", "Two of two words so far pushed unit 1 down."),
    ],
)
def test_a_unit_is_said_to_go_further_only_where_it_does(weight_hh, text, meaning):
    model = wired(
        [[0.9, -0.9, -0.3, 0.02, 0]], weight_hh=[[weight_hh]], words=("up", "down", "little", "nudge", "zero")
    )
    trace = trace_of(model, text)
    assert said(trace, len(trace) - 1, "add")[1] == meaning


@pytest.mark.parametrize(
    ("activation", "text", "first", "second"),
    [
        ("tanh", "zero", "Squash into −1 … 1. Unit 1 stays at 0.00: zero stays zero.", "output nodes"),
        ("tanh", "zero zero", "Squash into −1 … 1. Unit 1 stays at 0.00: zero stays zero.", "output nodes"),
        ("tanh", "little", "Squash into −1 … 1. −0.30 becomes −0.29", "So small a number passes almost unchanged."),
        ("tanh", "up", "Squash into −1 … 1. +0.90 becomes +0.72", "The squashing took 0.18 away."),
        ("relu", "down", "Cut off below 0. −0.90 is below 0, so unit 1 becomes 0.00.", "says nothing"),
        ("relu", "up", "Cut off below 0. Unit 1 is not below 0, so it stays +0.90.", "output nodes"),
        ("identity", "up", "Leave it as it is. The sum +0.90 is what unit 1 now remembers.", "can grow and grow"),
    ],
)
def test_squashing(activation, text, first, second):
    model = wired([[0.9, -0.9, -0.3, 0.0]], words=("up", "down", "little", "zero"), activation=activation)
    trace = trace_of(model, text)
    lines = said(trace, len(trace) - 1, "squash")
    assert lines[0].startswith(first)
    assert second in lines[1]


def test_before_the_last_word_the_memory_goes_on_to_the_next():
    trace = trace_of(wired([[0.0]], words=("dog",)), "dog dog")
    assert said(trace, 0, "squash")[1] == "This is the memory that the next word will find."


def test_numbers_beyond_all_bounds():
    # given a network that multiplies its memory by 1e30 and squashes nothing
    model = wired([[3e30], [3e30]], weight_hh=[[1e30, 0], [0, 1e30]], words=("dog",), activation="identity")
    trace = trace_of(model, "dog dog dog")
    # when it is told, then it says so instead of a number
    assert said(trace, 2, "add")[1].startswith("Nothing can be computed with what is no number")
    assert "grown beyond all bounds" in said(trace, 1, "squash")[1]
    assert said(trace, 2, "check") == [
        "3 Check the outputs. No output node has a probability.",
        "The numbers grew beyond all bounds, so there is no answer.",
    ]
    assert plain(answer(trace, 2)) == "no answer"


def test_two_labels_that_share_the_first_place():
    trace = trace_of(wired([[0.0]], words=("dog",)), "dog dog")
    assert plain(answer(trace, 0)) == "undecided 50%"
    first, second = said(trace, 1, "check")
    assert first == "3 Check the outputs. That was the last word. It is undecided: Negative 50%, Positive 50%."
    assert (
        second
        == "Unit 1's 0.00 times its weight −1.00 adds nothing to the score of Positive; “dog” leaves its share at 50%."
    )


def test_many_labels_are_not_all_listed():
    trace = trace_of(build(labels=tuple("abcdef")))
    assert said(trace, 0, "check")[0].endswith(" and 3 others.")
    assert "What do you think it answers?" in said(trace, 0, "check", hidden=True)[0]


@pytest.mark.parametrize(("cell", "readout", "head"), product(("elman", "gru", "lstm"), READOUT_KINDS, ((), ("relu",))))
def test_a_hidden_answer_is_not_given_away_by_any_line(cell, readout, head):
    # given two networks whose outputs say the opposite
    model = build(cell, "tanh" if cell == "elman" else None, readout, head=head)
    opposite = replace(model, fc=Linear(-model.fc.weight, -model.fc.bias))
    traces = [trace_of(model), trace_of(opposite)]
    assert traces[0].prediction()[0] != traces[1].prediction()[0]
    # when they are told with the answer hidden, then they can't be told apart
    for t, phase in product(range(len(traces[0])), model.phases):
        lines = [said(trace, t, phase.name, hidden=True, notation=True) for trace in traces]
        assert lines[0] == lines[1]
        assert [plain(answer(trace, t, True)) for trace in traces] == ["? guess first"] * 2


def test_a_hidden_answer_is_asked_for(article):
    assert said(article, 2, "check", hidden=True)[0] == (
        "3 Check the outputs. That was the last word. What do you think: Negative or Positive? Choose before you look."
    )


def test_the_answer_has_its_label_and_its_share(article):
    assert plain(answer(article, 0)) == "Negative 77%"
    assert plain(answer(article, 2)) == "Negative 81%"


@pytest.mark.parametrize(
    ("unknown", "line"),
    [
        ("<unk>", "“barking” is unknown to this model, it reads <unk>; nearest: “barked”."),
        (None, "“barking” is unknown to this model, it reads nothing (zeros); nearest: “barked”."),
    ],
)
def test_an_unknown_word_is_named_with_what_is_near(unknown, line):
    # given a model with or without a word for unknown ones
    model = build(unknown=unknown, inputs="embedding")
    trace = trace_of(model, "dog barking zzzz")
    # when it reads words that it doesn't know, then
    assert plain(unknown_line(model, trace.tokens[1])) == line
    assert said(trace, 1, "read")[0] == f"Read “barking”. {line}"
    assert "nearest" not in plain(unknown_line(model, trace.tokens[2]))
    assert unknown_line(model, trace.tokens[0]) is None


def test_a_sentence_of_unknown_words_says_so_at_once():
    trace = trace_of(build(), "meh")
    assert said(trace, 0, "read")[1] == "“meh” is unknown to this model, it reads <unk>."


def test_zeros_bring_only_the_bias():
    trace = trace_of(build(inputs="embedding", unknown=None), "dog zzzz")
    assert said(trace, 1, "read")[0] == "Read “zzzz”. “zzzz” is unknown to this model, it reads nothing (zeros)."
    assert said(trace, 1, "multiply")[1].startswith("Its input is all zeros, so only the bias is left.")


def test_numbers_are_read_scaled():
    trace = trace_of(build(inputs="number"), "1.5 -2")
    read = said(trace, 1, "read")[0]
    assert read == (
        "Read “-2”. The network reads −2.00 less 0.50 (the mean of the numbers it learned from), "
        "divided by 2.00 (their spread): −1.25."
    )
    brought = said(trace, 1, "multiply", unit=0)[0]
    assert brought.startswith("1 Multiply the number by the weights. “-2” brings unit 1 ")


def test_with_attention_the_vote_is_of_what_was_looked_back_at():
    trace = trace_of(build(readout="attention"))
    held, weight = float(trace[-1]["context"][0]), float(trace.model.fc.weight[1, 0])
    line = said(trace, len(trace) - 1, "check", unit=0)[1]
    assert line.startswith(f"Unit 1's mixed {number(held)} times its weight {number(weight)} ")


def test_every_word_has_an_answer_of_its_own():
    trace = trace_of(build(readout="each"))
    assert said(trace, 1, "check")[0].startswith("3 Check the outputs. After “dog” it says: ")
    assert "moved" not in said(trace, 1, "check")[1]


@pytest.mark.parametrize(("cell", "name"), [("elman", "An RNN"), ("gru", "A GRU"), ("lstm", "An LSTM")])
def test_the_outline_names_the_cell(cell, name):
    trace = trace_of(build(cell, "tanh" if cell == "elman" else None))
    assert plain(outline(trace)).startswith(f"{name} reads one word at a time and does three things: 1 multiply it by")


def test_a_model_with_one_unit():
    trace = trace_of(build(hidden=1))
    assert said(trace, 2, "read")[1].endswith("the number of its one hidden unit.")
    assert "push" not in said(trace, 2, "multiply")[1]


def test_a_scene_outside_the_sentence_is_told_at_its_end(article):
    beyond = replace(scene_at(article, 0, "read"), position=Position(9, 9), unit=9)
    assert plain(tell(article, beyond)[0]).endswith("The answer is Negative, 81%.")


@pytest.mark.parametrize(("cell", "readout", "inputs"), product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS))
def test_every_phase_of_every_network_can_be_told_in_lines_that_are_short_enough(cell, readout, inputs):
    # given a network with long names
    labels = ("Negative" * 5, "Positive" * 5)
    model = build(*cell, readout, inputs, unit_names=tuple("abc" * 9 + end for end in "xyz"), labels=labels)
    trace = trace_of(model)
    for t, phase, hidden in product(range(len(trace)), model.phases, (False, True)):
        # when a moment is told
        lines = tell(trace, scene_at(trace, t, phase.name, unit=2, notation=True, hidden=hidden))
        # then there are two lines and the equation, each of known roles and not too long
        assert len(lines) == 3
        assert {span.role for line in lines for span in line} <= ROLES
        assert all(len(plain(line)) <= LONGEST for line in lines[:2])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_text_of_a_user_reaches_the_terminal_as_it_is(surfaces):
    # given any words at all
    model = build()
    trace = run(model, model.tokens_of(surfaces))
    # when the last is told, then every line is printable as it stands
    for phase in model.phases:
        for line in said(trace, len(trace) - 1, phase.name, notation=True):
            assert printable(line) == line


def test_of_many_words_only_the_last_two_are_quoted():
    assert word("a").text == "“a”"
    assert word("a", "b", "c").text == "“a b c”"
    assert word("a", "b", "c", "d").text == "“… c d”"
    assert word("a", "b", "c", "d", separator="").text == "“… cd”"
    assert word("x" * 40).text == f"“{'x' * 15}…”"
