"""Integrated gradients are PyTorch's, and what the words get is what the logit gains."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from safetensors.numpy import load_file

from rnn_tui.lenses.integrated import Way, gradients, lobatto
from rnn_tui.lenses.progress import quiet
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.errors import InputError
from rnn_tui.network.heads import Linear
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired
from tests.lenses.record_integrated import KINDS, READOUTS, RECORDED, TEXT, compute, network

EVERY_KIND = [(*cell, readout, inputs) for cell, readout, inputs in product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS)]


def with_tensors(model, tensors):
    """The model with the parameters that were recorded."""
    cell = {name: tensors[f"rnn.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    return replace(
        model,
        embedding=replace(model.embedding, weight=tensors["embedding.weight"]),
        readout=type(model.readout).made(tensors),
        fc=Linear(tensors["fc.weight"], tensors["fc.bias"]),
    ).with_cell(replace(model.cell, **cell))


def shares_of(trace, t=-1, label=None):
    trace = doubled(trace)
    t = range(len(trace))[t]
    return gradients(trace, t, trace.prediction(t)[0] if label is None else label, quiet)


def logit_gained(trace, t, label):
    """logit(x) − logit(0), from two plain runs."""
    trace = doubled(trace)
    model = trace.model
    nothing = np.tile(model.cell.bias_ih, (len(trace), 1))
    with np.errstate(over="ignore", invalid="ignore"):
        silent = logits_of(model, model.cell.unroll(nothing, tuple(trace.initial.values()))["h"])
        return trace.values["logits"][t, label] - silent[t, label]


def logits_of(model, h):
    """The logits (T, output_size) from the hidden states (T, hidden_size)."""
    return model.outputs_of(h)["logits"]


@pytest.mark.parametrize(("kind", "readout"), product(KINDS, READOUTS))
def test_the_shares_are_those_that_pytorch_recorded(kind, readout):
    # given a network and what PyTorch's autograd found
    recorded = load_file(RECORDED / f"integrated-{kind}-{readout}.safetensors")
    trace = trace_of(with_tensors(network(kind, readout), recorded), TEXT)
    assert [token.index for token in trace.tokens] == recorded["tokens"].tolist()
    # when the shares are taken, then they are the same, but for the midpoint rule's error at a kink
    kinked = "relu" in kind or "relu" in readout or "max" in readout
    found = shares_of(trace, label=int(recorded["label"][0]))
    assert found == pytest.approx(
        recorded["integrated_gradients"],
        abs=2e-4 if kinked else 5e-6,
    )


@pytest.mark.parametrize(("kind", "readout"), product(KINDS, READOUTS))
def test_pytorch_itself_finds_what_was_recorded(kind, readout):
    # given torch, when it computes, then the recording is what it finds
    pytest.importorskip("torch")
    recorded = load_file(RECORDED / f"integrated-{kind}-{readout}.safetensors")
    for name, array in compute(kind, readout).items():
        assert array == pytest.approx(recorded[name], abs=1e-9), name


@pytest.mark.parametrize(("cell", "activation", "readout", "inputs"), EVERY_KIND)
@pytest.mark.parametrize("scale", [0.3, 1.5])
def test_the_shares_sum_to_what_the_logit_gains(cell, activation, readout, inputs, scale):
    # given a network of this kind, tame or wild
    trace = trace_of(build(cell, activation, readout, inputs, hidden=4, scale=scale, seed=2))
    for t in (0, 2, -1):
        label = doubled(trace).prediction(t)[0]
        # when a label's logit is shared out among the words
        found = shares_of(trace, t, label)
        # then nothing is lost, and the words after the answer get nothing
        assert found.sum() == pytest.approx(logit_gained(trace, t, label), abs=1e-3)
        assert not found[range(len(trace))[t] + 1 :].any()


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("head", [(), ("tanh",), ("sigmoid", "relu")])
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_slopes_on_the_way_are_central_differences(cell, activation, readout, head):
    # given a point on the way from zeros to x
    trace = doubled(trace_of(build(cell, activation, readout, "embedding", head=head, hidden=4, seed=3)))
    model, place, width = trace.model, 0.63, 1e-5
    brought = trace.values["ih"] - model.cell.bias_ih
    start = tuple(trace.initial.values())

    def logit(shares):
        h = model.cell.unroll(model.cell.bias_ih + shares[:, None] * brought, start)["h"]
        return logits_of(model, h)[-1, 1]

    # when the way is asked there
    (found,), (slopes,) = Way(trace, len(trace) - 1, 1).run(np.array([place]), lambda: None)
    # then the logit is that of a plain run, and the slopes are what a little more of each word changes
    assert found == pytest.approx(logit(np.full(len(trace), place)), abs=1e-12)
    for k in range(len(trace)):
        nudge = width * (np.arange(len(trace)) == k)
        expected = (logit(place + nudge) - logit(place - nudge)) / (2 * width)
        assert slopes[k] == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_linear_network_shares_out_what_each_word_brings():
    # given h = x₁ + x₂/2 …: weight_hh is ½, fc is 2, and every word brings its own weight
    model = wired([[1.0, -3.0]], weight_hh=[[0.5]], fc=[[2.0], [-2.0]], activation="identity", words=("up", "down"))
    # when "up down up" is read: 2·(1·¼ − 3·½ + 1) = −0.5, so the second label leads with +0.5
    found = shares_of(trace_of(model, "up down up"), label=1)
    # then each word's share is −2 times what it brings, halved at every later word
    assert found == pytest.approx([-0.5, 3.0, -2.0], abs=1e-12)


def test_the_way_is_the_same_whether_x_or_what_it_brings_is_read():
    # given one network with long one-hot vectors, and one that reads their columns as an embedding
    model = build(inputs="one-hot", hidden=3)
    same = build(inputs="embedding", hidden=3)
    columns = replace(same.embedding, weight=model.cell.weight_ih.T.copy())
    cell = replace(model.cell, weight_ih=np.eye(3, dtype=np.float32))
    other = replace(same, embedding=columns, fc=model.fc).with_cell(cell)
    # when the shares are taken, then they are the same
    assert shares_of(trace_of(model)) == pytest.approx(shares_of(trace_of(other)), abs=1e-6)


def test_where_no_number_of_points_is_enough_there_are_no_shares():
    # given a chaotic network and a long sentence: gradients explode on the way
    rng = np.random.default_rng(0)
    text = " ".join(rng.choice(["the", "dog", "cat", "barked", "slept", "and", "not"], 150))
    trace = trace_of(build(inputs="embedding", hidden=16, scale=1.5, seed=1), text)
    # when the shares are taken, then there are none, rather than wrong ones
    assert np.isnan(shares_of(trace)).all()


def test_a_network_that_grows_beyond_all_bounds_has_no_shares_and_does_not_warn(recwarn):
    # given identity with large weights, and so many words that the numbers overflow
    trace = trace_of(build("elman", "identity", inputs="embedding", scale=40.0), "dog " * 250)
    with np.errstate(over="ignore", invalid="ignore"):
        found = shares_of(trace, label=0)
    # then its shares are no numbers
    assert not np.isfinite(found).all()
    assert not recwarn.list


def test_an_lstm_that_starts_in_the_middle_is_refused():
    # given an LSTM with something in its cell state before the first word
    model = build("lstm", None)
    trace = run(model, model.tokenize("the dog"), (np.zeros(3, np.float32), np.ones(3, np.float32)))
    # when its shares are asked for, then it says what is missing
    with pytest.raises(InputError, match="from its start"):
        shares_of(trace)


LOBATTO = {
    3: [(1.00000000, 0.33333333), (0.00000000, 1.33333333)],
    4: [(1.00000000, 0.16666667), (0.44721360, 0.83333333)],
    5: [(1.00000000, 0.10000000), (0.65465367, 0.54444444), (0.00000000, 0.71111111)],
    6: [(1.00000000, 0.06666667), (0.76505532, 0.37847496), (0.28523152, 0.55485838)],
    7: [(1.00000000, 0.04761904), (0.83022390, 0.27682604), (0.46884879, 0.43174538), (0.00000000, 0.48761904)],
    8: [(1.00000000, 0.03571428), (0.87174015, 0.21070422), (0.59170018, 0.34112270), (0.20929922, 0.41245880)],
}
"""Abscissas ±x and weights, on [−1, 1], by the number of points: Abramowitz & Stegun, 25.4.32 and table 25.6."""


@pytest.mark.parametrize("count", LOBATTO)
def test_the_points_and_weights_are_those_of_the_table(count):
    # given the half of the table that is printed, and its mirror image
    half = LOBATTO[count]
    table = sorted({(sign * x, weight) for x, weight in half for sign in (-1, 1)})
    # when they are computed, for the interval from 0 to 1
    points, weights = lobatto(count)
    # then they are real, and the table's to the digit that it rounds or cuts off
    assert (points.dtype, weights.dtype) == (np.float64, np.float64)
    assert 2 * points - 1 == pytest.approx([x for x, _ in table], rel=0, abs=1e-8)
    assert 2 * weights == pytest.approx([weight for _, weight in table], rel=0, abs=1e-8)


@pytest.mark.parametrize("count", range(2, 25))
def test_the_points_integrate_a_polynomial_exactly(count):
    # given the points and weights
    points, weights = lobatto(count)
    assert points.shape == weights.shape == (count,)
    # then they run from end to end, and mirror each other
    assert (points[0], points[-1]) == (0.0, 1.0)
    assert (np.diff(points) > 0).all()
    assert points + points[::-1] == pytest.approx(np.ones(count), abs=1e-15)
    assert weights.sum() == pytest.approx(1, abs=1e-13)
    # when a polynomial up to degree 2·count − 3 is summed, then it is its integral, and at 2·count − 2 no longer
    degrees = np.arange(2 * count - 2)
    assert [weights @ points**degree for degree in degrees] == pytest.approx(1 / (degrees + 1), abs=1e-13)
    if count < 10:  # further up the difference is one of rounding
        assert abs(weights @ points ** (2 * count - 2) - 1 / (2 * count - 1)) > 1e-12


@pytest.mark.parametrize("count", [1, 0, -3])
def test_fewer_points_than_two_are_refused(count):
    with pytest.raises(ValueError, match="at least 2"):
        lobatto(count)
