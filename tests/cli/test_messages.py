"""One line that quotes a line at most, whatever is typed; and nothing in it that a terminal obeys."""

from __future__ import annotations

import re

import pytest

from rnn_tui.cli import main
from rnn_tui.network.errors import UserError
from rnn_tui.text import LONGEST_RUN

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]")
MOST = 700


def outcome(capsys, argv):
    """The exit code and the one line on stderr; nothing is on stdout."""
    code = main(argv)
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("rnn-tui: ")
    assert streams.err.count("\n") == 1
    assert len(streams.err) < MOST + 400  # the mend may list every form
    assert not OBEYED.search(streams.err[:-1])
    return code, streams.err


LONG = "9" * 5000
EVIL = "\x1b[31m\x9b\x07\u202e\u2028\r\nx"
CALLS = [
    ["trace", "-m", "{}"],
    ["trace", "-m", "./{}"],
    ["trace", "-m", "{}.safetensors"],
    ["trace", "-m", "{}.pt"],
    ["trace", "-m", "tagger.{}"],
    ["trace", "--at", "{}"],
    ["trace", "--at", "1:{}"],
    ["trace", "--unit", "{}"],
    ["trace", "--scroll", "{}"],
    ["trace", "--weight", "-{}"],
    ["trace", "--temperature", "x{}"],
    ["trace", "--lens", "{}"],
    ["trace", "--edit", "{}"],
    ["trace", "--edit", "drop {}"],
    ["trace", "--edit", "word 1 {} {}"],
    ["trace", "--edit", "set weight_hh[1,{}] 2"],
    ["trace", "--edit", "activation {}"],
    ["trace", "--edit", "hold h[{}] 2 at 1"],
    ["trace", "--sentence-file", "{}"],
    ["trace", "--{}"],
    ["trace", "{}"],
    ["trace", "--full={}"],
    ["lens", "{}"],
    ["compare", "-s", "a", "-s", "b", "--at", "{}"],
    ["compare", "-s", "a", "-s", "b", "--at", "1:{}"],
    ["compare", "-s", "a", "-s", "b", "--side", "{}"],
    ["generate", "--length", "{}"],
    ["evaluate", "{}", "-m", "sentiment"],
    ["evaluate", "x", "-m", "{}"],
    ["export", "-o", "x.{}"],
    ["export", "-o", "{}/x.json"],
    ["train", "x.csv", "-o", "{}.safetensors"],
    ["train", "{}", "-o", "x.safetensors"],
    ["train", "x.csv", "-o", "x.safetensors", "--task", "{}"],
    ["train", "x.csv", "-o", "x.safetensors", "--epochs", "{}"],
    ["train", "x.csv", "-o", "x.safetensors", "--learning-rate", "x{}"],
    ["train", "x.csv", "-o", "x.safetensors", "--cell", "{}"],
    ["import", "{}", "--labels", "a,b", "-o", "x.safetensors"],
    ["import", "{}.npz", "--vocabulary", "x", "--labels", "a,b", "-o", "x.safetensors"],
    ["--settings", "{}"],
    ["{}"],
    ["-{}"],
]


@pytest.mark.parametrize(
    "typed", [LONG, EVIL, "x" * 200_000, "é\u0301" * 3000], ids=["digits", "escapes", "long", "marks"]
)
@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_what_is_typed_is_quoted_in_a_line(capsys, tmp_path, monkeypatch, call, typed):
    monkeypatch.chdir(tmp_path)
    argv = [word.replace("{}", typed) for word in call]
    assert outcome(capsys, argv)[0] in (1, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_dash_dash_is_what_was_given(capsys):
    assert outcome(capsys, ["trace", "--sentence=--"]) == (
        2,
        "rnn-tui: the sentence is empty; give it at least one word\n",
    )
    code, line = outcome(capsys, ["trace", "-m--"])
    assert (code, line.split(";")[0]) == (1, "rnn-tui: no model is called “--”")
    assert outcome(capsys, ["trace", "--edit=--"])[0] == 2
    assert outcome(capsys, ["trace", "--sentence-file=--"])[0] == 1
    code, line = outcome(capsys, ["trace", "--lens=--"])
    assert code == 2
    assert "invalid choice: '--'" in line


def test_a_quote_is_cut_and_the_rest_is_kept():
    said = str(UserError(f"“{'x' * 10**6}” is no number; give one, such as “3”"))
    assert said == f"“{'x' * (LONGEST_RUN - 2)}… is no number; give one, such as “3”"
    assert str(UserError("“short” stays")) == "“short” stays"


def test_a_word_in_place_of_a_number_is_told_as_such(capsys):
    assert main(["train", "x.csv", "-o", "y.safetensors", "--epochs", "abcdefghijklmnopqrstuvwxyz"]) == 2
    assert "“abcdefghijklmnopqrstuvwxyz” is no whole number of at least 1" in capsys.readouterr().err
