"""A lens in its frame: its picture, or the progress of the measuring, or the reason why there is nothing to see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rich.segment import Segment

from rnn_tui.lenses import lens
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.lenses import picture_of, under_words
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import Places
from rnn_tui.pictures.rows import Row, blank
from rnn_tui.pictures.view import View
from rnn_tui.story.spans import line
from rnn_tui.text import percent

NOT_SHARED: Mapping[str, Any] = MappingProxyType({})


def lens_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The lens that `view.looking` names."""
    looking = view.looking
    if looking is None:
        return framed([], width, height, [], palette.frame)
    record = lens(looking.name)
    title: Row = [Segment(record.title, palette.strong)]
    if width > len(record.title) + len(record.shows) + 10:
        title.append(Segment(f"  {record.shows}", palette.muted))
    foot = "" if view.scene.full or width < 40 else "v next lens · V explained"
    rows = inside(view, width - 2, height - 2, palette)
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def inside(view: View, width: int, height: int, palette: Palette, shared: Mapping[str, Any] = NOT_SHARED) -> list[Row]:
    """The inside of the frame; `shared` draws it on one scale with another picture, see `lenses.shared_scale`."""
    looking = view.looking
    if looking is None or width < 1 or height < 1:
        return []
    if looking.refused:
        return [[Segment(" "), *row] for row in wrapped(line(looking.refused), width - 2, palette)]
    if looking.measured is not None:
        return picture_of(looking.name).draw(looking.measured, view, width, height, palette, **shared)
    if looking.share is None:  # it has only just begun: nothing is drawn that would be gone in a blink
        return []
    bar = share_bar(looking.share, max(1, min(40, width - 4)), palette.accent, palette.faint)
    said = f" measuring … {percent(looking.share)}   esc stops it"
    return [[], [Segment("  "), *bar], [Segment(said, palette.muted)]]


def under_ribbon(view: View, laid: Places, width: int, palette: Palette) -> Row:
    """The figure of each word as bars under the words of the ribbon; nothing while the answer is covered."""
    looking = view.looking
    if looking is None or looking.measured is None or view.scene.hidden:
        return blank(width)
    from rnn_tui.pictures.lenses.under import bars_under  # only these lenses need it

    values, signed = under_words(looking.name, looking.measured, view.t)
    row: Row = bars_under(values, laid, view, width, palette, signed=signed)
    return row
