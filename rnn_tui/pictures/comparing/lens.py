"""A side seen through a lens: as large as there is room, and on one scale with the other side where there is one."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.lenses import lens
from rnn_tui.pair import SIDES
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.lenses import picture_of, shared_scale
from rnn_tui.pictures.lenses.panel import inside
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.prose import prose
from rnn_tui.pictures.rows import Row, sized, width_of
from rnn_tui.story.comparing import named
from rnn_tui.story.comparing_floors import waiting

REFUSED = 2
"""The cells at the left of why a lens has nothing to see."""


def lens_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """The lens of a side under its title, in a frame or without one."""
    title = _title(side, width - 6, palette)
    across, down = room(side, width, height)
    rows = _picture(side, across, down, palette)
    if not side.framed:
        return [sized([Segment(" "), *row], width) for row in (title, *rows)]
    style = palette.frame_now if side.focused else palette.frame
    return framed(rows, width, height, title, style, heavy=side.focused)


def room(side: Side, width: int, height: int) -> tuple[int, int]:
    """The cells and rows inside a panel; they begin at its second column and second row, with a frame or without."""
    return width - 2, height - (2 if side.framed else 1)


def pick_at(side: Side, width: int, height: int, x: int, y: int) -> Pick | None:
    """The word or unit of this side at a cell of the panel that `lens_panel` draws."""
    if side.measurement is None or side.measurement.result is None or not side.begun:
        return None
    across, down = room(side, width, height)
    picture = picture_of(side.measurement.name)
    return picture.pick_at(side.measurement.result, side, across, down, x - 1, y - 1)


def _title(side: Side, width: int, palette: Palette) -> Row:
    """The side's letter, its network, and what the lens shows, as far as there is room."""
    title: Row = [Segment(f" {SIDES[side.which]} ", palette.badge if side.focused else palette.bar), Segment(" ")]
    if side.measurement is None:
        return title
    record = lens(side.measurement.name)
    names = named(side.model, side.scene.edits)
    left = width - width_of(title) - len(record.title) - 2
    name = next((name for name in names if cell_len(name) <= left), names[-1])
    title += [Segment(name, palette.strong if side.focused else palette.text)]
    title.append(Segment(f"  {record.title}", palette.strong))
    if width_of(title) + len(record.shows) + 2 <= width:
        title.append(Segment(f"  {record.shows}", palette.muted))
    return title


def _picture(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """Draw the lens; a side that has read nothing yet says so, and one waits for the measuring of the other."""
    measurement, opposite = side.measurement, side.opposite
    if measurement is None or width < 1 or height < 1:
        return []
    if not side.begun and not measurement.refused:
        told = waiting(side.comparison, side.which, side.at)
        return [[Segment(" "), *row] for row in prose((told,), width - REFUSED, height, palette)]
    if measurement.result is None or opposite is None or opposite.refused:
        return inside(side, width, height, palette)
    if opposite.result is None:  # drawn now, it would change its scale in a moment
        return inside(replace(side, measurement=opposite), width, height, palette)
    return inside(side, width, height, palette, shared_scale(measurement.name, measurement.result, opposite.result))
