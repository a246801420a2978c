"""The streams of a command line: what is printed, what is complained of, and what a terminal can't show."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable

from rnn_tui.text import printable

_STAND_INS = {
    "−": "-",
    "“": '"',
    "”": '"',
    "’": "'",
    "…": "...",
    "·": "-",
    "→": "->",
    "×": "x",
    "Σ": "sum",
    "σ": "sigmoid",
    "∞": "inf",
    "–": "-",
}


def prepare() -> None:
    """Let every character reach every stream: one that its encoding lacks is replaced by what looks like it."""
    codecs.register_error("rnn-tui", _stand_in)
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        sys.stdout = sys.stdout or _nowhere()
        sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="rnn-tui")


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say_wrapped(*lines: str) -> None:
    """Print lines, broken between words at a terminal, which would break them inside; in a pipe they stay whole."""
    if not sys.stdout.isatty():
        say(*lines)
        return
    width = max(20, shutil.get_terminal_size().columns - 1)
    for line in lines:
        say(*(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]))


def say_all(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        say(line)


def complain(message: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(f"rnn-tui: {printable(message)}\n")


def is_terminal() -> bool:
    """True where standard input and standard output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def abandon() -> None:
    """Print no more, since nobody reads it; else Python would complain of the lost end when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in lost), error.end
