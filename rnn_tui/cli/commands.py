"""The commands, in the order in which the help lists them; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from rnn_tui.cli.command import PROGRAM, Command
from rnn_tui.text import LONGEST_CITED, cited


def command_in(module: str) -> Callable[[], Command]:
    """A function that imports a module by its full name, and returns its `COMMAND`."""

    def load() -> Command:
        command: Command = import_module(module).COMMAND
        return command

    return load


COMMANDS: dict[str, Callable[[], Command]] = {
    "models": command_in("rnn_tui.cli.models"),
    "trace": command_in("rnn_tui.cli.trace"),
    "walk": command_in("rnn_tui.cli.walk"),
    "lens": command_in("rnn_tui.cli.lens"),
    "compare": command_in("rnn_tui.cli.compare"),
    "lesson": command_in("rnn_tui.cli.lesson"),
    "lessons": command_in("rnn_tui.cli.lessons"),
    "practice": command_in("rnn_tui.cli.practice"),
    "worksheet": command_in("rnn_tui.cli.worksheet"),
    "export": command_in("rnn_tui.cli.export"),
    "train": command_in("rnn_tui.cli.train"),
    "learn": command_in("rnn_tui.cli.learn"),
    "evaluate": command_in("rnn_tui.cli.evaluate"),
    "generate": command_in("rnn_tui.cli.generate"),
    "import": command_in("rnn_tui.cli.import_"),
}
"""The loaders of the commands by name."""

PLAIN = command_in("rnn_tui.cli.app")
"""The loader of the command without a name, which opens the program."""


def command_of(argv: list[str]) -> tuple[Command, list[str]]:
    """The command that a call asks for, and the arguments behind its name."""
    if argv and argv[0] in COMMANDS:
        return COMMANDS[argv[0]](), argv[1:]
    return PLAIN(), argv


def listing() -> str:
    """The commands with what each does, a line each."""
    width = max(map(len, COMMANDS))
    lines = (f"  {name:{width}}  {load().summary}" for name, load in COMMANDS.items())
    return "\n".join(["commands (each has its own --help):", *lines])


def refusal(word: str) -> str:
    """The reason why a word on the command line is no command."""
    from difflib import get_close_matches  # only an error needs it

    if word in COMMANDS:
        return f"{word} comes first: {PROGRAM} {word} …"
    nearest = get_close_matches(word[:LONGEST_CITED], COMMANDS, n=1)
    hint = f"did you mean “{nearest[0]}”?" if nearest else "a sentence goes after -s, in quotation marks"
    return f"no command is called {cited(word)} ({hint})"
