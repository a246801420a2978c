"""The text form of an edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import (
    Activation,
    DropWord,
    Forget,
    Hold,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    examples,
    parse_edit,
)
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.errors import UserError
from tests.edits.drawn import ANY

MEANT = (
    ScaleMemory(0.5),
    Forget(),
    Activation("relu"),
    Silence(2),
    SetParameter("weight_hh", (0, 1), 0.25),
    Hold("h", 2, 0.5, 1),
    ReplaceWord(1, "great"),
    InsertWord(2, "not"),
    DropWord(2),
    MoveWord(2, 0),
)


@pytest.mark.parametrize(("text", "edit"), zip(examples(), MEANT, strict=True))
def test_every_form_counts_from_1_and_is_written_as_it_is_read(text, edit):
    assert parse_edit(text) == edit
    assert edit.to_text() == text


@given(ANY)
def test_an_edit_survives_its_text_form(edit):
    assert parse_edit(edit.to_text()) == edit


@given(st.sampled_from(examples()), st.text(max_size=12))
def test_whatever_is_typed_is_an_edit_or_one_line(form, typed):
    for text in (typed, f"{form}{typed}", f"{form.partition(' ')[0]} {typed}"):
        read = read_or_refused(text)
        if isinstance(read, UserError):
            assert all(known in str(read) for known in examples())
            assert len(str(read).splitlines()) == 1
        else:
            assert parse_edit(read.to_text()) == read


def read_or_refused(text):
    try:
        return parse_edit(text)
    except UserError as error:
        return error


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("  scale-memory   2 ", ScaleMemory(2.0)),
        ("scale-memory 1e-3", ScaleMemory(0.001)),
        ("scale-memory -0", ScaleMemory(0.0)),
        ("forget ", Forget()),
        ("silence  3", Silence(2)),
        ("set weight_hh[ 1, 2 ] −0.25", SetParameter("weight_hh", (0, 1), -0.25)),
        ("set bias_ih[3] -1", SetParameter("bias_ih", (2,), -1.0)),
        ("set fc.weight[1,2] 3", SetParameter("fc.weight", (0, 1), 3.0)),
        ("word 2 two words", ReplaceWord(1, "two words")),
        ("word 2  ", ReplaceWord(1, " ")),
        ("insert  3 “not”", InsertWord(2, "“not”")),
        ("move 3   1 ", MoveWord(2, 0)),
    ],
)
def test_how_it_may_be_typed(text, edit):
    assert parse_edit(text) == edit


def test_numbers_are_written_as_short_as_can_be():
    assert ScaleMemory(2.0).to_text() == "scale-memory 2"
    assert ScaleMemory(0.1).to_text() == "scale-memory 0.1"
    assert SetParameter("fc.bias", (0,), -1e-7).to_text() == "set fc.bias[1] -1e-07"


def test_the_activations_are_the_networks():
    for name in ACTIVATIONS:
        assert parse_edit(f"activation {name}") == Activation(name)
    with pytest.raises(UserError, match=f"it takes {', '.join(list(ACTIVATIONS)[:-1])} or {list(ACTIVATIONS)[-1]}"):
        parse_edit("activation gelu")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no edit is called “” (the edits are: "),
        ("help", "the edits are: scale-memory 0.5 · forget · "),
        ("scale 0.5", "no edit is called “scale”, did you mean scale-memory?"),
        ("scale-memroy 0.5", "no edit is called “scale-memroy”, did you mean scale-memory?"),
        ("Silence 3", "no edit is called “Silence”, did you mean silence?"),
        ("qqqq", "no edit is called “qqqq” (the edits are: "),
        ("scale-memory", "a number is missing, such as “scale-memory 0.5”"),
        ("scale-memory half", "“half” is no number"),
        ("scale-memory nan", "“nan” is no number"),
        ("scale-memory inf", "“inf” is no number"),
        ("scale-memory -0.5", "it takes a number of 0 or above, such as “scale-memory 0.5”"),
        ("forget all", "“forget all” is no edit: it stands alone, such as “forget”"),
        ("silence verb", "“verb” is no place (they count from 1), such as “silence 3”"),
        ("silence 0", "“0” is no place (they count from 1)"),
        ("silence ²", "“²” is no place"),
        ("silence " + "9" * 5000, "99…” is no place"),
        ("set weight_hh 1", "it takes a parameter, its place in brackets, and a number, such as “set weight_hh[1,2]"),
        ("set weight_hh[1,2]", "it takes a parameter, its place in brackets, and a number"),
        ("set [1,2] 1", "it takes a parameter"),
        ("set weight_hh[] 1", "a place is missing"),
        ("set weight_hh[1;2] 1", "“1;2” is no place"),
        ("set weight_hh[1,2] much", "“much” is no number"),
        ("word 2", "it takes a place and a word, such as “word 2 great”"),
        ("word two great", "“two” is no place"),
        ("insert", "it takes a place and a word, such as “insert 3 not”"),
        ("drop", "a place is missing, such as “drop 3”"),
        ("drop 1 2", "“1 2” is no place"),
        ("move 3", "it takes a word and the place it goes to, such as “move 3 1”"),
        ("move 3 0", "“0” is no place"),
    ],
)
def test_what_is_no_edit_is_one_line_that_lists_the_forms(text, says):
    with pytest.raises(UserError) as raised:
        parse_edit(text)
    said = str(raised.value)
    assert says in said
    assert all(form in said for form in examples())
    assert "\n" not in said
    assert len(said) < 400
