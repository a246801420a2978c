"""The table of a trace of several layers, lanes and hidden layers: floor by floor, each number the trace's own."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest
from rich.cells import cell_len

from rnn_tui.export.trace_table import lines
from tests.builders import trace_of
from tests.deep import HIDDEN_LAYER, deep_model

TEXT = "the dog barked"
ROW = re.compile(r"  (unit \d+|[→←] unit \d+|\S+ \d+) +((?:[+−]?\d\S* *)+)")


def tables(trace):
    """{(t, floor, name of a value): the column}, read back from the lines."""
    found, t, floor, heads = {}, -1, "", []
    for line in lines(trace):
        if line.startswith("word "):
            t += 1
        elif re.match(r"  (layer|memory|forward|backward|both|hidden|the answer)", line):
            floor = line.strip()
        elif re.match(r" {14,}\S", line):
            heads = line.split()
        elif (row := ROW.fullmatch(line)) and heads:
            for name, number in zip(heads, row[2].split(), strict=True):
                found.setdefault((t, floor, name), []).append(float(number.replace("−", "-")))
    return found


@pytest.mark.parametrize(
    ("cell", "bidirectional", "readout"), product(("elman", "gru", "lstm"), (False, True), ("last", "each", "mean"))
)
def test_every_lane_has_its_own_numbers(cell, bidirectional, readout):
    trace = trace_of(deep_model(cell, 2, bidirectional=bidirectional, readout=readout, seed=4), TEXT)
    found = tables(trace)
    directions = ("forward", "backward") if bidirectional else ("forward",)
    for t, layer, direction in product(range(3), range(2), directions):
        lane = getattr(trace.layers[layer], direction)
        name = f"layer {layer + 1} of 2" + (f", {direction} lane" if bidirectional else "")
        assert found[t, name, "h"] == pytest.approx(lane.values["h"][t].tolist(), abs=0.0051)
        assert found[t, name, "h_prev"] == pytest.approx(lane.before(t)["h"].tolist(), abs=0.0051)


def test_where_the_answer_waits_no_word_before_the_last_has_one_or_what_it_is_made_of():
    trace = trace_of(deep_model("gru", 1, bidirectional=True, readout="mean"), TEXT)
    table = list(lines(trace))
    starts = [index for index, line in enumerate(table) if line.startswith("word ")]
    for start, end in pairwise(starts):
        assert not [line for line in table[start:end] if "%" in line or "no answer" in line or "context" in line]
    assert any("context" in line for line in table[starts[-1] :])
    assert [line for line in table[starts[-1] :] if re.fullmatch(r"  \S+ \d+%, \S+ \d+%", line)]


def test_where_lanes_meet_and_a_hidden_layer_have_their_values():
    trace = trace_of(deep_model("lstm", 1, bidirectional=True, head=HIDDEN_LAYER, output="number"), TEXT)
    found = tables(trace)
    assert found[2, "both lanes", "h"] == pytest.approx(trace.met[-1].tolist(), abs=0.0051)
    assert found[2, "hidden layer", "sum.0"] == pytest.approx(trace.outputs["head_sum.0"][-1].tolist(), abs=0.0051)
    assert found[2, "hidden layer", "head.0"] == pytest.approx(trace.outputs["head.0"][-1].tolist(), abs=0.0051)


@pytest.mark.parametrize("output", ["classes", "yes_no", "number"])
@pytest.mark.parametrize("readout", ["last", "each", "mean", "max", "attention", "last_step"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_no_line_is_wider_than_a_terminal_or_has_what_is_no_number(output, readout, bidirectional):
    model = deep_model("gru", 3, bidirectional=bidirectional, readout=readout, head=HIDDEN_LAYER, output=output)
    for line in lines(trace_of(model, TEXT)):
        assert cell_len(line) <= 80
        assert "?" not in line
