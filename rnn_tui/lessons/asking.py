"""The questions of a lesson: each computed over its stop's scene, and asked in the lesson's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_tui.lessons.lesson import Prose, QuestionPart
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.questions.question import Question
    from rnn_tui.scene import Scene


def opened(part: QuestionPart, scene: Scene, trace: Trace) -> Scene:
    """The question of a part open over its stop's scene, in the lesson's own words where it has some.

    Of these the styles are left out: a question is one line of text. Raises UserError where it can't be asked there.
    """
    from rnn_tui.questions import opening  # only where something is asked: start-up time is a feature

    ask = "" if part.ask is None else words_of(part.ask, trace)
    return opening.opened(part.question, scene, trace, ask=ask, names=choices_of(part, trace))


def question_of(part: QuestionPart, scene: Scene, trace: Trace) -> Question:
    """The question of a part over its stop's scene; raises what `opened` raises."""
    from rnn_tui.questions import opening

    return opening.question_of(opened(part, scene, trace), trace)


def choices_of(part: QuestionPart, trace: Trace) -> tuple[str, ...]:
    """The names of what can be chosen, filled in likewise; raises what `words_of` raises."""
    return tuple(words_of(choice, trace) for choice in part.choices)


def words_of(ask: str, trace: Trace) -> str:
    """The words of a question with their placeholders filled in; raises UserError where there is no such value."""
    told = blocks(Prose(1, ask), lambda placeholder, _: value_in_words(trace, placeholder))
    return " ".join(block.text for block in told)
