"""A practice: what was asked and given, and the score; frozen, and the same for every screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnn_tui.questions.lanes import lane_name
from rnn_tui.questions.marking import Marked
from rnn_tui.questions.question import Question
from rnn_tui.quoting import command_line
from rnn_tui.text import clipped, printable

PROGRAM = "rnn-tui"
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Attempt:
    """A question that was answered, and the mark; or one whose answer was shown instead, without either."""

    question: Question
    given: str | None = None
    marked: Marked | None = None

    @property
    def right(self) -> bool:
        """True for a right answer."""
        return self.marked is not None and self.marked.right


@dataclass(frozen=True)
class Practice:
    """The attempts so far, the first first; `seed` draws the same questions again."""

    seed: int
    attempts: tuple[Attempt, ...] = ()

    def answered(self, question: Question, given: str, marked: Marked) -> Practice:
        """The practice with a question answered and marked; what is no answer to it counts as none."""
        return self._with(Attempt(question, given, marked)) if marked.read else self

    def shown(self, question: Question) -> Practice:
        """The practice with a question whose answer was shown."""
        return self._with(Attempt(question))

    def _with(self, attempt: Attempt) -> Practice:
        return replace(self, attempts=(*self.attempts, attempt))

    @property
    def right(self) -> int:
        """The number of right answers."""
        return sum(attempt.right for attempt in self.attempts)

    @property
    def score(self) -> str:
        """The score in words: "3 of 5 right"."""
        return f"{self.right} of {len(self.attempts)} right"


def command_of(question: Question) -> str:
    """The whole command that opens a question's scene, for a shell."""
    return command_line([PROGRAM, *question.command])


def standing(question: Question) -> str:
    """Say which model reads what, and how far the walk has come."""
    scene = question.scene
    floor = scene.position.floor
    phase = question.floors[floor].phases[scene.position.phase]
    lane = lane_name(question.floors, floor)
    text = clipped(scene.text, LONGEST_TEXT)
    at, where = f"{question.counted} {scene.position.t + 1}", f"{phase.title} of {lane}" if lane else phase.title
    return f"{printable(scene.model)} reads “{text}”. The walk is at {at}, in {where}."


def choices_in_words(question: Question) -> str:
    """The choices with their numbers: "1 up · 2 down"."""
    return " · ".join(f"{k + 1} {printable(choice)}" for k, choice in enumerate(question.choices))
