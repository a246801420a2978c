"""One phase: a framed table with a row a hidden unit, or one line where there is no room for more."""

from __future__ import annotations

from rnn_tui.network.phases import Phase
from rnn_tui.pictures import phases
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class PhasePanel(Panel[View]):
    """Shows the phase of a name; a click on a row picks the unit, elsewhere the phase."""

    def __init__(self, name: str) -> None:
        super().__init__(f"phase-{name}")
        self.phase_name = name

    def _phase(self, view: View) -> Phase:
        """The phase as the view's network has it: with another squashing function Squash says something else."""
        return next(phase for phase in view.model.phases if phase.name == self.phase_name)

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The word, how far the phase is, and the motion of the one at work; for Check the answer, too."""
        progress = view.progress(self._phase(view))
        answered = view.answered if "logits" in self._phase(view).shows else None
        return (*view.still, view.t, progress, view.motion if progress == 0 else 1.0, answered)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The table, or one line."""
        draw = phases.phase_line if height < 3 else phases.phase_panel
        return draw(view, self._phase(view), width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The unit in a row, or the phase."""
        return None if self.view is None else phases.pick_at(self.view, self._phase(self.view), *self.size, x, y)
