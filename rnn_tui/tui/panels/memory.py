"""The memory strip: the hidden state (or LSTM's cell state) after each word."""

from __future__ import annotations

from rnn_tui.pictures import memory
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class MemoryPanel(Panel[View]):
    """One column a word, one row a unit; a click on a cell picks its word and its unit."""

    def __init__(self, panel_id: str, value: str) -> None:
        super().__init__(panel_id)
        self.value = value

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word, and whether its value and its answer are known."""
        return (*view.still, view.t, view.knows(self.value, view.t), view.knows("probs", view.t))

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The strip in its frame."""
        return memory.memory_panel(view, self.value, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The cell there."""
        return None if self.view is None else memory.pick_at(self.view, self.size.width, x, y)
