"""The way to a terminal that may be far away, or gone."""

from __future__ import annotations

from typing import TextIO

from rnn_tui.tui.terminal.styles import ShortStyles


class Output:
    """Writes to a stream for as long as somebody reads it.

    Textual's writer thread dies at the first write to a window that was closed, and whoever writes after that waits for
    it for ever: the program would live on without a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._gone = False
        self._shortened = ShortStyles()

    def write(self, text: str) -> None:
        """Write text, if anybody reads it; of styles, what changes."""
        self._attempt(self._shortened(text))

    def flush(self) -> None:
        """Send what has been written."""
        self._attempt("")

    def fileno(self) -> int:
        """The number of the stream's file."""
        return self._stream.fileno()

    def _attempt(self, text: str) -> None:
        if self._gone:
            return
        try:
            if text:
                self._stream.write(text)
            else:
                self._stream.flush()
        except (OSError, ValueError):  # the window was closed, or the stream
            self._gone = True
