"""The nearest words are difflib's, found sooner."""

import random
import time
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.spelling import CUTOFF, Spelling
from rnn_tui.shelf import load

FEW = st.text("abcé \N{PILE OF POO}", max_size=7)


@given(words=st.lists(FEW, max_size=12, unique=True), text=FEW, n=st.integers(1, 4))
def test_they_are_those_of_difflib_in_its_order(words, text, n):
    assert Spelling(words).nearest(text, n) == get_close_matches(text, words, n, CUTOFF)


def test_words_of_a_real_vocabulary():
    words = load("tagger").vocabulary.words
    spelling, rng = Spelling(words), random.Random(5)
    for word in rng.sample(words, 12):
        typed = word[1:] + rng.choice("aex")
        assert spelling.nearest(typed, 3) == get_close_matches(typed, words, 3, CUTOFF)


@pytest.mark.parametrize("text", ["", "x" * 70_000])
def test_no_word_and_an_endless_one(text):
    assert Spelling(["a", "xx"]).nearest(text, 3) == []


def test_hundreds_of_unknown_words_take_no_seconds():
    vocabulary, rng = load("sentiment").vocabulary, random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 10))) for _ in range(300)]
    begun = time.process_time()
    found = [vocabulary.nearest(word) for word in words]
    assert time.process_time() - begun < 2
    assert sum(map(len, found)) > 300
