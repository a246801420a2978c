"""The base of every panel: keeps the lines of its picture and repaints only those that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rnn_tui.pictures.rows import Row, blank, over
from rnn_tui.pictures.view import View

if TYPE_CHECKING:
    from rnn_tui.pictures.palette import Palette


class Panel(Widget):
    """Shows one picture of a view. Never computes the network, never touches another panel."""

    class Picked(Message):
        """Something was clicked that is a move: a word ("go_to", from 1), a unit ("pick", from 0), a phase."""

        def __init__(self, move: str, by: int) -> None:
            self.move = move
            self.by = by
            super().__init__()

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self.view: View | None = None
        self.palette: Palette | None = None
        self._drawn_from: tuple[object, ...] = ()
        self._rows: list[Row] = []
        self._lines: list[Strip] = []

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """At most `height` rows of exactly `width` cells; each panel calls one function of `rnn_tui.pictures`."""
        raise NotImplementedError

    def depends(self, view: View) -> tuple[object, ...]:
        """What of the position and the motion this panel's picture depends on: where that is the same, it is kept."""
        raise NotImplementedError

    def show(self, view: View, palette: Palette) -> None:
        """Draw a view, and repaint the lines that differ from what is on the screen."""
        recoloured = palette is not self.palette
        self.view, self.palette = view, palette
        drawn_from = (*view.still, self.size, *self.depends(view))
        if drawn_from == self._drawn_from and not recoloured:
            return
        self._drawn_from = drawn_from
        rows = self._rows_now()
        if recoloured or len(rows) != len(self._rows):
            self._paint(rows)
            return
        changed = [y for y, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        for y in changed:
            self._lines[y] = Strip(_painted(rows[y], palette), self.size.width)
        self._rows = rows
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _rows_now(self) -> list[Row]:
        width, height = self.size
        if self.view is None or self.palette is None or not width or not height:
            return []
        rows = self.picture(self.view, self.palette, width, height)[:height]
        return rows + [blank(width) for _ in range(height - len(rows))]

    def _paint(self, rows: list[Row]) -> None:
        """Paint all lines anew."""
        self._rows = rows
        self._lines = [Strip(_painted(row, self.palette), self.size.width) for row in rows] if self.palette else []
        self.refresh()

    def on_resize(self) -> None:
        """Draw again at the new size."""
        self._paint(self._rows_now())

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a part of the panel.

        A panel has no border, padding or opacity of Textual's, so its lines need none of what Textual does for those;
        going around it takes a third off the time of a key.
        """
        strips = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One line of the picture (Textual's Line API)."""
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, Style.null())


def _painted(row: Row, palette: Palette) -> list[Segment]:
    """Every segment with the palette's text colour and background under it."""
    return list(Segment.simplify(over(row, palette.text)))
