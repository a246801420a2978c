"""The sentence at the top."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.lenses import has_figures
from rnn_tui.loading import module
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.lenses.panel import under_ribbon
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.ribbon import WordCells, laid_out, number_curve, pick_at, ribbon
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel

_building = module("rnn_tui.pictures.building")  # only networks of several floors have it


class Ribbon(Panel[View]):
    """The words in a line; clicking one goes to it."""

    _laid: tuple[object, WordCells] | None = None
    _built = False

    def laid(self, trace: Trace) -> WordCells:
        """The cells of the words, laid out once a sentence."""
        if self._laid is None or self._laid[0] is not trace.tokens:
            self._laid = (trace.tokens, laid_out(trace))
        return self._laid[1]

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word, and what a lens says of each; of several floors the position."""
        several = len(view.model.floors) > 1
        return (
            *view.still,
            view.scene.position if several else view.t,
            view.measurement if has_figures(view.scene.lens) else None,
        )

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The words, the line below them or the floors above them, and a curve for numbers.

        Where there is one row for the words, the line goes.
        """
        laid, left, inner = self.laid(view.trace), 0, width
        self._built = height - self._below(view) > 2 and len(view.model.floors) > 1
        rows: list[Row]
        if self._built:
            rows = _building().building(view, laid, width, height - self._below(view), palette)
            left, inner = _building().placed(laid, width)
        else:
            rows = ribbon(view, laid, width, palette)[: max(1, height - self._below(view))]
        below: list[Row] = []
        if view.model.tokenizer.kind == "numbers":
            below.append(number_curve(view, laid, inner, palette))
        if has_figures(view.scene.lens):
            below.append(under_ribbon(view, laid, inner, palette))
        return [*rows, *(sized([Segment(" " * left), *row], width) if left else row for row in below)]

    @staticmethod
    def _below(view: View) -> int:
        """The rows below the words: the curve of numbers, and what a lens says of each word."""
        return (view.model.tokenizer.kind == "numbers") + has_figures(view.scene.lens)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The word there, or the floor."""
        view = self.view
        if view is not None and self._built:
            width, height = self.size
            laid, rows = self.laid(view.trace), height - self._below(view)
            found: Pick | None = _building().pick_at(view, laid, width, rows, x, y)
            return found
        return None if view is None else pick_at(self.laid(view.trace), view, self.size.width, x)
