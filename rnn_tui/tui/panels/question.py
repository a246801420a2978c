"""The question panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.tui.panels.panel import Panel

if TYPE_CHECKING:
    from rnn_tui.pictures.asking import Asking


class QuestionPanel(Panel["Asking"]):
    """The question that is open, and then its answer; a click on a choice counts a hand for it."""

    def picture(self, view: Asking, palette: Palette, width: int, height: int) -> list[Row]:
        """The panel's rows."""
        if view.large:
            from rnn_tui.pictures.presenter.asking import large_question

            return large_question(view, width, height, palette)
        from rnn_tui.pictures.asking import asking_panel  # only where somebody asks: start-up time is a feature

        return asking_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The choice there."""
        if self.view is None:
            return None
        if self.view.large:
            from rnn_tui.pictures.presenter.asking import pick_at as large_pick_at

            return large_pick_at(self.view, *self.size, y)
        from rnn_tui.pictures.asking import pick_at

        return pick_at(self.view, self.size.width, y)
