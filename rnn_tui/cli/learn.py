"""`rnn-tui learn`: a training run, replayed epoch by epoch."""

from __future__ import annotations

import gc
import math
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.app import add_screen_arguments, with_settings
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import can_draw, is_terminal, say_all
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_scene
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.text import printable, unsigned

if TYPE_CHECKING:
    from rnn_tui.network.runs import Run, Told
    from rnn_tui.replay import Replay
    from rnn_tui.scene import Scene
    from rnn_tui.traces import Traces

FORMAT = 1
DESCRIPTION = """\
Replay a training: the network as it was after each epoch, on one text.

FILE is a model file with its run beside it, or the run's folder; `rnn-tui train … --keep-epochs` makes both.
"""
EXAMPLES = """\
examples:
  rnn-tui learn sun-or-rain                         a training that is shipped
  rnn-tui learn small.safetensors
  rnn-tui learn small.run -s "not good" --epoch 3 --lens gradient
  rnn-tui learn small.safetensors --json > history.json

At a terminal it opens the program, where > and < go from epoch to epoch; in a pipe it prints a line an epoch.
"""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui learn`."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="a model with a run beside it, or the run's folder")
    add_scene_arguments(parser)
    add_screen_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print the history and the answers as JSON, and only JSON")


def run(arguments: Namespace) -> int:
    """Open the run, or print it; raises CallError where none is named, UserError where it can't be had."""
    from rnn_tui.traces import Traces

    if (arguments.file is None) == (arguments.model is None):
        raise CallError("say which training: rnn-tui learn FILE, a model with a run beside it, or the run's folder")
    arguments.model = arguments.file or arguments.model
    gc.disable()  # until the first frame is there, as for the walk
    kept = shelf.run_of(arguments.model)
    if arguments.epoch is None:
        arguments.epoch = kept.epochs[0]
    scene, trace = open_scene(arguments)
    traces = Traces(allow_large=arguments.allow_large)
    traces.keep(scene.reading, trace)
    if arguments.json or not (is_terminal() and can_draw()):
        from rnn_tui.replay import replayed

        replay = replayed(scene.reading, traces)
        say_all([_json(kept, replay, scene)] if arguments.json else _lines(kept, replay, scene))
        return 0
    return _open(scene, traces, arguments)


def _open(scene: Scene, traces: Traces, arguments: Namespace) -> int:
    """Open the screen of the training."""
    from rnn_tui.cli.reopening import command
    from rnn_tui.tui import app
    from rnn_tui.tui.replaying.screen import LearnScreen

    scene, settings = with_settings(scene, arguments)
    left = app.run(LearnScreen(scene, traces), settings=settings)
    if arguments.print_scene:
        from rnn_tui.cli.console import say

        say(command(left.reopening(), arguments))
    return 0


def _lines(run: Run, replay: Replay, scene: Scene) -> Iterator[str]:
    """A line an epoch: its figures, and the answer after the last word at those that were kept."""
    yield printable(f"The training of {run.metadata.name}, and its answer to “{scene.text}” after each epoch.")
    if run.other:
        yield printable(f"It is {run.other}.")
    answers = {epoch: replay.said(-1, float(replay.answers[k, -1])) for k, epoch in enumerate(replay.epochs)}
    history = run.history or tuple(map(_untold, run.epochs))
    rows: list[tuple[str, ...]] = [("epoch", "loss", "held out", "right", "answer")]
    for line in history:
        share = "" if line.validation_accuracy is None else f"{line.validation_accuracy:.0%}"
        losses = ("" if value is None else unsigned(value, 3) for value in (line.training_loss, line.validation_loss))
        rows.append((str(line.epoch), *losses, share, answers.get(line.epoch, "")))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = (cell.rjust(width) for cell, width in zip(row, widths, strict=False))
        yield printable("  ".join([*cells, row[-1]]).rstrip())


def _untold(epoch: int) -> Told:
    from rnn_tui.network.runs import Told

    return Told(epoch)


def _json(run: Run, replay: Replay, scene: Scene) -> str:
    """The history, which epochs were kept, and at these the answer after each word."""
    import json

    from rnn_tui.export import strict

    told = {line.epoch: json.loads(line.line) for line in run.history}
    answers = {epoch: replay.answers[k].tolist() for k, epoch in enumerate(replay.epochs)}
    epochs = [
        {"epoch": epoch, **told.get(epoch, {}), "kept": epoch in run.epochs, "answers": _numbers(answers.get(epoch))}
        for epoch in sorted({*told, *run.epochs})
    ]
    head = {"format": FORMAT, "run": str(run.folder), "model": run.metadata.name, "text": scene.text}
    return strict.dumps({**head, "answer": list(replay.labels), "best": run.best, "epochs": epochs})


def _numbers(values: list[float] | None) -> list[float | None] | None:
    """The values; None for one that is not there yet."""
    return None if values is None else [value if math.isfinite(value) else None for value in values]


COMMAND = Command("learn", "a training, replayed epoch by epoch", DESCRIPTION, EXAMPLES, add_arguments, run)
