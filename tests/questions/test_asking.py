"""Which question a text form means at a position, and what is said where it can't be asked."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.edits import parse_edit
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.questions.asking import forms, possible, question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.marking import mark
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import build, wired
from tests.questions.asking import NAMES, ask, asked, at, everything, scenes, traces

MODEL = build("elman", "tanh", "mean", hidden=3, head=("relu",), unit_names=("joy", "calm", "fear"), seed=3)
TEXT = "the dog barked"


@pytest.mark.parametrize(
    ("t", "phase", "form", "target"),
    [
        (0, "read", "value ih[1]", "steps[0].ih[0]"),
        (0, "multiply", "value ih[1]", "steps[1].ih[0]"),  # that of this word is on the screen
        (1, "add", "value h[calm]", "steps[1].h[1]"),
        (1, "squash", "value h[2]", "steps[2].h[1]"),
        (2, "pool", "value head.0[3]", "steps[2].head[0][2]"),
        (0, "read", "value probs[Positive]", "steps[0].probs[1]"),
        (0, "read", "direction", "steps[0].h[{}]"),
        (1, "read", "reading", "steps[2].token"),
        (1, "read", "reading now", "steps[1].token"),
    ],
)
def test_what_comes_next_is_asked(t, phase, form, target):
    scene, trace = at(MODEL, TEXT, t, phase)

    assert question_at(form, scene, trace).target == target.format(scene.unit_in(trace))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("value x[fear]", "[fear]: x has 5, so 1 to 5"),
        ("value attention[calm]", "[calm]: attention has 2, so 1 to 2"),
        ("value logits[joy]", "[joy]: logits has 2, so 1 to 2, or Negative"),
    ],
)
def test_only_numbers_of_units_have_their_names(form, said):
    model = build("elman", "tanh", "attention", hidden=3, unit_names=("joy", "calm", "fear"), inputs="embedding")

    with pytest.raises(UserError) as raised:
        ask(form, model, TEXT, 0, "check")
    assert said in str(raised.value)


def test_a_number_that_is_there_from_the_start_on_can_not_be_asked_earlier():
    with pytest.raises(UserError, match="to be seen already, from the start on; ask for another number"):
        ask("value x[1]", MODEL, "the", 0, "read")


def test_two_words_that_the_network_does_not_know_are_one_to_it():
    reading = Reading("kicking-and-screaming", "foo kicking bar")
    trace = traces().trace(reading)

    with pytest.raises(UserError, match="“foo” and “bar” are read alike, so nothing changes"):
        question_at("exchanged 1 3", Scene(reading), trace)
    assert question_at("exchanged 1 2", Scene(reading), trace).answer in trace.model.labels


def test_a_memory_that_is_cut_off_is_not_cut_off_again():
    trace = traces().trace(Reading("sentiment", "not a bad film", (parse_edit("forget"),)))

    with pytest.raises(UserError, match="the memory is cut off here already"):
        question_at("without-memory", Scene(Reading("sentiment", "x")), trace)


@pytest.mark.parametrize(("notation", "why"), [(False, "squashed("), (True, "tanh(")])
def test_the_squash_has_its_name_in_notation_alone(notation, why):
    found = ask("sign h[1]", MODEL, TEXT, 0, "add", notation=notation).why

    assert found.startswith(why)
    assert ("tanh" in found) is notation


def test_shares_are_said_in_per_cent_as_the_panels_show_them():
    model = build("lstm", None, "attention", hidden=3, scale=1.5)
    scene, trace = at(model, TEXT, 1, "read")
    probs, keep = trace[1].probs, trace[1]["f"]
    weights = trace[1]["attention"]

    question = question_at("value probs[2]", scene, trace)
    assert question.share
    assert question.why.endswith(f", which is {probs[1]:.0%}.")
    assert f"(to within {question.tolerance:.0%})" in question.ask
    assert mark(question, f"{probs[1]:.0%}").right
    assert mark(question, f"{probs[1]:.2f}").right
    assert f"keep = {keep[0]:.2f} ({keep[0]:.0%})" in question_at("value c[1]", scene, trace).ask
    largest = question_at("largest steps[1].attention[0] steps[1].attention[1]", scene, trace)
    assert all(f"{weight:.0%}" in largest.why for weight in weights[:2])


def test_with_the_answer_covered_it_is_asked_of_this_word():
    assert ask("value logits[1]", MODEL, TEXT, 1, "check", hidden=True).target == "steps[1].logits[0]"
    assert ask("value logits[1]", MODEL, TEXT, 1, "check").target == "steps[2].logits[0]"


def test_a_row_of_what_is_stacked_by_gates_has_two_names():
    model = build("gru", None, hidden=3)
    by_gate, by_row = (ask(f"value ih{one}", model, TEXT, 0, "read") for one in ("_z[2]", "[5]"))

    assert by_gate == by_row
    assert (by_gate.text, by_gate.target) == ("value ih_z[2]", "steps[0].ih[4]")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("", "a question begins with its kind (the kinds are: reading next · next-phase · direction h[3] · "),
        ("directon h[1]", "no question is called “directon”, did you mean direction? (the kinds are: "),
        (
            "direction",
            "“direction” can't be asked here: what comes out of squash at the last word is to be seen already",
        ),
        ("direction h", "“h”: expected a name and a unit, such as h[1]"),
        ("direction ih[1]", "ih[1] has no number before it to go up or down from; ask for h[1]"),
        ("value h[9]", "[9]: h has 3, so 1 to 3, or joy, calm or fear"),
        ("value q[1]", "this network has no “q”; it has x, ih, hh, pre_activation, h, context, head.0, logits, probs"),
        ("value", "“value” takes the name of a number and its unit, such as h[1], and perhaps “whole”"),
        ("value h[1] hole", "“value” takes the name of a number"),
        ("value h[1] whole", "is no sum of input and memory alone"),
        (
            "value x[1]",
            "what comes out of read at the last word is to be seen already; ask it earlier, such as at 2:check",
        ),
        ("sign probs[1]", "probs[1] runs from 0 to 1 and is never negative"),
        ("probability Maybe", "“Maybe” is no label of this network; it has Negative or Positive"),
        ("label now", "“label” takes nothing behind it"),
        ("exchanged 1", "“exchanged” takes the numbers of two words, such as 1 3, not 1"),
        ("exchanged 1 9", "it takes two different words from 1 to 3"),
        ("other-cell", "“other-cell” takes the name of another model"),
        ("other-cell sentiment", "“sentiment” reads other words; give a model that reads those of “small”"),
        ("other-cell names", "“names” has other labels; give a model with the labels of “small”"),
        ("other-cell nowhere", "no model is called “nowhere”"),
        ("largest steps[0].h[0]", "“largest” takes 2 to 9 different paths"),
        ("largest steps[0].h[0] steps[9].h[0]", "there is no [9]; there are 3 steps, so [0] to [2]"),
        ("largest steps[0].h[0] steps[0].q[0]", "there is no “q”; there are t, token, x, h_prev, ih"),
        ("largest steps[0].h[0] steps[0].h[7]", "there is no [7]; there are 3 values, so [0] to [2]"),
        ("largest steps[0].h[0] steps[0].h[1]", "all of these numbers are on the screen already"),
        ("largest h[1] h[2]", "“h[1]” is no path; “largest” takes paths as in `trace --json`, which count from 0"),
        (
            "direction steps[0].h[1]",
            "“steps[0].h[1]” is a path, which only “largest” takes; here a name and a unit are wanted, counted from 1",
        ),
        ("reading next", "no word comes after the last"),
        ("reading soon", "“reading” takes “now” or “next”"),
        ("next-phase", "nothing comes after the last operation"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(form, said):
    at_end = "check" if form.split()[:1] in (["direction"], ["largest"], ["reading"], ["next-phase"]) else "read"
    at_end = "read" if form in ("direction h", "direction ih[1]") else at_end
    with pytest.raises(UserError) as raised:
        ask(form, MODEL, TEXT, 2, at_end)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_too_many_products_are_not_asked_for():
    with pytest.raises(UserError, match="a sum of 5 products, more than the 4 that are asked for by hand"):
        ask("value ih[1]", build(inputs="embedding"), TEXT, 0, "read")


def test_what_is_looked_up_is_no_sum():
    with pytest.raises(UserError, match=r"x\[1\] is looked up, not computed"):
        ask("value x[1]", MODEL, TEXT, 0, "read")


def test_numbers_that_rounding_makes_useless_are_not_asked_for():
    model = wired([[0.004, 0.0]], weight_hh=[[0.0]], words=("the", "dog"))
    assert ask("value ih[1]", model, "the dog", 0, "read").tolerance == 0.01
    model = wired([[300.0, 300.0]], weight_hh=[[0.004]], words=("the", "dog"), activation="identity")
    with pytest.raises(UserError, match=r"can't be computed to within 0\.1"):
        ask("value hh[1]", model, "the dog", 1, "read")
    with pytest.raises(UserError, match="too large to compute with by hand"):
        ask("value h[1]", wired([[3000.0, 1.0]], words=("the", "dog"), activation="identity"), "the dog", 0, "read")


def test_what_is_held_is_no_sum_but_moves():
    model = build(hidden=3)
    reading = Reading("small", TEXT, (parse_edit("hold h[1] 0.5 at 1"),))
    trace = run(model, parse_edit("hold h[1] 0.5 at 1").changed(model, model.tokenize(TEXT)))
    scene = Scene(reading, position=Position(0, 1))

    with pytest.raises(UserError, match="is held by an edit"):
        question_at("value h[1]", scene, trace)
    question = question_at("direction h[1]", scene, trace)
    assert question.answer == "up"
    assert question.why == "It is held at 0.50 by an edit. From 0.00 to +0.50: it goes up."
    assert "--edit" in question.command


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_is_asked_of_numbers_beyond_all_bounds(kind):
    model = build("elman", "identity", scale=1e20, seed=1, hidden=3)
    scene, trace = at(model, "the dog barked and slept", 3, "read")
    assert not np.isfinite(trace.values["h"][-1]).all()

    for question in asked(kind, scene, trace, draws=10):
        if kind not in ("reading", "next-phase"):
            assert isinstance(question.answer, str) or np.isfinite(question.answer)
            assert "∞" not in question.why + question.ask
            assert "?" not in question.why


@pytest.mark.parametrize("name", NAMES)
def test_what_is_possible_can_be_asked_and_is_what_comes_next(name):
    for scene, trace in scenes(name):
        found = possible(scene, trace)
        assert found
        assert len(set(found)) == len(found)
        for form in found:
            question = question_at(form, scene, trace)
            assert question.text == form
        if scene.position.phase == trace.model.state_phase - 1:
            assert found[0].startswith("direction h[")


def test_at_the_end_the_answer_itself_is_not_asked_for():
    scene, trace = at(MODEL, TEXT, 2, "check")

    assert {"label", "probability Negative"}.isdisjoint(possible(scene, trace))
    assert possible(scene, trace)[0] == "word"
    hidden, _ = at(MODEL, TEXT, 2, "check", hidden=True)
    assert "label" in possible(hidden, trace)


def test_in_notation_the_equation_stands_behind_the_words():
    plain, told = (ask("value h[1]", MODEL, TEXT, 0, "add", notation=notation) for notation in (False, True))

    assert told.ask == f"{plain.ask} In notation: h = tanh(pre_activation)."
    assert "pre_activation" not in plain.ask


def test_a_lesson_names_the_choices_of_the_largest():
    question = ask("largest steps[0].h[0] steps[0].h[1]", MODEL, TEXT, 0, "read")
    assert question.choices == ("unit joy", "unit calm")
    other = question_at(question.text, *at(MODEL, TEXT, 0, "read"), names=("the joy", "the calm"))

    assert (other.target, other.choices) == (question.target, ("the joy", "the calm"))
    assert other.answer == f"the {str(question.answer).split()[1]}"
    assert other.why == question.why.replace("unit", "the")
    with pytest.raises(UserError, match="takes 2 different names"):
        question_at(question.text, *at(MODEL, TEXT, 0, "read"), names=("one",))


def test_other_paths_keep_their_names():
    question = ask("largest steps[0].h[0] steps[1].ih[1]", MODEL, TEXT, 0, "read")

    assert question.choices == ("steps[0].h[0]", "steps[1].ih[1]")
    assert question.reveals == Position(1, 1)


def test_the_text_form_reads_back():
    scene, trace = at(MODEL, TEXT, 1, "read")
    for question in everything(scene, trace, draws=5):
        assert question_at(question.text, scene, trace) == question
    for form in forms():
        assert form.split()[0] in KINDS


def test_a_tie_is_no_question():
    model = wired([[1.0, -1.0]], fc=[[0.0], [0.0]], words=("the", "dog"))
    for form in ("label", "without-memory", "exchanged 1 2", "word"):
        with pytest.raises(UserError, match="tie between “Negative” and “Positive”"):
            ask(form, model, "the dog", 0, "read")


def test_the_shelf_knows_which_models_can_be_compared():
    scene = Scene(Reading("sentiment", "not bad"))
    trace = traces().trace(scene.reading)

    assert question_at("other-cell sentiment-gru", scene, trace).answer == "Positive"
    with pytest.raises(UserError, match="“sentiment” has the same cell as “sentiment”"):
        question_at("other-cell sentiment", scene, trace)
    with pytest.raises(UserError, match="“kicking-and-screaming” reads other words"):
        question_at("other-cell kicking-and-screaming", scene, trace)
