"""The lens panel: what the trace means, beside the memory strip or over the whole screen."""

from __future__ import annotations

from textual import events

from rnn_tui.pictures.hits import UnitHit, WordHit
from rnn_tui.pictures.lenses import picture_of
from rnn_tui.pictures.lenses.panel import lens_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class LensPanel(Panel):
    """One lens; clicking in it goes to the word or picks the unit under the mouse."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position, what was measured, and where a sliding word is."""
        return (view.scene.position, view.looking, view.slid)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The lens in its frame."""
        return lens_panel(view, width, height, palette)

    def on_click(self, event: events.Click) -> None:
        """Go to what is under the mouse; beside everything, open the lens whole."""
        view = self.view
        if view is None or view.looking is None or view.looking.measured is None:
            return
        name, (width, height) = view.looking.name, self.size
        hit = picture_of(name).hit(view.looking.measured, view, width - 2, height - 2, event.x - 1, event.y - 1)
        if isinstance(hit, WordHit):
            self.post_message(self.Picked("go_to", hit.t + 1))
        elif isinstance(hit, UnitHit):
            self.post_message(self.Picked("pick", hit.unit))
        elif not view.scene.full:
            self.post_message(self.Picked("full", 0))
