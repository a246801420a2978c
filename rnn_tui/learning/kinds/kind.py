"""One kind of file: how it is known, and how its samples are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from rnn_tui.learning.rows import RowError
from rnn_tui.learning.source import Found, Source
from rnn_tui.text import cited

COLUMNS = frozenset({"text_column", "label_column", "delimiter"})
OPTIONS = COLUMNS | {"column", "columns", "target", "rows"}
"""All options that say what kind of file one is."""


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    title: what it is called where a file that looks so is refused: “looks like TITLE”.
    task: what is learned of it (labels, tags, series, next); None for one that is known and not read.
    shows: the number of the first row that shows it, or None where the source is of another kind.
    read: its samples; raises RowError with the row that can't be used.
    takes: the options that are said of it, of OPTIONS.
    doubtful: True for one that is not read because it may be several others; a task that is asked for settles it.
    """

    title: str
    task: str | None
    shows: Callable[[Source], int | None]
    read: Callable[[Source], Found]
    takes: frozenset[str] = frozenset()
    doubtful: bool = False

    def suits(self, source: Source) -> bool:
        """True where it takes every option that is given, and the source shows it."""
        return source.asked.options() <= self.takes and self.shows(source) is not None


def refused(
    title: str,
    mend: str,
    shows: Callable[[Source], int | None],
    *,
    doubtful: bool = False,
    takes: frozenset[str] = OPTIONS,
) -> Kind:
    """A kind that is known and not read: the line says what the file looks like, which row shows it, and the mend."""

    def refuse(source: Source) -> NoReturn:
        raise looks_like(source, title, shows(source) or source.filled[0].number, mend)

    return Kind(title, None, shows, refuse, takes, doubtful)


def looks_like(source: Source, title: str, row: int, mend: str) -> RowError:
    """The error for a file of another kind, with the row that shows it."""
    text = next(line.text for line in source.rows if line.number == row)
    return RowError(source.path, f"looks like {title} ({cited(text.strip())}); {mend}", row)
