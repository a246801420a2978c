"""The cards of a lesson as they are shown: the scene of each, and its prose with the numbers of that scene."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from pathlib import Path

from rnn_tui.lessons import course
from rnn_tui.lessons.asking import opened
from rnn_tui.lessons.lesson import Card, Lesson, Prose, QuestionPart
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import Block, Run, blocks
from rnn_tui.lessons.reading import front_of
from rnn_tui.questions.opening import revealed
from rnn_tui.scene import Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.state import LessonScene, at_card

MOST_KNOWN = 256
"""The most cards whose prose is kept."""


class Telling:
    """The cards of the lesson that is shown, each found out once while it is in use.

    With `notation` every scene has its equations, whether the lesson asks for them or not.
    """

    def __init__(self, traces: Traces, *, notation: bool = False) -> None:
        self.traces = traces
        self.notation = notation
        self._lesson: Lesson | None = None  # whose cards are kept
        self._prose: dict[Card | None, tuple[Block, ...]] = {}

    def entered(self, lesson: Lesson, card: Card | None) -> LessonScene:
        """A lesson at the start of a card, or with None at its end.

        Raises UserError where the card's scene can't be opened, or a number of its prose is not there.
        """
        self.prose(lesson, card)
        return at_card(lesson, card, self.home(lesson, card or lesson.cards[-1]))

    def begun(self, lesson: Lesson) -> LessonScene:
        """A lesson at its first card; raises what `entered` raises."""
        return self.entered(lesson, lesson.cards[0])

    def home(self, lesson: Lesson, card: Card) -> Scene:
        """The scene of a card: its stop's, or the question that it asks over it, or where the last answer is seen."""
        stop = lesson.stop(card)
        scene, trace = open_stop(lesson, stop, self.traces)
        scene = replace(scene.fitted(trace), notation=scene.notation or self.notation)
        asked = [part for part in stop.parts[: card.part + 1] if isinstance(part, QuestionPart)]
        if not asked:
            return scene
        part = asked[-1]
        scene = opened(part, scene, trace)
        return scene if part is lesson.part(card) else replace(revealed(scene, trace), asked=None)

    def prose(self, lesson: Lesson, card: Card | None) -> tuple[Block, ...]:
        """The prose of a card; none of a question, which has a panel of its own."""
        if lesson is not self._lesson:
            self._lesson, self._prose = lesson, {}
        if card not in self._prose:
            if len(self._prose) >= MOST_KNOWN:
                del self._prose[next(iter(self._prose))]
            self._prose[card] = self._told(lesson, card)
        return self._prose[card]

    def earlier(self, lesson: Lesson, card: Card | None, rows: int, width: int) -> tuple[Block, ...]:
        """The prose of the cards before this one at the same stop, as far back as so many rows have room for."""
        found: tuple[Block, ...] = ()
        room = rows
        for part in range(0 if card is None else card.part)[::-1]:
            if room <= 0:
                break
            assert card is not None
            told = self.prose(lesson, Card(card.stop, part))
            room -= sum(max(1, ceil(len(block.text) / width)) for block in told)
            found = told + found
        return found

    def revealed(self, scene: Scene) -> Scene:
        """The scene where the answer of a question that is open over a scene is seen."""
        return revealed(scene, self.traces.trace(scene.reading))

    def _told(self, lesson: Lesson, card: Card | None) -> tuple[Block, ...]:
        if card is None:
            return _ending(lesson)
        part = lesson.part(card)
        if not isinstance(part, Prose):
            return ()
        _, trace = open_stop(lesson, lesson.stop(card), self.traces)
        told = blocks(part, lambda path, _: value_in_words(trace, path))
        if card == lesson.cards[0] and told and told[0].kind != "heading":
            return (_block(lesson.title, "heading"), *told)
        return told


def following(lesson: Lesson) -> Path | None:
    """The file of the course after a lesson's; None after the last, and after one that is not of the course."""
    known = course.paths()
    if lesson.path not in known[:-1]:
        return None
    return known[known.index(lesson.path) + 1]


def _ending(lesson: Lesson) -> tuple[Block, ...]:
    """The words after the last card."""
    after = following(lesson)
    if after is None:
        return (
            _block("The end", "heading"),
            _block(f"That was “{lesson.title}”."),
            _block("L lists all lessons. Every key of the walk works here, too: e types a sentence of your own."),
        )
    front = front_of(after)
    return (
        _block("The end", "heading"),
        _block(f"That was “{lesson.title}”. Next comes"),
        _block(front.title, "heading"),
        _block(f"{front.minutes} minutes. PageDown or enter opens it; L lists all lessons."),
    )


def _block(text: str, kind: str = "paragraph") -> Block:
    return Block(kind, 0, (Run(text),))
