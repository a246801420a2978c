"""The lens panel: what the trace means, beside the memory strip or over the whole screen."""

from __future__ import annotations

from rnn_tui.pictures.lenses import panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class LensPanel(Panel[View]):
    """One lens; a click in it picks a word or a unit, beside everything it opens the lens whole."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position, what was measured, and where a sliding word is."""
        return (*view.still, view.scene.position, view.measurement, view.slid)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The lens in its frame."""
        return panel.lens_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The word or unit that the lens has there."""
        return None if self.view is None else panel.pick_at(self.view, *self.size, x, y)
