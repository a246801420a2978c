"""Paths into a trace lead to what `rnn-tui trace --json` prints."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui.export import trace_json
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.traced import value_at
from tests.builders import build

MODELS = {
    "elman": build(),
    "gru": build("gru", None, inputs="embedding", readout="attention"),
    "lstm": build("lstm", None, "each", head=("tanh", "relu")),
}


def traced(name):
    model = MODELS[name]
    return run(model, model.tokenize("the dog barked"))


def leaves(content, path=""):
    """Every single value of what JSON holds, with its path."""
    if isinstance(content, dict):
        for name, inside in content.items():
            yield from leaves(inside, f"{path}.{name}" if path else name)
    elif isinstance(content, list):
        for index, inside in enumerate(content):
            yield from leaves(inside, f"{path}[{index}]")
    else:
        yield path, content


@pytest.mark.parametrize("name", MODELS)
def test_every_value_that_is_printed_has_a_path(name):
    trace = traced(name)
    found = dict(leaves(json.loads("\n".join(trace_json.lines(trace)))))

    assert len(found) > 50
    for path, value in found.items():
        if value is None:
            with pytest.raises(UserError, match="has no value in this scene"):
                value_at(trace, path)
        else:
            assert value_at(trace, path) == value


def test_an_index_below_zero_counts_from_the_end():
    trace = traced("elman")

    assert value_at(trace, "steps[-1].h[-1]") == value_at(trace, "steps[2].h[2]")
    assert value_at(trace, "tokens[-3]") == "the"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "“” is no path to a value; one looks like steps[2].h[0] or prediction.label"),
        (".h", "“.h” is no path to a value"),
        ("steps[0]..h[0]", "is no path to a value"),
        ("steps[0]h[0]", "is no path to a value"),
        ("steps[0].h[0] ", "is no path to a value"),
        ("steps[x]", "is no path to a value"),
        ("steps[²]", "is no path to a value"),
        ("steps[" + "9" * 5000 + "]", "is no path to a value"),
        ("steps", "say which step, such as steps[0] for the first of 3"),
        ("steps.h", "say which step"),
        ("steps[3].h[0]", "there is no [3]; there are 3 steps, so [0] to [2]"),
        ("steps[-4].h[0]", "there is no [-4]"),
        ("steps[0].c[0]", "there is no “c”; there are t, token, x, h_prev, ih, hh, pre_activation, h, logits, probs"),
        ("steps[0].h[3]", "there is no [3]; there are 3 values, so [0] to [2]"),
        ("steps[0].h", "is several values; say which one: [0] to [2]"),
        ("steps[0].h[0][0]", "[0] stands behind what is no list"),
        ("steps[0].h.a", ".a stands behind what has no names inside"),
        ("prediction", "is several values; say which one: .label, .probability"),
        ("predicted.label", "there is no “predicted”; there are format, model, cell"),
        ("unit_names", "“unit_names” has no value in this scene"),
    ],
)
def test_a_path_that_leads_nowhere_is_said_in_one_line(path, said):
    with pytest.raises(UserError) as raised:
        value_at(traced("elman"), path)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 300


def test_a_number_that_is_infinite_has_no_value():
    model = build(activation="identity", scale=1e20)
    with np.errstate(all="ignore"):
        trace = run(model, model.tokenize("the dog barked " * 5))
    (t, unit), *_ = np.argwhere(~np.isfinite(trace.values["h"]))

    with pytest.raises(UserError, match="has no value in this scene"):
        value_at(trace, f"steps[{t}].h[{unit}]")
    assert isinstance(value_at(trace, "steps[0].h[0]"), float)
