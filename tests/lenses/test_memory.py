"""What is left of a word is what separate runs of the network without it find."""

from __future__ import annotations

import json
from itertools import pairwise, product

import numpy as np
import pytest

from rnn_tui.lenses.memory import ROWS, memory, to_json
from rnn_tui.lenses.stepping import in_float64
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, build, trace_of, wired

EVERY_KIND = [(*cell, inputs) for cell, inputs in product(CELL_KINDS, INPUT_KINDS)]


def row_alone(trace, k):
    """How far the hidden states lie apart, (T,), from two plain runs: one of them with x_k = 0."""
    model = in_float64(trace.model)
    state = tuple(trace.initial[name].astype(np.float64) for name in model.cell.state_names)
    ih = model.embedding.multiply(trace.tokens, model.cell.weight_ih, model.cell.bias_ih)
    silent = ih.copy()
    silent[k] = model.cell.bias_ih
    with np.errstate(over="ignore", invalid="ignore"):
        apart = model.cell.unroll(ih, state)["h"] - model.cell.unroll(silent, state)["h"]
        return np.sqrt((apart**2).sum(axis=1))


@pytest.mark.parametrize(("cell", "activation", "inputs"), EVERY_KIND)
def test_every_figure_is_that_of_a_run_of_its_own(cell, activation, inputs):
    # given a network of this kind and a sentence
    trace = trace_of(build(cell, activation, inputs=inputs, seed=4))
    # when it is measured how long each word is remembered
    found = memory(trace).influence
    # then each row is what two plain runs find, and before a word there is nothing of it
    assert found.shape == (len(trace), len(trace))
    for k in range(len(trace)):
        assert found[k] == pytest.approx(row_alone(trace, k), abs=1e-12)
    assert not np.tril(found, -1).any()


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_it_begins_where_the_sentence_began(cell, activation):
    # given a sentence that is read on from a state that is not 0
    model = build(cell, activation, inputs="embedding")
    state = tuple(np.array([0.5, -0.25, 1.0], np.float32) for _ in model.cell.state_names)
    trace = run(model, model.tokenize("the dog slept"), state)
    # when it is measured, then every run started there
    for k, row in enumerate(memory(trace).influence):
        assert row == pytest.approx(row_alone(trace, k), abs=1e-12)


def test_worked_by_hand():
    # given one unit that halves what it had and adds the word: h = h_prev/2 + x, "up" is 1 and "down" is −3
    model = wired([[1.0, -3.0]], weight_hh=[[0.5]], activation="identity", words=("up", "down"))
    # when "up down up" is read: h is 1, −2.5, −0.25; without the first word 0, −3, −0.5; without the second 1, ½, 1¼;
    # and without the third 1, −2.5, −1.25
    found = memory(trace_of(model, "up down up"))
    # then what is left of a word is halved at every later one
    assert found.influence == pytest.approx(np.array([[1, 0.5, 0.25], [0, 3, 1.5], [0, 0, 1]]))
    assert [found.left(0), found.left(0, 1), found.left(1), found.left(2)] == pytest.approx([0.25, 0.5, 0.5, 1.0])


def test_of_a_word_that_moved_nothing_no_share_is_left():
    # given a word whose column of the weights is 0
    model = wired([[0.0, 1.0]], words=("mute", "loud"))
    # when it is measured, then its share is no number, and it does not warn
    assert np.isnan(memory(trace_of(model, "mute loud")).left(0))


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_one_word_and_one_unit(cell, activation):
    # given the smallest there is
    trace = trace_of(build(cell, activation, hidden=1), "dog")
    # when it is measured, then it is how far the one word moved the one unit
    assert memory(trace).influence == pytest.approx(row_alone(trace, 0)[None], abs=1e-12)


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_a_network_that_grows_beyond_all_bounds_has_no_figures_there_and_does_not_warn(activation, recwarn):
    # given numbers that overflow
    trace = trace_of(build("elman", activation, inputs="embedding", scale=1e4), "the dog and the cat " * 20)
    # when it is measured
    found = memory(trace).influence
    # then ∞ − ∞ is no number, what came before is one, and nothing is warned of
    assert np.isnan(found[0, -1])
    assert np.isfinite(found[0, 0])
    assert not recwarn.list


def test_a_long_sentence_is_read_in_pieces_and_comes_out_the_same():
    # given more words than are stepped at once
    words = np.random.default_rng(1).choice(["the", "dog", "cat", "barked", "and", "not"], 2 * ROWS + 30)
    trace = trace_of(build("lstm", None, inputs="embedding", scale=0.4), " ".join(words))
    # when it is measured
    found = memory(trace).influence
    # then rows of the first piece, of the last, and on either side of where they meet are those of separate runs
    for k in (0, ROWS - 1, ROWS, 2 * ROWS, len(trace) - 1):
        assert found[k] == pytest.approx(row_alone(trace, k), abs=1e-11)


def test_saturated_and_silent_networks_are_measured(recwarn):
    # given one network that is pressed to the edges, and one whose weights are all 0
    for cell, activation in (("elman", "tanh"), ("gru", None), ("lstm", None)):
        for scale in (500.0, 0.0):
            found = memory(trace_of(build(cell, activation, scale=scale))).influence
            # then all figures are numbers, and those of the silent one are 0
            assert np.isfinite(found).all()
            assert found.any() == (scale > 0)
    assert not recwarn.list


def test_progress_runs_from_0_to_1_and_what_it_raises_ends_the_work():
    # given somebody who listens
    trace = trace_of(build("gru", None), "the dog and the cat slept not")
    heard = []
    # when it is measured, then the shares only grow, up to all of it
    memory(trace, heard.append)
    assert len(heard) == len(trace)
    assert all(0 < early < late for early, late in pairwise(heard))
    assert heard[-1] == 1.0

    class StoppedError(Exception):
        pass

    told = []

    def stop(share):
        told.append(share)
        if share > 0.3:
            raise StoppedError

    with pytest.raises(StoppedError):
        memory(trace, stop)
    assert told == heard[: len(told)] != heard


def test_what_was_measured_cannot_be_changed():
    # given a result, when somebody writes to it, then it is refused
    with pytest.raises(ValueError, match="read-only"):
        memory(trace_of(build())).influence[0, 0] = 1


def test_json_has_the_triangle_as_plain_numbers():
    # given what was measured
    found = memory(trace_of(build()))
    # when it is written as JSON, then it comes back the same
    back = json.loads(json.dumps(to_json(found)))
    assert list(back) == ["influence"]
    assert back["influence"] == found.influence.tolist()
