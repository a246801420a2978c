"""The recording."""

import time

import numpy as np
import pytest

from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_a_step_holds_everything_that_its_phases_show(cell, activation, readout, inputs):
    trace = trace_of(build(cell, activation, readout, inputs))

    for t, step in enumerate(trace):
        assert step.t == t
        assert step.token == trace.tokens[t].text
        for phase in trace.model.phases:
            for name in phase.shows:
                assert np.isfinite(step[name]).all()
        previous = trace[t - 1].h if t else np.zeros(3)
        np.testing.assert_array_equal(step.h_prev, previous)
        np.testing.assert_allclose(step.probs.sum(), 1, atol=1e-6)


def test_nothing_of_it_can_be_changed():
    trace = trace_of(build())

    for array in (trace.values["h"], trace[1].h, trace[1].x, trace[0].h_prev, trace[1].values["ih"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(TypeError):
        trace.values["h"] = trace.values["ih"]


def test_it_is_indexed_like_a_sequence():
    trace = trace_of(build())

    assert trace[-1].t == len(trace) - 1 == 4
    with pytest.raises(IndexError):
        trace[5]


def test_attention_weights_of_a_step_are_those_of_the_words_so_far():
    trace = trace_of(build(readout="attention"))

    assert [len(step["attention"]) for step in trace] == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(trace[3]["attention"] @ trace.values["h"][:4], trace[3]["context"], atol=1e-6)


def test_a_scale_is_the_largest_value_of_the_whole_trace_and_never_zero():
    trace = trace_of(build())

    assert trace.scale("h") == float(np.abs(trace.values["h"]).max())
    assert trace.scale("ih", "hh") == max(trace.scale("ih"), trace.scale("hh"))
    assert trace_of(build(scale=0.0)).scale("ih") == 1.0


def test_the_prediction_is_the_most_probable_label():
    trace = trace_of(build())

    label, probability = trace.prediction()

    assert probability == trace.probability(label) == max(trace[-1].probs)
    assert trace.prediction(0)[0] == int(trace[0].probs.argmax())


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_a_run_goes_on_from_a_kept_state(cell, activation):
    model = build(cell, activation, inputs="embedding")
    tokens = model.tokenize("the dog barked and slept")
    whole = run(model, tokens)

    first = run(model, tokens[:3])
    kept = tuple(first.values[name][-1] for name in model.cell.state_names)
    rest = run(model, tokens[3:], kept)

    np.testing.assert_allclose(rest.values["h"], whole.values["h"][3:], atol=1e-6)
    np.testing.assert_array_equal(rest[0].h_prev, first[-1].h)
    np.testing.assert_array_equal(rest.before(0)["h"], first[-1].h)
    np.testing.assert_array_equal(whole.before(2)["h"], whole[1].h)


def test_ten_thousand_words_are_run_in_a_moment():
    model = build(hidden=64)
    tokens = model.tokenize("the dog barked and slept " * 2000)

    start = time.process_time()
    trace = run(model, tokens)

    assert len(trace) == 10_000
    assert time.process_time() - start < 5


def test_an_activation_that_overflows_is_recorded_as_it_is():
    trace = trace_of(build(activation="identity", scale=60.0), "the dog " * 40)

    assert not np.isfinite(trace.values["h"]).all()
