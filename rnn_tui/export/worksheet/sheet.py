"""A worksheet as tables and sentences, before it is written in any format: what is printed, and what is left blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Levels = tuple[int, ...]
"""The levels of blanks that a sheet has, 1 (easy) to 5."""


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer that comes from a usual slip: its name in one word, the number (NaN for none), what was done."""

    name: str
    value: float
    said: str


@dataclass(frozen=True)
class Blank:
    """A blank that a student fills in. Its number is printed beside it; all else is for the answer key alone.

    `value` is the network's own number, right within `tolerance`, both None where the answer is a word or a sign;
    `where` says at which word and unit it stands, `asks` what is asked there. `also` are other answers that are right.
    `path` is where `trace --json` has it, None where it hasn't. An `amount` is a number in a unit of its own.
    """

    number: int
    level: int
    where: str
    asks: str
    answer: str
    value: float | None = None
    tolerance: float | None = None
    also: tuple[str, ...] = ()
    slips: tuple[WrongAnswer, ...] = ()
    path: str | None = None
    amount: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, or a blank; `heading` where it names its row, `span` where it stands for more."""

    text: str = ""
    blank: Blank | None = None
    heading: bool = False
    span: int = 1


@dataclass(frozen=True)
class Head:
    """The head of a column: in words, and small beside it in notation."""

    words: str
    notation: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption. `groups` are rows that belong together, such as those of a word.

    The first row of a group has one cell more than the others where its first cell spans all of them.
    """

    caption: str
    heads: tuple[Head, ...]
    groups: tuple[tuple[tuple[Cell, ...], ...], ...]
    note: str = ""

    def blanks(self) -> Iterator[Blank]:
        """Its blanks, in the order in which they are read."""
        for group in self.groups:
            for row in group:
                yield from (cell.blank for cell in row if cell.blank is not None)


@dataclass(frozen=True)
class Operation:
    """One of the things that the network does at each word: its phase, what comes out, and how it is computed.

    `words` say it in the heads of the walk, `notation` in letters.
    """

    phase: str
    result: str
    words: str
    notation: str = ""


@dataclass(frozen=True)
class PaperQuestion:
    """A question below the walk, with room for an answer; `choices` are printed, `blank` holds the answer."""

    ask: str
    blank: Blank
    choices: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Sheet:
    """All of one student's worksheet. `command` opens the same scene in the program, and is printed in the key.

    `walk` is that of the first lane, `others` are those of the other lanes, where there are any.
    """

    number: int
    of: int
    seed: int
    title: str
    sentence: tuple[str, ...]
    token: str
    levels: Levels
    weights: tuple[Table, ...]
    operations: tuple[Operation, ...]
    notes: tuple[str, ...]
    curve: Table | None
    walk: Table
    check: Table
    command: str
    questions: tuple[PaperQuestion, ...] = ()
    varied: str = ""
    others: tuple[Table, ...] = ()

    @property
    def walks(self) -> tuple[Table, ...]:
        """The walk of each lane."""
        return (self.walk, *self.others)

    def blanks(self) -> Iterator[Blank]:
        """All blanks, in the order of their numbers."""
        for walk in self.walks:
            yield from walk.blanks()
        yield from self.check.blanks()
        yield from (question.blank for question in self.questions)
