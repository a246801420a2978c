"""The questions below the walk: what no table answers, and what is worth a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from rnn_tui.export.worksheet.sheet import Blank, Levels, PaperQuestion
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.questions import Question
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.marking import answer_in_words
from rnn_tui.scene import Position, Scene

MOST_QUESTIONS = 2


def questions_of(scene: Scene, trace: Trace, levels: Levels, random: Random, first: int) -> tuple[PaperQuestion, ...]:
    """Up to two questions of these levels about the sentence; the number of the first blank is `first`."""
    found: list[Question] = []
    for text, position in _texts(trace, random):
        try:
            question = question_at(text, replace(scene.at(position), hidden=True), trace)
        except UserError:  # it can't be asked of this sentence
            continue
        known = question.kind in (one.kind for one in found)
        if question.level in levels and question.choices and not known:
            found.append(question)
    kept = sorted(found[:MOST_QUESTIONS], key=lambda question: question.level)
    return tuple(_open(question, number) for number, question in enumerate(kept, first))


def _texts(trace: Trace, random: Random) -> Iterator[tuple[str, Position]]:
    """The text forms of what could be asked, the best first, and where; none of them says a number of the walk."""
    length, phases = len(trace), len(trace.model.phases)
    start = trace.order.at(0)
    if len(trace.model.floors) > 1:
        drawn = trace.order.at(random.randrange(len(trace.order) - 1))
    else:
        drawn = Position(random.randrange(length), random.randrange(phases - 1))
    yield random.choice(("word", "without-memory")), start
    yield "next-phase", drawn
    if length > 1:
        one, other = sorted(random.sample(range(1, length + 1), 2))
        yield f"exchanged {one} {other}", start
    yield "word", start
    yield "without-memory", start


def _open(question: Question, number: int) -> PaperQuestion:
    blank = Blank(
        number, question.level, "the sentence", question.kind, answer_in_words(question), path=question.target
    )
    return PaperQuestion(question.ask, blank, question.choices, question.why)
