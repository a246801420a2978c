"""A model in a few words."""

from __future__ import annotations

import pytest

from rnn_tui.story.describe import describe, whole
from tests.builders import build


def test_a_model_in_a_few_words():
    assert describe(build("elman", "relu", hidden=3)) == "small · Elman relu · 3 units"
    assert describe(build("lstm", None, hidden=3)) == "small · LSTM · 3 units"
    assert describe(build("gru", None, hidden=1)) == "small · GRU · 1 unit"


@pytest.mark.parametrize(
    ("fields", "readout"),
    [
        ({"readout": "attention"}, " · attention"),
        ({"readout": "each"}, " · an answer for each word"),
        ({"readout": "each", "inputs": "number"}, " · an answer for each number"),
        ({"readout": "last"}, ""),
    ],
)
def test_a_readout_that_does_not_go_without_saying_is_named(fields, readout):
    assert describe(build("gru", None, hidden=2, **fields)) == f"small · GRU{readout} · 2 units"


@pytest.mark.parametrize(("readout", "said"), [("last", ""), ("mean", "mean over the words · ")])
def test_a_head_is_named_after_the_readout(readout, said):
    assert describe(build(readout=readout, head=("relu",))) == f"small · Elman tanh · {said}relu · 3 units"
    longest = describe(build(readout="mean", head=("relu", "tanh", "sigmoid", "relu", "identity"), name="a" * 12))
    assert longest == f"{'a' * 12} · Elman tanh · mean over the words · relu, tanh, … (5) · 3 units"
    assert len(longest) <= 80
    assert "output_size 2, readout mean, head relu then tanh; labels" in repr(
        build(readout="mean", head=("relu", "tanh"))
    )
    assert "readout last; labels" in repr(build())


def test_what_is_read_as_a_whole_goes_by_what_it_is_made_of():
    assert whole(build()) == "sentence"
    assert whole(build(inputs="number")) == "series"
