"""The figures of a provenance, and the answers that a card shows."""

from __future__ import annotations

import math

from rnn_tui.learning.cards import answers, measured
from tests.builders import wired


def test_figures_have_four_digits_and_their_count_the_name_that_is_asked_for():
    assert measured("accuracy", 2 / 3, 9, {"majority": 1 / 3}, counted="n_test") == {
        "metric": "accuracy",
        "figure": 0.6667,
        "n_test": 9,
        "baselines": {"majority": 0.3333},
    }


def test_a_figure_that_is_no_number_is_none():
    assert measured("bits", math.nan, 1, {})["figure"] is None


def test_an_answer_is_the_label_after_the_last_word():
    model = wired([[3, 0], [0, 3]], words=("up", "down"), fc=[[-5, 5], [5, -5]])

    assert list(answers(model, ["down", "up up"])) == ["Negative 100%  down", "Positive 100%  up up"]
