"""A lesson written by walking it: the scene on the screen becomes a stop of a file, which is asked for once."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.lessons import course
from rnn_tui.lessons.writing import add_stop, fit_file
from rnn_tui.network.errors import UserError
from rnn_tui.questions.opening import closed
from rnn_tui.scene import Scene
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.prompt import PromptScreen
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.screen.keys import Ask, Outcome, Shown, Told
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]
PROPOSED = "my-lesson.md"
SECONDS = 4
"""Seconds for which it is said where a stop went."""


def outcome(shown: Walk) -> Outcome:
    """Add the scene to the lesson that is being written, or ask which one."""
    path = shown.computed.traces.stops
    return Ask(_asked, _added) if path is None else _added(shown, str(path))


def _added(shown: Walk, text: str) -> Told:
    """Add the scene, and say where it went; raises UserError where that can't be done.

    An open question is not part of a scene: it is added as it was before the question.
    """
    path, state = Path(text.strip()), closed(shown.state)
    scene = state.plain if isinstance(state, LessonScene) else state
    lesson = add_stop(path, scene, shown.computed.model.floors)
    shown.computed.traces.stops = lesson.path
    command = f"`rnn-tui lesson {lesson.path}` runs it"
    said = printable(f"stop {len(lesson.stops)} of {lesson.path}; {command}")
    return Told(said, seconds=SECONDS, title="Added", in_place=True)


def _asked(shown: Walk) -> PromptScreen:
    """Ask for the file: the lesson's own where it is somebody's, or a new one."""
    state = shown.state
    own = isinstance(state, LessonScene) and state.lesson.path not in course.paths()
    proposed = str(state.lesson.path) if own and isinstance(state, LessonScene) else PROPOSED
    note = "a lesson's file; a stop is added at its end, and a file that isn't there is begun"
    return PromptScreen("Add this view to the lesson", note, proposed, _fault)


def _fault(text: str) -> str:
    """Say what is wrong with a file's name, or nothing."""
    if not text.strip():
        return "give a file name"
    try:
        fit_file(Path(text.strip()))
    except UserError as error:
        return printable(str(error))
    return ""
