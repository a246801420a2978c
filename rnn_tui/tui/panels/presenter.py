"""The presenter view: one phase and one unit, as large as the terminal allows."""

from __future__ import annotations

from typing import Any

from rnn_tui.loading import module
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.ribbon import WordCells, laid_out
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel

_screen = module("rnn_tui.pictures.presenter.screen")  # only where it is presented: start-up time is a feature


class Presenter(Panel[View]):
    """Shows the phase at work; a click on a word goes to it, one on a unit puts the spotlight on it."""

    _laid: tuple[Any, WordCells] | None = None

    def laid(self, view: View) -> WordCells:
        """The cells of the words, laid out once a sentence."""
        if self._laid is None or self._laid[0] is not view.trace:
            self._laid = (view.trace, laid_out(view.trace))
        return self._laid[1]

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (*view.still, view.scene.position)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The sentence, the figures and what is told."""
        rows: list[Row] = _screen().presenter(view, self.laid(view), width, height, palette)
        return rows

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The word or the unit there."""
        if self.view is None or self.palette is None:
            return None
        pick: Pick | None = _screen().pick_at(self.view, self.laid(self.view), *self.size, x, y, self.palette)
        return pick
