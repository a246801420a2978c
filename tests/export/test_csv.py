"""Every value of a trace in a table, exactly, and nothing in it that a spreadsheet computes."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from rnn_tui.export.csv import COLUMNS, MARK, OPENING_A_FORMULA, write
from rnn_tui.export.trace_json import lines
from rnn_tui.network.trace import run
from tests.deep import deep_model
from tests.export.traced_models import ALL, edited, request, shipped, trace_of


def read(trace, path):
    """The rows of the file, each by its columns."""
    write(request(trace, path))
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, strict=True)
        found = list(table)
    assert tuple(table.fieldnames) == COLUMNS
    return found


def from_json(trace):
    """What the file has to hold, from the JSON of the trace."""
    whole = json.loads("".join(lines(trace)))
    found = {}

    def add(t, layer, direction, name, array):
        for unit, value in enumerate(array or ()):
            found[str(t), layer, direction, name, str(unit)] = value

    for step in whole["steps"]:
        t = step.pop("t")
        step.pop("token")
        for index, array in enumerate(step.pop("head", None) or ()):
            add(t, "", "", f"head.{index}", array)
        for layer, lanes in enumerate(step.pop("layers", ())):
            for direction, values in lanes.items():
                for name, array in (values or {}).items():
                    add(t, str(layer), direction, name, array)
        for name, array in step.items():
            above = name in ("x", "attention", "context", "logits", "probs", "outputs")
            add(t, "" if above else "0", "" if above else "forward", name, array)
    return found


@pytest.mark.parametrize("kind", ALL, ids=" ".join)
def test_every_value_is_in_it_exactly(kind, tmp_path):
    trace = trace_of(kind)
    found = {}
    for row in read(trace, tmp_path / "a.csv"):
        key = tuple(row[name] for name in ("t", "layer", "direction", "name", "unit"))
        assert key not in found
        found[key] = float(row["value"])
        assert row["token"].removeprefix(MARK) == trace.tokens[int(row["t"])].text
    assert found == from_json(trace)


def test_what_is_no_finite_number_is_empty(tmp_path):
    trace = edited(shipped("small-sums"), "activation identity", "set weight_hh[1,1] 1e38", "hold h[1] 1e38 at 1")
    found = read(trace, tmp_path / "a.csv")
    assert not np.isfinite(trace.values["h"]).all()
    assert {row["value"] == "" for row in found if row["name"] == "h"} == {True, False}


@pytest.mark.parametrize("sign", OPENING_A_FORMULA)
def test_no_text_is_a_formula(sign, tmp_path):
    words = [f'{sign}HYPERLINK("x"),1', f"{MARK}{sign}1", f"a{sign}b", "two\r\nlines", 'a "word", quoted']
    model = deep_model(layers=1)
    trace = run(model, model.tokens_of(words))
    found = {int(row["t"]): row["token"] for row in read(trace, tmp_path / "a.csv")}
    assert [found[t].startswith(MARK) for t in range(5)] == [True, True, False, False, False]
    assert [text.removeprefix(MARK) for text in found.values()] == [token.text for token in trace.tokens]


def test_lines_end_as_rfc_4180_says(tmp_path):
    write(request(shipped("small-sums"), tmp_path / "a.csv"))
    content = (tmp_path / "a.csv").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 1
    assert content.endswith(b"\r\n")
