"""The usual slips: each is known in every cell, told once, and only where it was made."""

from __future__ import annotations

import math

import pytest

from rnn_tui.questions.marking import mark
from rnn_tui.questions.question import SLIPS
from tests.builders import build, wired
from tests.questions.asking import NAMES, ask, everything, scenes
from tests.questions.test_marking import TEXT, WIRED

PLAIN = wired([[0.5, 1.0]], words=("the", "dog"))


def given_in(question):
    """The numbers that a question gives, by their names."""
    told = question.ask.split(": ", 1)[1].split(". How much")[0].split(", ")
    return {
        name: float(value.partition(" (")[0].replace("−", "-")) for name, value in (one.split(" = ") for one in told)
    }


def test_an_lstm_s_gates_exchanged_and_left_out():
    question = ask("value c[1]", build("lstm", None, scale=1.5), "the dog barked", 1, "gates")
    keep, write, new, old = (given_in(question)[name] for name in ("keep", "write", "new", "old cell state"))

    assert mark(question, f"{keep * old + write * new:.2f}").right
    swapped = mark(question, f"{write * old + keep * new:.2f}")
    assert "That mixes up “keep” and “write”: each belongs to the other part." in swapped.said
    bare = mark(question, f"{old + new:.2f}")
    assert "still to be multiplied by “keep”, and the other part by “write”" in bare.said


def test_a_gru_without_any_multiplying():
    question = ask("value h[2]", build("gru", None), "the dog barked", 1, "candidate")
    z, n, old = (given_in(question)[name] for name in ("keep", "new", "old memory"))
    bare = mark(question, f"{n + old:.2f}")

    assert "still to be multiplied by “(1 − keep)”, and the other part by “keep”" in bare.said
    assert sum("mixes up" in slip.said for slip in question.slips) == 1  # keep and its rest, once
    assert mark(question, f"{z * n + (1 - z) * old:.2f}").slip.startswith("gate")


def test_the_old_memory_in_place_of_the_new_one():
    marked = mark(ask("value h[1]", WIRED, TEXT, 1, "read"), f"{math.tanh(0.25):.2f}")

    assert "time" in marked.slip.split(", ")
    assert "That is the old memory: the one after this word was asked for." in marked.said


def test_any_product_of_a_row_alone_is_known():
    question = ask("value hh[1]", WIRED, TEXT, 1, "read")  # 0.50 × 0.24 + (−1.00) × (−0.76) − 0.50
    own, other = mark(question, "-0.38"), mark(question, "0.26")

    assert "one product alone, as if it went element by element" in own.said
    assert other.slip == "elementwise"
    assert "one product alone: every product of the row is added" in other.said
    assert "elementwise" in mark(question, "0.76").slip  # without the bias


def test_the_wrong_sign_of_a_product_that_stands_alone_is_told_once():
    question = ask("value ih[1]", PLAIN, "the dog", 0, "read")
    marked = mark(question, "-0.50")

    assert marked.said == "Not quite: it is +0.50. The number is right, but its sign is the wrong way round."
    assert [slip.name for slip in marked.slips] == ["sign"]


def test_a_wrong_guess_of_a_share_is_no_slip_unless_it_is_that_number():
    # given scores of +0.75 and −0.75: shares of 82% and 18%, and e^−0.75 = 0.47
    model = wired([[0.5, 1.0]], fc=[[1.0], [-1.0]], words=("the", "dog"), activation="identity")
    question = ask("probability Negative", model, "dog the", 0, "read")
    slip = next(slip.value for slip in question.slips if slip.name == "share")
    other = ask("probability Positive", model, "dog the", 0, "read")
    alone = next(slip.value for slip in other.slips if slip.name == "share")

    assert slip > 1
    assert "e^score alone" in mark(question, f"{slip:.2f}").said  # taken as it stands, though it might be per cent
    assert "e^score alone" in mark(other, f"{alone:.2f}").said
    near = mark(other, f"{alone + 0.05:.2f}")
    assert (near.right, near.slip) == (False, None)


@pytest.mark.parametrize("form", ["value r[1]", "value z[1]", "value probs[1]"])
def test_a_share_by_hand_may_be_given_as_the_screen_shows_it(form):
    question = ask(form, build("gru", None), "the dog barked", 1, "read")

    assert question.share
    for given in (f"{question.answer:.2f}", f"{question.answer:.0%}", f"{100 * question.answer:.0f}"):
        assert mark(question, given).right, given


@pytest.mark.parametrize("given", ["-.5%", "−50%", "101%", "1e9%"])
def test_what_can_be_no_share_is_not_marked(given):
    marked = mark(ask("probability Negative", WIRED, TEXT, 0, "read"), given)

    assert not marked.read
    assert marked.said.endswith("is no share; give a share such as 60%, from 0% to 100%")


@pytest.mark.parametrize("name", NAMES)
def test_every_slip_has_a_name_that_is_put_into_words(name):
    for scene, trace in scenes(name):
        for question in everything(scene, trace):
            assert {slip.name for slip in question.slips} <= SLIPS.keys()
