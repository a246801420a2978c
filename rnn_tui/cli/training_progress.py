"""The progress of a training: a bar at a terminal, a line an epoch elsewhere; always on stderr."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rnn_tui.cli.console import abandon
from rnn_tui.network.training import Epoch

Watcher = Callable[[Epoch], None]


@contextmanager
def watching(epochs: int, unit: str | None, *, quiet: bool = False) -> Iterator[Watcher]:
    """A function to call after every epoch. `unit` is the token of a next-token model, whose figure is in bits."""
    if quiet:
        yield lambda epoch: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(epochs, unit) as watch:
            yield watch
    else:
        yield lambda epoch: _say(f"epoch {epoch.number} of {epochs}: {figures(epoch, unit)}, {epoch.seconds:.1f} s")


def figures(epoch: Epoch, unit: str | None) -> str:
    """The loss and the validation figure of an epoch."""
    best = " (best so far)" if epoch.best else ""
    return f"loss {epoch.training_loss:.4f}, validation {figure(epoch, unit)}{best}"


def figure(epoch: Epoch, unit: str | None) -> str:
    """The validation figure by which the best epoch is chosen, or, in bits, what it stands for."""
    if unit is None:
        return f"accuracy {epoch.validation.accuracy:.4f}"
    return f"{epoch.validation.loss / math.log(2):.4f} bits a {unit}"


@contextmanager
def _bar(epochs: int, unit: str | None) -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("epoch {task.completed} of {task.total}", markup=False),
        BarColumn(bar_width=16),
        TextColumn("{task.fields[figures]}", markup=False),
        TimeRemainingColumn(),
        TextColumn("left", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=epochs, figures="first epoch …")
        yield lambda epoch: progress.update(task, completed=epoch.number, figures=figures(epoch, unit))


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        abandon()
