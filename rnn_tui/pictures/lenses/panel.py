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
from rnn_tui.pictures.picks import LensPick, Pick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import WordCells
from rnn_tui.pictures.rows import Row, blank
from rnn_tui.pictures.view import View
from rnn_tui.story.spans import line
from rnn_tui.text import percent

NOT_SHARED: Mapping[str, Any] = MappingProxyType({})


def lens_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The lens that `view.measurement` names."""
    measurement = view.measurement
    if measurement is None:
        return framed([], width, height, [], palette.frame)
    record = lens(measurement.name)
    title: Row = [Segment(record.title, palette.strong)]
    if width > len(record.title) + len(record.shows) + 10:
        title.append(Segment(f"  {record.shows}", palette.muted))
    foot = "" if view.scene.full or width < 40 else "v next lens · V explained"
    rows = inside(view, width - 2, height - 2, palette)
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def inside(view: View, width: int, height: int, palette: Palette, shared: Mapping[str, Any] = NOT_SHARED) -> list[Row]:
    """The inside of the frame; `shared` draws it on one scale with another picture, see `lenses.shared_scale`."""
    measurement = view.measurement
    if measurement is None or width < 1 or height < 1:
        return []
    if measurement.refused:
        return [[Segment(" "), *row] for row in wrapped(line(measurement.refused), width - 2, palette)]
    if measurement.result is not None:
        return picture_of(measurement.name).draw(measurement.result, view, width, height, palette, **shared)
    if measurement.share is None:  # it has only just begun: nothing is drawn that would be gone in a blink
        return []
    bar = share_bar(measurement.share, max(1, min(40, width - 4)), palette.accent, palette.faint)
    said = f" measuring … {percent(measurement.share)}   esc stops it"
    return [[], [Segment("  "), *bar], [Segment(said, palette.muted)]]


def pick_at(view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """The pick at a cell of the panel that `lens_panel` draws: a word, a unit, or the small lens itself."""
    measurement = view.measurement
    if measurement is None or measurement.result is None:
        return None
    picture = picture_of(measurement.name)
    pick: Pick | None = picture.pick_at(measurement.result, view, width - 2, height - 2, x - 1, y - 1)
    return LensPick() if pick is None and not view.scene.full else pick


def under_ribbon(view: View, laid: WordCells, width: int, palette: Palette) -> Row:
    """The figure of each word as bars under the words of the ribbon; nothing while the answer is covered."""
    measurement = view.measurement
    if measurement is None or measurement.result is None or view.scene.hidden:
        return blank(width)
    from rnn_tui.pictures.lenses.under import bars_under  # only these lenses need it

    values, signed = under_words(measurement.name, measurement.result, view.t)
    row: Row = bars_under(values, laid, view, width, palette, signed=signed)
    return row
