"""The progress of a training: a bar at a terminal, a line an epoch elsewhere; always on stderr."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rnn_tui.cli.console import abandon
from rnn_tui.learning.digits import written
from rnn_tui.learning.encoding import Encoding
from rnn_tui.network.outputs import Number
from rnn_tui.network.training import Epoch

Watcher = Callable[[Epoch], None]
Figure = Callable[[Epoch], str]


@contextmanager
def watching(epochs: int, figure: Figure, *, quiet: bool = False) -> Iterator[Watcher]:
    """A function to call after every epoch; `figure` says the validation figure of one in words."""
    if quiet:
        yield lambda epoch: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(epochs, figure) as watch:
            yield watch
    else:
        yield lambda epoch: _say(f"epoch {epoch.number} of {epochs}: {figures(epoch, figure)}, {epoch.seconds:.1f} s")


def figures(epoch: Epoch, figure: Figure) -> str:
    """The loss and the validation figure of an epoch."""
    best = " (best so far)" if epoch.best else ""
    return f"loss {epoch.training_loss:.4f}, validation {figure(epoch)}{best}"


def figure_of(encoding: Encoding) -> Figure:
    """The words for the validation figure by which the best epoch is chosen, or for what it stands for.

    Of a next-token network in bits, of a number the root of the mean squared error, in its unit.
    """
    if encoding.writing is not None:
        return lambda epoch: f"{epoch.validation.loss / math.log(2):.4f} bits a {encoding.tokenizer.unit}"
    if isinstance(encoding.output, Number):
        std = encoding.output.std[0]
        return lambda epoch: f"error {written(math.sqrt(epoch.validation.loss) * std)}"
    return lambda epoch: f"accuracy {epoch.validation.accuracy:.4f}"


@contextmanager
def _bar(epochs: int, figure: Figure) -> Iterator[Watcher]:
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
        yield lambda epoch: progress.update(task, completed=epoch.number, figures=figures(epoch, figure))


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        abandon()
