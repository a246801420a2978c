"""A trace as a table for people."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from rich.cells import cell_len

from rnn_tui.export.trace_table import lines
from rnn_tui.network.arrays import softmax
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired


def test_the_whole_table():
    # given two words on two units: tanh(0.9) = 0.7163, tanh(0.7163 − 0.2) = 0.4748
    model = wired([[0.9, -0.2], [0.0, 0.5]], words=("dog", "cat"), unit_names=("noun", "猫"), unknown="cat")
    # when the trace is written, then
    assert list(lines(trace_of(model, "Dog meh"))) == [
        "wired · Elman tanh · 2 units",
        "2 words; sum is pre_activation = ih + hh",
        "",
        "word 1 of 2: Dog",
        "  x: 2 numbers, all 0 but number 1, which is 1",
        "                h_prev      ih      hh     sum       h",
        "  noun            0.00   +0.90    0.00   +0.90   +0.72",
        "  猫              0.00    0.00    0.00    0.00    0.00",
        "  Negative 81%, Positive 19%",
        "",
        "word 2 of 2: meh",
        "  “meh” is unknown to this model, it reads cat.",
        "  x: 2 numbers, all 0 but number 2, which is 1",
        "                h_prev      ih      hh     sum       h",
        "  noun           +0.72   −0.20   +0.72   +0.52   +0.47",
        "  猫              0.00   +0.50    0.00   +0.50   +0.46",
        "  Negative 87%, Positive 13%",
        "",
        "answer: Negative 87%",
    ]


@pytest.mark.parametrize(("cell", "readout", "inputs"), product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS))
def test_no_line_is_wider_than_a_terminal(cell, readout, inputs):
    # given a network with wide names and large numbers
    model = build(*cell, readout, inputs, scale=30, unit_names=("日本語の名前です", "a" * 30, "\x1b[31mred"))
    # when its trace is written, then
    for line in lines(trace_of(model)):
        assert cell_len(line) <= 80
        assert "\x1b" not in line


def test_the_gates_have_a_column_each():
    written = list(lines(trace_of(build("gru", None), "dog")))
    assert written[1] == "1 word"
    heads = [line.split() for line in written if "h_prev" in line or "ih_r" in line]
    assert heads == [["ih_r", "ih_z", "ih_n", "hh_r", "hh_z", "hh_n"], ["h_prev", "r", "z", "n", "h"]]


def test_what_is_left_out_is_said():
    # given more units and inputs than a table takes
    written = list(lines(trace_of(build(inputs="embedding", hidden=23), "dog")))
    assert "  … 3 more units; trace --json has all 23" in written
    assert sum(line.startswith("  unit ") for line in written) == 20


def test_x_is_shown_however_it_came_about():
    number = trace_of(build(inputs="number"), "2.5")
    assert "  x: +1.00" in list(lines(number))
    embedded = trace_of(build(inputs="embedding"), "dog")
    x = "  ".join(f"{value:+.2f}".replace("-", "−") for value in embedded[0].x)
    assert f"  x: {x}" in list(lines(embedded))
    unknown = trace_of(build(unknown=None), "meh")
    assert "  x: 8 numbers, all 0" in list(lines(unknown))


@pytest.mark.parametrize("head", HEAD_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_answer_can_be_computed_from_what_the_outputs_read(readout, head):
    # given the table of a network
    trace = trace_of(build("gru", None, readout, head=head))
    written = "\n".join(lines(trace)).split("word 5 of 5")[1].splitlines()
    # when the last column of the last table is read off
    columns = [line.split() for line in written if line.startswith(" " * 14)][-1]
    start = next(at for at, line in enumerate(written) if line.split() == columns) + 1
    read = [float(line.split()[-1].replace("−", "-")) for line in written[start : start + 3]]
    # then it is what the output nodes read, and they give the answer of it
    assert columns[-1] == trace.model.reads
    probs = softmax(trace.model.fc(np.array(read)))
    assert probs == pytest.approx(trace.values["probs"][-1], abs=0.02)
    # and what is between is there, too
    between = ["context"] * (trace.model.readout.reads == "context") + [f"head.{at}" for at in range(len(head))]
    assert columns == (between or ["h_prev", "r", "z", "n", "h"])


def test_many_entries_of_a_head_go_below_each_other():
    written = list(lines(trace_of(build(readout="mean", head=("tanh",) * 8), "dog")))
    heads = [line.split() for line in written if "context" in line or "head.7" in line]
    assert heads == [["context", *(f"head.{at}" for at in range(6))], ["head.6", "head.7"]]
    assert max(map(cell_len, written)) <= 80


def test_attention_names_the_words_it_looks_at():
    written = list(lines(trace_of(build(readout="attention"))))
    looked = [line for line in written if line.startswith("  attention: ")]
    assert looked[0] == "  attention: “the” 1.00"
    assert looked[-1].endswith(", …")
