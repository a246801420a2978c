"""A lens in its frame: its picture, or how far the measuring is, or why there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from rich.segment import Segment

from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import WordCells
from rnn_tui.pictures.rows import Row, blank
from rnn_tui.pictures.view import View
from rnn_tui.story.spans import line
from rnn_tui.text import percent

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
    """The lens that `view.looking` names."""
    looking = view.looking
    if looking is None:
        return framed([], width, height, [], palette.frame)
    picture = picture_of(looking.name)
    title: Row = [Segment(picture.TITLE, palette.strong)]
    if width > len(picture.TITLE) + len(picture.WORDS) + 10:
        title.append(Segment(f"  {picture.WORDS}", palette.muted))
    foot = "" if view.scene.full or width < 40 else "v next lens · V explained"
    rows = inside(view, width - 2, height - 2, palette)
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def inside(view: View, width: int, height: int, palette: Palette, alike: Mapping[str, Any] = ALONE) -> list[Row]:
    """What `view.looking` shows; `alike` is what makes its picture comparable with another, see `alike_with`."""
    looking = view.looking
    if looking is None or width < 1 or height < 1:
        return []
    if looking.refused:
        return [[Segment(" "), *row] for row in wrapped(line(looking.refused), width - 2, palette)]
    if looking.measured is not None:
        return picture_of(looking.name).draw(looking.measured, view, width, height, palette, **alike)
    if looking.share is None:  # it has only just begun: nothing is drawn that would be gone in a blink
        return []
    bar = share_bar(looking.share, max(1, min(40, width - 4)), palette.accent, palette.faint)
    said = f" measuring … {percent(looking.share)}   esc stops it"
    return [[], [Segment("  "), *bar], [Segment(said, palette.muted)]]


def under_ribbon(view: View, laid: WordCells, width: int, palette: Palette) -> Row:
    """What each word counts for, as bars under the words of the ribbon; nothing while the answer is covered."""
    looking = view.looking
    if looking is None or looking.measured is None or view.scene.hidden:
        return blank(width)
    from rnn_tui.pictures.lenses.under import bars_under  # only these lenses need it

    signed = looking.name == "recency"
    values = looking.measured.leave_one_out if signed else looking.measured.weights_at(view.t)
    row: Row = bars_under(values, laid, view, width, palette, signed=signed)
    return row
