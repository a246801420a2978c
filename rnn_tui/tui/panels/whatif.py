"""The what-if panel."""

from __future__ import annotations

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class WhatIfPanel(Panel[View]):
    """Shows what can be changed, and what is; every part of it can be clicked."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word, the edit that is chosen, and the weights that can be picked."""
        scene = view.scene
        return (*view.still, view.t, scene.chosen, scene.weight, view.phase)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The panel's rows."""
        from rnn_tui.pictures.whatif import whatif_panel  # only where somebody asks: start-up time is a feature

        return whatif_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The key, the notch or the edit there."""
        from rnn_tui.pictures.whatif import pick_at

        return None if self.view is None else pick_at(self.view, *self.size, x, y)
