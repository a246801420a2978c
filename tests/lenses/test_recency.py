"""What a word counts for is what separate runs of the network on changed sentences find."""

from __future__ import annotations

import json
from itertools import pairwise, product

import numpy as np
import pytest

from rnn_tui.lenses.progress import quiet
from rnn_tui.lenses.recency import compute, recency, sweep_word, swept_already, to_json
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.stepping import doubled, in_float64
from rnn_tui.network.arrays import softmax
from rnn_tui.network.errors import InputError
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired

EVERY_KIND = [(*cell, readout, inputs) for cell, readout, inputs in product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS)]


def p_of(trace, tokens, t, label):
    """The label's probability after timestep t of a sentence, from a run of its own."""
    return float(run(in_float64(trace.model), tokens).values["probs"][t, label])


def moved(tokens, k, place):
    """The sentence with word k at another place."""
    rest = [*tokens[:k], *tokens[k + 1 :]]
    return [*rest[:place], tokens[k], *rest[place:]]


def check_by_runs(trace, found, at):
    """Check each figure of the answer after a timestep against the changed sentence, run alone."""
    words = range(len(trace))
    assert found.probability == pytest.approx(p_of(trace, trace.tokens, at, found.label), abs=1e-12)
    for k in words:
        without = [*trace.tokens[:k], *trace.tokens[k + 1 :]]
        p = p_of(trace, without, at - 1 if k <= at else at, found.label)
        assert found.leave_one_out[k] == pytest.approx(found.probability - p, abs=1e-12)
        for place in words:
            p = p_of(trace, moved(trace.tokens, k, place), at, found.label)
            assert found.position_sweep[k, place] == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize(("cell", "activation", "readout", "inputs"), EVERY_KIND)
def test_every_figure_is_that_of_a_run_of_its_own(cell, activation, readout, inputs):
    # given a network of this kind and a sentence
    trace = trace_of(build(cell, activation, readout, inputs, seed=4))
    for t in (None, 1) if readout == "each" else (None,):
        # when it is measured what each word counts for
        found = recency(trace, t)
        # then p is that of the trace, and each figure that of the changed sentence, run alone
        at = len(trace) - 1 if t is None else t
        assert (found.t, found.label) == (at, int(trace.values["probs"][at].argmax()))
        check_by_runs(trace, found, at)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_one_word_alone_is_its_row_of_the_sweep(cell, activation, readout):
    # given a sentence that is swept whole
    trace = trace_of(build(cell, activation, readout, "embedding", hidden=6), "the dog and the cat slept not")
    whole = recency(trace, 3)
    # when each word is swept alone, then it is the same row
    for k in range(len(trace)):
        assert sweep_word(trace, k, 3) == pytest.approx(whole.position_sweep[k], abs=1e-12)


@pytest.mark.parametrize(("words", "whole", "swept"), [(30, False, True), (31, False, False), (31, True, True)])
def test_a_long_sentence_is_swept_whole_only_where_it_is_asked_for(words, whole, swept):
    trace = trace_of(build(), " ".join(["dog"] * words))
    found = compute(trace, Question("recency", whole=whole), quiet)
    assert swept_already(found) is swept
    assert (found.position_sweep is not None) is swept


@pytest.mark.parametrize("t", [-1, 3, 99])
def test_an_answer_that_there_is_not_is_refused(t):
    with pytest.raises(InputError, match=f"there is no timestep {t}; this trace has 0 to 2"):
        recency(trace_of(build(readout="each"), "the dog barked"), t)


def test_a_long_sentence_is_read_in_pieces_and_comes_out_the_same():
    # given more sequences than are read at once
    rng = np.random.default_rng(1)
    text = " ".join(rng.choice(["the", "dog", "cat", "barked", "slept", "and", "not"], 70))
    trace = trace_of(build("lstm", None, "attention", "embedding", hidden=80, scale=0.2), text)
    # when it is measured without the sweep
    found = recency(trace, sweep=False)
    # then some of the figures are those of separate runs
    assert found.position_sweep is None
    for k in (0, 33, 69):
        without = [*trace.tokens[:k], *trace.tokens[k + 1 :]]
        p = p_of(trace, without, -1, found.label)
        assert found.leave_one_out[k] == pytest.approx(found.probability - p, abs=1e-12)
    row = sweep_word(trace, 5)
    for place in (0, 5, 40, 69):
        assert row[place] == pytest.approx(p_of(trace, moved(trace.tokens, 5, place), -1, found.label), abs=1e-12)


