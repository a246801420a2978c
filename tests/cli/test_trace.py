"""`rnn-tui trace`."""

from __future__ import annotations

import json

import numpy as np

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.network.trace import run


def test_json_is_the_trace_and_nothing_else(capsys, small):
    # given a model on the shelf
    model = shelf.load("small")
    # when a sentence is traced
    assert main(["trace", "-m", "small", "-s", "The dog meh", "--json"]) == 0
    # then it is what the network computes
    streams = capsys.readouterr()
    assert streams.err == ""
    written = json.loads(streams.out)
    trace = run(model, model.tokenize("The dog meh"))
    assert written["tokens"] == ["the", "dog", "meh"]
    assert written["unknown"] == [False, False, True]
    assert np.array_equal(np.array(written["steps"][2]["n"], np.float32), trace[2]["n"])
    assert written["prediction"]["probability"] == trace.prediction()[1]


def test_a_table_for_people(capsys, small):
    assert main(["trace", "-m", "small", "-s", "dog"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("small · GRU · 3 units\n1 word\n\nword 1 of 1: dog\n")
    assert text.splitlines()[-1].startswith("answer: ")


def test_a_sentence_of_unknown_words_works_and_says_so(capsys, small):
    assert main(["trace", "-m", "small", "-s", "foo bar"]) == 0
    assert capsys.readouterr().out.count("is unknown to this model") == 2


def test_a_sentence_of_ten_thousand_words(capsys, small):
    assert main(["trace", "-m", "small", "-s", "dog " * 10_000, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["steps"]) == 10_000
