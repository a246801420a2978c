"""Frames around panels: light, heavy for the phase at work, dim for those to come."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.rows import Row, fit, sized, stacked

LIGHT = tuple("╭─╮│╰╯")
HEAVY = tuple("┏━┓┃┗┛")
TOP = 1
"""The line of a frame above the first of its rows."""


def framed(
    rows: Sequence[Row],
    width: int,
    height: int,
    title: Row,
    style: Style,
    *,
    heavy: bool = False,
    foot: str = "",
    foot_style: Style | None = None,
) -> list[Row]:
    """Rows inside a frame of `width` by `height` cells, a title in its top line and a note at the end of its bottom."""
    top_left, line, top_right, side, bottom_left, bottom_right = HEAVY if heavy else LIGHT
    inner = width - 2
    if inner < 1 or height < 2:
        return stacked([], width, height)
    edge = Segment(side, style)
    room = max(0, inner - 3)
    shown = sized(title, min(room, sum(segment.cell_length for segment in title)))
    rest = inner - 3 - sum(segment.cell_length for segment in shown)
    top = [Segment(f"{top_left}{line} ", style), *shown, Segment(f" {line * max(0, rest)}{top_right}", style)]
    note = fit(foot, min(cell_len(foot), max(0, inner - 4)))
    bottom = [Segment(f"{bottom_left}{line * (inner - 3 - cell_len(note))} ", style)] if note else []
    bottom += [Segment(note, foot_style or style), Segment(f" {line}{bottom_right}", style)] if note else []
    bottom = bottom or [Segment(f"{bottom_left}{line * inner}{bottom_right}", style)]
    body = [[edge, *row, edge] for row in stacked(rows, inner, height - 2)]
    return [sized(top, width), *body, sized(bottom, width)]
