"""The regions of a lesson: the prose at the left of the walk, or in its place where there is no room for both."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region

from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.screen.arrangement import Regions
from rnn_tui.tui.walking.plan import WIDE, Plan, bars, moved

BESIDE = 110
"""The least width of a terminal in which prose and picture stand side by side."""
NARROW_COLUMN, COLUMN, WIDE_COLUMN = 36, 40, 44
PROSE, REMINDER = "prose", "reminder"


def lesson_plan(width: int, height: int, walk: Callable[[int, int], Plan], *, turned: bool, reminds: bool) -> Plan:
    """Lay a lesson out in `width` by `height` cells; `walk` lays out the walk in so many.

    Where they take turns, `turned` shows the picture, and `reminds` leaves a row for the first words of the prose.
    """
    if width < LEAST.width or height < LEAST.height:
        return walk(width, height)
    if width >= BESIDE:
        column = column_of(width)
        return moved(
            walk(width - column, height), (column, 0), (width, height), {PROSE: Region(0, 1, column, height - 2)}
        )
    if not turned:
        return Plan(bars(width, height) | {PROSE: Region(0, 1, width, height - 2)})
    if not reminds or height - 1 < LEAST.height:
        return walk(width, height)
    return moved(walk(width, height - 1), (0, 1), (width, height), {REMINDER: Region(0, 1, width, 1)})


def is_beside(planned: Regions) -> bool:
    """True where prose and picture stand side by side."""
    prose, header = planned.regions.get(PROSE), planned.regions.get("header")
    return prose is not None and header is not None and prose.width < header.width


def column_of(width: int) -> int:
    """The width of the prose: no more than leaves the walk room for its phases side by side, where it would have it."""
    if width - NARROW_COLUMN >= WIDE[0]:
        return min(WIDE_COLUMN, width - WIDE[0])
    return COLUMN if width >= BESIDE + 10 else NARROW_COLUMN
