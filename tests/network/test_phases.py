"""What one timestep does, as a list."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.arithmetic import derivation
from rnn_tui.network.phases import ATTEND, CHECK, MULTIPLY, POOL_MAX, READ, Phase
from rnn_tui.network.readouts import Max
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired


def test_the_articles_operations_are_numbered_and_what_lies_between_is_not():
    add = build().phases[2]

    assert [phase.heading for phase in (READ, MULTIPLY, add, CHECK)] == ["Read", "1 Multiply", "2 Add", "3 Check"]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_every_phase_of_every_cell_is_said_in_words_and_in_notation(cell, activation):
    phases = build(cell, activation).phases

    assert all(phase.title and phase.words and phase.notation and phase.shows for phase in phases)
    assert len({phase.name for phase in phases}) == len(phases)


@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_what_a_phase_does_is_said_with_the_name_of_what_is_read(inputs):
    model = build(inputs=inputs)
    unit = model.tokenizer.unit

    assert model.phases[0].words_for(unit) == f"read the {unit}"
    assert not [phase.name for phase in model.phases if "{" in phase.words_for(unit)]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_what_a_state_is_is_said_with_the_name_of_what_is_read(cell, activation):
    own = build(cell, activation).cell

    assert own.state_title("h", "character") == ("Memory", "the hidden state after each character")
    assert own.state_title("k", "number") == ("State k", "k after each number")
    assert all(own.state_title(name, "number")[1].endswith("after each number") for name in own.state_names)


def test_a_phase_can_be_made_for_a_cell_of_ones_own():
    leak = Phase("leak", "Leak", "forget a little", "h = 0.9·h_prev", ("h_prev", "h"))

    assert leak.heading == "Leak"
    assert leak.operation is None


@pytest.mark.parametrize(
    ("cell", "widths", "roomy"),
    [
        ("elman", [14, 28, 34, 20, 24], [None] * 5),
        ("gru", [15, 38, 34, 24, 24, 23], [None, 42, *[None] * 4]),
        ("lstm", [15, 38, 34, 26, 24, 23], [None, 42, *[None] * 4]),
    ],
)
def test_a_phase_says_how_wide_it_wants_to_be(cell, widths, roomy):
    phases = build(cell, None).phases

    assert [phase.width for phase in phases] == widths
    assert [phase.roomy for phase in phases] == roomy


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("head", HEAD_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_readout_and_head_stand_between_the_cells_phases_and_check(cell, activation, readout, head):
    model = build(cell, activation, readout, head=head)
    between = {"attention": ["attend"], "mean": ["pool"], "max": ["pool"]}.get(readout, [])
    between += ["head"] if head else []

    names = [phase.name for phase in model.phases]

    assert names == ["read", *(phase.name for phase in model.cell.phases), *between, "check"]
    assert "h" in model.phases[model.state_phase].shows
    assert not any("h" in phase.shows for phase in model.phases[model.state_phase + 1 :])


def test_look_back_shows_the_weights_of_the_words_so_far_and_the_state_that_comes_of_them():
    trace = trace_of(build("gru", None, "attention", hidden=4, seed=2))
    for step in trace:
        attention, context = (step[name] for name in ATTEND.shows)
        assert attention.shape == (step.t + 1,)
        assert attention.sum() == pytest.approx(1, abs=1e-6)
        np.testing.assert_allclose(attention @ trace.values["h"][: step.t + 1], context, atol=1e-5)


def test_what_the_output_nodes_read_is_in_the_notation_of_check():
    networks = (build(), build(readout="attention"), build(readout="mean"), build(head=("relu", "tanh")))

    read = [model.phases[-1].notation.removeprefix("probs = softmax(fc.weight·") for model in networks]

    assert read == [f"{name} + fc.bias)" for name in ("h", "context", "context", "head.1")]


@pytest.mark.parametrize(
    ("head", "title", "notation"),
    [
        (("relu",), "Cut", "head.0 = max(0, h)"),
        (("tanh",), "Limit", "head.0 = tanh(h)"),
        (("relu", "sigmoid"), "Limit", "head.0 = max(0, h); head.1 = σ(head.0)"),
        (("identity",), "Pass on", "head.0 = h"),
    ],
)
def test_a_head_is_one_phase_that_is_called_as_its_last_function_does(head, title, notation):
    phase = build(head=head).phases[-2]

    assert (phase.name, phase.title, phase.notation) == ("head", title, notation)
    assert phase.shows == tuple(f"head.{index}" for index in range(len(head)))


def test_a_head_limits_and_never_squashes_once_more():
    said = [build("elman", "relu", head=(name,)).phases[-2].words for name in ("relu", "tanh", "sigmoid", "identity")]

    assert said == ["cut off below 0", "limit to −1 … 1", "limit to 0 … 1", "pass on as it is"]


@pytest.mark.parametrize(
    ("readout", "head", "called"),
    [
        ("last", (), ""),
        ("last", ("identity",), ""),
        ("mean", ("identity",), "average"),
        ("max", ("relu", "identity"), "cut"),
        ("last", ("relu", "sigmoid"), "limited"),
    ],
)
def test_what_the_outputs_read_is_named_after_the_last_function_that_changes_it(readout, head, called):
    assert build(readout=readout, head=head).read_as == called


def test_of_equal_values_none_is_called_smaller():
    silent = replace(wired([[0.0, -1.0]], words=("zero", "down"), activation="relu"), readout=Max())
    trace = trace_of(silent, "down zero " * 3)
    (part,) = derivation(trace, 5, POOL_MAX, 0)

    assert not trace.values["h"].any()
    assert part.numbers == "max(0.000, 0.000, 0.000, 0.000, 2 more, none larger) = 0.000"


def test_six_phases_share_the_width_whether_the_sixth_is_the_cells_or_the_readouts():
    assert [phase.width for phase in build(readout="attention").phases] == [15, 28, 34, 20, 26, 23]
