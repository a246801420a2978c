"""A model and its cell in a few words."""

from __future__ import annotations

from rnn_tui.story.describe import cell_title, describe
from tests.builders import build


def test_a_model_in_a_few_words():
    assert cell_title("elman", "relu") == "Elman relu"
    assert cell_title("lstm", None) == "LSTM"
    assert describe(build("gru", None, hidden=1)) == "small · GRU · 1 unit"
