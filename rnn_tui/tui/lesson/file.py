"""The file of the lesson that is shown, which somebody may be writing: what was saved is shown, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.app import App

from rnn_tui.lessons import course
from rnn_tui.lessons.faults import LessonError
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.network.errors import UserError
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.lesson.watching import SECONDS, Watch
from rnn_tui.tui.screen.keys import Told
from rnn_tui.tui.screen.playing import Timer

FAULT_SECONDS = 30


class Showing(Protocol):
    """The screen that shows the lesson."""

    traces: Traces

    @property
    def app(self) -> App[Any]:
        """The program."""
        ...

    @property
    def lesson_state(self) -> LessonScene:
        """The state, which is that of a lesson."""
        ...

    def reload(self, lesson: Lesson) -> None:
        """Show a lesson that has been saved anew; raises UserError where that can't be done."""
        ...

    def tell(self, told: Told) -> None:
        """Say something in one line."""
        ...

    def complain(self, error: UserError) -> None:
        """Say in one line why something can't be done."""
        ...


class LessonFile:
    """The file of a screen's lesson, looked at by a timer that `every` starts; those of the course stay as they are."""

    def __init__(self, screen: Showing, every: Callable[[float, Callable[[], None]], Timer]) -> None:
        self._screen = screen
        self._every = every
        self._watch: Watch | None = None
        self._timer: Timer | None = None
        self._faulty = False

    def attend(self) -> None:
        """Watch the file of the lesson that is shown now."""
        path = self._screen.lesson_state.lesson.path
        if self._watch is not None and self._watch.path == path:
            return
        self.stop()
        self._watch = Watch(path)
        if path not in course.paths():
            self._timer = self._every(SECONDS, self._look)

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._timer is not None:
            self._timer.stop()
        self._watch, self._timer = None, None

    def _look(self) -> None:
        """Show the lesson as it is now, where it has changed; say its first fault where it has one."""
        if self._watch is None:
            return
        try:
            lesson = self._watch.changed(self._screen.traces)
            if lesson is not None:
                self._screen.reload(lesson)
                if self._faulty:  # what was said of the fault is over
                    self._screen.app.clear_notifications()
                self._faulty = False
        except LessonError as fault:
            self._faulty = True
            first = fault.faults[0]
            said = f"line {first.line}: {first.said}"
            self._screen.tell(Told(said, title="Not shown yet", seconds=FAULT_SECONDS, in_place=True))
        except UserError as error:
            self._screen.complain(error)
