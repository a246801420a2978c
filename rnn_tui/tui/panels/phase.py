"""One phase: a framed table with a row a hidden unit, or one line where there is no room for more."""

from __future__ import annotations

from textual import events

from rnn_tui.network.phases import Phase
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.phases import phase_line, phase_panel
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


class PhasePanel(Panel):
    """Shows a phase; clicking a row picks the unit, clicking elsewhere goes to the phase."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(f"phase-{phase.name}")
        self.phase = phase

    def show(self, view: View, palette: Palette) -> None:
        """Draw the phase as the view's network has it: with another squashing function Squash says something else."""
        self.phase = next(phase for phase in view.model.phases if phase.name == self.phase.name)
        super().show(view, palette)

    def depends(self, view: View) -> tuple[object, ...]:
        """The word, how far the phase is, and its motion; for Check the answer, too."""
        return (
            view.t,
            view.progress(self.phase),
            self._motion(view),
            view.answered if self.phase.name == "check" else None,
        )

    def _motion(self, view: View) -> float:
        """The motion, as far as it moves anything here: the bars of the phase at work."""
        return view.motion if view.progress(self.phase) == 0 else 1.0

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The table, or one line."""
        draw = phase_line if height < 3 else phase_panel
        return draw(view, self.phase, width, height, palette)

    def on_click(self, event: events.Click) -> None:
        """Pick the unit under the mouse, or go to this phase."""
        if self.view is None:
            return
        place = (event.y - 2) // self.view.pitch
        if self.size.height >= 3 and event.y >= 2 and place < len(self.view.units) and self.phase.name != "read":
            self.post_message(self.Picked("pick", self.view.units[place]))
        else:
            self.post_message(self.Picked("phase", self.view.model.phases.index(self.phase)))
