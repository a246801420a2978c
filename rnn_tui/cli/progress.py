"""A bar on stderr for what takes long, where somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(doing: str) -> Iterator[Callable[[float], None]]:
    """Give what is told how much is done, from 0 to 1; from the first time on a bar shows it, where stderr is read."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=1.0, visible=False)
        yield lambda share: bar.update(task, completed=share, visible=True)
