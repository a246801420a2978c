"""Plain `rnn-tui`: what is handed to the application."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from rnn_tui.cli import main
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Position


@pytest.fixture
def opened(monkeypatch):
    """A terminal, and in place of the application a recording of its calls."""
    calls = []
    stand_in = ModuleType("rnn_tui.tui.app")
    stand_in.run = lambda *arguments: calls.append(arguments)
    monkeypatch.setitem(sys.modules, "rnn_tui.tui.app", stand_in)
    monkeypatch.setattr("rnn_tui.tui.app", stand_in, raising=False)
    monkeypatch.setattr("rnn_tui.cli.app.is_terminal", lambda: True)
    return calls


def test_without_arguments_it_opens_the_articles_own_sentence(opened):
    assert main([]) == 0
    ((scene, trace, theme, keys),) = opened
    assert (scene.model, scene.text) == ("kicking-and-screaming", "Kicking and screaming")
    assert scene.position == Position(0, 0)
    assert [token.text for token in trace.tokens] == ["kicking", "and", "screaming"]
    assert (theme, keys) == (None, None)


def test_every_option_reaches_the_application(opened):
    main([
        "-m", "kicking-and-screaming", "-s", "The dog barked", "--at", "2:squash", "--unit", "2", "--notation",
        "--arithmetic", "--hide", "--theme", "nord", "--keys", "my.json",
    ])  # fmt: skip
    ((scene, _, theme, keys),) = opened
    assert scene.text == "The dog barked"
    assert (scene.position, scene.unit) == (Position(1, 3), 1)
    assert scene.notation
    assert scene.arithmetic
    assert scene.hidden
    assert (theme, keys) == ("nord", Path("my.json"))


def test_what_the_application_refuses_is_one_line(opened, capsys, monkeypatch):
    def refuse(*arguments):
        raise UserError("no theme is called “nrod”")

    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", refuse)
    assert main(["--theme", "nrod"]) == 1
    assert capsys.readouterr().err == "rnn-tui: no theme is called “nrod”\n"


def test_without_a_terminal_it_says_what_to_use(command):
    done = command(text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "rnn-tui: no terminal to draw on; `rnn-tui walk` goes the same way in plain lines, "
        "`rnn-tui trace` prints all of it\n"
    )
