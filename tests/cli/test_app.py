"""Plain `rnn-tui`: what is handed to the application."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
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

    def run(first, over=None, *, settings):
        calls.append((first.state, first.computed.trace, settings.theme, settings.keys))
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
    assert (theme, keys) == (None, {})


def test_every_option_reaches_the_application(opened, tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('next = "N"', encoding="utf-8")
    main([
        "-m", "kicking-and-screaming", "-s", "The dog barked", "--at", "2:squash", "--unit", "2", "--notation",
        "--arithmetic", "--hide", "--theme", "nord", "--keys", str(path),
    ])  # fmt: skip
    ((scene, _, theme, keys),) = opened
    assert scene.text == "The dog barked"
    assert (scene.position, scene.unit) == (Position(1, 3), 1)
    assert scene.notation
    assert scene.arithmetic
    assert scene.hidden
    assert (theme, keys) == ("nord", {"next": "N"})


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


# The settings file


@pytest.fixture
def handed(monkeypatch, opened):
    """The screen and the settings that are handed to the application."""
    calls = []

    def run(first, *_, settings):
        calls.append((first, settings))
        return first

    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", run)
    return calls


def test_the_first_start_of_all_is_greeted_and_no_other(opened, monkeypatch, tmp_path):
    welcomes = []

    def run(first, *_, settings):
        welcomes.append(first.welcome)
        return first

    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", run)
    monkeypatch.setenv("RNN_TUI_STATE", str(tmp_path / "state"))
    assert main([]) == main(["-s", "dog"]) == 0
    assert welcomes == [("lessons", "New here?", "lists the lessons"), None]


@pytest.fixture
def settings_file(tmp_path):
    """A settings file that sets everything."""
    path = tmp_path / "settings.toml"
    path.write_text('theme = "nord"\nnotation = true\npace = 2.0\n[keys]\nnext = "N"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("named", ["--settings", "RNN_TUI_SETTINGS"])
def test_the_settings_reach_the_application(handed, settings_file, monkeypatch, named):
    if named == "--settings":
        assert main(["--settings", str(settings_file)]) == 0
    else:
        monkeypatch.setenv(named, str(settings_file))
        assert main([]) == 0
    ((screen, settings),) = handed
    assert screen.state.notation
    assert (settings.theme, settings.pace, settings.keys) == ("nord", 2.0, {"next": "N"})


def test_options_go_before_the_settings(handed, settings_file, tmp_path):
    keys = tmp_path / "keys.toml"
    keys.write_text('back = "p"', encoding="utf-8")
    options = ["--theme", "gruvbox", "--keys", str(keys), "--no-notation"]
    assert main(["--settings", str(settings_file), *options]) == 0
    ((screen, settings),) = handed
    assert not screen.state.notation
    assert (settings.theme, settings.pace, settings.keys) == ("gruvbox", 2.0, {"back": "p"})


def test_the_printed_command_opens_words_alone_again(opened, settings_file, capsys, monkeypatch):
    def run(first, *_, settings):
        first.set_up(settings, 0)
        first.timeline = first.timeline.replaced(replace(first.state, notation=False))
        return first

    monkeypatch.setattr(sys.modules["rnn_tui.tui.app"], "run", run)
    assert main(["-s", "dog", "--print-scene", "--settings", str(settings_file)]) == 0
    line = capsys.readouterr().out
    assert line == "rnn-tui -m kicking-and-screaming -s dog --at 1:read --no-notation\n"


@pytest.mark.parametrize("command", [[], ["compare", "-s", "dog", "-s", "the dog"]], ids=["plain", "compare"])
@pytest.mark.parametrize("text", [None, "nonsense", "pace = [1]"], ids=["missing", "no TOML", "wrong"])
def test_a_wrong_settings_file_is_one_line_and_exit_code_1(handed, capsys, tmp_path, monkeypatch, command, text):
    monkeypatch.setattr("rnn_tui.cli.compare.is_terminal", lambda: True)
    path = tmp_path / "my.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert main([*command, "--settings", str(path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"rnn-tui: {path}: ")
    assert said.count("\n") == 1
    assert handed == []


@pytest.mark.parametrize("command", ["trace", "walk", "models"])
def test_a_command_that_does_not_open_the_program_reads_no_settings(capsys, tmp_path, monkeypatch, command):
    monkeypatch.setenv("RNN_TUI_SETTINGS", str(tmp_path / "missing.toml"))
    assert main([command]) == 0
    assert main(["compare", "-s", "dog", "-s", "the dog"]) == 0
    assert capsys.readouterr().err == ""
