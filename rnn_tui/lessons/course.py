"""The course: the lessons that come with the program, in their order, and a lesson by its name or its path."""

from __future__ import annotations

import os
from pathlib import Path

from rnn_tui.lessons.lesson import Lesson
from rnn_tui.lessons.reading import load as load_file
from rnn_tui.lessons.reading import name_of
from rnn_tui.network.errors import UserError
from rnn_tui.text import LONGEST_CITED, cited

SUFFIXES = (".md", ".markdown")
FOLDER = Path(__file__).resolve().parent / "course"


def paths() -> tuple[Path, ...]:
    """The files of the course in their order."""
    return tuple(sorted(FOLDER.glob("*.md"), key=lambda path: (_number(path), path.name)))


def course() -> tuple[Lesson, ...]:
    """The lessons of the course in their order."""
    return tuple(map(load_file, paths()))


def find(name: str) -> Path:
    """The file of a lesson by name, by its number in the course, or by path (with a separator, or ending in .md).

    Raises UserError with the nearest name where there is none.
    """
    if os.sep in name or "/" in name or os.path.splitdrive(name)[0] or name.lower().endswith(SUFFIXES):
        from rnn_tui.shelf import expanded

        return expanded(Path(name))
    known = paths()
    for path in known:
        if name in (name_of(path), path.stem, str(_number(path))):
            return path
    from difflib import get_close_matches  # only an error needs it

    nearest = get_close_matches(name[:LONGEST_CITED].lower(), [name_of(path) for path in known], n=1, cutoff=0.5)
    hint = f"did you mean “{nearest[0]}”? " if nearest else ""
    if name.isascii() and name.isdigit():
        hint = f"there are {len(known)}; "
    raise UserError(f"no lesson is called {cited(name)}; {hint}`rnn-tui lessons` lists them, and a path ends in .md")


def load(name: str | Path) -> Lesson:
    """A lesson by name or by path; raises UserError where there is none, and LessonError where it has faults."""
    return load_file(name if isinstance(name, Path) else find(name))


def _number(path: Path) -> int:
    number = path.stem.partition("-")[0]
    return int(number) if number.isdigit() else 0
