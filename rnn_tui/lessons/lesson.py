"""A lesson as a record: its stops, and what each of them says and asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True)
class Prose:
    """Text of one card, in Markdown with its placeholders unfilled; `line` is where it begins in the file, from 1.

    `tokens` are its blocks as the file was read, with their lines in the file, from 0; without them the text is read.
    """

    line: int
    text: str
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class QuestionPart:
    """A question of a stop.

    `question` is its text form, such as "direction h[3]"; `ask` are the lesson's own words for it, which may hold
    placeholders, or None; `choices` name what a question about several values lets choose from, in their order.
    """

    line: int
    question: str
    ask: str | None = None
    choices: tuple[str, ...] = ()


Part = Prose | QuestionPart


@dataclass(frozen=True)
class Stop:
    """One scene of a lesson, by the arguments of the command line that opens it, and what is said and asked there.

    There is always a part: a stop without prose has an empty one. What stands before the first scene of a lesson is
    among the first stop's parts. `line` is that of the scene.
    """

    line: int
    arguments: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, order=True)
class Card:
    """One step of a lesson: the index of a stop, and of a part of it, both from 0."""

    stop: int = 0
    part: int = 0


@dataclass(frozen=True)
class Lesson:
    """A lesson as its file has it.

    `name` is that of its file without a number in front, `minutes` how long it takes, `audience` for whom it is, in
    words, or "".
    """

    name: str
    title: str
    minutes: int
    audience: str
    path: Path
    stops: tuple[Stop, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in the order in which they are shown."""
        return tuple(Card(s, p) for s, stop in enumerate(self.stops) for p in range(len(stop.parts)))

    @property
    def questions(self) -> int:
        """The count of its questions."""
        return sum(isinstance(part, QuestionPart) for stop in self.stops for part in stop.parts)

    def stop(self, card: Card) -> Stop:
        """The stop that a card belongs to."""
        return self.stops[card.stop]

    def part(self, card: Card) -> Part:
        """The part of a stop that a card shows."""
        return self.stops[card.stop].parts[card.part]

    def moved(self, card: Card, by: int) -> Card:
        """The card so many further on, or back, and no further than the last and the first.

        A card that is not there any more, since the file was saved meanwhile, counts as the last before it.
        """
        cards = self.cards
        index = max((place for place, known in enumerate(cards) if known <= card), default=0)
        return cards[max(0, min(index + by, len(cards) - 1))]
