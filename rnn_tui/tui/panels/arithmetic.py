"""Where a number comes from: in short beside the memory strip, and whole over the phases."""

from __future__ import annotations

from textual.message import Message

from rnn_tui.pictures.arithmetic import arithmetic_lines, arithmetic_panel, why_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class ArithmeticPanel(Panel):
    """Every product of the picked unit in the current phase."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position, and which products are visible."""
        return (view.scene.position, view.terms_from)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The whole derivation."""
        return arithmetic_panel(view, width, height, palette)

    def scrolled(self, first: int) -> int:
        """The line from which on the panel can be drawn: `first`, or the nearest to it that fills the panel."""
        if self.view is None or self.palette is None:
            return 0
        room = self.size.height - 2
        lines = arithmetic_lines(self.view, self.size.width - 4, room, self.palette)
        return max(0, min(first, len(lines) - room))

    def on_mouse_scroll_down(self) -> None:
        """Scroll a long sum."""
        self.post_message(self.Scrolled(5))

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        self.post_message(self.Scrolled(-5))

    class Scrolled(Message):
        """The wheel was turned: `by` products on or back."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()


class Why(Panel):
    """The same in short; a click opens the whole."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (view.scene.position,)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The derivation in short."""
        return why_panel(view, width, height, palette)

    def on_click(self) -> None:
        """Open the arithmetic."""
        self.post_message(self.Picked("arithmetic", 0))
