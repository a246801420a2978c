"""The memory strips of two lanes that have met: what each had at every word, and where each of them ends."""

from __future__ import annotations

from dataclasses import replace

from rich.segment import Segment

from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.memory import memory_strip, off_screen, title_of, window
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import FloorPick, Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position

FRAMES = 3
"""The rows of the frame and of the words."""


def lane_panel(view: View, width: int, height: int, palette: Palette, *, backward: bool) -> list[Row]:
    """A lane of the top layer in its frame; the picked unit is marked where it is one of this lane."""
    lane = lane_view(view, height - FRAMES, backward=backward)
    arrow, _ = view.model.layers[-1].lane_of(view.unit) if view.model.meets else ("", 0)
    marked = view.model.meets and arrow in ("", "←" if backward else "→")
    strip = memory_strip(lane, width - 3, palette, answers=False, marked=marked)
    foot = off_screen(lane, window(lane, width - 3), width - 4)
    title = title_of(lane, "h", width, palette)
    rows: list[Row] = [[Segment(" "), *row] for row in strip]
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def lane_view(view: View, rows: int, *, backward: bool) -> View:
    """The view of a lane of the top layer, where it has read as far as it is needed now; `rows` are for its units."""
    top = len(view.model.layers) - 1
    floor = next(one for one in view.model.floors if (one.layer, one.backward) == (top, backward))
    unit = view.model.layers[-1].lane_of(view.unit)[1] if view.model.meets else 0
    position = Position(0 if backward else len(view.trace) - 1, len(floor.phases) - 1, floor.index)
    count = max(1, min(floor.hidden_size, rows if floor.hidden_size <= rows else rows - 1))
    pitch = max(1, min(4, rows // count))
    scene = replace(view.scene, position=position, unit=min(unit, floor.hidden_size - 1))
    return replace(view, scene=scene, count=count, memory_pitch=pitch)


def pick_at(view: View, width: int, height: int, x: int, *, backward: bool) -> Pick | None:
    """The word in the lane at a cell of what `lane_panel` draws."""
    lane = lane_view(view, height - FRAMES, backward=backward)
    shown = window(lane, width - 3)
    column = shown.column_at(x - 2)
    t = None if column is None else shown.word(column)
    return None if t is None else FloorPick(lane.scene.position.floor, t)
