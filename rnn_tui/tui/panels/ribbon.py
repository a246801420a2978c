"""The sentence at the top."""

from __future__ import annotations

from rnn_tui.lenses import has_figures
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.lenses.panel import under_ribbon
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.ribbon import WordCells, laid_out, number_curve, pick_at, ribbon
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class Ribbon(Panel[View]):
    """The words in a line; clicking one goes to it."""

    _laid: tuple[Trace, WordCells] | None = None

    def laid(self, trace: Trace) -> WordCells:
        """The cells of the words, laid out once a sentence."""
        if self._laid is None or self._laid[0] is not trace:
            self._laid = (trace, laid_out(trace))
        return self._laid[1]

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word, and what a lens says of each."""
        return (*view.still, view.t, view.measurement if has_figures(view.scene.lens) else None)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The words, the line below them, and a curve for numbers."""
        rows = ribbon(view, self.laid(view.trace), width, palette)
        if view.model.tokenizer.kind == "numbers":
            rows.append(number_curve(view, self.laid(view.trace), width, palette))
        if has_figures(view.scene.lens):
            rows.append(under_ribbon(view, self.laid(view.trace), width, palette))
        return rows

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The word there."""
        view = self.view
        return None if view is None else pick_at(self.laid(view.trace), view, self.size.width, x)
