"""The memory strip: the hidden state (or LSTM's cell state) after each word."""

from __future__ import annotations

from rnn_tui.pictures import lanes, memory
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
        return (*view.still, view.t, view.knows(self.value, view.t), view.knows("logits", view.t))

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The strip in its frame."""
        return memory.memory_panel(view, self.value, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The cell there."""
        return None if self.view is None else memory.pick_at(self.view, self.size.width, x, y)


class LanePanel(Panel[View]):
    """The memory strip of one of two lanes that have met; a click on a cell goes to its word in that lane."""

    def __init__(self, panel_id: str, *, backward: bool) -> None:
        super().__init__(panel_id)
        self.backward = backward

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word."""
        return (*view.still, view.t)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The strip in its frame."""
        return lanes.lane_panel(view, width, height, palette, backward=self.backward)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The word there."""
        return None if self.view is None else lanes.pick_at(self.view, *self.size, x, backward=self.backward)
