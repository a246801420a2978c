"""The panel that shows the course of a training."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.pictures.across import across_epochs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.training import CourseView, course
from rnn_tui.replay import Across
from rnn_tui.tui.panels.panel import Panel


class Course(Panel[CourseView]):
    """The place that a training has come to, its curves, and one text's answer."""

    def drawn_from(self, view: CourseView) -> tuple[object, ...]:
        """The run, the text, the epoch and the word."""
        return (id(view.replay), view.epoch, view.t, view.hidden, view.reach, view.now)

    def picture(self, view: CourseView, palette: Palette, width: int, height: int) -> list[Row]:
        """The rows of the course."""
        return course(view, width, height, palette)


@dataclass(frozen=True, eq=False)
class AcrossView:
    """A number of every word at each epoch, and the epoch and the word of now."""

    found: Across
    epoch: int
    t: int


class AcrossEpochs(Panel[AcrossView]):
    """Every word across the epochs."""

    def drawn_from(self, view: AcrossView) -> tuple[object, ...]:
        """The numbers, the epoch and the word."""
        return (id(view.found), view.epoch, view.t)

    def picture(self, view: AcrossView, palette: Palette, width: int, height: int) -> list[Row]:
        """The rows of heat cells."""
        return across_epochs(view.found, view.epoch, view.t, width, height, palette)
