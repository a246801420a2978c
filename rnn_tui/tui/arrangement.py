"""A Textual layout that puts each panel where the plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

if TYPE_CHECKING:
    from rnn_tui.tui.screens.main import MainScreen


class Arrangement(Layout):
    """Places the panels of the main screen; a panel without a region is not placed, so it is not drawn."""

    name = "plan"

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: FBT001  # Textual's signature
        """One placement a panel."""
        regions = self.screen.plan.regions
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, Spacing(), child)
            for child in children
            if child.id is not None and child.id in regions
        ]
