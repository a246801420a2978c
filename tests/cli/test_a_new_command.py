"""A command that the package doesn't have: one `Command`, and the line that registers it."""

from __future__ import annotations

import re

import pytest

from rnn_tui.cli import main
from rnn_tui.cli.command import Command
from rnn_tui.cli.commands import COMMANDS, PLAIN
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_scene_arguments
from tests.cli.test_main import complaint


def add_arguments(parser):
    add_scene_arguments(parser)
    parser.add_argument("--fail", choices=("call", "work"))


def run(arguments):
    scene, trace = open_scene(arguments)
    if arguments.fail == "call":
        raise CallError("that is no way to ask")
    if arguments.fail == "work":
        raise UserError("that can't be done")
    say(f"{scene.text}: {len(trace)}")
    return 0


TOY = Command("count", "how many words there are", "Count the words.", "examples:\n  rnn-tui count", add_arguments, run)


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers it."""
    monkeypatch.setitem(COMMANDS, "count", lambda: TOY)


def test_it_runs(capsys):
    assert main(["count", "-s", "The dog barked", "--at", "2:add", "--lens", "memory"]) == 0
    assert capsys.readouterr().out == "The dog barked: 3\n"


def test_it_is_in_the_help_and_has_its_own(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "import,count} [options]" in shown
    assert re.search(r"\n  count +how many words there are\n", shown)
    assert main(["count", "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: rnn-tui count ")
    assert "\nCount the words.\n" in shown
    assert shown.endswith("examples:\n  rnn-tui count\n")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["count", "--fail", "call"], 2, "that is no way to ask"),
        (["count", "--fail", "work"], 1, "that can't be done"),
        (["count", "--fail", "both"], 2, "; `rnn-tui count --help` says how"),
        (["count", "--at", "9"], 2, "the sentence has 3 words"),
        (["coumt"], 2, "no command is called “coumt” (did you mean “count”?)"),
        (["-s", "dog", "count"], 2, "count comes first: rnn-tui count …"),
    ],
)
def test_its_errors_are_one_line_and_an_exit_code(capsys, arguments, code, says):
    assert main(arguments) == code
    assert says in complaint(capsys)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "count"])
def test_every_command_is_registered_under_its_name(name):
    command = COMMANDS[name]()
    assert command.name == name
    assert command.summary
    assert command.parser().prog == f"rnn-tui {name}"
    assert "\n  rnn-tui " in command.examples


def test_plain_rnn_tui_is_a_command_without_a_name():
    assert PLAIN().name == ""
    assert PLAIN().parser().prog == "rnn-tui"
