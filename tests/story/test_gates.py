"""The sentences about gates: what they let through, keep, write and show, with the numbers of the step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.story import plain, tell
from tests.builders import build, scene_at, trace_of


def said(trace, t, phase, **fields):
    return [plain(line) for line in tell(trace, scene_at(trace, t, phase, **fields))]


def test_gates_are_told_in_per_cent():
    # given a GRU
    trace = trace_of(build("gru", None, seed=2))
    step = trace[2]
    z, n, h_prev, h = (float(step[name][0]) for name in ("z", "n", "h_prev", "h"))
    # when it blends old and new, then the shares and the numbers are the step's
    line = said(trace, 2, "blend")[0]
    assert line.startswith(f"Blend old and new. {1 - z:.0%} of the new ")
    for value in (n, h_prev, h):
        assert f"{abs(value):.2f}" in line


@pytest.mark.parametrize(
    ("z", "meaning"),
    [(4, "keep holds 98% of the old value, so 2% will be new"), (-4, "so 98% will be new"), (0, "so 50% will be new")],
)
def test_what_an_update_gate_means(z, meaning):
    # given a GRU whose update gate is held by its bias, and that has something to remember
    model = build("gru", None, scale=0.001)
    bias = np.array(model.cell.bias_ih)
    bias[3:6], bias[6:9] = z, 1
    trace = trace_of(model.with_cell(replace(model.cell, bias_ih=bias)))
    # when its gates are told, then
    assert meaning in said(trace, 1, "gates")[1]
    assert {4: "Mostly old", -4: "Mostly new", 0: "about the same"}[z] in said(trace, 1, "blend")[1]
    assert said(trace, 0, "gates")[1].startswith("There is nothing to keep yet; ")


@pytest.mark.parametrize(
    ("f", "meaning"), [(4, "Most of the old stays"), (-4, "Most of the old goes"), (0, "About half of the old stays")]
)
def test_what_a_forget_gate_means(f, meaning):
    model = build("lstm", None, scale=0.01)
    bias = np.array(model.cell.bias_ih)
    bias[3:6] = f  # the forget gate's rows
    bias[9:12] = f  # the output gate's
    trace = trace_of(model.with_cell(replace(model.cell, bias_ih=bias)))
    assert meaning in said(trace, 1, "write")[1]
    assert said(trace, 0, "write")[1] == "The old cell is still 0.00, for there was nothing before."
    assert ("Most of it stays inside" in said(trace, 1, "expose")[1]) == (f < 0)


def test_the_reset_gate_is_told_of_memory_and_bias_apart():
    # given a GRU of one unit whose gates stand half open, with tanh(0.5)·0.5 = 0.23 in it after the first word
    model = build("gru", None, hidden=1)
    zeros = {"weight_ih": np.zeros_like(model.cell.weight_ih), "bias_hh": np.array([0, 0, 0.5], np.float32)}
    weights = {"weight_hh": np.array([[0], [0], [2]], np.float32), "bias_ih": np.array([0, 0, 0.25], np.float32)}
    trace = trace_of(model.with_cell(replace(model.cell, **zeros, **weights)), "dog cat")
    # when it proposes a new value, then what passes the gate is told by itself, and the bias as a bias
    assert said(trace, 0, "candidate")[0] == (
        "Propose a new value. “dog” brings +0.25; nothing is remembered; reset lets in 50% of "
        "the bias +0.50, which is +0.25; "
        "together +0.50, squashed +0.46."
    )
    assert said(trace, 1, "candidate")[0] == (
        "Propose a new value. “cat” brings +0.25; reset lets in 50% of "
        "the memory +0.46 and the bias +0.50, which is +0.48; "
        "together +0.73, squashed +0.62."
    )
    assert said(trace, 1, "blend")[0] == (
        "Blend old and new. 50% of the new +0.62 and 50% of the old +0.23 make unit 1 +0.43."
    )


def test_what_is_nothing_neither_stays_nor_goes():
    # given gates that are nearly shut, and so little input that every memory shows 0.00
    for cell, phase, rest in (
        ("gru", "blend", "The old was 0.00, so the keep gate has nothing to hold."),
        ("lstm", "write", "The old cell was 0.00, so there was nothing in it to keep or to lose."),
    ):
        model = build(cell, None, scale=0.001)
        bias = np.array(model.cell.bias_ih)
        bias[3:6] = -4
        trace = trace_of(model.with_cell(replace(model.cell, bias_ih=bias)))
        # when the second word is told, then nothing is said to go
        assert said(trace, 1, phase)[1] == rest


@pytest.mark.parametrize(("write", "ending"), [(4, "goes, to make room for the new."), (-4, "goes.")])
def test_the_old_makes_room_only_where_something_new_is_written(write, ending):
    model = build("lstm", None, scale=0.01)
    bias = np.array(model.cell.bias_ih)
    bias[:3], bias[3:6], bias[6:9] = write, -4, 3
    trace = trace_of(model.with_cell(replace(model.cell, bias_ih=bias)))
    assert said(trace, 1, "write")[1] == f"Most of the old {ending}"
