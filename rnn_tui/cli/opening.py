"""From arguments to a trace and a scene."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.shelf import DEFAULT_MODEL, load

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene


def open_trace(arguments: Namespace) -> tuple[str, str, Trace]:
    """The model's name as it was given, the sentence, and its trace; raises UserError."""
    from rnn_tui.network.trace import run

    name = DEFAULT_MODEL if arguments.model is None else arguments.model
    model = load(name, max_bytes=None) if arguments.allow_large else load(name)
    text = _first_example(model) if arguments.sentence is None else arguments.sentence
    try:
        tokens = model.tokenize(text)
    except InputError as error:
        raise CallError(str(error)) from error
    return name, text, run(model, tokens)


def open_scene(arguments: Namespace) -> tuple[Scene, Trace]:
    """The scene that the arguments ask for, and its trace; raises UserError."""
    from rnn_tui.scene import from_arguments

    name, text, trace = open_trace(arguments)
    try:
        return from_arguments(arguments, name, text, trace), trace
    except UserError as error:
        raise CallError(str(error)) from error


def _first_example(model: Model) -> str:
    if not model.examples:
        raise CallError(f"the model “{model.name}” brings no sentence of its own; give it one with -s")
    return model.examples[0].text
