"""The arithmetic of the floors above the lowest, worked out again from the parameters."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.arithmetic import derivation
from rnn_tui.network.arithmetic.parts import HandedUp
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.naming import input_name, layer_symbol, parameter_in_words
from rnn_tui.network.trace import run
from tests.builders import wired
from tests.deep import FEATURES, HIDDEN_LAYER, VECTORS, deep_model

BELOW = ["unit 1 below", "unit 2 below", "unit 3 below"]
TEXT = "the dog barked and slept"


def traced(*args, **fields):
    model = deep_model(*args, **fields)
    return run(model, model.tokenize(TEXT))


def phase_of(trace, name):
    return next(phase for phase in trace.model.phases if phase.name == name)


def lanes(trace, layer, t, ends=False):
    """The hidden states of a layer's lanes at a word, or where each of them ends."""
    recording = trace.layers[layer]
    forward = recording.forward.values["h"][-1 if ends else t]
    return [forward] if recording.backward is None else [forward, recording.backward.values["h"][0 if ends else t]]


@pytest.mark.parametrize(
    ("fields", "names", "notation"),
    [
        ({}, BELOW, "x = h⁽¹⁾"),
        ({"bidirectional": True, "merge": "sum"}, BELOW, "x = →h⁽¹⁾ + ←h⁽¹⁾"),
        ({"bidirectional": True}, [f"{arrow} unit {n}" for arrow in "→←" for n in (1, 2, 3)], "x = [→h⁽¹⁾; ←h⁽¹⁾]"),
    ],
)  # fmt: skip
def test_what_is_handed_up_has_names(fields, names, notation):
    trace = traced("gru", 2, **fields)
    floor = 1 + trace.model.two_way
    seen = trace.on(floor)
    (part,) = derivation(seen, 2, seen.model.phases[0], 0)
    assert isinstance(part.source, HandedUp)
    assert part.notation == notation
    assert [name for name, _ in part.parts] == names
    below = lanes(trace, 0, 2)
    x = sum(below) if fields.get("merge") == "sum" else np.concatenate(below)
    assert np.allclose([value for _, value in part.parts], x)


@pytest.mark.parametrize("hidden", [2, 5])  # fewer and more than the features of a timestep
def test_an_upper_lane_takes_up_no_features(hidden):
    model = deep_model("elman", 2, inputs="vectors", hidden=hidden)
    trace = run(model, model.tokenize(VECTORS))
    upper = trace.on(1)
    (part,) = derivation(upper, 1, upper.model.phases[0], 0)
    assert isinstance(part.source, HandedUp)
    assert np.allclose([value for _, value in part.parts], lanes(trace, 0, 1)[0])
    assert len(derivation(trace.on(0), 1, trace.on(0).model.phases[0], 0)) == FEATURES


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
def test_the_products_of_an_upper_lane_add_up(cell):
    trace = traced(cell, 2, bidirectional=True)
    seen = trace.on(3)  # layer 2, backward
    parts = derivation(seen, 1, phase_of(seen, "multiply"), 2)
    x = np.concatenate(lanes(trace, 0, 1))
    cell = trace.model.layers[1].backward
    for part, row in zip(parts, cell.rows_of(2), strict=True):
        assert len(part.terms) == len(x)
        assert part.terms[5].name == "← unit 3"
        assert np.isclose(sum(term.product for term in part.terms), cell.weight_ih[row] @ x, atol=1e-5)
        assert np.isclose(part.total, cell.weight_ih[row] @ x + cell.bias_ih[row], atol=1e-5)


@pytest.mark.parametrize("readout", ["last", "mean", "each"])
def test_where_lanes_meet_side_by_side_each_unit_is_of_one_lane(readout):
    trace = traced("gru", 1, bidirectional=True, readout=readout)
    meeting = trace.on(2)
    ahead, back = lanes(trace, 0, 4, ends=readout == "last")
    (part,) = derivation(meeting, 4, phase_of(meeting, "meet"), 4)
    assert part.notation == "h[5] = ←h[2]"
    assert part.parts == (("← unit 2", float(back[1])),)
    assert part.result == ("h", float(back[1]))
    (first,) = derivation(meeting, 4, phase_of(meeting, "meet"), 1)
    assert (first.notation, first.result) == ("h[2] = →h[2]", ("h", float(ahead[1])))


