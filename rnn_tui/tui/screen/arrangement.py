"""A Textual layout that puts each panel where the plan says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class Regions(Protocol):
    """A plan, as far as it says where panels stand."""

    @property
    def regions(self) -> Mapping[str, Region]:
        """The region of each panel by its name."""
        ...


class Planned(Protocol):
    """A screen whose panels stand where a plan says."""

    @property
    def plan(self) -> Regions:
        """The plan of the moment."""
        ...


class Arrangement(Layout):
    """Places the panels of a screen; a panel without a region is not placed, so it is not drawn."""

    name = "plan"

    def __init__(self, screen: Planned) -> None:
        self.screen = screen

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: FBT001  # Textual's signature
        """One placement a panel."""
        regions = self.screen.plan.regions
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, Spacing(), child)
            for child in children
            if child.id is not None and child.id in regions
        ]
