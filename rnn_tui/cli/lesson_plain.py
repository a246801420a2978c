"""A lesson told in plain lines: the scene, the prose, and the questions, which are asked on standard input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from rnn_tui.cli.console import is_terminal, say_wrapped, typed_line
from rnn_tui.export import lesson_lines
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.faults import Fault, LessonError
from rnn_tui.lessons.lesson import Lesson, Part, QuestionPart
from rnn_tui.lessons.opening import open_stop
from rnn_tui.network.errors import UserError
from rnn_tui.questions.marking import answer_in_words, mark, tolerance_in_words
from rnn_tui.text import printable
from rnn_tui.traces import Traces

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.questions.question import Question
    from rnn_tui.scene import Scene

LONGEST = 1_000
"""The characters of an answer that are read."""


def tell(lesson: Lesson, traces: Traces | None = None, *, notation: bool = False) -> int:
    """Tell a lesson from its first card to its last; returns the exit code.

    At a terminal Enter goes on. In a pipe nothing is waited for, and what comes in are the answers, a line each.
    Raises LessonError where a scene, a number or a question has a fault.
    """
    say_wrapped(*lesson_lines.title(lesson))
    if is_terminal():
        say_wrapped("Enter goes on, and an answer is typed before it. Ctrl-D ends the lesson.")
    telling = _Telling(lesson, traces or Traces(), notation=notation)
    with suppress(EOFError):  # who ends it at a question has seen no answer
        if all(map(telling.stop, range(len(lesson.stops)))):
            say_wrapped("", "That was the lesson.")
    return 0


class _Telling:
    """The telling of one lesson, and the scene that was told of last."""

    def __init__(self, lesson: Lesson, traces: Traces, *, notation: bool) -> None:
        self.lesson, self.traces, self.notation = lesson, traces, notation
        self.told: Scene | None = None
        self.step_by_step = is_terminal()

    def stop(self, index: int) -> bool:
        """Tell a stop; False where the lesson was ended in it."""
        stop, count = self.lesson.stops[index], len(self.lesson.stops)
        with self._at(stop.line):
            scene, trace = open_stop(self.lesson, stop, self.traces)
        scene = replace(scene, notation=scene.notation or self.notation)
        opening = [part for part in stop.parts if part.line < stop.line]
        if not all(self._part(part, scene, trace) for part in opening):
            return False
        say_wrapped("", *([f"Stop {index + 1} of {count}."] if count > 1 else []))
        with self._at(stop.line):
            say_wrapped(*lesson_lines.scene(scene, trace, self.told))
        self.told = scene
        return all(self._part(part, scene, trace) for part in stop.parts[len(opening) :])

    def _part(self, part: Part, scene: Scene, trace: Trace) -> bool:
        """Tell a card; False where the lesson was ended in it."""
        if isinstance(part, QuestionPart):
            with self._at(part.line):
                question = question_of(part, scene, trace)
            return self._ask(question)
        with self._at(part.line):
            say_wrapped(*lesson_lines.prose(part, trace))
        return self._goes_on()

    def _ask(self, question: Question) -> bool:
        """Ask a question, mark what is answered, and say why; an empty line asks for the answer."""
        say_wrapped("", f"Question: {printable(question.ask)}")
        say_wrapped(*(f"  {number} {printable(choice)}" for number, choice in enumerate(question.choices, start=1)))
        if not question.choices:
            say_wrapped(f"A number is right {tolerance_in_words(question)}.")
        while given := self._answer():
            marked = mark(question, given[:LONGEST])
            say_wrapped(marked.said)
            if marked.read:
                break
        else:
            say_wrapped(f"The answer is {answer_in_words(question)}.")
        say_wrapped(printable(question.why))
        return self._goes_on()

    def _answer(self) -> str:
        """What is typed, "" for nothing; raises EOFError where the lesson is ended at the terminal."""
        given = typed_line()
        if given is None and self.step_by_step:
            raise EOFError
        return (given or "").strip()

    def _goes_on(self) -> bool:
        """Wait for Enter at a terminal; False where the lesson is ended."""
        return not self.step_by_step or typed_line() is not None

    @contextmanager
    def _at(self, line: int) -> Iterator[None]:
        """Let an error name the line of the lesson's file that it comes from."""
        try:
            yield
        except UserError as error:
            raise LessonError(self.lesson.path, [Fault(line, str(error))]) from error
