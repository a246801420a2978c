"""The panel that shows the course of a training."""

from __future__ import annotations

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.training import CourseView, course
from rnn_tui.tui.panels.panel import Panel


class Course(Panel[CourseView]):
    """Where a training is, its curves, and one text's answer."""

    def drawn_from(self, view: CourseView) -> tuple[object, ...]:
        """The run, the text, the epoch and the word."""
        return (id(view.replay), view.epoch, view.t, view.hidden)

    def picture(self, view: CourseView, palette: Palette, width: int, height: int) -> list[Row]:
        """The rows of the course."""
        return course(view, width, height, palette)
