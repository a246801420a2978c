"""What edits make of a model and its words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rnn_tui.edits import (
    DropWord,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    WeightEdit,
    apply_edits,
    of_words,
    origins,
    parse_edit,
    without_words,
)
from rnn_tui.network.errors import InputError
from rnn_tui.network.tokens import CharacterTokenizer
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, READOUT_KINDS, TEXTS, build
from tests.edits.drawn import edits, word_edits

LENGTH = 5


def surfaces(model, text, *typed):
    """The sentence after edits, each as it is typed."""
    _, tokens = apply_edits(model, model.tokenize(text), [parse_edit(edit) for edit in typed])
    return [token.surface for token in tokens]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        (["word 2 cat"], "the cat barked"),
        (["insert 1 and"], "and the dog barked"),
        (["insert 3 not"], "the dog not barked"),
        (["insert 4 not"], "the dog barked not"),
        (["drop 1"], "dog barked"),
        (["drop 3"], "the dog"),
        (["move 3 1"], "barked the dog"),
        (["move 1 3"], "dog barked the"),
        (["move 2 2"], "the dog barked"),
        (["drop 1", "word 1 cat", "insert 3 slept", "move 3 1"], "slept cat barked"),
        (["insert 4 and", "insert 5 slept"], "the dog barked and slept"),
    ],
)
def test_each_edit_of_words_sees_what_those_before_it_left(typed, left):
    assert surfaces(build(), "the dog barked", *typed) == left.split()


def test_a_new_word_is_read_as_if_it_had_been_typed():
    model = build()
    typed = (ReplaceWord(1, "Cat"), InsertWord(3, "xyzzy"))

    _, tokens = apply_edits(model, model.tokenize("the dog barked"), typed)

    assert tokens == model.tokenize("the Cat barked xyzzy")
    assert [token.unknown for token in tokens] == [False, False, False, True]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("word 4 x", "“word 4 x”: there is no word 4 here, only 1 to 3"),
        ("insert 5 x", "“insert 5 x”: there is no word 5 here, only 1 to 4"),
        ("drop 4", "“drop 4”: there is no word 4 here, only 1 to 3"),
        ("move 4 1", "“move 4 1”: there is no word 4 here"),
        ("move 1 4", "“move 1 4”: there is no word 4 here"),
        ("word 2 hot dog", "“hot dog” is 2 words to “small”; an edit takes one word"),
        ("insert 1 dog!", "“dog!” is 2 words"),
        ("word 2 \t", "“\t” is no words to “small”; an edit takes one word"),
    ],
)
def test_an_edit_of_words_that_does_not_fit(typed, says):
    with pytest.raises(InputError) as raised:
        surfaces(build(), "the dog barked", typed)
    assert says in str(raised.value)


def test_the_only_word_stays():
    with pytest.raises(InputError, match="“drop 1” would leave no word; the network needs at least one"):
        surfaces(build(), "dog", "drop 1")
    with pytest.raises(InputError, match="“drop 1” would leave no word"):
        surfaces(build(), "the dog", "drop 2", "drop 1")


def test_there_is_no_first_word_of_none():
    with pytest.raises(InputError, match="“drop 1”: there is no word 1 here, only none"):
        apply_edits(build(), (), [DropWord(0)])
    _, (token,) = apply_edits(build(), (), [InsertWord(0, "dog")])
    assert token.text == "dog"


def test_characters_are_edited_one_by_one():
    model = replace(build(words=("a", "b", " "), unknown=None), tokenizer=CharacterTokenizer())

    assert surfaces(model, "ab", "insert 2  ", "word 1 b", "word 3  a ") == ["b", " ", "a"]
    with pytest.raises(InputError, match="“ab” is 2 characters to “small”; an edit takes one character"):
        surfaces(model, "ab", "word 1 ab")


def test_numbers_are_edited_as_they_are_typed():
    model = build(inputs="number")

    _, tokens = apply_edits(model, model.tokenize("1 2 3"), [parse_edit("word 2 −4"), parse_edit("drop 1")])

    assert tokens == model.tokenize("−4 3")
    with pytest.raises(InputError, match="“four” is no number"):
        surfaces(model, "1 2 3", "word 2 four")
    with pytest.raises(InputError, match="“4, 5” is 2 numbers"):
        surfaces(model, "1 2 3", "word 2 4, 5")


def test_edits_of_weights_come_one_after_the_other():
    model = build()

    halved = apply_edits(model, (), [SetParameter("weight_hh", (0, 0), 4.0), ScaleMemory(0.5)])[0]
    late = apply_edits(model, (), [ScaleMemory(0.5), SetParameter("weight_hh", (0, 0), 4.0)])[0]

    assert (halved.cell.weight_hh[0, 0], late.cell.weight_hh[0, 0]) == (2.0, 4.0)


@given(edits(LENGTH, elman=False), st.integers(0, 2), st.integers(0, 10), st.sampled_from(CELL_KINDS))
@example([SetParameter("bias_ih", (0,), 1.0)], 0, 0, ("elman", "tanh"))  # silenced first, and then set
@settings(deadline=None)
def test_a_silenced_unit_is_silent_whatever_else_is_set(drawn, unit, place, cell):
    # given edits that may set this very unit's weights, and its silence anywhere among them
    model = build(*cell)
    place = min(place, len(drawn))
    made, tokens = apply_edits(model, model.tokenize(TEXTS["one-hot"]), (*drawn[:place], Silence(unit), *drawn[place:]))
    # when the network runs, then the unit is 0 at every step, as long as no other has grown to infinity
    values = run(made, tokens).values
    finite = np.isfinite(np.concatenate([values[name] for name in made.cell.state_names], axis=1)).all(axis=1)
    first = len(finite) if finite.all() else int(finite.argmin())
    for name in made.cell.state_names:
        assert not values[name][:first, unit].any()


@given(edits(LENGTH), st.sampled_from(READOUT_KINDS))
@settings(deadline=None)
def test_nothing_that_is_given_is_changed(drawn, readout):
    # given a model, and what it holds
    model = build(readout=readout)
    tokens = model.tokenize(TEXTS["one-hot"])
    before, arrays = list(tokens), {name: array.copy() for name, array in model.tensors().items()}
    # when it is edited and run
    made, left = apply_edits(model, tokens, drawn)
    run(made, left)
    # then it holds the same
    assert list(tokens) == before
    assert all(np.array_equal(array, arrays[name]) for name, array in model.tensors().items())
    # and what no edit is about is shared, not copied
    if not any(isinstance(edit, WeightEdit) for edit in drawn):
        assert made is model
    assert made.vocabulary is model.vocabulary


@given(word_edits(LENGTH))
def test_origins_say_where_a_word_comes_from(drawn):
    # given a sentence of five different words, and edits
    model = build()
    tokens = model.tokenize(TEXTS["one-hot"])
    _, left = apply_edits(model, tokens, drawn)
    # when each word is asked where it was, then it is that word, or one that was typed
    places = origins(len(tokens), drawn)
    assert len(places) == len(left)
    typed = {edit.word for edit in drawn if isinstance(edit, ReplaceWord | InsertWord)}
    for token, place in zip(left, places, strict=True):
        assert token is tokens[place] if place is not None else token.surface in typed


@given(edits(LENGTH))
def test_without_words_the_network_is_edited_as_before(drawn):
    model = build()
    left = without_words(drawn)
    expected, _ = apply_edits(model, model.tokenize(TEXTS["one-hot"]), drawn)

    found, tokens = apply_edits(model, model.tokenize("dog"), left)

    assert not any(map(of_words, left))
    assert tokens == model.tokenize("dog")
    assert all(np.array_equal(array, expected.tensors()[name]) for name, array in found.tensors().items())


def test_which_edits_are_of_words():
    assert [of_words(edit) for edit in (DropWord(0), MoveWord(0, 1), Silence(0), ScaleMemory(1.0))] == [
        True,
        True,
        False,
        False,
    ]
