"""A lens in its frame: its picture, or how far the measuring is, or why there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from rich.segment import Segment

from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import LensPick, Pick, UnitPick, WordPick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import Places
from rnn_tui.pictures.rows import Row, blank
from rnn_tui.pictures.view import View
from rnn_tui.story.spans import line
from rnn_tui.text import percent

UNDER = ("recency", "attention")
"""The lenses that say something of each word, which stands under the ribbon."""
ALONE: Mapping[str, Any] = {}


class LensPicture(Protocol):
    """What the module of each lens has."""

    TITLE: str
    WORDS: str

    def draw(self, measured: Any, view: View, width: int, height: int, palette: Palette, **alike: Any) -> list[Row]:
        """At most `height` rows of exactly `width` cells; `alike` is what the module's own `alike` gives."""
        ...

    def spot(self, measured: Any, view: View, width: int, height: int, x: int, y: int) -> tuple[str, int] | None:
        """What a click at a cell means: ("go_to", word from 1), ("pick", unit from 0), or nothing."""
        ...


def picture_of(name: str) -> LensPicture:
    """The module that draws a lens; imported when it is looked through."""
    return cast(LensPicture, import_module(f"rnn_tui.pictures.lenses.{name}"))


def alike_with(name: str, *measured: Any) -> Mapping[str, Any]:
    """What makes the pictures of several results comparable: one scale, where the lens has one that can be shared."""
    alike: Callable[..., Mapping[str, Any]] | None = getattr(picture_of(name), "alike", None)
    return ALONE if alike is None else alike(*measured)


def lens_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The lens that `view.measurement` names."""
    measurement = view.measurement
    if measurement is None:
        return framed([], width, height, [], palette.frame)
    picture = picture_of(measurement.name)
    title: Row = [Segment(picture.TITLE, palette.strong)]
    if width > len(picture.TITLE) + len(picture.WORDS) + 10:
        title.append(Segment(f"  {picture.WORDS}", palette.muted))
    foot = "" if view.scene.full or width < 40 else "v next lens · V explained"
    rows = inside(view, width - 2, height - 2, palette)
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def inside(view: View, width: int, height: int, palette: Palette, alike: Mapping[str, Any] = ALONE) -> list[Row]:
    """What `view.measurement` shows; `alike` is what makes its picture comparable with another, see `alike_with`."""
    measurement = view.measurement
    if measurement is None or width < 1 or height < 1:
        return []
    if measurement.refused:
        return [[Segment(" "), *row] for row in wrapped(line(measurement.refused), width - 2, palette)]
    if measurement.result is not None:
        return picture_of(measurement.name).draw(measurement.result, view, width, height, palette, **alike)
    if measurement.share is None:  # it has only just begun: nothing is drawn that would be gone in a blink
        return []
    bar = share_bar(measurement.share, max(1, min(40, width - 4)), palette.accent, palette.faint)
    said = f" measuring … {percent(measurement.share)}   esc stops it"
    return [[], [Segment("  "), *bar], [Segment(said, palette.muted)]]


def pick_at(view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """What a click at a cell of the panel that `lens_panel` draws means: a word, a unit, or the small lens itself."""
    measurement = view.measurement
    if measurement is None or measurement.result is None:
        return None
    picture = picture_of(measurement.name)
    pick = pick_of(picture.spot(measurement.result, view, width - 2, height - 2, x - 1, y - 1))
    return LensPick() if pick is None and not view.scene.full else pick


def pick_of(found: tuple[str, int] | None) -> WordPick | UnitPick | None:
    """What a lens's picture found, as a pick."""
    if found is None:
        return None
    name, number = found
    return WordPick(number - 1) if name == "go_to" else UnitPick(number)


def under_ribbon(view: View, laid: Places, width: int, palette: Palette) -> Row:
    """What each word counts for, as bars under the words of the ribbon; nothing while the answer is covered."""
    measurement = view.measurement
    if measurement is None or measurement.result is None or view.scene.hidden:
        return blank(width)
    from rnn_tui.pictures.lenses.under import bars_under  # only these lenses need it

    signed = measurement.name == "recency"
    values = measurement.result.leave_one_out if signed else measurement.result.weights_at(view.t)
    row: Row = bars_under(values, laid, view, width, palette, signed=signed)
    return row
