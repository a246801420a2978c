"""The words of questions: true for every network, of one meaning each, and how all of them are listed."""

from __future__ import annotations

import pytest

from rnn_tui.cli import main
from rnn_tui.network.changes import without_memory
from rnn_tui.network.trace import run
from rnn_tui.questions.asking import forms, question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.practice import standing
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import build, wired
from tests.questions.asking import ask, traces

TEXT = "the dog barked"


def shipped(form, name, text, t=0, phase=0):
    reading = Reading(name, text)
    return question_at(form, Scene(reading, position=Position(t, phase)), traces().trace(reading))


def test_among_negative_numbers_the_highest_is_asked_for_and_not_the_largest():
    model = wired([[-0.5], [-1.0]], words=("the",))
    question = ask("largest steps[0].h[0] steps[0].h[1]", model, "the", 0, "read")

    assert question.answer == "unit 1"  # the nearer to 0 of the two, so the shorter bar
    assert "Which of these units will have the highest (furthest to the +) memory" in question.ask
    assert question.why.endswith("The highest is unit 1.")
    assert "largest" not in question.ask + question.why


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("elman", "The memory is cut off: all"),
        ("gru", "The gates no longer see the memory, but what they keep of the old memory still passes: all"),
        ("lstm", "The gates no longer see the memory, but what they keep of the old cell state still passes: all"),
    ],
)
def test_what_is_cut_off_without_memory_is_said_of_each_cell(kind, said):
    question = ask("without-memory", build(kind, "tanh" if kind == "elman" else None), TEXT, 0, "read")

    assert question.ask.startswith(said)
    assert ("still passes" in question.why) == (kind != "elman")


@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_what_a_gate_keeps_does_pass_without_memory(kind):
    model = without_memory(build(kind, None))
    first, other = (run(model, model.tokenize(text)).values["h"][-1] for text in ("the barked", "dog barked"))

    assert abs(first - other).max() > 1e-4  # so it would be untrue that the last word alone decides


def test_what_the_bias_does_is_not_what_the_word_brings():
    biased = build("elman", "tanh")
    plain = wired([[0.5, 1.0]], words=("the", "dog"))

    assert "will what the word and its bias bring be positive" in ask("sign ih[1]", biased, TEXT, 0, "read").ask
    assert "will what the word brings be positive" in ask("sign ih[1]", plain, "the dog", 0, "read").ask


def test_where_the_input_is_all_0_the_bias_alone_is_left_or_nothing():
    biased = wired([[0.5, 1.0]], bias_ih=[0.25], words=("the", "dog"))
    plain = wired([[0.5, 1.0]], words=("the", "dog"))

    assert ask("value ih[1]", biased, "cat", 0, "read").why == "There is nothing but the bias, 0.25."
    none = ask("value ih[1]", plain, "cat", 0, "read")
    assert none.why == "All products are 0, so it is 0.00."
    assert "bias" not in none.ask


def test_a_label_that_is_a_letter_stands_in_quotation_marks():
    question = shipped("probability a", "names", "ma")

    assert "How probable will “a” be after" in question.ask
    assert "the score of “a” be positive" in shipped("sign logits[1]", "names", "ma").ask


def test_the_mark_at_the_start_of_a_name_is_called_that():
    assert "at character 1, the start mark “^”: will" in shipped("sign h[1]", "names", "^ma").ask
    assert "start mark" not in shipped("sign h[1]", "names", "^ma", 1).ask
    assert "start mark" not in ask("sign h[1]", build("elman", "tanh"), TEXT, 0, "read").ask


@pytest.mark.parametrize(("name", "at"), [("names", "character 2"), ("sentiment", "word 2"), ("sunspots", "number 2")])
def test_where_the_walk_is_is_said_with_what_is_counted(name, at):
    text = traces().model(name).examples[0].text
    assert f"The walk is at {at}, in " in standing(shipped("sign h[1]", name, text, 1))


@pytest.mark.parametrize("command", [[], ["walk"], ["trace"]], ids=" ".join)
def test_help_lists_every_kind_and_how_it_counts(capsys, command):
    assert main([*command, "--ask", "help"]) == 0
    told = capsys.readouterr().out

    assert all(kind.summary in told for kind in KINDS.values())
    assert [line.split("  ")[0] for line in told.splitlines()[: len(KINDS)]] == list(forms())
    assert "units count from 1, as in h[3]" in told
    assert "steps[0].h[0], counts them from 0" in told
