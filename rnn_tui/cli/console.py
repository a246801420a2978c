"""The streams of a command line: what is printed, what is complained of, and what a terminal can't show."""

from __future__ import annotations

import codecs
import errno
import io
import os
import shutil
import sys
import textwrap
import warnings
from collections.abc import Iterable

from rnn_tui.network.errors import UserError
from rnn_tui.text import printable

NOT_DRAWN_ON = ("", "dumb", "unknown")
"""The values of TERM that say that a terminal can't move its cursor."""


LONGEST = 1000
LONGEST_LINE = 10_000
"""The most characters of a line that is typed as an answer."""


def prepare() -> None:
    """Let every character reach every stream: one that its encoding lacks is replaced by what looks like it."""
    codecs.register_error("rnn-tui", _stand_in)
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        sys.stdout = sys.stdout or _nowhere()
        sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="rnn-tui")
    # Numbers that overflow are said in words; a warning of NumPy's would name its source.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"(rnn_tui|numpy)(\.|$)")


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say_wrapped(*lines: str) -> None:
    """Print lines, broken between words at a terminal, which would break them inside; in a pipe they stay whole."""
    if not sys.stdout.isatty():
        say(*lines)
        return
    width = max(20, _columns() - 1)
    for line in lines:
        say(*(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]))


def say_all(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        say(line)


def typed_line() -> str | None:
    """One line of standard input without its end; None where the input has ended.

    Raises UserError where it is no text, and where a line is longer than any answer.
    """
    sys.stdout.flush()
    if sys.stdin is None:  # closed by the caller
        return None
    try:
        line = sys.stdin.readline(LONGEST_LINE + 1)
    except UnicodeDecodeError as error:
        raise UserError("standard input is no text in UTF-8; give the answers as text, one a line") from error
    if len(line) > LONGEST_LINE:
        raise UserError(f"a line of standard input has more than {LONGEST_LINE} characters, so it is no answer")
    return line.removesuffix("\n") if line else None


def complain(message: str) -> None:
    """Print one line on stderr; of one that is longer than a screen can take the middle is left out."""
    if len(message) > LONGEST:
        message = f"{message[: LONGEST // 2]} … {message[-LONGEST // 2 :]}"
    sys.stderr.write(f"rnn-tui: {printable(message)}\n")


def of_system(error: OSError | MemoryError) -> str:
    """The line for an error of the system that no command knew of; it names the file where the error does."""
    reason = getattr(error, "strerror", None) or "not enough memory"
    named = getattr(error, "filename", None)
    return f"it could not be done: {reason}" if named is None else f"{os.fsdecode(named)}: {reason}"


def is_unread(error: BaseException) -> bool:
    """True for the error of writing to a pipe that nobody reads any more; Windows calls it an invalid argument."""
    if sys.platform == "win32" and isinstance(error, OSError) and error.filename is None:
        return error.errno in (errno.EINVAL, errno.EPIPE)
    return isinstance(error, BrokenPipeError)


def is_terminal() -> bool:
    """True where standard input and standard output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def can_draw() -> bool:
    """True where the terminal can move its cursor; on Windows none says what it can."""
    return sys.platform == "win32" or os.environ.get("TERM", "") not in NOT_DRAWN_ON


def no_drawing() -> str:
    """The reason why no screen can be drawn."""
    if can_draw():
        return "no terminal to draw on"
    named = f"TERM={os.environ['TERM']}" if os.environ.get("TERM") else "TERM is not set"
    return f"no screen can be drawn on this terminal ({named})"


def abandon() -> None:
    """Print no more, since nobody reads it; else Python would complain of the lost end when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _columns() -> int:
    """The columns of the terminal; COLUMNS may be another one's, or older than its last resize."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or shutil.get_terminal_size().columns
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from rnn_tui.cli.stand_ins import stand_in  # only where a terminal lacks something: start-up time is a feature

    return "".join(map(stand_in, error.object[error.start : error.end])), error.end
