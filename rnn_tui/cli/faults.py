"""A fault inside the program: one line for the person at the keyboard, and a report for who mends it."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rnn_tui import __version__
from rnn_tui.network.errors import ProgramError
from rnn_tui.text import clipped

REPORT = "rnn-tui-fault.txt"
MOST_LINES = 200
"""The lines of a report's trace: of a longer one the first and the last half."""
LONGEST_LINE = 400
LONGEST_QUOTE = 200
"""The longest that the fault's own words are quoted in the line that says it."""
USED = ("textual", "rich", "numpy", "safetensors")


def told(error: BaseException) -> str:
    """The one line that says what has gone wrong, and where the report of it lies, which is written first."""
    cause = (error.__cause__ if isinstance(error, ProgramError) else None) or error
    where = written(cause)
    said = clipped(": ".join(filter(None, (type(cause).__name__, " ".join(str(cause).split())))), LONGEST_QUOTE)
    report = f"a report is in {where}" if where else "no report of it could be written"
    return f"a fault inside the program, which is not yours: {said}; {report}"


def written(error: BaseException) -> Path | None:
    """The path of the report, the only one that is kept; None where neither the log folder nor any other takes it."""
    from platformdirs import user_log_path

    content = "\n".join([*about(), "", *trace(error), ""]).encode("utf-8", "replace")
    try:
        folder = user_log_path("rnn-tui", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, content, folder / REPORT)
    except (OSError, RuntimeError):  # read-only, or nobody's home
        pass
    try:
        return _write(Path(tempfile.gettempdir()), content)
    except OSError:
        return None


def _write(folder: Path, content: bytes, path: Path | None = None) -> Path:
    """Write a file of one's own: `path`, or in a folder of everybody's a name that nobody could have guessed."""
    handle, name = tempfile.mkstemp(dir=folder, prefix="rnn-tui-fault-", suffix=".txt")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if path is None:
            return Path(name)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def about() -> list[str]:
    """The versions that the fault was seen with: neither what was read nor the environment's values."""
    used = [f"rnn-tui {__version__}", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"]
    for name in USED:
        try:
            used.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            used.append(f"{name}, no version")
    terminal = [f"TERM {os.environ.get('TERM', 'not set')}"]
    return used + terminal


def trace(error: BaseException) -> list[str]:
    """The trace, without the values of variables; of a long one the beginning and the end."""
    lines = [line[:LONGEST_LINE] for part in traceback.format_exception(error) for line in part.splitlines()]
    if len(lines) <= MOST_LINES:
        return lines
    half = MOST_LINES // 2
    return [*lines[:half], f"… {len(lines) - 2 * half} lines …", *lines[-half:]]
