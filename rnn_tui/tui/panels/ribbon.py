"""The sentence at the top."""

from __future__ import annotations

from textual import events

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.ribbon import Places, number_curve, offset, places, ribbon
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class Ribbon(Panel):
    """The words in a line; clicking one goes to it."""

    _laid: tuple[Trace, Places] | None = None

    def places(self, trace: Trace) -> Places:
        """Where the words stand: laid out once a sentence."""
        if self._laid is None or self._laid[0] is not trace:
            self._laid = (trace, places(trace))
        return self._laid[1]

    def depends(self, view: View) -> tuple[object, ...]:
        """The word."""
        return (view.t,)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The words, the line below them, and a curve for numbers."""
        rows = ribbon(view, self.places(view.trace), width, palette)
        return [*rows, number_curve(view, width, palette)] if height > 2 else rows

    def on_click(self, event: events.Click) -> None:
        """Go to the word under the mouse."""
        if self.view is None:
            return
        laid = self.places(self.view.trace)
        t = laid.word_at(event.x + offset(laid, self.view.t, self.size.width))
        if t is not None:
            self.post_message(self.Picked("go_to", t + 1))
