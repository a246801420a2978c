"""The base of every panel: keeps the lines of its picture and repaints only those that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rnn_tui.pictures.rows import Row, over, stacked
from rnn_tui.pictures.view import View

if TYPE_CHECKING:
    from rnn_tui.pictures.palette import Palette


class Panel(Widget):
    """Shows one picture of a view. Never computes the network, never touches another panel."""

    class Picked(Message):
        """Something was clicked that is a move: a word ("go_to", from 1), a unit ("pick") or a phase ("phase"), from 0."""

        def __init__(self, move: str, by: int) -> None:
            self.move = move
            self.by = by
            super().__init__()

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self.view: View | None = None
        self.palette: Palette | None = None
        self._lines: list[Strip] = []

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The rows of the picture; each kind of panel calls one function of `rnn_tui.pictures`."""
        raise NotImplementedError

    def show(self, view: View, palette: Palette) -> None:
        """Draw a view, and repaint the lines that differ from what is on the screen."""
        self.view, self.palette = view, palette
        before, self._lines = self._lines, self._drawn()
        if len(before) != len(self._lines):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _drawn(self) -> list[Strip]:
        width, height = self.size
        if self.view is None or self.palette is None or not width or not height:
            return []
        rows = stacked(self.picture(self.view, self.palette, width, height), width, height)
        return [Strip(_painted(row, self.palette), width) for row in rows]

    def on_resize(self) -> None:
        """Draw again at the new size."""
        self._lines = self._drawn()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the picture (Textual's Line API)."""
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width)


def _painted(row: Row, palette: Palette) -> list[Segment]:
    """Every segment with the palette's text colour and background under it."""
    return list(Segment.simplify(over(row, palette.text)))