def test_where_lanes_are_added_up_both_are_there():
    trace = traced("lstm", 2, bidirectional=True, merge="sum")
    meeting = trace.on(4)
    ahead, back = lanes(trace, 1, 4, ends=True)
    (part,) = derivation(meeting, 4, phase_of(meeting, "meet"), 2)
    assert part.notation == "h[3] = →h[3] + ←h[3]"
    assert part.parts == (("→ unit 3", float(ahead[2])), ("← unit 3", float(back[2])))
    assert np.isclose(part.result[1], ahead[2] + back[2])
    written = part.numbers.replace("−", "-").replace("≈", "=").split(" = ")
    assert np.isclose(eval(written[0]), float(written[1]), atol=2e-3)


@pytest.mark.parametrize("readout", ["last", "mean"])
def test_a_hidden_layer_multiplies_what_the_floor_below_hands_on(readout):
    trace = traced("gru", 1, bidirectional=True, readout=readout, head=HIDDEN_LAYER)
    floor = trace.on(3)
    words = [np.concatenate(lanes(trace, 0, t)) for t in range(5)]
    below = np.mean(words, axis=0) if readout == "mean" else np.concatenate(lanes(trace, 0, 4, ends=True))
    linear = trace.model.head[0].linear
    total, cut = derivation(floor, 4, phase_of(floor, "head"), 1)
    assert [term.name for term in total.terms] == [f"{arrow} unit {n}" for arrow in "→←" for n in (1, 2, 3)]
    assert np.allclose([term.value for term in total.terms], below, atol=1e-5)
    assert np.isclose(total.total, linear.weight[1] @ below + linear.bias[1], atol=1e-5)
    assert np.isclose(total.terms[-1].running + total.bias, total.total, atol=1e-4)
    assert np.isclose(cut.y, max(0.0, total.total), atol=1e-5)
    reads = "context" if readout == "mean" else "h"
    assert total.notation == f"head_sum.0[2] = Σ head.0.weight[2,j]·{reads}[j] + head.0.bias[2]"
    assert total.settable()[0] == ("head.0.weight", (1, 0))
    assert total.settable()[-1] == ("head.0.bias", (1,))


def test_a_second_hidden_layer_reads_the_first():
    head = (EntryKind(True, "relu"), EntryKind(False, "tanh"), EntryKind(True, "identity"))
    trace = traced("elman", 1, head=head)
    floor = trace.on(2)
    below = np.tanh(np.maximum(trace.model.head[0].linear(trace.layers[0].output[3]), 0))
    (total,) = derivation(floor, 3, phase_of(floor, "head"), 0)
    linear = trace.model.head[2].linear
    assert np.isclose(total.total, linear.weight[0] @ below + linear.bias[0], atol=1e-5)
    assert total.value_name == "head.1"
    assert total.terms[0].name == "unit 1 below"


def test_names_of_units_that_have_names_go_up():
    model = wired(np.eye(3), unit_names=("verb", "noun", "mood"))
    deep = deep_model("elman", 2)
    layers = (model.layers[0], deep.layers[1])
    from dataclasses import replace

    named = replace(model, layers=layers)
    assert [input_name(named.on(1), j) for j in range(3)] == ["verb", "noun", "mood"]
    assert input_name(named, 1) == "input 2"
    assert parameter_in_words(named.on(1), "weight_ih", (0, 2)) == "the weight from mood to unit 1"


def test_a_lane_as_it_is_written():
    assert layer_symbol(deep_model("gru", 1), 0) == "h"
    assert layer_symbol(deep_model("gru", 12), 11) == "h⁽¹²⁾"
    assert layer_symbol(deep_model("gru", 1, bidirectional=True), 0, backward=True) == "←h"
    assert layer_symbol(deep_model("gru", 2, bidirectional=True), 1) == "→h⁽²⁾"
