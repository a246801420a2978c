"""Plain `rnn-tui`: what is handed to the application."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from rnn_tui.cli import main
from rnn_tui.cli.commands import PLAIN
from rnn_tui.edits import DropWord, InsertWord, ScaleMemory
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.walking.screen import WalkScreen
from tests.builders import build


@pytest.fixture
def opened(monkeypatch):
    """A terminal, and in place of the application a recording of its calls."""
    calls = []
    stand_in = ModuleType("rnn_tui.tui.app")

    def run(first, over=None, *, theme_name, keys):
        calls.append((first.state, first.computed.trace, theme_name, keys))
        return first

    stand_in.run = run
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


def test_edits_reach_the_application(opened):
    arguments = ["-s", "The dog barked", "--edit", "scale-memory 0.5", "--edit", "drop 1", "--at", "2:add"]
    assert main(arguments) == 0
    ((scene, trace, *_),) = opened
    assert scene.edits == (ScaleMemory(0.5), DropWord(0))
    assert scene.text == "The dog barked"
    assert [token.text for token in trace.tokens] == ["dog", "barked"]
    assert scene.position == Position(1, 2)


def leaves(monkeypatch, change):
    """The application is closed on another scene than the one that it was opened on."""

    def run(first, **_):
        return WalkScreen(change(first.state), first.traces)

    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", run)


def test_nothing_is_printed_on_quit_unless_asked(opened, capsys, monkeypatch):
    leaves(monkeypatch, lambda scene: scene)
    assert main([]) == 0
    assert capsys.readouterr().out == ""


def test_the_scene_is_printed_as_the_command_that_opens_it(opened, capsys, monkeypatch):
    # given that everything on the screen was changed
    end = Scene(
        Reading("kicking-and-screaming", "it's a $HOME dog", (ScaleMemory(0.1), InsertWord(0, "“not”"))),
        position=Position(2, 3),
        unit=2,
        notation=True,
        arithmetic=True,
        hidden=True,
        lens="memory",
        full=True,
        what_if=True,
        scroll=3,
        weight=2,
        chosen=1,
    )
    leaves(monkeypatch, lambda scene: end)
    # when the program is closed
    assert main(["-s", "dog", "--print-scene"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    # then the line opens that very scene
    again = []
    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", lambda first, **_: again.append(first) or first)
    command, *arguments = shlex.split(line)
    assert command == "rnn-tui"
    assert main(arguments) == 0
    assert [first.state for first in again] == [end]


def test_the_scene_of_another_model_has_its_phases(opened, capsys, monkeypatch, shelf_of):
    shelf_of(gated=build("lstm", None))
    leaves(monkeypatch, lambda scene: replace(scene, reading=Reading("gated", "the dog"), position=Position(1, 4)))
    assert main(["--print-scene"]) == 0
    assert capsys.readouterr().out == "rnn-tui -m gated -s 'the dog' --at 2:expose\n"


def test_a_large_model_opens_again(opened, capsys, monkeypatch):
    leaves(monkeypatch, lambda scene: scene)
    assert main(["-m", "kicking-and-screaming", "-s", "dog", "--allow-large", "--print-scene"]) == 0
    line = capsys.readouterr().out
    assert line == "rnn-tui -m kicking-and-screaming -s dog --at 1:read --allow-large\n"
    assert PLAIN().parser().parse_args(shlex.split(line)[1:]).allow_large


def test_the_terminal_obeys_nothing_of_the_sentence(opened, capsys, monkeypatch):
    leaves(monkeypatch, lambda scene: scene)
    assert main(["-s", "dog \x1b[2J", "--print-scene"]) == 0
    assert capsys.readouterr().out == "rnn-tui -m kicking-and-screaming -s $'dog \\033[2J' --at 1:read\n"


def test_what_the_application_refuses_is_one_line(opened, capsys, monkeypatch):
    def refuse(*_, **__):
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
