"""The words that are kept out of the lists that may stand on a wall."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest

from rnn_tui import shelf
from rnn_tui.lenses.learned import PUSHES, learned
from rnn_tui.lenses.sight import out_of_sight

MODELS = ("kicking-and-screaming", "sentiment", "sentiment-attention", "sentiment-gru", "sentiment-lstm", "tagger")


@cache
def pushing(name):
    """The words that push each unit of a model, up and down."""
    found = learned(shelf.load(name), lambda share: None)
    return [[word for word, _ in pushes] for way in (found.up, found.down) for pushes in way]


@pytest.mark.parametrize(
    "word", ["feces", "Killed", "KILLING", "sex", "sexual", "racist", "Jews", "terrorists", "sucks"]
)
def test_coarse_violent_and_demeaning_words_are_out_of_sight(word):
    assert out_of_sight(word)


@pytest.mark.parametrize(
    "word", ["good", "glass", "class", "skill", "Essex", "assume", "cocktail", "shots", "award", "music", "not", ":-)"]
)
def test_words_that_only_look_like_them_are_not(word):
    assert not out_of_sight(word)


@pytest.mark.parametrize("name", MODELS)
def test_none_of_them_is_among_the_words_that_push_a_unit(name):
    lists = pushing(name)

    assert sum(map(len, lists)) > 20
    assert not [word for words in lists for word in words if out_of_sight(word)]


def test_others_take_their_place():
    # given a model with words enough
    assert {len(words) for words in pushing("sentiment")} == {PUSHES}


def test_they_stay_in_the_vocabulary():
    words = shelf.load("sentiment").vocabulary.words

    assert any(map(out_of_sight, words))


def test_the_list_is_in_lower_case_and_says_what_it_is_for():
    text = (files("rnn_tui.lenses") / "out_of_sight.txt").read_text(encoding="utf-8")
    entries = [entry for line in text.splitlines() if not line.startswith("#") for entry in line.split()]

    assert text.startswith("# ")
    assert len(entries) == len(set(entries)) > 100
    assert entries == [entry.lower() for entry in entries]
