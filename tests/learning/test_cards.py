"""The figures of a provenance, and the answers that a card shows."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rnn_tui.learning.cards import answers, measured
from rnn_tui.learning.digits import written
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import run
from tests.builders import build, wired


def test_figures_have_four_digits_and_their_count_the_name_that_is_asked_for():
    assert measured("accuracy", 2 / 3, 9, {"majority": 1 / 3}, counted="n_test") == {
        "metric": "accuracy",
        "figure": 0.6667,
        "n_test": 9,
        "baselines": {"majority": 0.3333},
    }


def test_a_figure_that_is_no_number_is_none():
    assert measured("bits", math.nan, 1, {})["figure"] is None


def test_an_error_has_four_digits_of_its_own():
    found = measured("test mean absolute error", 0.000123456, 3, {"mean": 12345.6, "last value": 98.7654})
    assert found["figure"] == 0.0001235
    assert found["baselines"] == {"mean": 12346, "last value": 98.77}


def test_the_answer_of_a_number_is_in_its_unit():
    model = replace(build(labels=("level",), words=("up", "down")), output=Number((50.0,), (10.0,)))
    outputs = run(model, model.tokenize("up down")).values["outputs"][-1]
    assert list(answers(model, ["up down"])) == [f"{written(outputs[0])}  up down"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(83.254, "83.25"), (12345.6, "12346"), (0.00123456, "0.001235"), (-1.5, "-1.5"), (0.0, "0"), (math.inf, "inf")],
)
def test_numbers_are_written_in_four_digits(value, text):
    assert written(value) == text


def test_an_answer_is_the_label_after_the_last_word():
    model = wired([[3, 0], [0, 3]], words=("up", "down"), fc=[[-5, 5], [5, -5]])

    assert list(answers(model, ["down", "up up"])) == ["Negative 100%  down", "Positive 100%  up up"]
