"""The tidy table holds every value of `trace --json`, each once, under its names, and nothing that computes."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.export import csv as table
from rnn_tui.network.heads import Linear
from rnn_tui.network.storage import save
from rnn_tui.traced import step_values
from tests.builders import TEXTS, build, trace_of
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

NETWORKS = {
    "elman": build(),
    "lstm": build("lstm", None, "each"),
    "attention": build("gru", None, "attention"),
    "both ways": deep_model("gru", 2, bidirectional=True, readout="last"),
    "added up": deep_model("lstm", 2, bidirectional=True, merge="sum", readout="mean", head=HIDDEN_LAYER),
    "a number": deep_model("elman", 1, output="number", inputs="vectors", head=HIDDEN_LAYER),
    "yes or no": deep_model("gru", 1, output="yes_no"),
}


def text_of(model):
    return (
        VECTORS
        if model.tokenizer.unit == "timestep"
        else TEXTS["embedding" if "embedding" in str(model) else "one-hot"]
    )


def written(path, capsys):
    capsys.readouterr()
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(values):
    """The path and the value of each number of a step's JSON, as the columns name it."""
    for name, value in values.items():
        if name in ("t", "token") or value is None:
            continue
        if name == "layers":
            for index, layer in enumerate(value):
                for direction, lane in layer.items():
                    for inner, numbers in (lane or {}).items():
                        yield from (
                            ((str(index), direction, inner, str(k)), number) for k, number in enumerate(numbers)
                        )
        elif name == "head":
            for n, numbers in enumerate(value):
                yield from ((("", "", f"head-{n}", str(k)), number) for k, number in enumerate(numbers))
        else:
            yield from ((("", "", name, str(k)), number) for k, number in enumerate(value))


@pytest.mark.parametrize("name", NETWORKS)
def test_it_holds_every_value_of_the_trace_once(tmp_path, capsys, name):
    model = NETWORKS[name]
    save(model, tmp_path / "net.safetensors")
    text = VECTORS if model.tokenizer.unit == "timestep" else "the dog barked"
    path = tmp_path / "out.csv"
    assert main(["export", "-m", str(tmp_path / "net.safetensors"), "-s", text, "-o", str(path)]) == 0
    found = written(path, capsys)
    assert tuple(found[0]) == table.COLUMNS
    trace = trace_of(shelf.load(tmp_path / "net.safetensors"), text)
    one_lane = len(trace.layers) == 1 and trace.layers[0].backward is None
    for t in range(len(trace)):
        of_step = [row for row in found if row["t"] == str(t)]
        keys = [(row["layer"], row["direction"], row["name"], row["unit"]) for row in of_step]
        assert len(set(keys)) == len(keys)
        assert {row["token"] for row in of_step} == {trace.tokens[t].text}
        said = dict(expected(step_values(trace, t)))
        if one_lane:  # whose values stand in the JSON by themselves, and here in layer 0
            cell = {"h_prev", *trace.layers[0].forward.at(t)}
            said = {(("0", "forward", *key[2:]) if key[2] in cell else key): value for key, value in said.items()}
        assert {key: float(row["value"]) for key, row in zip(keys, of_step, strict=True)} == said


def test_a_head_stands_before_the_output_nodes():
    trace = trace_of(NETWORKS["a number"], VECTORS)
    names = list(dict.fromkeys(row[4] for row in table.rows(trace, 1)))
    assert names.index("head-0") < names.index("logits") < names.index("outputs")


def test_what_is_not_there_yet_is_left_out():
    trace = trace_of(NETWORKS["both ways"], "the dog barked")
    assert not any(row[4] in ("logits", "probs") for row in table.rows(trace, 0))
    assert any(row[4] == "probs" for row in table.rows(trace, 2))


@pytest.mark.parametrize("word", ["=1+1", "+1", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', 'say "hi", or', "a\u2028b"])
def test_no_word_is_a_formula_and_every_word_comes_back(tmp_path, capsys, word):
    path = tmp_path / "out.csv"
    sentence = f"the {word} dog".replace("\u2028", "")
    assert main(["export", "-s", sentence, "-o", str(path)]) == 0
    rows = written(path, capsys)
    assert not any(row["token"].startswith(table.LIVE) for row in rows)
    assert main(["trace", "-s", sentence, "--json"]) == 0
    tokens = json.loads(capsys.readouterr().out)["tokens"]
    assert list(dict.fromkeys(re.sub("^'(?=[=+@-])", "", row["token"]) for row in rows)) == list(dict.fromkeys(tokens))


def test_a_number_that_is_none_is_empty():
    model = build()
    wild = replace(model, fc=Linear(model.fc.weight, np.array([np.inf, 0], np.float32)))
    found = [row for row in table.rows(trace_of(wild, "dog"), 0) if row[4] in ("logits", "probs")]
    assert [row[6] == "" for row in found if row[4] == "logits"] == [True, False]


def test_it_is_as_rfc_4180_has_it(tmp_path, capsys):
    path = tmp_path / "out.csv"
    assert main(["export", "-s", "the dog", "-o", str(path)]) == 0
    content = path.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == len(written(path, capsys)) + 1
    assert next(csv.reader(io.StringIO(content.decode()))) == list(table.COLUMNS)
