"""`rnn-tui train --watch`: the training in a process of its own, and the screen that looks on."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.cli.console import can_draw, is_terminal, no_drawing, say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.training import check, run_folder
from rnn_tui.cli.training_plan import WATCH
from rnn_tui.cli.undisturbed import undisturbed
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.learning.watching.messages import Began, Done, Failed
    from rnn_tui.learning.watching.process import Training

INTERRUPTED = 128 + signal.SIGINT


def watch(arguments: Namespace) -> int:
    """Train on a screen and write the model; raises UserError, and KeyboardInterrupt with nothing to keep yet."""
    check(arguments)
    if not (is_terminal() and can_draw()):
        raise UserError(f"{no_drawing()}; without {WATCH} it trains in plain lines")
    gc.disable()  # until the first frame is there, as for the walk
    with _folder(arguments) as folder:
        from rnn_tui.learning.watching.process import Training

        with Training(_command(arguments, folder), _environment()) as training:
            began = _began(training, quiet=arguments.quiet)
            stopped = _looked_on(training, began, arguments, folder)
            with undisturbed():
                last = training.ended()
    return _told(last, stopped=stopped)


@contextmanager
def _folder(arguments: Namespace) -> Iterator[Path]:
    """The folder of the run: beside the model file, or one that is removed again."""
    kept = run_folder(arguments)
    if kept is not None:
        yield kept
        return
    above = Path(tempfile.mkdtemp(prefix="rnn-tui-watch-"))
    try:
        yield above / f"{arguments.output.stem or 'model'}.run"
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _command(arguments: Namespace, folder: Path) -> list[str]:
    """The command of the training's process; without -P the modules of our folder could take the place of Python's."""
    words = [word for word in arguments.argv if word != WATCH]
    return [sys.executable, "-P", "-m", "rnn_tui.cli.watched", str(folder), *words]


def _environment() -> Mapping[str, str]:
    """Ours, and where this program lies."""
    above = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [above, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": search}


def _began(training: Training, *, quiet: bool) -> Began:
    """Wait for the network before training; raises UserError where it doesn't come to that."""
    from rnn_tui.learning.watching.messages import Began, Failed, Said
    from rnn_tui.tui.watching import screen  # noqa: F401  # loaded while the other process reads its data

    while not isinstance(message := training.next(), Began):
        if isinstance(message, Failed):
            raise _failure(message)
        if isinstance(message, Said) and not quiet:
            sys.stderr.writelines(f"{line}\n" for line in message.lines)
    return message


def _looked_on(training: Training, began: Began, arguments: Namespace, folder: Path) -> bool:
    """Show the training until the screen is left; True where that was by Ctrl-C when it was over already.

    Raises SystemExit where a signal has ended the program: nothing is then written.
    """
    from rnn_tui.network.runs import open_run
    from rnn_tui.scene import Reading
    from rnn_tui.settings import read_settings
    from rnn_tui.traces import Traces
    from rnn_tui.tui import app
    from rnn_tui.tui.watching.screen import WatchScreen
    from rnn_tui.tui.watching.state import WatchScene

    settings, traces = read_settings(None), Traces()
    run = open_run(folder)
    traces.keep_run(str(folder), run)
    text = run.metadata.examples[0].text
    scene = WatchScene(Reading(str(folder), text, epoch=0), notation=settings.notation)
    output, keeps = str(arguments.output), bool(arguments.keep_epochs)
    screen = WatchScreen(scene, traces, training, began.epochs, output=output, keeps=keeps)
    try:
        app.run(screen, settings=settings)
    except SystemExit as ended:
        if ended.code != INTERRUPTED:
            raise
        return training.last is not None
    return False


def _told(last: Done | Failed, *, stopped: bool) -> int:
    """Say what came of it; returns the exit code, or raises what the training has ended with."""
    from rnn_tui.learning.watching.messages import Done

    if not isinstance(last, Done):
        raise _failure(last)
    say(last.printed)
    return INTERRUPTED if stopped else 0


def _failure(failed: Failed) -> BaseException:
    """What the other process has ended with, as it would be raised in this one."""
    if failed.code == INTERRUPTED:
        return KeyboardInterrupt()
    return CallError(failed.reason) if failed.code == 2 else UserError(failed.reason)
