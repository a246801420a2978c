"""A file that is to be learned from, and what a call says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from rnn_tui.learning.dialects import Dialect, dialect_of, said_delimiter
from rnn_tui.learning.rows import Row, RowError, filled, marked_encoding, read_bytes, rows_of
from rnn_tui.learning.samples import Form, Sample

WINDOW = 12
"""The count of numbers of a series that a network reads unless asked otherwise."""
HEAD = 1_000
"""The count of filled rows that a kind of file is told by."""


@dataclass(frozen=True)
class Asked:
    """Everything that a call says of a file; None where it says nothing.

    task: labels, tags, series or next. A column is a name or a number from 1: `column` is that of a series or
    of tags, `columns` are those of a series with several features, `target` is the one whose next value is asked for,
    the others are of a table, or keys of JSON. `rows` is the count of rows of a picture whose pixels stand in a line.
    `output` is the kind of answer, as in the model file.
    """

    task: str | None = None
    column: str | None = None
    text_column: str | None = None
    label_column: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    window: int | None = None
    columns: tuple[str, ...] | None = None
    target: str | None = None
    rows: int | None = None
    output: str | None = None

    def options(self) -> frozenset[str]:
        """The names of those that narrow down what kind of file it can be."""
        given = {option.name for option in fields(self) if getattr(self, option.name) is not None}
        return frozenset(given - {"task", "encoding", "window", "output"})


@dataclass(frozen=True, eq=False)
class Source:
    """The rows of a file; `delimiter` is the one that is asked for, or that a first line `sep=;` says."""

    path: Path
    rows: list[Row]
    asked: Asked
    delimiter: str | None = None
    encoding: str | None = None

    @property
    def window(self) -> int:
        """The count of numbers of a series that one sample shows."""
        return self.asked.window or WINDOW

    @cached_property
    def filled(self) -> list[Row]:
        """The rows that aren't blank."""
        return filled(self.rows)

    @property
    def head(self) -> list[Row]:
        """The first of them."""
        return self.filled[:HEAD]

    @cached_property
    def dialect(self) -> Dialect:
        """The dialect, if it is a table with a header."""
        asked = self.asked
        named = (asked.column, asked.text_column, asked.label_column, asked.target, *(asked.columns or ()))
        columns = [name for name in named if name]
        return dialect_of(self.path, self.filled, self.delimiter, columns)

    @cached_property
    def header(self) -> list[str]:
        """The fields of the first row that holds more than delimiters, as its dialect parts them, as `table` has it."""
        rows = (self.dialect.fields(row.text) for row in self.filled)
        named = (found for found in rows if any(field.strip() for field in found))
        return next(named, self.dialect.fields(self.filled[0].text))


@dataclass(frozen=True)
class Found:
    """The samples of a file, and what was taken for them, in words: “columns: review (text), sentiment (label)”."""

    samples: tuple[Sample, ...]
    taken: str = ""
    form: Form = field(default_factory=Form)


def open_source(path: Path, asked: Asked | None = None) -> Source:
    """The source in a file; raises RowError where it is no text, or holds nothing."""
    asked = asked or Asked()
    content = read_bytes(path)
    rows = rows_of(path, content, asked.encoding)
    said = said_delimiter(rows[0])
    if said is not None:
        rows = rows[1:]
        if not filled(rows):
            raise RowError(path, "says its delimiter and holds nothing else; there is nothing to learn from")
    marked = marked_encoding(content)
    encoding = asked.encoding or (marked if marked != "utf-8" else None)
    return Source(path, rows, asked, asked.delimiter or said, encoding)


def first(rows: Sequence[Row], fits: object) -> int | None:
    """The number of the first row, where there is one and something fits."""
    return rows[0].number if rows and fits else None
