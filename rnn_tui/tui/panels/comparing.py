"""The panels of a comparison. Each side's get the side's view, those of both get that of A."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.pictures.comparing import between, lens, strip, working
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, SidePick
from rnn_tui.pictures.prose import prose_whole, prose_with_end
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import Measurement
from rnn_tui.story.bounds import told_first
from rnn_tui.story.comparing import tell_comparison
from rnn_tui.story.comparing_lenses import tell_lenses
from rnn_tui.story.spans import Line
from rnn_tui.tui.panels.panel import Panel


class ComparePanel(Panel[Side]):
    """Shows one picture of a side."""

    def drawn_from(self, view: Side) -> tuple[object, ...]:
        """The position, and what the plan and the focus make of it."""
        of_plan = (view.framed, view.words, view.bars)
        return (*view.still, view.comparison, view.at, view.which, view.focused, *of_plan)


class PanelOfSide(ComparePanel):
    """A panel of one side: a click anywhere in it picks the side, and perhaps something in it."""

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The side, with what is there."""
        return None if self.view is None else SidePick(self.view.which, self.pick_in_side(self.view, x, y))

    def pick_in_side(self, side: Side, x: int, y: int) -> Pick | None:
        """The pick at a cell of the side, if there is one."""
        return None


class SidePanel(PanelOfSide):
    """A side in columns: words, memory and answers."""

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The columns."""
        return strip.side_panel(view, width, height, palette)

    def pick_in_side(self, side: Side, x: int, y: int) -> Pick | None:
        """A column, or a unit by its name."""
        return strip.pick_at(side, self.size.width, x, y)


class BetweenPanel(ComparePanel):
    """The marks, words and differences; a click picks a column, and the focus stays where it is."""

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The difference."""
        return between.between_panel(view, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """A column."""
        return None if self.view is None else between.pick_at(self.view, self.size.width, x)


class WorkingPanel(PanelOfSide):
    """The phase at work on a side, or that the side waits."""

    def drawn_from(self, view: Side) -> tuple[object, ...]:
        """The motion, too."""
        return (*super().drawn_from(view), view.motion)

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The phase."""
        return working.working_panel(view, width, height, palette)

    def pick_in_side(self, side: Side, x: int, y: int) -> Pick | None:
        """A unit."""
        return working.pick_at(side, *self.size, x, y)


class AnswerPanel(PanelOfSide):
    """The answer of a side as bars."""

    def drawn_from(self, view: Side) -> tuple[object, ...]:
        """The motion, too."""
        return (*super().drawn_from(view), view.motion)

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The output nodes."""
        return working.answer_panel(view, width, height, palette)


class LensOfSide(PanelOfSide):
    """A side through a lens."""

    def drawn_from(self, view: Side) -> tuple[object, ...]:
        """The measurements of both sides and the timestep of a sliding word, too."""
        return (*super().drawn_from(view), view.measurement, view.opposite, view.slid)

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The lens."""
        return lens.lens_panel(view, width, height, palette)

    def pick_in_side(self, side: Side, x: int, y: int) -> Pick | None:
        """A word of the side, or a unit."""
        return lens.pick_at(side, *self.size, x, y)


class CompareHeader(ComparePanel):
    """The program, what is compared, and the position."""

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        return working.header(view, width, palette)


class CompareStory(ComparePanel):
    """The words for what differs now."""

    def drawn_from(self, view: Side) -> tuple[object, ...]:
        """The measurements of both sides and their units, too."""
        return (*super().drawn_from(view), view.measurement, view.opposite, view.units_of)

    def picture(self, view: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The lines, wrapped, one cell from the edge."""
        if view.measurement is None:
            told = tell_comparison(view.comparison, view.at, hidden=view.scene.covered)
            rows = prose_whole(told_first(told), width - 2, height, palette)
        else:
            rows = prose_with_end(_of_lenses(view, view.measurement), width - 2, height, palette)
        return [sized([Segment(" "), *row], width) for row in rows]


def _of_lenses(a: Side, measurement: Measurement) -> tuple[Line, ...]:
    """The lines about the lens on both sides, of which A's is given."""
    results = (measurement.result, a.opposite.result if a.opposite is not None else None)
    positions = a.comparison.positions(a.at)
    scenes = [
        None if position is None else a.scene.at(position).with_unit(unit)
        for position, unit in zip(positions, a.units_of, strict=True)
    ]
    return tell_lenses(measurement.name, results, a.comparison, scenes, focus=0 if a.focused else 1)
