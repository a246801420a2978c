"""The size of the terminal, as the terminal itself tells it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable

AGAIN_SECONDS = 0.2
"""After so long without another change the terminal is asked once more."""


def terminal_size() -> tuple[int, int]:
    """The columns and rows of the terminal; of COLUMNS and LINES, or 80 × 24, only where the terminal tells none.

    Textual and Rich ask the environment first, where a shell may have exported the size of another window, or of this
    one before it was resized.
    """
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            columns, rows = os.get_terminal_size(stream.fileno() if stream is not None else -1)
        except (OSError, ValueError):
            continue
        if columns > 0 and rows > 0:
            return columns, rows
    columns, rows = shutil.get_terminal_size()
    return columns, rows


class Resizing:
    """Tells the size of the terminal after it has changed, and looks once more whether the last one has been drawn.

    Textual asks for it inside the handler of the signal. Where the next signal strikes there, the newer size is told
    before the older one, which then stays until the window changes again.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tell: Callable[[tuple[int, int]], None],
        drawn: Callable[[], tuple[int, int] | None],
    ) -> None:
        """Take what tells a size, and what gives the size that is drawn, or None where nothing is."""
        self._loop = loop
        self._tell = tell
        self._drawn = drawn
        self._again: asyncio.TimerHandle | None = None

    def changed(self, *_: object) -> None:
        """Have the size told from the event loop; it is the handler of SIGWINCH."""
        self._loop.call_soon_threadsafe(self._told)

    def stop(self) -> None:
        """Look no more."""
        if self._again is not None:
            self._again.cancel()
            self._again = None

    def _told(self) -> None:
        self._tell(terminal_size())
        self.look_again()

    def look_again(self) -> None:
        """Look in a while whether the size that is drawn is the terminal's, and tell it where it isn't."""
        self.stop()
        self._again = self._loop.call_later(AGAIN_SECONDS, self._look)

    def _look(self) -> None:
        self._again = None
        drawn, size = self._drawn(), terminal_size()
        if drawn is not None and drawn != size:
            self._tell(size)
