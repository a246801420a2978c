"""The usual things that a forward does and a model file can't say, told by their answers alone."""

import numpy as np
import pytest

from rnn_tui.interop.answers import Reading
from rnn_tui.interop.causes import cause_of
from rnn_tui.network.arrays import softmax
from rnn_tui.network.trace import run
from tests.builders import build

TEXTS = ("the dog", "the dog barked", "dog", "barked the the dog")


def answers_of(model, made):
    """The answers of a forward that makes the logits of the last step from a trace."""
    drawn = [tuple(model.tokenize(text)) for text in TEXTS]
    logits = [made(run(model, tokens)).astype(np.float64)[-1:] for tokens in drawn]
    probs = tuple(softmax(each) for each in logits)
    return drawn, Reading("rows", False, "logits", probs, tuple(np.log(each) for each in probs))


def read(model, states):
    return states.astype(np.float64) @ model.readout.weight.T + model.readout.bias


@pytest.mark.parametrize(
    ("cell", "activation", "made", "said"),
    [
        ("lstm", None, lambda model, trace: read(model, trace.values["c"]), "the cell state c, not the hidden state"),
        ("elman", "tanh", lambda model, trace: read(model, np.maximum(trace.values["h"], 0)), "relu of the hidden"),
        (
            "gru",
            None,
            lambda model, trace: read(model, np.cumsum(trace.values["h"], 0)),
            "the sum of the hidden states",
        ),
        ("elman", "tanh", lambda model, trace: trace.values["logits"] * 3 + [1, -1], ""),
    ],
)
def test_a_cause_is_told_by_its_answers(cell, activation, made, said):
    model = build(cell, activation, seed=3)
    drawn, reading = answers_of(model, lambda trace: made(model, trace))

    found = cause_of(model, drawn, reading, [1e-6] * len(drawn))

    assert said in found if said else found == ""


def test_with_attention_no_cause_is_looked_for():
    model = build(readout="attention", seed=3)
    drawn, reading = answers_of(model, lambda trace: read(model, trace.values["h"]))

    assert cause_of(model, drawn, reading, [1e-6] * len(drawn)) == ""
