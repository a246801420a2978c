"""Two traces and their differences as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.export import compare_json, compare_table, trace_json
from tests.builders import build, trace_of


def written(comparison):
    text = "\n".join(compare_json.lines(comparison))
    assert text.isascii()
    return json.loads(text, parse_constant=fail)


def fail(name):
    raise AssertionError(f"{name} is no JSON")


def test_both_traces_are_those_of_trace_json():
    comparison = Comparison(trace_of(build(), "the dog"), trace_of(build("lstm", None), "dog barked"))
    found = written(comparison)
    assert list(found) == ["format", "a", "b", "columns", "difference", "parts_at"]
    assert found["format"] == 1
    for name, trace in (("a", comparison.a), ("b", comparison.b)):
        assert found[name] == json.loads("\n".join(trace_json.lines(trace)))
    assert found["columns"] == [[0, None], [1, 0], [None, 1]]
    assert found["parts_at"] == 0


def test_the_differences_are_a_list_a_column():
    comparison = Comparison(trace_of(build(), "the dog"), trace_of(build(), "dog"))
    found = written(comparison)["difference"]
    assert np.array_equal(np.array(found["h"], np.float32), comparison.difference)
    assert found["probs"][0] is None  # B has read nothing yet
    assert np.array_equal(np.array(found["probs"][1], np.float32), comparison.answers_difference[1])


def test_what_is_not_the_same_is_null():
    other = replace(build(seed=2), labels=("a", "b"))
    found = written(Comparison(trace_of(build(), "the dog"), trace_of(other, "the dog")))
    assert found["difference"] == {"h": None, "probs": None}
    assert found["parts_at"] is None


def test_what_is_no_number_is_null():
    model = build(activation="identity", scale=9.0)
    comparison = Comparison(trace_of(model, "dog " * 200), trace_of(model, "dog " * 200 + "the"))
    last = written(comparison)["difference"]["h"][-1]
    assert len(last) == model.hidden_size
    assert None in last


def test_plain_lines_say_the_words_the_answers_and_where_they_part():
    comparison = Comparison(trace_of(build(), "the dog"), trace_of(build(), "dog"))
    (_, the), (_, dog), (_, alone) = (comparison.a.prediction(0), comparison.a.prediction(1), comparison.b.prediction())
    assert list(compare_table.lines(comparison, ("one", "two"))) == [
        "A: one",
        "B: two",
        "",
        "     A reads          A says               B reads          B says",
        f"  1* the              Negative {the:.0%}         -",
        f"  2  dog              Positive {dog:.0%}         dog              Negative {alone:.0%}",
        "",
        "They part at word 1: A reads “the”, which B doesn't have.",
        f"In the end, A says Positive {dog:.0%}, B says Negative {alone:.0%}.",
    ]
