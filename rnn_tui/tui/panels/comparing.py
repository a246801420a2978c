"""The panels of a comparison. Each side's get the side's view, those of both get that of A."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message

from rnn_tui.pictures.comparing import lens
from rnn_tui.pictures.comparing.beside import answer_panel, header, working_panel
from rnn_tui.pictures.comparing.between import between_panel
from rnn_tui.pictures.comparing.side import MARGIN, Side, grid
from rnn_tui.pictures.comparing.strip import side_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import prose
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import Looking, View
from rnn_tui.story.comparing import tell_comparison
from rnn_tui.story.comparing_lenses import tell_lenses
from rnn_tui.story.spans import Line
from rnn_tui.tui.panels.panel import Panel


class ComparePanel(Panel):
    """Shows one picture of a side."""

    @property
    def side(self) -> Side:
        """What is shown."""
        assert isinstance(self.view, Side)
        return self.view

    def depends(self, view: View) -> tuple[object, ...]:
        """The place, and what the plan and the focus make of it."""
        assert isinstance(view, Side)
        return (view.comparison, view.place, view.which, view.focused, view.framed, view.words, view.bars)

    @staticmethod
    def _opposite(view: View) -> Looking | None:
        assert isinstance(view, Side)
        return view.opposite

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The picture of a side."""
        assert isinstance(view, Side)
        return self.draw(view, palette, width, height)

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """At most `height` rows of exactly `width` cells."""
        raise NotImplementedError

    def column(self, event: events.Click) -> tuple[str, int]:
        """The move to the column that was clicked, if one was."""
        column = grid(self.side, self.size.width - 3).column_at(event.x - MARGIN)
        return ("", 0) if column is None else ("go_to", column + 1)


class OfOneSide(ComparePanel):
    """A panel of one side."""

    class Clicked(Message):
        """A side was clicked, and perhaps something in it that is a move."""

        def __init__(self, which: int, move: str = "", by: int = 0) -> None:
            self.which = which
            self.move = move
            self.by = by
            super().__init__()

    def picked(self, event: events.Click) -> tuple[str, int]:
        """The move that a click means, if it means one."""
        return "", 0

    def on_click(self, event: events.Click) -> None:
        """Focus the side, and do what the click means."""
        if self.view is not None:
            self.post_message(self.Clicked(self.side.which, *self.picked(event)))


class SidePanel(OfOneSide):
    """A side in columns; clicking one goes to it, clicking a name picks the unit."""

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """Words, memory and answers."""
        return side_panel(side, width, height, palette)

    def picked(self, event: events.Click) -> tuple[str, int]:
        """A column, or a unit by its name."""
        move = self.column(event)
        place = (event.y - 2) // self.side.memory_pitch
        if not move[0] and event.y >= 2 and place < len(self.side.units):
            return "pick", self.side.units[place]
        return move


class BetweenPanel(ComparePanel):
    """The difference; clicking a column goes to it."""

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """Marks, words and differences."""
        return between_panel(side, width, height, palette)

    def on_click(self, event: events.Click) -> None:
        """Go to the column; the focus stays where it is."""
        move = self.column(event) if self.view is not None else ("", 0)
        if move[0]:
            self.post_message(self.Picked(*move))


class WorkingPanel(OfOneSide):
    """The phase at work on a side; clicking a row picks the unit."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The motion, too."""
        return (*super().depends(view), view.motion)

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The phase, or that the side waits."""
        return working_panel(side, width, height, palette)

    def picked(self, event: events.Click) -> tuple[str, int]:
        """A unit."""
        place = (event.y - 2) // self.side.pitch
        there = event.y >= 2 and place < len(self.side.units) and not self.side.waits and self.side.phase.name != "read"
        return ("pick", self.side.units[place]) if there else ("", 0)


class AnswerPanel(OfOneSide):
    """The answer of a side as bars."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The motion, too."""
        return (*super().depends(view), view.motion)

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The output nodes."""
        return answer_panel(side, width, height, palette)


class LensOfSide(OfOneSide):
    """A side through a lens; clicking in it goes to the word or picks the unit under the mouse."""

    def depends(self, view: View) -> tuple[object, ...]:
        """What was measured on both sides, and where a sliding word is, too."""
        return (*super().depends(view), view.looking, self._opposite(view), view.slid)

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The lens."""
        return lens.lens_panel(side, width, height, palette)

    def picked(self, event: events.Click) -> tuple[str, int]:
        """A column, or a unit."""
        return lens.spot(self.side, *self.size, event.x, event.y) or ("", 0)


class CompareHeader(ComparePanel):
    """The program, what is compared, and the place."""

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        return header(side, width, palette)


class CompareStory(ComparePanel):
    """What differs now, in words."""

    def depends(self, view: View) -> tuple[object, ...]:
        """What was measured on both sides, too."""
        return (*super().depends(view), view.looking, self._opposite(view))

    def draw(self, side: Side, palette: Palette, width: int, height: int) -> list[Row]:
        """The lines, wrapped, one cell from the edge."""
        if side.looking is None:
            told = tell_comparison(side.comparison, side.place, hidden=side.scene.hidden)[:height]
        else:
            told = _of_lenses(side, side.looking)
        return [sized([Segment(" "), *row], width) for row in prose(told, width - 2, height, palette)]


def _of_lenses(a: Side, looking: Looking) -> tuple[Line, ...]:
    """What there is to say of the lens on both sides, of which A's is given."""
    comparison = a.comparison
    measured = (looking.measured, a.opposite.measured if a.opposite is not None else None)
    positions = comparison.positions(a.place)
    scenes = [a.scene.at(position) for position in positions]
    return tell_lenses(looking.name, measured, comparison, scenes, focus=0 if a.focused else 1)
