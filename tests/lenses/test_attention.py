"""The attention lens: its weights are the readout's, and beside its answer stands that of the last state alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui.lenses.attention import attention, to_json
from rnn_tui.network.arrays import softmax
from rnn_tui.network.errors import InputError
from rnn_tui.network.readouts import Attention, Last
from rnn_tui.network.trace import Trace, run
from tests.builders import CELL_KINDS, INPUT_KINDS, build, trace_of, wired


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_weights_and_answers_are_those_of_runs_of_their_own(cell, activation, inputs):
    # given a network with attention, and the same network that answers from its last state
    model = build(cell, activation, "attention", inputs)
    alone = build(cell, activation, "last", inputs)
    trace = trace_of(model)
    for t in (None, 0, 2):
        at = len(trace) - 1 if t is None else t
        # when it is measured where it looks back after timestep t
        found = attention(trace, t)
        # then the answers are those of the sentence up to there, run alone
        cut = trace.tokens[: at + 1]
        assert found.probs_attention == pytest.approx(run(model, cut).values["probs"][-1], abs=1e-5)
        assert found.probs_last == pytest.approx(run(alone, cut).values["probs"][-1], abs=1e-5)
        # and the weights are the softmax of e over the words so far, as a step of the trace says it
        assert found.weights[: at + 1] == pytest.approx(trace[at]["attention"], abs=1e-5)
        assert not found.weights[at + 1 :].any()
        assert found.weights.sum() == pytest.approx(1.0, abs=1e-12)


def test_worked_by_hand():
    # given h = x, scores ln(3)·h, and logits h and −h
    plain = wired([[1.0, 0.0]], weight_hh=[[0.0]], fc=[[1.0], [-1.0]], activation="identity", words=("up", "flat"))
    readout = Attention(np.array([[np.log(3)]], np.float32), np.zeros(1))
    model = type(plain)(**{**vars(plain), "readout": readout})
    # when "up flat" is measured: the scores are ln 3 and 0, so the weights are ¾ and ¼
    found = attention(trace_of(model, "up flat"))
    # then the weighted sum is ¾, and the last state alone is 0, which is undecided
    assert found.weights == pytest.approx([0.75, 0.25], abs=1e-6)
    assert found.probs_attention == pytest.approx(softmax(np.array([0.75, -0.75])), abs=1e-6)
    assert found.probs_last == pytest.approx([0.5, 0.5])
    assert isinstance(plain.readout, Last)


def test_the_look_back_from_another_word_computes_nothing_of_the_network(monkeypatch):
    # given what was measured after the last word
    trace = trace_of(build(readout="attention"))
    found, early = attention(trace), attention(trace, 1)
    # when the network can't be run any more
    monkeypatch.setattr(Trace, "__getitem__", None)
    monkeypatch.setattr(Attention, "read", None)
    # then an earlier look is known all the same
    assert found.weights_at(1) == pytest.approx(early.weights)
    assert found.with_attention[1] == pytest.approx(early.probs_attention)
    assert found.last_alone[1] == pytest.approx(early.probs_last)
    with pytest.raises(ValueError, match="read-only"):
        found.weights_at(1)[0] = 1


@pytest.mark.parametrize("readout", ["last", "each"])
def test_another_readout_is_refused_and_a_model_named(readout):
    # given a network without attention, when the lens is asked, then it names a model that has it
    with pytest.raises(InputError, match="sentiment-attention") as refused:
        attention(trace_of(build(readout=readout)))
    assert "\n" not in str(refused.value)


def test_one_word_gets_all_the_weight():
    # given one word and one unit, when it is measured, then both answers are the same
    found = attention(trace_of(build("lstm", None, "attention", hidden=1), "dog"))
    assert found.weights == pytest.approx([1.0])
    assert found.probs_attention == pytest.approx(found.probs_last)


def test_numbers_beyond_all_bounds_do_not_warn(recwarn):
    # given identity whose numbers overflow, when it is measured, then nothing is warned of
    found = attention(trace_of(build("elman", "identity", "attention", "embedding", scale=1e4), "dog " * 200))
    assert np.isnan(found.weights).any()
    assert not recwarn.list


def test_json_has_the_fields_as_plain_numbers():
    # given what was measured, when it is written as JSON, then it has the fields
    found = json.loads(json.dumps(to_json(attention(trace_of(build(readout="attention"))))))
    assert {"weights", "probs_attention", "probs_last", "t"} == set(found)
    assert (len(found["weights"]), len(found["probs_attention"]), len(found["probs_last"])) == (5, 2, 2)
