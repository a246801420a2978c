"""The watching of a lesson's file while somebody writes it: looked at again and again, read when it has changed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from rnn_tui.lessons.checking import load_checked
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.traces import Traces

SECONDS = 0.5
"""Seconds between two looks."""


class Watch:
    """The file of a lesson, as it was when it was last looked at."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = _stamp(path)

    def changed(self, traces: Traces) -> Lesson | None:
        """The lesson where the file has changed since the last look, else None.

        Raises LessonError where it has a fault now, and UserError where it can't be read. A file that is gone is waited
        for: many editors take it away while they save.
        """
        stamp = _stamp(self.path)
        if stamp is None or stamp == self._seen:
            return None
        self._seen = stamp
        return load_checked(self.path, traces)


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What changes with a file: its time, its size, and which file it is; None where it is gone, or is no file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):  # a pipe is read once, and would be waited for
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
