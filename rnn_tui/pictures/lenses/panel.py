"""A lens in its frame: its picture, or the progress of the measuring, or the reason why there is nothing to see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.lenses import MODELS, OFFER, lens, offered, other_kind
from rnn_tui.lenses.record import Lens
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.lenses import picture_of, under_words
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import LensPick, Pick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import WordCells
from rnn_tui.pictures.rows import Row, blank
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.stacks import looked_name
from rnn_tui.story.spans import line
from rnn_tui.text import percent

NOT_SHARED: Mapping[str, Any] = MappingProxyType({})
LOW = 7
"""Up to this height a panel has no empty row between two sentences."""


def lens_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The lens that `view.measurement` names."""
    measurement = view.measurement
    if measurement is None:
        return framed([], width, height, [], palette.frame)
    record = lens(measurement.name)
    asks = asked(view, record, width - 6)
    title: Row = [Segment(asks, palette.strong)]
    rows = inside(view, width - 2, height - 2, palette)
    if width > len(asks) + len(record.shows) + 10:
        title.append(Segment(f"  {record.shows}", palette.muted))
    elif measurement.result is not None and len(rows) + 2 < height and len(record.shows) + 4 < width:
        rows = [*rows, *[[]] * (height - 3 - len(rows)), [Segment(f" {record.shows}", palette.muted)]]
    elsewhere = offer(view) or _other_models(view)
    if measurement.refused and elsewhere:
        rows += [*[[]] * (height > LOW), *_said(f"{elsewhere}.", width - 2, palette)]
    foot = next((text for text in _feet(view) if cell_len(text) <= width - 6), "")
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def asked(view: View, record: Lens, width: int) -> str:
    """The question that a lens answers, and the lane that it looked at; in fewer words where there is little room."""
    asks = record.asked_of(view.model.tokenizer.unit)
    result = None if view.measurement is None else view.measurement.result
    lane = looked_name(result, view.model)
    if not lane:
        return asks
    texts = (f"{asks} · {lane}", f"{record.title} · {lane}", lane)
    return next((text for text in texts if cell_len(text) <= width), lane)


def offer(view: View) -> str:
    """The key that opens the same words in a model in which the lens has more to say; "" where there is none."""
    measurement = view.measurement
    instead = None if measurement is None else offered(measurement.name, view.model)
    return "" if instead is None else f"{OFFER} opens these {view.model.tokenizer.unit}s in {instead}"


def _other_models(view: View) -> str:
    """The key that opens the models, where this one's texts can't be read by one in which the lens has more to say."""
    other = None if view.measurement is None else other_kind(view.measurement.name, view.model)
    if other is None:
        return ""
    instead, reads = other
    return f"{instead} reads {reads}, so it can't read these {view.model.tokenizer.unit}s: {MODELS} opens the models"


def _feet(view: View) -> list[str]:
    """The texts that may stand at the foot of the frame, the longest first."""
    keys = "" if view.scene.full else "v next lens · V explained"
    measurement, instead = view.measurement, offer(view)
    other = None if measurement is None else other_kind(measurement.name, view.model)
    if other is not None:
        instead = f"{MODELS} opens the models, among them {other[0]}"
    if not instead or (measurement is not None and measurement.refused):  # then it stands in the frame
        return [keys]
    return [f"{instead} · {keys}" if keys else instead, instead]


def _said(text: str, width: int, palette: Palette) -> list[Row]:
    return [[Segment(" "), *row] for row in wrapped(line(text), width - 2, palette)]


def inside(view: View, width: int, height: int, palette: Palette, shared: Mapping[str, Any] = NOT_SHARED) -> list[Row]:
    """The inside of the frame; `shared` draws it on one scale with another picture, see `lenses.shared_scale`."""
    measurement = view.measurement
    if measurement is None or width < 1 or height < 1:
        return []
    if measurement.refused:
        return _said(f"{measurement.refused.rstrip('.')}.", width, palette)
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
    if measurement is None or measurement.result is None or view.scene.covered:
        return blank(width)
    if view.answered is None and not view.model.answers_each:  # with two lanes nothing is answered before they meet
        return blank(width)
    from rnn_tui.pictures.lenses.under import bars_under  # only these lenses need it

    values, signed = under_words(measurement.name, measurement.result, view.t)
    row: Row = bars_under(values, laid, view, width, palette, signed=signed)
    return row
