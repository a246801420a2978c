"""The scene of a stop: what the arguments in a lesson's block open, and what was computed for it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.lessons.lesson import Lesson, Stop
from rnn_tui.lessons.reading import beside
from rnn_tui.network.errors import UserError
from rnn_tui.options.parser import OptionParser
from rnn_tui.options.scenes import add_scene_arguments, edits_of, from_arguments
from rnn_tui.scene import Reading

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene
    from rnn_tui.traces import Traces

MOST_CHARACTERS = 5_000
"""The longest sentence of a lesson: a file that came from somebody is not to keep a machine busy."""


def open_stop(lesson: Lesson, stop: Stop, traces: Traces) -> tuple[Scene, Trace]:
    """The scene that a stop shows, and its trace; raises UserError with what is wrong with its arguments.

    A path of a model is meant from the lesson's own folder.
    """
    arguments = _parser().parse_args(list(stop.arguments))
    text = arguments.sentence
    if not isinstance(text, str | None):
        raise UserError("--sentence-file: in a lesson the sentence stands after -s")
    if arguments.ask is not None:
        raise UserError("--ask: in a lesson a question stands in a block of its own, ```question")
    if arguments.allow_large:
        raise UserError("--allow-large: a lesson can't allow it itself; it stands behind `rnn-tui lesson`")
    if text is not None and len(text) > MOST_CHARACTERS:
        raise UserError(f"the sentence has {len(text)} characters; a lesson's has at most {MOST_CHARACTERS}")
    name = shelf.DEFAULT_MODEL if arguments.model is None else beside(os.path.dirname(lesson.path), arguments.model)
    model = _model(name, traces)
    if text is None and not model.examples:
        raise UserError(f"the model “{model.name}” brings no sentence of its own; give it one with -s")
    if arguments.epoch is not None:
        arguments.epoch = traces.run(name).asked(arguments.epoch)
    reading = Reading(name, model.examples[0].text if text is None else text, edits_of(arguments), arguments.epoch)
    trace = traces.trace(reading)
    return from_arguments(arguments, name, reading.text, trace), trace


def _model(name: str, traces: Traces) -> Model:
    """A model, which is as large as the shelf allows unless who opened the lesson allows more."""
    from rnn_tui.network.storage import MAX_BYTES

    if not traces.allow_large and _size(shelf.find(name)) > MAX_BYTES:
        return shelf.load(name)  # which refuses it, and says how it can be opened
    return traces.model(name)


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 where there is none."""
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0


@cache
def _parser() -> OptionParser:
    parser = OptionParser(add_help=False, allow_abbrev=False)
    add_scene_arguments(parser)
    return parser
