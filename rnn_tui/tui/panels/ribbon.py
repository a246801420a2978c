"""The sentence at the top."""

from __future__ import annotations

from textual import events

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.lenses.panel import under_ribbon
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.ribbon import WordCells, number_curve, offset, ribbon, word_cells
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.plan import UNDER


class Ribbon(Panel):
    """The words in a line; clicking one goes to it."""

    _laid: tuple[Trace, WordCells] | None = None

    def places(self, trace: Trace) -> WordCells:
        """Where the words stand: laid out once a sentence."""
        if self._laid is None or self._laid[0] is not trace:
            self._laid = (trace, word_cells(trace))
        return self._laid[1]

    def depends(self, view: View) -> tuple[object, ...]:
        """The word, and what a lens says of each."""
        return (view.t, view.looking if view.scene.lens in UNDER else None)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The words, the line below them, and a curve for numbers."""
        rows = ribbon(view, self.places(view.trace), width, palette)
        if view.model.tokenizer.kind == "numbers":
            rows.append(number_curve(view, width, palette))
        if view.scene.lens in UNDER:
            rows.append(under_ribbon(view, self.places(view.trace), width, palette))
        return rows

    def on_click(self, event: events.Click) -> None:
        """Go to the word under the mouse."""
        if self.view is None:
            return
        laid = self.places(self.view.trace)
        t = laid.word_at(event.x + offset(laid, self.view.t, self.size.width))
        if t is not None:
            self.post_message(self.Picked("go_to", t + 1))
