"""A worksheet for paper: the walk of a sentence with blanks, a page for each student, and the answer key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rnn_tui.loading import module
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.export.worksheet.sheet import Sheet


class Format(Protocol):
    """The module of a format."""

    def sheets(self, pages: Sequence[Sheet]) -> str:
        """The students' pages as the text of a file."""
        ...

    def answers(self, pages: Sequence[Sheet]) -> str:
        """The answer key as the text of a file."""
        ...


FORMATS: dict[str, Callable[[], Format]] = {
    ".html": module("rnn_tui.export.worksheet.html"),
    ".md": module("rnn_tui.export.worksheet.markdown"),
}
"""The loader of the module of each format, by the suffix of its files."""


def format_of(path: Path) -> Format:
    """The format that a file's suffix names; raises UserError where there is none."""
    try:
        return FORMATS[path.suffix.lower()]()
    except KeyError:
        ending = f"no worksheet is written as {path.suffix}" if path.suffix else "the suffix is missing"
        raise UserError(f"{path}: {ending}; there are .html (a page to print) and .md (Markdown)") from None


def answers_beside(path: Path) -> Path:
    """The file of the answer key of a worksheet: sheet.html has sheet-answers.html."""
    return path.with_name(f"{path.stem}-answers{path.suffix}")
