"""The way back through time is that of central differences and of PyTorch, however small or large it becomes."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from safetensors.numpy import load_file

from rnn_tui.lenses.gradient import gradient, to_json
from rnn_tui.lenses.stepping import doubled, step
from rnn_tui.network.cells import ACTIVATIONS
from tests.builders import CELL_KINDS, INPUT_KINDS, build, trace_of, wired
from tests.lenses.factors import jacobian_of
from tests.lenses.record_jacobians import KINDS, RECORDED, TEXT, compute, network

WORDS = ("the", "dog", "cat", "barked", "slept", "and", "not")


def long_text(length, seed=1):
    return " ".join(np.random.default_rng(seed).choice(WORDS, length))


def with_tensors(model, tensors):
    """The model with the parameters that were recorded."""
    cell = {name: tensors[f"rnn.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    embedding = replace(model.embedding, weight=tensors["embedding.weight"])
    return replace(model, embedding=embedding).with_cell(replace(model.cell, **cell))


def factors_of(trace):
    """The factors ∂s_{t+1}/∂s_t, (T − 1, n, n)."""
    trace = doubled(trace)
    return np.array([jacobian_of(trace, t) for t in range(1, len(trace))])


def wholes_of(trace):
    """Every ∂s_T/∂s_t, (T, n, n), as the plain product of its factors."""
    factors = factors_of(trace)
    wholes = [np.eye(factors.shape[1])]
    for factor in factors[::-1]:
        wholes.append(wholes[-1] @ factor)
    return np.array(wholes[::-1])


def differences(trace, first, last, width=1e-6):
    """∂s_last/∂s_{first−1} by central differences: words first … last are read from states a little to either side."""
    trace = doubled(trace)
    before = np.concatenate(list(trace.before(first).values()))
    nudges = width * np.eye(len(before))
    after = []
    for states in (before + nudges, before - nudges):
        state = tuple(np.split(states, len(trace.initial), axis=1))
        for t in range(first, last + 1):
            state = step(trace.model, trace.values["ih"][t], state)
        after.append(np.concatenate(state, axis=1))
    return ((after[0] - after[1]) / (2 * width)).T


def norms(matrices):
    """The largest singular values, by the singular value decomposition."""
    return np.linalg.norm(matrices, 2, axis=(-2, -1))


@pytest.mark.parametrize("kind", KINDS)
def test_the_matrices_are_those_that_pytorch_recorded(kind):
    # given a network and what PyTorch's autograd found
    recorded = load_file(RECORDED / f"jacobians-{kind}.safetensors")
    trace = trace_of(with_tensors(network(kind), recorded), TEXT)
    assert [token.index for token in trace.tokens] == recorded["tokens"].tolist()
    # when it is followed backward, then factors, products and their sizes are the same
    found = gradient(trace)
    assert factors_of(trace) == pytest.approx(recorded["factors"], abs=1e-12)
    assert wholes_of(trace) == pytest.approx(recorded["wholes"], abs=1e-12)
    assert found.factor == pytest.approx(norms(recorded["factors"]), rel=1e-12)
    assert found.norm == pytest.approx(norms(recorded["wholes"]), rel=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_pytorch_itself_finds_what_was_recorded(kind):
    # given torch, when it computes, then the recording is what it finds
    pytest.importorskip("torch")
    recorded = load_file(RECORDED / f"jacobians-{kind}.safetensors")
    for name, array in compute(kind).items():
        assert array == pytest.approx(recorded[name], abs=1e-12), name


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_every_factor_and_every_product_are_central_differences(cell, activation, inputs):
    # given a network of this kind, none of whose units is where relu bends
    trace = trace_of(build(cell, activation, inputs=inputs, hidden=4, scale=0.6, seed=3))
    factors, wholes, last = factors_of(trace), wholes_of(trace), len(trace) - 1
    # when the state is nudged after a word, then the next state and the last one move as the matrices say
    for t in range(last):
        for found, expected in (
            (factors[t], differences(trace, t + 1, t + 1)),
            (wholes[t], differences(trace, t + 1, last)),
        ):
            assert np.abs(expected).max() > 0.01
            assert np.abs(found - expected).max() < 1e-6 * np.abs(expected).max()


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize(("hidden", "scale"), [(1, 0.8), (5, 0.2), (5, 1.5), (24, 0.1), (24, 0.4)])
def test_norm_is_that_of_the_product_of_the_factors(cell, activation, hidden, scale):
    # given a network of this kind, tame or wild
    trace = trace_of(build(cell, activation, inputs="embedding", hidden=hidden, scale=scale), long_text(20))
    # when it is followed backward
    found = gradient(trace)
    # then the sizes are those of the explicit matrices
    assert found.factor == pytest.approx(norms(factors_of(trace)), rel=1e-12)
    assert found.norm == pytest.approx(norms(wholes_of(trace)), rel=1e-10, abs=1e-300)
    assert found.norm[-1] == 1.0
    assert 10**found.log10_norm == pytest.approx(found.norm)
    # and no product is larger than its factors' sizes multiplied
    at_most = np.append(np.cumprod(found.factor[::-1])[::-1], 1.0)
    assert (found.norm <= at_most * (1 + 1e-12)).all()


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_with_one_word_there_is_no_way_back(cell, activation):
    # given one word, when it is followed backward, then the end is all there is
    heard = []
    found = gradient(trace_of(build(cell, activation, hidden=1), "dog"), heard.append)
    assert (found.norm.tolist(), found.log10_norm.tolist(), found.factor.tolist()) == ([1.0], [0.0], [])
    assert (found.kept.shape, heard) == ((1,), [1.0])


def test_worked_by_hand():
    # given one unit without squash, that halves what it had; weight_hh is ½
    trace = trace_of(wired([[1.0, -3.0]], weight_hh=[[0.5]], activation="identity", words=("up", "down")), "up down up")
    # when it is followed backward, then it is halved a word; all is let through
    found = gradient(trace)
    assert found.norm == pytest.approx([0.25, 0.5, 1.0])
    assert (found.factor.tolist(), found.kept.tolist(), found.spectral_radius) == ([0.5, 0.5], [1, 1, 1], 0.5)


def test_what_vanishes_keeps_its_power_of_ten():
    # given a network that shrinks everything, and 2,000 words
    trace = trace_of(build(hidden=3, scale=0.15), long_text(2000))
    found = gradient(trace)
    # when the size is smaller than any float, then its power of ten is still known
    assert found.norm[0] == 0.0
    assert -3000 < found.log10_norm[0] < -400
    assert np.isfinite(found.log10_norm).all()
    # and it is the sum of what the single steps lose
    product, scale = np.eye(3), 0.0
    for factor in factors_of(trace)[::-1]:
        product = product @ factor
        size = np.abs(product).max()
        product, scale = product / size, scale + math.log10(size)
    assert found.log10_norm[0] == pytest.approx(scale + math.log10(np.linalg.norm(product, 2)), rel=1e-12)


def test_what_explodes_keeps_its_power_of_ten(recwarn):
    # given one unit that doubles what it had, and 2,000 words of x = 0
    trace = trace_of(wired([[0.0]], weight_hh=[[2.0]], activation="identity", words=("hush",)), "hush " * 2000)
    # when it is followed backward, then the size is beyond every float, and its power of ten is 1,999 times log 2
    found = gradient(trace)
    assert found.norm[0] == math.inf
    assert found.log10_norm[0] == pytest.approx(1999 * math.log10(2), rel=1e-12)
    assert not recwarn.list


def test_what_is_cut_is_exactly_nothing(recwarn):
    # given a network without memory, and a relu all of whose units are off
    deaf = wired([[1.0, -1.0]], weight_hh=[[0.0]], words=("up", "down"))
    off = wired([[-1.0, -1.0]], activation="relu", words=("up", "down"))
    for model in (deaf, off):
        found = gradient(trace_of(model, "up down up"))
        # when it is followed backward, then nothing arrives
        assert found.norm.tolist() == [0, 0, 1]
        assert found.log10_norm.tolist() == [-math.inf, -math.inf, 0]
        assert found.factor.tolist() == [0, 0]
    assert gradient(trace_of(off, "up down up")).kept.tolist() == [0, 0, 0]
    assert not recwarn.list


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_silent_and_saturated_networks_are_measured(cell, activation, recwarn):
    # given weights of 0, and weights that press every unit to its edge
    nothing = trace_of(build(cell, activation, scale=0.0))
    silent = gradient(nothing)
    pressed = gradient(trace_of(build(cell, activation, scale=500.0)))
    # when they are followed backward, then GRU and LSTM keep the half that their gates of ½ let through
    assert silent.factor == pytest.approx(norms(factors_of(nothing)))
    assert (silent.factor > 0).all() == (cell != "elman")
    assert not np.isnan(pressed.log10_norm).any()
    assert not recwarn.list


def test_where_the_numbers_have_grown_beyond_all_bounds(recwarn):
    # given two units that grow to infinity and a third that is their difference, which then is no number
    grows = [[9.0, 0.0, 0.0], [0.0, 9.0, 0.0], [1.0, -1.0, 0.0]]
    relu, identity = (
        gradient(trace_of(wired([[1.0]] * 3, weight_hh=grows, activation=kind, words=("up",)), "up " * 400))
        for kind in ("relu", "identity")
    )
    # when they are followed backward, then the slope of relu is no number there, and identity's is 1 whatever comes
    assert (relu.norm[-1], identity.norm[-1]) == (1, 1)
    assert np.isnan(relu.norm[:-1]).all()
    assert np.isfinite(relu.factor[:300]).all()
    assert identity.log10_norm[0] > 300
    assert np.isfinite(identity.log10_norm).all()
    assert not recwarn.list


@pytest.mark.parametrize(
    ("cell", "activation", "let_through"),
    [
        ("elman", "tanh", lambda values: 1 - np.tanh(values["pre_activation"]) ** 2),
        ("elman", "relu", lambda values: values["pre_activation"] > 0),
        ("elman", "identity", lambda values: np.ones_like(values["h"])),
        ("gru", None, lambda values: values["z"]),
        ("lstm", None, lambda values: values["f"]),
    ],
)
def test_kept_is_what_the_squash_or_the_gate_lets_through(cell, activation, let_through):
    # given a network of this kind, when it is followed backward, then it says what each step lets through on average
    trace = trace_of(build(cell, activation, hidden=6))
    assert gradient(trace).kept == pytest.approx(let_through(doubled(trace).values).mean(axis=1), abs=1e-12)


def test_the_slope_of_relu_is_0_where_it_bends():
    # given a unit that stands at 0 exactly, when its slope is asked for, then it is 0, as PyTorch's
    trace = doubled(trace_of(wired([[0.0]], activation="relu", words=("hush",)), "hush"))
    assert ACTIVATIONS["relu"].slope(trace[0].h).tolist() == [0.0]


def test_the_spectral_radius_is_the_largest_eigenvalue_and_elmans_alone():
    # given a turn by a right angle that doubles: its eigenvalues are ±2i
    turning = wired([[1.0], [0.0]], weight_hh=[[0.0, -2.0], [2.0, 0.0]], words=("up",))
    assert gradient(trace_of(turning, "up up")).spectral_radius == pytest.approx(2.0)
    # and one that is far from its largest singular value
    shear = wired([[1.0], [0.0]], weight_hh=[[0.5, 10.0], [0.0, 0.25]], words=("up",))
    assert gradient(trace_of(shear, "up up")).spectral_radius == pytest.approx(0.5)
    # when the cell has gates, then there is none
    assert gradient(trace_of(build("gru", None))).spectral_radius is None
    assert gradient(trace_of(build("lstm", None))).spectral_radius is None


def test_progress_runs_from_0_to_1_and_what_it_raises_ends_the_work():
    # given somebody who listens
    trace = trace_of(build("gru", None), "the dog and the cat slept not")
    heard = []
    # when it is measured, then the shares only grow, up to all of it
    gradient(trace, heard.append)
    assert len(heard) >= len(trace) - 1
    assert all(0 < early <= late for early, late in pairwise(heard))
    assert heard[-1] == 1.0

    class StoppedError(Exception):
        pass

    told = []

    def stop(share):
        told.append(share)
        if share > 0.3:
            raise StoppedError

    with pytest.raises(StoppedError):
        gradient(trace, stop)
    assert len(told) < len(heard)


def test_what_was_measured_cannot_be_changed():
    # given a result, when somebody writes to it, then it is refused
    found = gradient(trace_of(build()))
    for array in (found.norm, found.log10_norm, found.factor, found.kept):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
def test_json_has_the_fields_as_plain_numbers(cell):
    # given what was measured
    found = gradient(trace_of(build(cell, "tanh" if cell == "elman" else None)))
    # when it is written as JSON, then it has the fields
    back = json.loads(json.dumps(to_json(found)))
    assert set(back) == {"norm", "log10_norm", "factor", "kept", "spectral_radius"}
    assert [len(back[name]) for name in ("norm", "log10_norm", "factor", "kept")] == [5, 5, 4, 5]
    assert back["norm"] == found.norm.tolist()
    assert (back["spectral_radius"] is None) == (cell != "elman")
