"""The way to a lesson: from the list of them, from the walk, and from the command line."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.lessons.checking import load_checked
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.scene import Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.dialogs.lessons import LessonsScreen
from rnn_tui.tui.lesson.moves import telling_of
from rnn_tui.tui.lesson.screen import LessonScreen
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.screen.keys import Ask, Outcome, Shown
from rnn_tui.tui.screen.playing import Clock
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.screen import WalkScreen

Walk = Shown[Scene, Computed]


def outcome(shown: Walk) -> Ask[Scene, Computed]:
    """Ask which lesson, and open it over the walk, or in place of the one that is open."""
    state = shown.state
    current = state.lesson.path if isinstance(state, LessonScene) else None
    return Ask(lambda _: LessonsScreen(current), _chosen)


def _chosen(shown: Walk, path: Path) -> Outcome:
    traces = shown.computed.traces
    lesson = load_checked(path, traces)
    if isinstance(shown.state, LessonScene):
        return telling_of(shown).begun(lesson)
    return LessonScreen(lesson, traces)


def screens(
    lesson: Lesson, clock: Clock | None = None, traces: Traces | None = None
) -> tuple[WalkScreen, LessonScreen]:
    """The walk of a lesson's first scene, and the lesson that stands over it; with `traces` that are there already.

    Raises UserError where the scene, or a number of the prose, is not there.
    """
    traces = traces or Traces()
    over = LessonScreen(lesson, traces, clock)
    return WalkScreen(over.lesson_state.plain, traces, clock), over
