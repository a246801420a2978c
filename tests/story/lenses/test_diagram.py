"""The diagram told where it is cut, covered, held by hand, or in notation."""

from __future__ import annotations

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.lenses.diagram import Diagram
from rnn_tui.network.trace import run
from rnn_tui.scene import Asked
from rnn_tui.story.lenses import tell_lens
from rnn_tui.story.spans import plain
from tests.builders import build, scene_at, trace_of

TEXT = "the dog barked and slept"


def told(trace, t, phase, **fields):
    return [plain(said) for said in tell_lens("diagram", Diagram(), trace, scene_at(trace, t, phase, **fields))]


@pytest.mark.parametrize("covered", [{"hidden": True}, {"asked": Asked("label")}])
@pytest.mark.parametrize("readout", ["last", "mean", "max", "attention"])
def test_of_a_covered_answer_nothing_is_told(readout, covered):
    trace = trace_of(build(readout=readout, head=("relu",)), TEXT)
    for phase in trace.model.answering:
        said = told(trace, 4, phase.name, unit=0, **covered)[0]
        assert not any(character in said.split(" All ")[0] for character in "0123456789%+−"), said
    assert told(trace, 4, "check", unit=0, **covered)[0].startswith("The lit arrow leads to the answer: guess first.")


def test_a_value_that_is_held_does_not_become_it():
    model = build()
    trace = run(*apply_edits(model, model.tokenize(TEXT), [parse_edit("hold h[2] 0.5 at 2")]))
    assert told(trace, 1, "squash", unit=1)[0].startswith(
        "In the lit box the memory of unit 2 is held by hand at +0.50."
    )
    assert told(trace, 2, "squash", unit=1)[0].startswith("In the lit box the memory of unit 2 becomes ")


@pytest.mark.parametrize(
    ("cell", "carried"),
    [
        ("elman", "h_t = cell(x_t, h_(t−1); W), W = weight_ih, weight_hh, biases"),
        ("lstm", "h_t, c_t = cell(x_t, h_(t−1), c_(t−1); W), W = weight_ih, weight_hh, biases"),
    ],
)
def test_in_notation_the_cell_is_one_function_of_the_same_weights(cell, carried):
    trace = trace_of(build(cell, "tanh" if cell == "elman" else None), TEXT)
    assert told(trace, 1, "read", notation=True)[-1] == carried
    assert told(trace, 1, "read")[-1].startswith("So what? Rolled and unrolled are one network")


def test_where_numbers_are_beyond_all_bounds_that_is_told():
    trace = trace_of(build(activation="identity", scale=1e30), TEXT)
    assert "no answer" in told(trace, 4, "check")[0]
