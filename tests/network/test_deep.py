"""Deep networks: every lane and the answer as PyTorch computes them, recorded and live, and what is seen of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from tests.builders import trace_of
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model
from tests.network import record_deep
from tests.network.record_deep import HEADS, OUTPUTS, READOUTS, TEXT, TWO

CASES = record_deep.cases()
RECORDED = load_file(record_deep.RECORDED)
CLOSE = {"rtol": 0, "atol": 1e-5}


def check(model, tokens, computed):
    trace = run(model, tokens)
    answer = trace.values[model.output.answer]
    np.testing.assert_allclose(answer[trace.answered_from :], computed.pop("answer"), **CLOSE)
    assert np.isnan(answer[: trace.answered_from]).all()
    lanes = {}
    for floor in model.floors:
        lane = trace.on(floor.index).lane
        if lane is not None:
            for name in lane.cell.state_names:
                lanes[f"{name}.{floor.layer}.{floor.direction}"] = lane.values[name]
    assert lanes.keys() == computed.keys()
    for name, states in computed.items():
        np.testing.assert_allclose(lanes[name], states, err_msg=name, **CLOSE)


@pytest.mark.parametrize("name", CASES)
def test_it_computes_what_pytorch_computes(name):
    model = deep_model(**CASES[name])
    recorded = {key.partition("/")[2]: array for key, array in RECORDED.items() if key.partition("/")[0] == name}
    check(model, model.tokenize(TEXT), recorded)


KIND = st.builds(
    lambda cell, two_way, merge: LayerKind(cell, "tanh" if cell == "elman" else None, two_way, merge),
    st.sampled_from(("elman", "gru", "lstm")),
    st.booleans(),
    st.sampled_from(("concat", "sum")),
)


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.lists(KIND, min_size=1, max_size=4).map(tuple),
    readout=st.sampled_from(READOUTS),
    head=st.sampled_from(HEADS),
    output=st.sampled_from(OUTPUTS),
    inputs=st.sampled_from(("embedding", "one-hot", "number", "vectors")),
    seed=st.integers(0, 1000),
)
def test_whatever_the_shape_it_computes_what_torch_does(kinds, readout, head, output, inputs, seed):
    pytest.importorskip("torch")
    model = deep_model(kinds=kinds, readout=readout, head=head, output=output, inputs=inputs, seed=seed)
    text = {"number": "1.5 -2 0.25", "vectors": VECTORS}.get(inputs, TEXT)
    tokens = model.tokenize(text)
    check(model, tokens, record_deep.computed(model, tokens))


# Seen floor by floor


def floors(**fields):
    return [floor.names for floor in deep_model("elman", **fields).floors]


CELL = ("multiply", "add", "squash")


def test_floors_have_the_phases_of_their_lane_and_the_highest_the_answer():
    assert floors(layers=1) == [("read", *CELL, "check")]
    assert floors(layers=2, readout="mean") == [("read", *CELL), ("read", *CELL, "pool", "check")]
    assert floors(layers=1, head=HIDDEN_LAYER) == [("read", *CELL), ("head", "check")]
    assert floors(layers=1, bidirectional=True) == [("read", *CELL), ("read", *CELL), ("meet", "check")]
    assert floors(layers=1, bidirectional=True, readout="attention", head=TWO) == [
        ("read", *CELL),
        ("read", *CELL),
        ("meet", "attend", "head"),
        ("head",),
        ("head", "check"),
    ]
    mixed = deep_model(kinds=(LayerKind("elman", "tanh", True), LayerKind("elman", "tanh")))
    assert [floor.names for floor in mixed.floors][-2:] == [("read", *CELL), ("check",)]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("merge", ["concat", "sum"])
def test_what_a_floor_shows_is_of_its_units_and_what_it_reads_is_what_the_one_below_gives(merge, readout, head):
    trace = trace_of(deep_model("lstm", 2, bidirectional=True, merge=merge, readout=readout, head=head), TEXT)
    last = len(trace) - 1
    for floor in trace.model.floors:
        seen = trace.on(floor.index)
        model, step = seen.model, seen[last]
        assert model.floor is floor or model.floor.index == floor.index
        assert step.x.shape == (model.input_size,)
        assert step.h.shape == step.h_prev.shape == (model.hidden_size,)
        blocks = model.cell.row_blocks()
        for phase in floor.phases:
            for name in set(phase.shows) - {"x", "logits", "probs", "attention"}:
                assert step[name].shape[0] in (model.hidden_size, blocks * model.hidden_size), name
        if floor.answers:
            np.testing.assert_allclose(step.logits, model.fc(step[model.reads]), rtol=1e-5)
    meeting = trace.on(4)
    ends = (trace.layers[1].forward.values["h"][-1], trace.layers[1].backward.values["h"][0])
    if readout == "last":
        expected = ends[0] + ends[1] if merge == "sum" else np.concatenate(ends)
        np.testing.assert_array_equal(meeting[last].h, expected)
    else:
        np.testing.assert_array_equal(meeting.values["h"], trace.layers[1].output)


def test_a_network_of_one_floor_is_seen_as_it_is():
    trace = trace_of(deep_model("gru", 1), TEXT)
    assert trace.on(0) is trace
    assert trace.model.on(0) is trace.model


def test_floors_are_the_same_however_one_comes_to_them():
    trace = trace_of(deep_model("gru", 3), TEXT)
    assert trace.on(2).on(1) is trace.on(1)
    assert trace.on(1).on(0) is trace
    assert trace.on(1).model is trace.model.on(1) is trace.model.on(2).on(1)
    assert trace.on(2).order is trace.order


def test_a_backward_lane_carries_what_it_read_before_that_is_after_it():
    trace = trace_of(deep_model("lstm", 1, bidirectional=True), TEXT)
    lane = trace.on(1)
    np.testing.assert_array_equal(lane[2].h_prev, lane[3].h)
    assert not lane[len(trace) - 1].h_prev.any()


def test_only_the_lowest_floors_units_have_names():
    model = deep_model("gru", 2, hidden=2)
    from dataclasses import replace

    named = replace(model, unit_names=("verb", "noun"))
    assert named.on(0).unit_name(1) == "noun"
    assert named.on(1).unit_name(1) == "unit 2"
    assert named.on(1).on(0).unit_name(1) == "noun"


def test_what_stands_above_the_lanes_takes_no_step():
    above = deep_model("gru", 1, bidirectional=True).on(2).cell
    assert above.phases == ()
    with pytest.raises(TypeError, match="takes no step"):
        above.step(np.zeros(6), above.zero_state())
    with pytest.raises(TypeError, match="takes no step"):
        above.step_backward({}, above.zero_state(), above.zero_state())
