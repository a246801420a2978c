"""The what-if panel."""

from __future__ import annotations

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class WhatIf(Panel):
    """What can be changed, and what is; every part of it can be clicked."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The word, the edit that is chosen, and the weights that can be picked."""
        return (view.t, view.chosen, view.weight, view.phase if view.scene.arithmetic else None)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The panel's rows."""
        from rnn_tui.pictures.whatif import whatif_panel  # only where somebody asks: start-up time is a feature

        return whatif_panel(view, width, height, palette)
