"""The JSON of a trace, format 1."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui.export.trace_json import lines
from tests.builders import build, trace_of, wired

HEAD = ["format", "model", "cell", "activation", "readout", "labels", "unit_names", "tokens", "unknown", "steps"]
STEPS = {
    "elman": ["ih", "hh", "pre_activation"],
    "gru": ["ih", "hh", "r", "z", "n"],
    "lstm": ["ih", "hh", "i", "f", "g", "o", "c_prev", "c"],
}


def read(trace):
    """The object, and its keys in order at every depth (Python's dicts keep it)."""
    return json.loads("\n".join(lines(trace)), parse_constant=lambda text: pytest.fail(f"{text} is no JSON"))


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
def test_the_keys_and_their_order(cell):
    # given a trace, when it is written, then its keys come in the order in which things were computed
    written = read(trace_of(build(cell, "tanh" if cell == "elman" else None)))
    assert list(written) == [*HEAD, "prediction"]
    for step in written["steps"]:
        assert list(step) == ["t", "token", "x", "h_prev", *STEPS[cell], "h", "logits", "probs"]


def test_the_head():
    written = read(trace_of(build(unit_names=("a", "b", "c")), "The meh DOG"))
    assert [written[key] for key in HEAD[:-1]] == [
        1,
        "small",
        "elman",
        "tanh",
        "last",
        ["Negative", "Positive"],
        ["a", "b", "c"],
        ["the", "meh", "dog"],
        [False, True, False],
    ]
    gated = read(trace_of(build("gru", None)))
    assert gated["activation"] is None
    assert gated["unit_names"] is None


@pytest.mark.parametrize("readout", ["last", "each", "attention"])
def test_every_number_is_the_traces_own_to_the_last_digit(readout):
    # given a trace
    trace = trace_of(build("lstm", None, readout, "embedding"))
    # when it is written and read again
    written = read(trace)
    # then
    for step, fields in zip(trace, written["steps"], strict=True):
        for name, values in fields.items():
            if name not in ("t", "token"):
                assert np.array_equal(np.array(values, np.float32), step[name])
                assert values == step[name].tolist()
    place, probability = trace.prediction()
    assert written["prediction"] == {"label": trace.model.labels[place], "probability": probability}
    assert ("attention" in written["steps"][0]) == (readout == "attention")


def test_a_head_is_named_in_the_header_where_there_is_one():
    written = read(trace_of(build(readout="mean", head=("relu", "tanh"))))
    assert list(written) == [*HEAD[:5], "head", *HEAD[5:], "prediction"]
    assert written["head"] == ["relu", "tanh"]
    assert len(written["steps"][0]["head"]) == 2
    assert "head" not in read(trace_of(build(readout="mean")))


def test_what_is_no_finite_number_is_null():
    # given a network that overflows at its second word
    model = wired([[3e30], [1]], weight_hh=[[1e30, 0], [0, 1]], words=("dog",), activation="identity")
    written = read(trace_of(model, "dog dog dog"))
    # then only what overflowed is null, and there is no answer
    assert written["steps"][1]["h"] == [None, 2.0]
    assert written["steps"][0]["h"] == [pytest.approx(3e30), 1.0]
    assert written["prediction"] == {"label": None, "probability": None}


def test_nothing_but_ascii_is_written():
    # given words that a terminal would obey
    text = "\n".join(lines(trace_of(build(), "日本 \u202e\x9b\x1b[31m")))
    # then
    assert text.isascii()
    assert all(character.isprintable() or character == "\n" for character in text)
