"""The course of a training above the walk: the rows that it takes."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region

from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.walking.plan import Plan, moved

COURSE = "course"
ROWS = {48: 10, 36: 7, 30: 5, 20: 2}
"""The rows of the course, by the rows that the terminal has at least."""


def below_course(width: int, height: int, walk: Callable[[int, int], Plan]) -> Plan | None:
    """The plan of a walk below the course of a training; None where there is no room for both.

    `walk` lays out the walk in so many cells.
    """
    rows = next((rows for least, rows in ROWS.items() if height >= least), 0)
    if not rows or height - rows < LEAST.height:
        return None
    return moved(walk(width, height - rows), (0, rows), (width, height), {COURSE: Region(0, 1, width, rows)})
