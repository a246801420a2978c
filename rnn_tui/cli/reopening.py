"""The command that opens again what was on the screen when the program was closed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from rnn_tui.quoting import command_line


def command(words: Iterable[str], arguments: Namespace) -> str:
    """The command of the words that the screen gives, with what the arguments had beside them."""
    return command_line(["rnn-tui", *words, *(["--allow-large"] if arguments.allow_large else [])])
