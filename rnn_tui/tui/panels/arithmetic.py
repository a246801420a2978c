"""The arithmetic of a unit: in short at the right of the memory strip, and whole over the phases."""

from __future__ import annotations

from rnn_tui.pictures import arithmetic
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import ArithmeticPick, Pick, ScrollPick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel

WHEEL_LINES = 5


class ArithmeticPanel(Panel[View]):
    """Every product of the picked unit in the current phase; a click picks a weight, the wheel scrolls."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position, which lines are visible, and which weight is picked."""
        return (*view.still, view.scene.position, view.scene.scroll, view.scene.weight)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The whole derivation."""
        return arithmetic.arithmetic_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The weight in a line."""
        return None if self.view is None else arithmetic.pick_at(self.view, *self.size, y)

    def on_mouse_scroll_down(self) -> None:
        """Scroll a long sum."""
        self.post_message(self.Picked(ScrollPick(WHEEL_LINES)))

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        self.post_message(self.Picked(ScrollPick(-WHEEL_LINES)))


class ShortArithmetic(Panel[View]):
    """The same in short; a click opens the whole."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (*view.still, view.scene.position)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The derivation in short."""
        return arithmetic.why_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The whole arithmetic."""
        return ArithmeticPick()