def test_worked_by_hand():
    # given one unit that halves what it had and adds the word: h = h_prev/2 + x; logits are h and −h
    model = wired([[1.0, -3.0]], weight_hh=[[0.5]], fc=[[1.0], [-1.0]], activation="identity", words=("up", "down"))
    # when "up down" is measured: h is ½ − 3 = −2.5, so the answer is Negative's opposite with σ(5)
    found = recency(trace_of(model, "up down"))

    def sigma(z):
        return 1 / (1 + np.exp(-z))

    assert (found.t, found.label, found.probability) == (1, 1, pytest.approx(sigma(5)))
    # then without "up" h is −3, without "down" it is 1; "down up" gives −1.5 + 1 = −½; and logit is 2.5 = −½ + 3
    assert found.leave_one_out == pytest.approx([sigma(5) - sigma(6), sigma(5) - sigma(-2)])
    assert found.position_sweep == pytest.approx(np.array([[sigma(5), sigma(1)], [sigma(1), sigma(5)]]))
    assert found.integrated_gradients == pytest.approx([-0.5, 3.0])


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_without_its_only_word_a_sentence_is_the_first_state(cell, activation, readout):
    # given a sentence of one word
    model = build(cell, activation, readout, hidden=1)
    found = recency(trace_of(model, "dog"))
    # when it is dropped, then fc reads zeros, with attention too
    nothing = softmax(in_float64(model).fc.bias)[found.label]
    assert found.leave_one_out == pytest.approx([found.probability - nothing], abs=1e-12)
    assert found.position_sweep == pytest.approx(np.array([[found.probability]]), abs=1e-12)


def test_only_where_every_word_has_an_answer_does_the_timestep_count():
    # given the same weights with the two readouts, when the second word's answer is asked for
    asked = {readout: recency(trace_of(build(readout=readout)), 1) for readout in ("last", "each")}
    # then `last` answers after the last word all the same
    assert (asked["last"].t, asked["each"].t) == (4, 1)
    assert not asked["each"].leave_one_out[2:].any()


@pytest.mark.parametrize("activation", ["identity", "relu"])
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_a_network_that_grows_beyond_all_bounds_has_no_figures_and_does_not_warn(activation, readout, recwarn):
    # given numbers that overflow
    trace = trace_of(build("elman", activation, readout, "embedding", scale=1e4), "the dog and the cat " * 40)
    # when it is measured, then nothing is raised or warned of
    found = recency(trace, sweep=False)
    sweep_word(trace, 3)
    assert found.leave_one_out.shape == (200,)
    assert not recwarn.list


def test_saturated_and_silent_networks_are_measured(recwarn):
    # given one network that is pressed to the edges, and one whose weights are all 0
    for scale in (500.0, 0.0):
        for cell, activation in (("elman", "tanh"), ("gru", None), ("lstm", None)):
            found = recency(trace_of(build(cell, activation, "attention", scale=scale)))
            # then all figures are numbers
            assert np.isfinite(found.leave_one_out).all()
            assert np.isfinite(found.position_sweep).all()
            assert np.abs(found.leave_one_out).max() <= 1.0
    assert not recwarn.list


@pytest.mark.parametrize("what", [recency, lambda trace, progress: sweep_word(trace, 2, progress=progress)])
def test_progress_runs_from_0_to_1_and_what_it_raises_ends_the_work(what):
    # given somebody who listens
    trace = trace_of(build("gru", None, inputs="embedding"), "the dog and the cat slept not")
    heard = []
    # when it is measured
    what(trace, progress=heard.append)
    # then the shares only grow, up to all of it
    assert len(heard) > 5
    assert all(0 <= early <= late + 1e-12 for early, late in pairwise(heard))
    assert heard[-1] == pytest.approx(1.0)

    class StoppedError(Exception):
        pass

    def stop(share):
        if share > 0.3:
            raise StoppedError

    with pytest.raises(StoppedError):
        what(trace, progress=stop)


def test_what_was_measured_cannot_be_changed():
    # given a result, when somebody writes to it, then it is refused
    found = recency(trace_of(build()))
    for array in (
        found.leave_one_out,
        found.integrated_gradients,
        found.position_sweep,
        sweep_word(doubled_trace(), 0),
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def doubled_trace():
    """A trace in float64, which may be measured too."""
    return doubled(trace_of(build()))


def test_json_has_the_fields_as_plain_numbers():
    # given what was measured with and without the sweep
    trace = trace_of(build())
    # when it is written as JSON
    found, short = json.loads(json.dumps(to_json(recency(trace)))), to_json(recency(trace, sweep=False))
    # then it has the fields, T and T × T
    assert {"leave_one_out", "integrated_gradients", "position_sweep", "label", "probability", "t"} == set(found)
    assert (len(found["leave_one_out"]), len(found["integrated_gradients"])) == (5, 5)
    assert [len(row) for row in found["position_sweep"]] == [5] * 5
    assert short["position_sweep"] is None
