"""`rnn-tui compare`."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from rnn_tui.cli import main
from rnn_tui.edits import DropWord, ScaleMemory, Silence
from rnn_tui.scene import Position, Scene
from rnn_tui.tui.walking.screen import WalkScreen
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


# In the program


@pytest.fixture
def opened(monkeypatch):
    """A terminal, and in place of the application a recording of its calls, which closes on what it opened."""
    calls = []

    def run(first, over, *, settings):
        calls.append((first, over, settings.theme, settings.keys))
        return over

    stand_in = ModuleType("rnn_tui.tui.app")
    stand_in.run = run
    monkeypatch.setitem(sys.modules, "rnn_tui.tui.app", stand_in)
    monkeypatch.setattr("rnn_tui.tui.app", stand_in, raising=False)
    monkeypatch.setattr("rnn_tui.cli.compare.is_terminal", lambda: True)
    return calls


EVERYTHING = (
    "-m small -m other -s 'the dog' --edit-a 'silence 1' --edit 'scale-memory 0.5' --edit 'drop 2' "
    "--at 2:blend --unit 2 --unit 3 --side B --lens memory --notation --hide"
)


def test_every_option_reaches_the_application(opened, two, tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('next = "N"', encoding="utf-8")
    assert main(["compare", *shlex.split(EVERYTHING), "--theme", "nord", "--keys", str(path)]) == 0
    ((below, over, theme, keys),) = opened
    pair, (a, b) = over.state, over.state.readings
    assert (a.model, b.model, a.text, b.text) == ("small", "other", "the dog", "the dog")
    assert (a.edits, b.edits) == ((Silence(0),), (ScaleMemory(0.5), DropWord(1)))
    assert (pair.position, pair.focus, pair.units) == (Position(1, 4), 1, (1, 2))
    assert (pair.lens, pair.hidden, pair.notation) == ("memory", True, True)
    assert below.state == replace(pair.scene(0, Position()), lens=None)
    assert below.computed.trace is over.computed.a
    assert (theme, keys) == ("nord", {"next": "N"})


def test_on_quit_the_command_is_printed_where_it_is_asked_for(opened, two, capsys):
    assert main(["compare", *shlex.split(EVERYTHING), "--print-scene", "--allow-large"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line == f"rnn-tui compare {EVERYTHING} --allow-large"


def test_a_scene_that_was_left_alone_is_printed_as_one(opened, two, capsys, monkeypatch):
    monkeypatch.setattr(
        sys.modules["rnn_tui.tui.app"], "run", lambda first, over, **_: WalkScreen(Scene(over.state.b), over.traces)
    )
    assert main(["compare", "-m", "small", "-m", "other", "-s", "dog", "--print-scene"]) == 0
    assert capsys.readouterr().out == "rnn-tui -m other -s dog --at 1:read\n"


def test_nothing_is_printed_on_quit_unless_asked(opened, two, capsys):
    assert main(["compare", "-m", "small", "-m", "other", "-s", "dog"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("wrong", [["--at", "9"], ["--unit", "4"], ["--lens", "none"], ["--side", "C"]])
def test_a_wrong_place_is_one_line_and_exit_code_2(opened, two, capsys, wrong):
    assert main(["compare", "-m", "small", "-m", "other", "-s", "dog", *wrong]) == 2
    assert opened == []
    assert capsys.readouterr().err.count("\n") == 1


def test_a_lens_in_a_pipe_says_where_it_is_printed_and_the_comparison_comes_all_the_same(capsys):
    code = main(["compare", "-s", "Kicking", "-s", "kicking and screaming", "--lens", "memory"])
    captured = capsys.readouterr()

    assert code == 0
    assert "screaming" in captured.out
    assert "`rnn-tui lens memory` prints that of one side" in captured.err
