"""The base of every panel: keeps the lines of its picture and repaints only those that changed."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row, blank, over, width_of

V = TypeVar("V")


class Panel(Widget, Generic[V]):
    """Shows one picture of a view. Never computes the network, never touches another panel.

    What must be drawn anew is found in two steps, each of which was measured to pay: a picture is made only where what
    it is drawn from has changed (without this step a key takes half as long again), and of a new picture only the parts
    of lines that differ are painted (without it a fifth more goes to the terminal).
    """

    class Picked(Message):
        """Something in a panel was picked with the mouse."""

        def __init__(self, pick: Pick) -> None:
            self.pick = pick
            super().__init__()

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self.view: V | None = None
        self.palette: Palette | None = None
        self._drawn_from: tuple[object, ...] | None = None
        self._rows: list[Row] = []
        self._lines: list[Strip] = []

    def picture(self, view: V, palette: Palette, width: int, height: int) -> list[Row]:
        """At most `height` rows of exactly `width` cells; each panel calls one function of `rnn_tui.pictures`."""
        raise NotImplementedError

    def drawn_from(self, view: V) -> tuple[object, ...]:
        """All that the picture of a view depends on; where that is the same, the picture is kept."""
        return (view,)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The pick at a cell, as the picture that drew it says."""
        return None

    def on_click(self, event: events.Click) -> None:
        """Say what was picked."""
        pick = self.pick_at(event.x, event.y) if self.view is not None else None
        if pick is not None:
            self.post_message(self.Picked(pick))

    def show(self, view: V, palette: Palette) -> None:
        """Draw a view, and repaint the lines that differ from what is on the screen."""
        recoloured = palette is not self.palette
        self.view, self.palette = view, palette
        drawn_from = (self.size, *self.drawn_from(view))
        if drawn_from == self._drawn_from and not recoloured:
            return
        self._drawn_from = drawn_from
        rows = self._rows_now()
        if recoloured or len(rows) != len(self._rows):
            self._paint(rows)
            return
        width = self.size.width
        changed = [y for y, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        regions = [_difference(self._rows[y], rows[y], y, width) for y in changed]
        for y in changed:
            self._lines[y] = Strip(_painted(rows[y], palette), width)
        self._rows = rows
        if regions:
            self.refresh(*regions)

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


def _difference(old: Row, new: Row, y: int, width: int) -> Region:
    """The part of line y from the first segment that differs to the last."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    same = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    start = width_of(new[:first])
    end = width - width_of(new[len(new) - same :])
    return Region(start, y, end - start, 1) if start < end else Region(0, y, width, 1)
