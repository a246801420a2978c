"""The usual things that a forward does and a model file can't say, told by their answers alone."""

import numpy as np
import pytest

from rnn_tui.interop.answers import Reading
from rnn_tui.interop.candidates import States
from rnn_tui.interop.causes import Causes
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
    return states.astype(np.float64) @ model.fc.weight.T + model.fc.bias


def steps(h):
    return np.arange(1, len(h) + 1)[:, None]


CAUSES = {
    # what the last layer reads of the hidden states, or what is made of the logits, and how it is said
    "the sum": (lambda h: np.cumsum(h, 0), "the sum of the hidden states"),
    "the sum, tanh": (lambda h: np.tanh(np.cumsum(h, 0)), "the sum of the hidden states, after tanh"),
    "the smallest, relu": (
        lambda h: np.maximum(h.min(0), 0)[None],
        "the smallest of the hidden states (min pooling), a",
    ),
    "the first": (lambda h: h[:1], "the first hidden state"),
    "the first, sigmoid": (lambda h: 1 / (1 + np.exp(-h[:1])), "the first hidden state, after sigmoid"),
    "the mean of relu": (
        lambda h: np.cumsum(np.maximum(h, 0), 0) / steps(h),
        "the mean of relu of the hidden states (an",
    ),
    "leaky relu": (lambda h: np.where(h > 0, h, h * 0.01), "leaky relu of the hidden state (an activation before the"),
    "leaky relu of Keras": (lambda h: np.where(h > 0, h, h * 0.3), "leaky relu of the hidden state (an activation bef"),
    "leaky relu of the mean": (
        lambda h: np.where(h.mean(0) > 0, h.mean(0), h.mean(0) * 0.2)[None],
        "leaky relu of the mean of the hidden states (an activation before the last layer)",
    ),
    "elu": (lambda h: np.where(h > 0, h, np.exp(h) - 1), "elu of the hidden state (an activation before the last lay"),
    "silu of the largest": (lambda h: (h.max(0) / (1 + np.exp(-h.max(0))))[None], "silu of the largest of the hidden"),
    "something else": (lambda h: h * 3 - 1, ""),
}


@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize(("cell", "activation"), [("lstm", None), ("gru", None), ("elman", "tanh")])
def test_what_the_last_layer_reads_is_told_by_its_answers(name, cell, activation):
    reads, said = CAUSES[name]
    model = build(cell, activation, seed=3)
    drawn, reading = answers_of(model, lambda trace: read(model, reads(trace.values["h"].astype(np.float64))))

    found = Causes(States(model, drawn)).of(reading, [1e-6] * len(drawn))

    assert found.startswith(said) if said else found == ""


LOGITS = {
    "relu": (lambda model, h: np.maximum(read(model, h), 0), "the hidden state, and relu squashes its outputs"),
    "tanh of the mean": (
        lambda model, h: np.tanh(read(model, h.mean(0)[None])),
        "the mean of the hidden states, and tanh squashes its outputs",
    ),
    "sigmoid after relu": (
        lambda model, h: 1 / (1 + np.exp(-read(model, np.maximum(h.max(0), 0)[None]))),
        "relu of the largest of the hidden states, and sigmoid squashes each output by itself",
    ),
}


@pytest.mark.parametrize("name", LOGITS)
def test_what_is_made_of_the_outputs_is_told_by_its_answers(name):
    made, said = LOGITS[name]
    model = build("elman", "tanh", seed=3)
    drawn, reading = answers_of(model, lambda trace: made(model, trace.values["h"]))

    assert Causes(States(model, drawn)).of(reading, [1e-6] * len(drawn)) == said


def test_the_cell_state_is_told_by_its_answers():
    model = build("lstm", None, seed=3)
    for squash, said in ((lambda c: c, ""), (np.tanh, ", after tanh")):
        drawn, reading = answers_of(model, lambda trace: read(model, squash(trace.values["c"])))  # noqa: B023
        causes = Causes(States(model, drawn))
        assert causes.of(reading, [1e-6] * len(drawn)) == f"the cell state c, not the hidden state{said}"


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (lambda tokens: [tokens[::-1]], "the sequence from its end"),
        (
            lambda tokens: [[token] for token in tokens],
            "each word alone, without a memory (its recurrent layer may lack batch_first=True)",
        ),
    ],
)
def test_another_way_to_read_the_words_is_told_by_its_answers(tokens, said):
    model = build("gru", None, seed=3)
    ways = {
        "": lambda h: h[-1:],
        ", the mean of the hidden states": lambda h: h.mean(0)[None],
        ", the largest of the hidden states, after tanh": lambda h: np.tanh(h.max(0))[None],
    }
    for more, reads in ways.items():

        def made(trace, reads=reads):
            states = np.concatenate([run(model, part).values["h"] for part in tokens(trace.tokens)])
            return read(model, reads(states.astype(np.float64)))

        drawn, reading = answers_of(model, made)
        assert Causes(States(model, drawn)).of(reading, [1e-6] * len(drawn)) == said + more


def test_with_attention_no_cause_is_looked_for():
    model = build(readout="attention", seed=3)
    drawn, reading = answers_of(model, lambda trace: read(model, trace.values["h"]))

    assert Causes(States(model, drawn)).of(reading, [1e-6] * len(drawn)) == ""
