"""Lessons that are written by walking them: a scene put at the end of a lesson's file as a stop."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.lessons import course
from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.reading import name_of, read_text
from rnn_tui.network.errors import UserError
from rnn_tui.scene_text import arguments_of
from rnn_tui.text import cited

if TYPE_CHECKING:
    from rnn_tui.lessons.lesson import Lesson
    from rnn_tui.network.floors import Floor
    from rnn_tui.scene import Scene

MINUTES = 5
"""The minutes that a new lesson is said to take until its author says more."""


def add_stop(path: Path, scene: Scene, floors: Sequence[Floor]) -> Lesson:
    """Put a scene at the end of a lesson's file as a stop without prose, in a new file where there is none.

    Returns the lesson. Raises UserError where the file is one of the course, has a fault (the one that is first), or
    can't be written; it is then as it was.
    """
    path = fit_file(path)
    there = os.path.lexists(path)
    before = read_text(path) if there else _front(path)
    arguments = replace(scene, reading=replace(scene.reading, model=_from(path, scene.model)), asked=None)
    text = f"{before.rstrip()}\n\n{block(arguments_of(arguments, floors))}\n\n"
    lesson, faults = faults_of(text, path)
    if faults:
        raise UserError(f"{faults[0].told(path)}; nothing was added")
    from rnn_tui.network.storage import write_whole

    write_whole(path, text.encode("utf-8"), mend="give another folder")
    return lesson


def fit_file(path: Path) -> Path:
    """The path with its home expanded, where a lesson may be written to it; raises UserError with what is wrong."""
    path = shelf.expanded(path)
    if path.suffix.lower() not in course.SUFFIXES:
        raise UserError(f"{path}: a lesson's file ends in .md, such as {path.name.partition('.')[0] or 'my-lesson'}.md")
    if os.path.realpath(path) in map(os.path.realpath, course.paths()):
        raise UserError(f"{path}: the course stays as it is; give a file of your own")
    return path


def block(arguments: Sequence[str]) -> str:
    """The block of a scene, in a fence that nothing in it can end; raises UserError for a line break in an argument."""
    for word in arguments:
        if len(word.splitlines()) > 1 or word.endswith(("\n", "\r")):
            raise UserError(f"{cited(word)} has a line break, which a scene can't hold; type it on one line")
    line = " ".join(map(shlex.quote, arguments))
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}scene\n{line}\n{fence}"


def _front(path: Path) -> str:
    """The front matter of a new lesson, whose title is made of the file's name."""
    words = re.sub(r"[-_\s]+", " ", name_of(path)).strip() or "A lesson"
    return f"---\ntitle: {words[0].upper()}{words[1:]}\nminutes: {MINUTES}\n---\n"


def _from(path: Path, model: str) -> str:
    """A model as the lesson calls it: by its name, or by its path from the lesson's folder."""
    if not shelf.is_path(model):
        return model
    whole = os.path.abspath(shelf.expanded(Path(model)))
    try:
        return os.path.relpath(whole, os.path.dirname(os.path.abspath(path)))
    except ValueError:  # on another drive of Windows
        return whole
