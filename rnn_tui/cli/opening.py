"""From arguments to a trace and a scene."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.options.scenes import edits_of, from_arguments
from rnn_tui.options.sentences import text_of
from rnn_tui.shelf import DEFAULT_MODEL, load, run_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_tui.edits import Edit
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Token
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene


def open_trace(arguments: Namespace) -> tuple[str, str, Trace]:
    """The model's name as it was given, the sentence, and its trace with the edits; raises UserError."""
    from rnn_tui.network.trace import run

    edits = parsed_edits(arguments)
    name = DEFAULT_MODEL if arguments.model is None else arguments.model
    given = None if arguments.sentence is None else text_of(arguments.sentence)
    model = open_model(name, arguments)
    text = _first_example(model) if given is None else given
    try:
        tokens = model.tokenize(text)
    except InputError as error:
        raise CallError(str(error)) from error
    return name, text, run(*edited(model, tokens, edits))


def open_model(name: str, arguments: Namespace) -> Model:
    """A model by name or path, of any size where --allow-large says so, at the epoch of --epoch; raises UserError.

    Where a run was thinned, the epoch becomes the nearest one that was kept.
    """
    if arguments.epoch is not None:
        try:
            arguments.epoch = run_of(name).asked(arguments.epoch)
        except InputError as error:
            raise CallError(f"--epoch {arguments.epoch}: {error}") from error
    return load(name, max_bytes=None if arguments.allow_large else 0, epoch=arguments.epoch)


def edited(model: Model, tokens: Sequence[Token], edits: Sequence[Edit]) -> tuple[Model, tuple[Token, ...]]:
    """The model and the tokens after the edits; raises CallError where one doesn't fit."""
    if not edits:
        return model, tuple(tokens)
    from rnn_tui.edits import apply_edits  # only where something is edited: start-up time is a feature

    try:
        return apply_edits(model, tokens, edits)
    except InputError as error:
        raise CallError(str(error)) from error


def parsed_edits(arguments: Namespace) -> tuple[Edit, ...]:
    """The edits that the arguments ask for; raises CallError where one is none."""
    try:
        return edits_of(arguments)
    except UserError as error:
        raise CallError(str(error)) from error


def open_scene(arguments: Namespace) -> tuple[Scene, Trace]:
    """The scene that the arguments ask for, and its trace; raises UserError."""
    name, text, trace = open_trace(arguments)
    try:
        return from_arguments(arguments, name, text, trace), trace
    except UserError as error:
        raise CallError(str(error)) from error


def _first_example(model: Model) -> str:
    if not model.examples:
        raise CallError(f"the model “{model.name}” brings no sentence of its own; give it one with -s")
    return model.examples[0].text
