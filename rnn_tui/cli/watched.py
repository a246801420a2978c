"""The process of a training that is watched: `python -m rnn_tui.cli.watched RUN train DATA -o OUT …`.

It is told what to do on standard input, and tells what it does on standard output; `cli.watching` is at the other end.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rnn_tui.cli.errors import CallError
from rnn_tui.cli.training import check, kept, one_thread, prepared_of, said_of
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.learning.watching.control import Control
    from rnn_tui.learning.watching.messages import Failed, Message

DONE, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
LEFT_SECONDS = 3.0
"""Seconds in which the training must have noticed that nobody looks on, before it is ended wherever it is."""


def main(argv: Sequence[str]) -> int:
    """Train as the arguments say, and record it in the run's folder; returns the exit code, which is told, too."""
    run, *words = argv
    one_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who looks on says what Ctrl-C is to do
    heard, told = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # where anything that is printed by the way does no harm
    from rnn_tui.learning.watching.control import Control, NobodyLooksOnError

    arguments = _arguments(words)
    folder = Path(run)
    leave = partial(_left, None if arguments.keep_epochs else folder)
    control = Control(heard, lambda: _end_soon(leave))
    try:
        last = _last(arguments, folder, control, told)
    except (NobodyLooksOnError, BrokenPipeError):
        leave()
        return FAILED
    return last


def _arguments(words: Sequence[str]) -> Namespace:
    from rnn_tui.cli.commands import command_of

    command, rest = command_of(list(words))
    parser = command.parser()
    parser.set_defaults(argv=list(words))
    return parser.parse_args(rest)


def _last(arguments: Namespace, folder: Path, control: Control, told: BinaryIO) -> int:
    """Train, and tell what came of it; returns the exit code."""
    from rnn_tui.learning.watching.messages import Failed, encoded

    def tell(message: Message) -> None:
        told.write(encoded(message))
        told.flush()

    try:
        _train(arguments, folder, control, tell)
    except KeyboardInterrupt:
        failed = Failed("", INTERRUPTED)
    except UserError as error:
        failed = Failed(str(error), WRONG_CALL if isinstance(error, CallError) else FAILED)
    except BrokenPipeError:
        raise
    except (OSError, MemoryError) as error:
        from rnn_tui.cli.console import of_system

        failed = Failed(of_system(error), FAILED)
    except Exception as error:  # noqa: BLE001  # a fault of ours is told at the other end, where somebody reads it
        failed = _fault(error)
    else:
        return DONE
    tell(failed)
    return failed.code


def _fault(error: Exception) -> Failed:
    from rnn_tui.cli import faults
    from rnn_tui.learning.watching.messages import Failed

    return Failed(faults.told(error), FAILED)


def _train(arguments: Namespace, folder: Path, control: Control, tell: Callable[[Message], None]) -> None:
    from rnn_tui.learning.making import make
    from rnn_tui.learning.watching.judging import Judge
    from rnn_tui.learning.watching.messages import Done, Said
    from rnn_tui.learning.watching.observer import WatchedObserver

    check(arguments)
    prepared, plan = prepared_of(arguments)
    tell(Said(tuple(said_of(prepared))))
    judge = Judge(prepared, plan.architecture)
    made = make(prepared, plan, None, folder, lambda recorded: WatchedObserver(recorded, judge, control, tell))
    printed = kept(made, arguments)
    tell(Done(printed, made.trained.kept().number, made.trained.interrupted))


def _left(folder: Path | None) -> None:
    """Leave nothing of a run that nobody asked to keep."""
    if folder is not None:
        import shutil

        shutil.rmtree(folder.parent, ignore_errors=True)


def _end_soon(leave: Callable[[], None]) -> None:
    """End the process where it doesn't notice by itself that nobody looks on: it may be reading its data."""

    def end() -> None:
        leave()
        os._exit(FAILED)

    timer = threading.Timer(LEFT_SECONDS, end)
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
