"""Edits drawn at random, such that they fit a network of three units and two labels."""

from __future__ import annotations

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
)
from rnn_tui.network.cells import ACTIVATIONS
from tests.builders import WORDS

PLACES = st.integers(0, 2)
VALUES = st.floats(-3, 3) | st.floats(width=32, allow_nan=False, allow_infinity=False)
SQUARE = st.builds(SetParameter, st.just("weight_hh"), st.tuples(PLACES, PLACES), VALUES)
ROW = st.builds(SetParameter, st.sampled_from(["bias_ih", "bias_hh"]), st.tuples(PLACES), VALUES)
OUTPUT = st.builds(SetParameter, st.just("fc.weight"), st.tuples(st.integers(0, 1), PLACES), VALUES)
WEIGHT_EDITS = st.one_of(
    st.builds(ScaleMemory, st.floats(0, 2)), st.builds(Forget), st.builds(Silence, PLACES), SQUARE, ROW, OUTPUT
)
"""Edits of the network that fit every cell."""

ACTIVATION_EDITS = st.builds(Activation, st.sampled_from(list(ACTIVATIONS)))
"""Those that fit an Elman cell alone."""

NEW_WORDS = st.sampled_from([*WORDS[1:], "unheard", "Dog"])


@st.composite
def word_edits(draw, length, most=5):
    """Edits of words, one after the other, of a sentence of `length` words."""
    edits = []
    for _ in range(draw(st.integers(0, most))):
        place = st.integers(0, length - 1)
        kinds = [st.builds(ReplaceWord, place, NEW_WORDS), st.builds(MoveWord, place, place)]
        kinds += [st.builds(InsertWord, st.integers(0, length), NEW_WORDS)]
        kinds += [st.builds(DropWord, place)] if length > 1 else []
        edit = draw(st.one_of(kinds))
        length += isinstance(edit, InsertWord) - isinstance(edit, DropWord)
        edits.append(edit)
    return edits


@st.composite
def edits(draw, length, *, elman=True):
    """Edits of the network and of its words, in any order."""
    of_network = draw(st.lists(st.one_of(WEIGHT_EDITS, ACTIVATION_EDITS) if elman else WEIGHT_EDITS, max_size=5))
    of_words = draw(word_edits(length))
    turns = draw(st.permutations([True] * len(of_network) + [False] * len(of_words)))
    sources = {True: iter(of_network), False: iter(of_words)}
    return tuple(next(sources[turn]) for turn in turns)


ANY = st.one_of(
    st.builds(ScaleMemory, st.floats(0, allow_nan=False, allow_infinity=False)),
    st.builds(Forget),
    ACTIVATION_EDITS,
    st.builds(Silence, st.integers(0, 10**6)),
    st.builds(
        SetParameter,
        st.sampled_from(["weight_ih", "weight_hh", "bias_ih", "bias_hh", "fc.weight", "fc.bias"]),
        st.lists(st.integers(0, 10**6), min_size=1, max_size=2).map(tuple),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    st.builds(
        Hold,
        st.sampled_from(["h", "c", "i", "f", "g", "o", "r", "z", "n"]),
        st.integers(0, 10**6),
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(0, 10**6),
    ),
    st.builds(ReplaceWord, st.integers(0, 10**6), st.text(min_size=1)),
    st.builds(InsertWord, st.integers(0, 10**6), st.text(min_size=1)),
    st.builds(DropWord, st.integers(0, 10**6)),
    st.builds(MoveWord, st.integers(0, 10**6), st.integers(0, 10**6)),
)
"""Every edit that can be written, whether it fits a network or not."""
