"""The faults of a lesson's file, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.network.errors import UserError
from rnn_tui.text import in_one_line


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a file, in one line; `line` counts from 1."""

    line: int
    said: str

    def told(self, path: Path) -> str:
        """The fault as a compiler would print it: FILE:LINE: what is wrong."""
        return in_one_line(f"{path}:{self.line}: {self.said}")


class LessonError(UserError):
    """A lesson that can't be opened; `faults` are all that were found, the first line first."""

    def __init__(self, path: Path, faults: Iterable[Fault]) -> None:
        self.path, self.faults = path, tuple(sorted(set(faults)))
        more = len(self.faults) - 1
        others = f" (and {more} more; `rnn-tui lesson --check` lists them)" if more else ""
        super().__init__(f"{self.faults[0].told(path)}{others}")
