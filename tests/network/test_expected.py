"""The unit of an answer of numbers, the scale that it lies on, and the true number, where the text says it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.expected import next_feature, numbers_read, reach, true_next, unit_of
from rnn_tui.network.tokens import NumberTokenizer
from tests.builders import build, trace_of
from tests.deep import VECTORS, deep_model

SERIES = {"task": "series"}
COLUMNS = {**SERIES, "columns": ["rain", "wind", "sun"], "target": "wind"}


def model(provenance=SERIES, **fields):
    return deep_model("gru", 1, output="number", inputs="number", provenance=provenance, **fields)


def vectors(provenance=COLUMNS, **fields):
    return deep_model("gru", 1, output="number", inputs="vectors", provenance=provenance, **fields)


@pytest.mark.parametrize(
    ("made", "unit"),
    [
        (model({"unit": " passengers "}), "passengers"),
        (model({}), ""),
        (model({"unit": 3}), ""),
        (build(provenance={"unit": "stars"}), ""),
    ],
)
def test_the_unit_is_what_the_provenance_of_a_model_of_numbers_says(made, unit):
    assert unit_of(made) == unit


@pytest.mark.parametrize(
    ("made", "feature"),
    [
        (model(), 0),
        (model({**SERIES, "columns": ["passengers"], "target": "passengers"}), 0),
        (model({**SERIES, "columns": ["rain"], "target": "wind"}), None),
        (model({}), None),
        (model({"task": "labels"}), None),
        (model(labels=("one", "two")), None),
        (vectors(), 1),
        (vectors({**COLUMNS, "target": "sun"}), 2),
        (vectors({**COLUMNS, "target": "snow"}), None),
        (vectors({**SERIES, "columns": ["a", "b", "c", "d"], "target": "d"}, features=4), 3),
        (vectors({**SERIES, "target": "d"}, features=4), None),
        (deep_model("gru", 1, output="number", provenance=SERIES), None),
        (deep_model("gru", 1, inputs="number", provenance=SERIES), None),
    ],
)
def test_what_comes_next_is_answered_by_a_model_of_a_series_whose_target_is_read(made, feature):
    assert next_feature(made) == feature


def test_the_true_number_is_the_next_one_of_the_text():
    trace = trace_of(vectors(), VECTORS)

    assert [true_next(trace, t) for t in range(4)] == pytest.approx([0.6, -0.5, 0.0, None])
    assert numbers_read(trace, 2) == pytest.approx((-1, 2, 1, -0.25))
    assert [true_next(trace_of(vectors({}), VECTORS), t) for t in range(4)] == [None] * 4


def test_a_network_that_reads_both_ways_foretells_nothing():
    trace = trace_of(replace(model(bidirectional=True)), "1 2 3")

    assert [true_next(trace, t) for t in range(3)] == [None] * 3


def test_numbers_are_read_before_they_are_scaled():
    made = model()
    made = replace(made, tokenizer=NumberTokenizer(mean=110.0, scale=40.0))

    assert numbers_read(trace_of(made, "112 −118.5")) == pytest.approx((112, -118.5))


def test_the_scale_holds_every_answer_and_true_number_and_two_deviations_around_the_mean():
    trace = trace_of(model(), "1 2 3")  # mean 20, standard deviation 5
    low, high = reach(trace)
    answers = trace.values["outputs"][:, 0].tolist()

    assert (low, high) == (min(2.0, 10.0, *answers), max(30.0, *answers))
    far = trace_of(model(), "1 500 3")
    assert reach(far)[1] == pytest.approx(max(500, *far.values["outputs"][:, 0].tolist()))


def test_the_scale_leaves_out_what_is_no_number():
    made = model()
    lost = replace(made, fc=replace(made.fc, bias=np.array([np.nan], np.float32)))

    assert reach(trace_of(lost, "11 12 13")) == (10.0, 30.0)
