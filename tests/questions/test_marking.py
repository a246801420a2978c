"""Marking: slips worked out by hand for each cell, choices in every way of giving them, and what is no answer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rnn_tui.questions.marking import mark, read_number
from rnn_tui.questions.question import Slip
from tests.builders import build, wired
from tests.questions.asking import ask

# Two units, words that pick a column; joy and calm. Every number here is computed by hand below.
WIRED = wired(
    [[0.5, 1.0], [-1.0, 0.25]],
    weight_hh=[[0.5, -1.0], [0.25, 2.0]],
    bias_ih=[0.25, 0.0],
    bias_hh=[-0.5, 0.0],
    fc=[[1.0, 0.5], [-1.0, 0.25]],
    fc_bias=[0.25, 0.0],
    words=("the", "dog"),
)
TEXT = "the dog the"
H2 = math.tanh(1.0 + 0.25 + 0.5 * 0.24 + 0.76 - 0.5), math.tanh(0.25 + 0.25 * 0.24 - 2 * 0.76)


def slips(question):
    return {(slip.name, round(slip.value, 2)) for slip in question.slips}


def test_the_first_word_as_it_was_worked_out():
    question = ask("value h[1]", WIRED, TEXT, 0, "add")

    assert question.answer == pytest.approx(math.tanh(0.25), abs=1e-6)
    assert mark(question, "0.24").right


def test_the_slips_of_the_memory_sum():
    question = ask("value hh[1]", WIRED, TEXT, 1, "read")  # 0.50 × 0.24 + (−1.00) × (−0.76) − 0.50 = 0.38

    assert question.answer == pytest.approx(0.5 * math.tanh(0.25) - math.tanh(-1) - 0.5, abs=1e-6)
    for given, slip in {
        "0.88": "bias",  # without −0.50
        "1.38": "sign",  # +0.50 for −0.50
        "-1.46": "row",  # 0.25 × 0.24 + 2.00 × (−0.76) + 0.00
        "-0.57": "column",  # 0.50 × 0.24 + 0.25 × (−0.76) − 0.50
        "-0.38": "elementwise",  # 0.50 × 0.24 − 0.50
        f"{0.5 * round(H2[0], 2) - round(H2[1], 2) - 0.5:.2f}": "time",  # with the memory after this word
        "0.14": "sign",  # the first product with the wrong sign
    }.items():
        marked = mark(question, given)
        assert not marked.right, given
        assert slip in marked.slip.split(", "), (given, marked)
    assert mark(question, "-0.38").slip == "elementwise, sign"  # two slips that lead to one number are both named
    assert "Or: " in mark(question, "-0.38").said


def test_the_slips_of_the_input_sum():
    question = ask("value ih[1]", WIRED, TEXT, 1, "read")  # 1.00 × 1.00 + 0.25

    found = {given: mark(question, given).slip for given in ("1.00", "0.25", "0.75", "2.25")}
    assert found == {"1.00": "bias", "0.25": "row", "0.75": "sign, column", "2.25": "product"}
    assert "the column of word 1, “the”" in mark(question, "0.75").said


def test_the_slips_of_the_squash_and_of_the_sum():
    squash = ask("value h[1]", WIRED, TEXT, 1, "add")
    total = 1.25 + 0.5 * math.tanh(0.25) - math.tanh(-1) - 0.5

    assert mark(squash, f"{math.tanh(total):.2f}").right
    assert mark(squash, f"{total:.2f}").slip == "squash"
    assert mark(squash, f"{1 / (1 + math.exp(-total)):.2f}").slip == "squash"
    assert "sigmoid" in mark(squash, f"{1 / (1 + math.exp(-total)):.2f}").said
    added = ask("value pre_activation[1]", WIRED, TEXT, 1, "read")
    assert mark(added, "1.25").slip == "part"
    assert mark(added, "1.25").said.endswith("“memory with bias” is missing.")


def test_the_slips_of_a_whole_sum():
    question = ask("value pre_activation[1] whole", WIRED, TEXT, 1, "read")
    total = 1.25 + 0.5 * 0.24 + 0.76 - 0.5

    assert mark(question, f"{total:.2f}").right
    assert mark(question, f"{total - 0.25 + 0.5:.2f}").slip == "bias"
    assert mark(question, f"{total + 0.5:.2f}").slip.startswith("bias")
    assert mark(question, f"{math.tanh(total):.2f}").slip == "squash"
    assert question.level == 5


def test_the_slips_of_the_output_nodes():
    question = ask("value logits[1]", WIRED, TEXT, 0, "squash")  # 0.24 + 0.5 × (−0.76) + 0.25 = 0.11

    assert mark(question, "0.11").right
    assert "bias" in mark(question, "-0.14").slip
    assert "row" in mark(question, "-0.43").slip  # −0.24 + 0.25 × (−0.76)
    assert "That is the row of “Positive”." in mark(question, "-0.43").said


def test_a_gru_mixes_up_z_and_its_rest():
    question = ask("value h[2]", build("gru", None), "the dog barked", 1, "candidate")
    z, n, old = (
        float(one.partition(" = ")[2].partition(" (")[0].replace("−", "-"))
        for one in question.ask.split(": ")[1].split(". ")[0].split(", ")
    )

    assert question.answer == pytest.approx((1 - z) * n + z * old, abs=question.tolerance)
    assert ("gate", round(z * n + (1 - z) * old, 2)) in slips(question)
    assert ("part", round(z * old, 2)) in slips(question)


def test_an_lstm_takes_c_before_for_c_and_forgets_the_gate():
    model = build("lstm", None, scale=1.5)
    question = ask("value h[1]", model, "the dog barked", 1, "write")
    trace_said = question.ask.split(": ")[1].split(". ")[0].split(", ")
    show, c = (float(one.partition(" = ")[2].partition(" (")[0].replace("−", "-")) for one in trace_said)

    assert question.answer == pytest.approx(show * math.tanh(c), abs=question.tolerance)
    assert ("gate", round(math.tanh(c), 2)) in slips(question)
    assert ("squash", round(show * c, 2)) in slips(question)
    assert "time" in {name for name, _ in slips(question)}


def test_a_slip_within_the_tolerance_of_the_answer_is_none():
    question = replace(ask("value h[1]", WIRED, TEXT, 1, "add"), slips=(Slip("bias", 0.0, "The bias is missing."),))
    near = replace(question, answer=0.005, tolerance=0.01)

    assert mark(near, "0").right
    assert mark(near, "0.02").slip is None


@pytest.mark.parametrize("given", ["up", "UP", " Up ", "1"])
def test_a_choice_is_taken_in_any_way_that_is_plain(given):
    question = ask("direction h[1]", WIRED, TEXT, 0, "read")

    assert question.choices == ("up", "down", "about the same")
    assert mark(question, given).right


def test_a_choice_that_is_a_number_goes_before_its_place():
    question = replace(ask("direction h[1]", WIRED, TEXT, 0, "read"), choices=("2", "1"), answer="1")

    assert mark(question, "1").right
    assert not mark(question, "2").right


@pytest.mark.parametrize("given", ["", "sideways", "0", "4", "u", "1.5", "9" * 500])
def test_what_is_none_of_the_choices_is_not_marked(given):
    marked = mark(ask("direction h[1]", WIRED, TEXT, 0, "read"), given)

    assert (marked.right, marked.read) == (False, False)
    assert marked.said.endswith("none of the answers: up, down or about the same")
    assert "\n" not in marked.said


@pytest.mark.parametrize("given", ["", "a lot", "1/2", "nan", "inf", "1e999", "0.5.5", "--1", "1 000,5x", "50%"])
def test_what_is_no_number_is_not_marked(given):
    marked = mark(ask("value h[1]", WIRED, TEXT, 0, "add"), given)

    assert (marked.right, marked.read) == (False, False)
    assert marked.said.endswith("is no number; give a number such as −0.25")


@pytest.mark.parametrize(
    ("given", "number"),
    [("0.24", 0.24), ("+.24", 0.24), ("−0,24", -0.24), ("≈ 0.24", 0.24), ("= -1", -1), ("- 0.5", -0.5), ("2e-1", 0.2)],
)
def test_a_number_is_read_in_any_usual_way(given, number):
    assert read_number(given) == number


def test_a_share_may_be_given_in_per_cent():
    question = ask("probability Negative", WIRED, TEXT, 0, "read")
    whole = 100 * question.answer

    for given in (f"{question.answer:.2f}", f"{whole:.0f}%", f"{whole:.0f} %", f"{whole:.0f}"):
        assert mark(question, given).right, given
    assert mark(question, "a").said.endswith("give a share such as 60%, from 0% to 100%")


def test_what_was_typed_is_quoted_so_that_a_terminal_obeys_nothing_in_it():
    assert "\x1b" not in mark(ask("value h[1]", WIRED, TEXT, 0, "add"), "\x1b[2J" + "x" * 10_000).said
