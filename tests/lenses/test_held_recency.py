"""What a word counts for while values are held: the same as running the network on the changed words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.integrated import Way, gradients
from rnn_tui.lenses.measuring import Question, measure, slide
from rnn_tui.lenses.progress import quiet
from rnn_tui.lenses.recency import recency, sweep_word
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.held import Held
from rnn_tui.network.held_passes import step_backward_held
from rnn_tui.network.holding import holdable, step_held
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, READOUT_KINDS, build
from tests.lenses.factors import jacobian_of
from tests.lenses.test_recency import check_by_runs

TEXT = "the dog barked and slept"
each_cell = pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
each_readout = pytest.mark.parametrize("readout", READOUT_KINDS)
HELD = [(*kind, name) for kind in CELL_KINDS for name in {"gru": "rznh", "lstm": "ifgoch"}.get(kind[0], "h")]
each_value = pytest.mark.parametrize(("cell", "activation", "name"), HELD)


def holding(model, held, text=TEXT):
    """The trace of a text in which some words, by their timesteps, hold values."""
    tokens = list(model.tokenize(text))
    for t, values in held.items():
        tokens[t] = replace(tokens[t], held=values)
    return run(model, tokens)


def two_words_hold(model):
    """The trace in which the second word holds one unit, and the fourth two."""
    last = model.cell.state_names[-1]
    return holding(model, {1: (Held("h", 1, 0.75),), 3: (Held(last, 0, -0.5), Held("h", 2, 0.25))})


@each_cell
@each_readout
@pytest.mark.parametrize("inputs", ["one-hot", "embedding"])
def test_a_value_goes_where_its_word_goes(cell, activation, readout, inputs):
    # given a sentence of which two words hold values
    trace = two_words_hold(build(cell, activation, readout, inputs, seed=4))
    for t in (None, 2) if readout == "each" else (None,):
        found = recency(trace, t)
        # then each figure is that of the words without one, or with it elsewhere, each with what it holds
        check_by_runs(trace, found, len(trace) - 1 if t is None else t)
        for k in range(len(trace)):
            assert sweep_word(trace, k, t) == pytest.approx(found.position_sweep[k], abs=1e-12)


def test_a_word_that_is_left_out_takes_its_value_along():
    # given a unit that is held at the word whose share is asked for
    model = build("elman", "tanh", seed=4)
    trace = holding(model, {1: (Held("h", 1, 5.0),)})
    # when it is left out, then what remains is the plain network without that word, and nothing is held
    plain = run(model, [*model.tokenize(TEXT)[:1], *model.tokenize(TEXT)[2:]])
    found = recency(trace)
    assert found.probability - found.leave_one_out[1] == pytest.approx(plain.probability(found.label), abs=1e-6)


@each_cell
@each_readout
@pytest.mark.parametrize("inputs", ["one-hot", "embedding"])
def test_the_shares_sum_to_what_the_logit_gains_with_the_values_held_in_both(cell, activation, readout, inputs):
    trace = doubled(two_words_hold(build(cell, activation, readout, inputs, hidden=4, seed=2)))
    for t in (1, len(trace) - 1):
        label = trace.prediction(t)[0]
        found = gradients(trace, t, label, quiet)
        # logit(0) is that of a network whose words say nothing: weight_ih is 0, and the values are held all the same
        silent = trace.model.with_cell(replace(trace.model.cell, weight_ih=np.zeros_like(trace.model.cell.weight_ih)))
        nothing = run(silent, trace.tokens)
        gained = trace.values["logits"][t, label] - nothing.values["logits"][t, label]
        assert found.sum() == pytest.approx(gained, abs=1e-3)
        assert not found[t + 1 :].any()


@each_value
@pytest.mark.parametrize("readout", ["last", "attention"])
def test_the_slopes_on_the_way_are_central_differences_with_the_value_held(cell, activation, name, readout):
    # given a point on the way from zeros to x, and a value that is held
    model = build(cell, activation, readout, "embedding", hidden=4, seed=3)
    trace = doubled(holding(model, {2: (Held(name, 1, 0.375),)}))
    way, last = Way(trace, len(trace) - 1, 0), len(trace) - 1
    logits, slopes = way.run(np.array([0.6]), lambda: None)

    def logit(shares):
        cell, tokens = trace.model.cell, trace.tokens
        ih = shares[:, None] * (trace.values["ih"] - cell.bias_ih) + cell.bias_ih
        state, hidden = cell.zero_state(), []
        for ih_t, token in zip(ih, tokens, strict=True):
            values = step_held(cell, ih_t, state, token.held)
            state = tuple(values[each] for each in cell.state_names)
            hidden.append(values["h"])
        return trace.model.outputs_of(np.stack(hidden))["logits"][last, 0]

    here = np.full(len(trace), 0.6)
    assert logits[0] == pytest.approx(logit(here), abs=1e-12)
    nudges = 1e-6 * np.eye(len(trace))
    expected = [(logit(here + nudge) - logit(here - nudge)) / 2e-6 for nudge in nudges]
    assert slopes[0] == pytest.approx(expected, abs=1e-7)


@each_cell
def test_no_share_comes_through_a_unit_that_is_held(cell, activation):
    # given all that is carried held at the third word
    model = build(cell, activation, "last", "embedding")
    held = tuple(Held(name, unit, 0.5) for name in model.cell.state_names for unit in range(3))
    found = recency(holding(model, {2: held}))
    # then no word up to it has a share in what comes of it, by either measure
    np.testing.assert_array_equal(found.integrated_gradients[:3], 0)
    np.testing.assert_allclose(found.leave_one_out[:2], 0, atol=1e-15)
    assert np.abs(found.integrated_gradients[3:]).min() > 0


@each_cell
def test_where_nothing_is_held_the_step_goes_back_as_ever(cell, activation):
    model = build(cell, activation)
    trace = doubled(run(model, model.tokenize(TEXT)))
    own, state = trace.model.cell, tuple(array[None] for array in trace.before(2).values())
    d_state = tuple(np.random.default_rng(0).normal(size=(1, 3)) for _ in state)
    ih = trace.values["ih"][2][None]
    expected = own.step_backward(own.step(ih, state), state, d_state)
    # whether no value is held, or each is held at what comes out and none of it is asked about
    found = step_backward_held(own, ih, state, d_state, ())
    np.testing.assert_array_equal(found.d_ih, expected.d_ih)
    np.testing.assert_array_equal(found.d_hh, expected.d_hh)
    np.testing.assert_array_equal(found.d_state, expected.d_state)
    silent = tuple(np.where(np.arange(3) == 1, 0, d) for d in d_state)
    held = step_backward_held(own, ih, state, silent, (Held(holdable(own)[-1], 1, 0.5),))
    plain = own.step_backward(own.step(ih, state), state, silent)
    np.testing.assert_allclose(held.d_ih, plain.d_ih, atol=1e-15)


@each_value
def test_the_gradient_is_the_product_of_jacobians_with_the_value_held(cell, activation, name):
    trace = doubled(holding(build(cell, activation), {2: (Held(name, 1, 0.375),)}))
    size, steps = trace.model.hidden_size, trace.model.cell
    states = len(steps.state_names)

    def after(stacked, first):
        state = tuple(np.split(stacked, states))
        for t in range(first, len(trace)):
            values = step_held(steps, trace.values["ih"][t], state, trace.tokens[t].held)
            state = tuple(values[each] for each in steps.state_names)
        return np.concatenate(state)

    found = gradient(trace)
    nudges = 1e-6 * np.eye(states * size)
    for t in range(len(trace) - 1):
        here = np.concatenate([trace.values[each][t] for each in steps.state_names])
        slopes = [(after(here + nudge, t + 1) - after(here - nudge, t + 1)) / 2e-6 for nudge in nudges]
        assert found.norm[t] == pytest.approx(np.linalg.norm(np.stack(slopes, axis=1), 2), abs=1e-6)
    if name == "h":
        assert not jacobian_of(trace, 2)[1].any()  # the factor through the unit that is held


def test_the_lens_is_asked_as_ever():
    trace = two_words_hold(build("lstm", None))
    whole = measure(Question("recency"), trace)
    word, row = measure(slide("recency", trace, 1), trace)
    assert (word, row) == (1, pytest.approx(whole.position_sweep[1], abs=1e-12))


def test_many_points_are_run_in_pieces_with_the_value_held(monkeypatch):
    trace = doubled(two_words_hold(build("gru", None)))
    expected = Way(trace, 4, 0).run(np.linspace(0, 1, 7), lambda: None)
    monkeypatch.setattr("rnn_tui.lenses.integrated.ROOM", 1)
    found = Way(trace, 4, 0).run(np.linspace(0, 1, 7), lambda: None)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-14)


def test_the_state_before_the_first_word_counts():
    # given an LSTM that starts from other than zeros, which the passes of the cells can't
    model = build("lstm", None)
    tokens = list(model.tokenize(TEXT))
    tokens[1] = replace(tokens[1], held=(Held("c", 1, 0.5),))
    state = tuple(np.full(3, 0.25, np.float32) for _ in range(2))
    trace = doubled(run(model, tokens, state))
    logits, _ = Way(trace, 4, 0).run(np.ones(1), lambda: None)
    assert logits[0] == pytest.approx(trace.values["logits"][4, 0], abs=1e-12)
