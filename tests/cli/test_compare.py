"""`rnn-tui compare`."""

from __future__ import annotations

import json

import pytest

from rnn_tui.cli import main
from tests.builders import build


@pytest.fixture
def two(shelf_of):
    """A shelf with a small GRU and a small LSTM."""
    return shelf_of(
        small=build("gru", None, inputs="embedding", hidden=3), other=build("lstm", None, inputs="embedding", hidden=3)
    )


def asked(capsys, *arguments):
    """What a call of `compare` prints as JSON."""
    assert main(["compare", *arguments, "--json"]) == 0
    streams = capsys.readouterr()
    assert streams.err == ""
    return json.loads(streams.out)


def test_one_model_serves_both_sentences(capsys, two):
    found = asked(capsys, "-m", "small", "-s", "not dog", "-s", "dog")
    assert [found[side]["model"] for side in "ab"] == ["small", "small"]
    assert [found[side]["tokens"] for side in "ab"] == [["not", "dog"], ["dog"]]
    assert found["columns"] == [[0, None], [1, 0]]
    assert len(found["difference"]["h"]) == 2


def test_one_sentence_serves_both_models(capsys, two):
    found = asked(capsys, "-m", "small", "-m", "other", "-s", "the dog")
    assert [found[side]["cell"] for side in "ab"] == ["gru", "lstm"]
    assert [found[side]["tokens"] for side in "ab"] == [["the", "dog"]] * 2
    assert found["difference"]["h"] is None


def test_two_models_and_two_sentences_go_together_in_their_order(capsys, two):
    found = asked(capsys, "-m", "other", "-s", "dog", "-m", "small", "-s", "cat")
    assert [(found[side]["cell"], found[side]["tokens"]) for side in "ab"] == [("lstm", ["dog"]), ("gru", ["cat"])]


def test_without_a_sentence_it_is_the_first_one_of_the_first_model(capsys, two):
    found = asked(capsys, "-m", "small", "-m", "other")
    assert found["a"]["tokens"] == found["b"]["tokens"] == ["the", "dog", "barked", "and", "slept"]


def test_edits_are_those_of_the_second_side(capsys, two):
    found = asked(capsys, "-m", "small", "-s", "the dog slept", "--edit", "scale-memory 0", "--edit", "drop 1")
    assert [found[side]["tokens"] for side in "ab"] == [["the", "dog", "slept"], ["dog", "slept"]]
    assert found["difference"]["h"] is not None
    plain = asked(capsys, "-m", "small", "-s", "the dog slept", "-s", "dog slept")
    assert found["a"] == plain["a"]
    assert found["b"] != plain["b"]


def test_in_a_pipe_it_prints_plain_lines(capsys, two):
    assert main(["compare", "-m", "small", "-s", "the dog", "--edit", "scale-memory 0.5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["A: small · GRU · 3 units", "B: small · GRU · 3 units, with half the memory"]
    assert "They part at word" in lines[-2]
    assert lines[-1].startswith("In the end, A")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "both sides are the same"),
        (["-m", "small", "-s", "dog"], "both sides are the same"),
        (["-m", "small", "-m", "small", "-m", "small"], "-m was given 3 times"),
        (["-s", "a", "-s", "b", "-s", "c"], "-s was given 3 times"),
        (["-s", "dog", "--edit", "nonsense"], "no edit is called “nonsense”"),
        (["-m", "small", "-s", "dog", "--edit", "silence 9"], "there is no unit 9"),
        (["-m", "small", "-s", "dog", "-s", ""], "nothing"),
        (["dog"], "unrecognized arguments"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(capsys, two, arguments, said):
    assert main(["compare", *arguments]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.count("\n") == 1
    if said != "nothing":
        assert said in streams.err


def test_a_model_that_is_not_there_is_exit_code_1(capsys, two):
    assert main(["compare", "-m", "small", "-m", "smalll"]) == 1
    assert "did you mean “small”" in capsys.readouterr().err
