"""The check of a lesson: every scene is opened, every placeholder filled in, every question computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.lessons import course
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.faults import Fault, LessonError
from rnn_tui.lessons.lesson import Lesson, Prose, Stop
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.reading import read, read_text
from rnn_tui.lessons.seen import shown_already, told_already
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene
    from rnn_tui.traces import Traces


def check(lesson: Lesson, traces: Traces | None = None) -> list[Fault]:
    """Every fault of what a lesson shows and asks, in the order of its lines."""
    from rnn_tui.traces import Traces

    known = traces or Traces()
    return sorted({fault for stop in lesson.stops for fault in _faults_of_stop(lesson, stop, known)})


def faults_of(text: str, path: Path, traces: Traces | None = None) -> tuple[Lesson, list[Fault]]:
    """The lesson in a text that was read from `path`, and every fault of its form and of what it shows and asks."""
    lesson, faults = read(text, path)
    return lesson, sorted({*faults, *check(lesson, traces)})


def load_checked(name: str | Path, traces: Traces | None = None) -> Lesson:
    """A lesson by name or by path, checked unless it is of the course: no class is to run into a fault half-way.

    Raises LessonError with every fault of its form and of what it shows and asks, and UserError where there is none.
    """
    path = name if isinstance(name, Path) else course.find(name)
    if path in course.paths():
        return course.load(path)
    lesson, faults = faults_of(read_text(path), path, traces)
    if faults:
        raise LessonError(path, faults)
    return lesson


def _faults_of_stop(lesson: Lesson, stop: Stop, traces: Traces) -> Iterator[Fault]:
    try:
        scene, trace = open_stop(lesson, stop, traces)
    except UserError as error:
        yield Fault(stop.line, str(error))
        return
    except (OSError, MemoryError) as error:
        yield Fault(stop.line, f"the scene can't be opened: {getattr(error, 'strerror', None) or 'not enough memory'}")
        return
    yield from _faults_of_parts(stop, scene, trace)


def _faults_of_parts(stop: Stop, scene: Scene, trace: Trace) -> Iterator[Fault]:
    shown: int | None = None  # the place in the walk at which the last question's answer is seen
    said: list[Prose] = []
    for part in stop.parts:
        if isinstance(part, Prose):
            yield from _faults_of_prose(part, trace)
            said.append(part)
            continue
        try:
            question = question_of(part, scene, trace)
        except UserError as error:
            yield Fault(part.line, str(error))
            continue
        reveals = trace.order.index(question.reveals)
        seen = shown_already(question, scene, trace) or told_already(question, part, said, trace)
        if seen:
            yield Fault(part.line, seen)
        elif shown is not None and question.target is not None and reveals <= shown:
            yield Fault(part.line, "the question before it has shown the answer already; give it a scene of its own")
        shown = reveals if shown is None else max(shown, reveals)


def _faults_of_prose(part: Prose, trace: Trace) -> list[Fault]:
    """A fault for every placeholder that there is no value for."""
    faults: list[Fault] = []

    def fill(placeholder: str, line: int) -> str:
        try:
            return value_in_words(trace, placeholder)
        except UserError as error:
            faults.append(Fault(line, str(error)))
            return ""

    blocks(part, fill)
    return faults
