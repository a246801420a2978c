"""A recording cut at a moment: what is computed by then stays, all else is zero."""

import numpy as np
import pytest

from rnn_tui.network.position import Position
from rnn_tui.network.sofar import so_far
from tests.builders import CELL_KINDS, READOUT_KINDS, build, trace_of
from tests.deep import HIDDEN_LAYER, deep_model


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("cell", CELL_KINDS)
def test_what_is_computed_by_then_stays_and_all_else_is_zero(cell, readout):
    trace = trace_of(build(*cell, readout, head=("tanh",)))
    own = trace.layers[0].forward.values
    for t in range(len(trace)):
        for index in range(len(trace.model.phases)):
            cut = so_far(trace, Position(t, index))
            done = {name for phase in trace.model.phases[: index + 1] for name in phase.shows}
            for name, array in trace.values.items():
                known = t + (name in done) if name in own else 0
                assert np.array_equal(cut.values[name][:known], array[:known]), name
                assert not cut.values[name][known:].any(), name


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("cell", CELL_KINDS)
def test_the_answers_that_are_given_by_then_may_stay(cell, readout):
    trace = trace_of(build(*cell, readout, head=("tanh",)))
    last = len(trace.model.phases) - 1
    for t in range(len(trace)):
        for phase, known in ((last, t + 1), (trace.model.state_phase, t)):
            cut = so_far(trace, Position(t, phase), answers=True)
            for name, array in trace.outputs.items():
                assert np.array_equal(cut.outputs[name][:known], array[:known]), name
                assert not cut.outputs[name][known:].any(), name


def test_the_words_the_network_and_the_start_are_the_same():
    trace = trace_of(build())
    cut = so_far(trace, Position(1, 2))

    assert (cut.model, cut.tokens, len(cut)) == (trace.model, trace.tokens, len(trace))
    assert cut.initial.keys() == trace.initial.keys()
    assert np.array_equal(cut[1].h_prev, trace[0].h)


@pytest.mark.parametrize("answers", [False, True])
@pytest.mark.parametrize("readout", ["last", "each", "mean", "attention"])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", ["elman", "lstm"])
def test_of_a_deep_network_only_what_was_walked_through_is_there(cell, bidirectional, readout, answers):
    trace = trace_of(deep_model(cell, 2, bidirectional=bidirectional, readout=readout, head=HIDDEN_LAYER), "the dog")
    order, floors = trace.order, trace.model.floors
    shown = {name for floor in floors for phase in floor.phases for name in phase.shows}
    for index in range(len(order)):
        # given all positions that were walked through, and the values that each brought to light
        walked = [order.at(earlier) for earlier in range(index + 1)]
        there = {(at.floor, name, at.t) for at in walked for name in floors[at.floor].phases[at.phase].shows}
        # when the recording is cut, then those and no others are there
        cut = so_far(trace, order.at(index), answers=answers)
        for floor in floors:
            whole, lane = trace.on(floor.index), cut.on(floor.index)
            own = whole.lane.values if whole.lane is not None else {}
            for name in (own.keys() | trace.outputs.keys()) & shown:
                for t in range(len(trace)):
                    known = {one for one, at_name, at in there if (at_name, at) == (name, t)}
                    is_there = floor.index in known if name in own else answers and bool(known)
                    expected = whole.values[name][t] if is_there else np.zeros_like(whole.values[name][t])
                    np.testing.assert_array_equal(lane.values[name][t], expected, err_msg=name)
