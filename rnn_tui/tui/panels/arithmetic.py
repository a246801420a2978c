"""Where a number comes from: in short beside the memory strip, and whole over the phases."""

from __future__ import annotations

from textual import events
from textual.message import Message

from rnn_tui.pictures.arithmetic import arithmetic_lines, arithmetic_panel, why_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class ArithmeticPanel(Panel):
    """Every product of the picked unit in the current phase."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position, which products are visible, and which weight is picked."""
        return (view.scene.position, view.terms_from, view.weight)

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

    def scrolled_to_weight(self, view: View) -> int:
        """The first visible line, so that the picked weight of a view is visible."""
        if self.palette is None:
            return view.terms_from
        room = self.size.height - 2
        lines = arithmetic_lines(view, self.size.width - 4, room, self.palette)
        at = next((place for place, line in enumerate(lines) if line.weight == view.weight), 0)
        return max(0, min(max(view.terms_from, at - room + 2), at - 1))

    def on_click(self, event: events.Click) -> None:
        """Pick the weight under the mouse."""
        if self.view is None or self.palette is None:
            return
        lines = arithmetic_lines(self.view, self.size.width - 4, self.size.height - 2, self.palette)
        place = self.view.terms_from + event.y - 1
        if 0 <= place < len(lines) and lines[place].weight is not None:
            self.post_message(self.WeightPicked(lines[place].weight or 0))

    class WeightPicked(Message):
        """A weight was clicked: its number among those of the arithmetic."""

        def __init__(self, weight: int) -> None:
            self.weight = weight
            super().__init__()

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
