"""The phases of a word in one line, where there is no room for a line each."""

from __future__ import annotations

from rnn_tui.pictures import steps
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class Steps(Panel[View]):
    """Shows the names of the phases; a click on one goes to it."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The phase at work."""
        return (*view.still, view.scene.position.phase)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        return [steps.steps(view, width, palette)]

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The phase there."""
        return None if self.view is None else steps.pick_at(self.view, self.size.width, x)
