"""The regions of the panels of a training that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textual.geometry import Region

from rnn_tui.tui.walking.plan import Plan, bars

STATUS, WEIGHTS, CHANGED = "status", "weights", "changed"
COURSE_ROWS = {48: 11, 36: 8, 30: 6, 22: 2}
"""The rows of the course, by the rows that the terminal has at least."""
CHANGED_ROWS = {48: 9, 36: 6, 30: 5, 24: 4}
"""The rows of what has just been learned, likewise."""
FRAMES = 3
"""The rows of a memory strip that are none of its units': its frame and its words."""
MOST_STRIP = 72
"""The widest that the memory need be: beside it the weights have the rest."""


def rows_at(height: int, rows: dict[int, int]) -> int:
    """The rows of a part on a screen of so many."""
    return next((count for least, count in rows.items() if height >= least), 0)


def watch_plan(
    width: int,
    height: int,
    strips: Sequence[str],
    units: int,
    *,
    answers: bool,
    judged: bool,
    course: str,
    words: int = 2,
) -> Plan:
    """Lay out the line that says how far it is, the course, the words, and below them the memory and the weights.

    `words` are the rows of the words; `strips` are the names of the panels of the memory, of so many units, and
    `answers` says that a row of answers stands under it; `judged` that an answer is right or wrong.
    """
    rows = rows_at(height, COURSE_ROWS)
    regions = bars(width, height) | {STATUS: Region(0, 1, width, 1)}
    if rows:
        regions[course] = Region(0, 2, width, rows)
    top = 2 + rows
    regions["ribbon"] = Region(0, top, width, words)
    top += words
    below = rows_at(height, CHANGED_ROWS) if judged else 0
    body = height - 1 - below - top
    left = min(MOST_STRIP * len(strips), width * 48 // 100)
    edges = [left * index // len(strips) for index in range(len(strips) + 1)]
    for name, (start, end) in zip(strips, pairwise(edges), strict=True):
        regions[name] = Region(start, top, end - start, body)
    regions[WEIGHTS] = Region(left, top, width - left, body)
    if below:
        regions[CHANGED] = Region(0, height - 1 - below, width, below)
    room = body - FRAMES - answers
    count = max(1, min(units, room))
    if count < units:
        count = max(1, room - 1)
    return Plan(regions, count, 1, max(1, min(2, room // count)) if count == units else 1)
