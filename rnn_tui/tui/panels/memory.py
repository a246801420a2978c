"""The memory strip: the hidden state (or LSTM's cell state) after each word."""

from __future__ import annotations

from textual import events

from rnn_tui.pictures.memory import memory_panel, window
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class Memory(Panel):
    """One column a word, one row a unit; clicking a cell goes to its word and picks its unit."""

    def __init__(self, panel_id: str, name: str) -> None:
        super().__init__(panel_id)
        self.shows = name

    def depends(self, view: View) -> tuple[object, ...]:
        """The word, and whether its value is known."""
        return (view.t, view.knows(self.shows, view.t))

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The strip in its frame."""
        return memory_panel(view, self.shows, width, height, palette)

    def on_click(self, event: events.Click) -> None:
        """Go to the word and the unit under the mouse."""
        if self.view is None:
            return
        place = (event.y - 2) // self.view.memory_pitch
        if event.y >= 2 and place < len(self.view.units):
            self.post_message(self.Picked("pick", self.view.units[place]))
        column = window(self.view, self.size.width - 3).column_at(event.x - 2)
        if column:
            self.post_message(self.Picked("go_to", column))
