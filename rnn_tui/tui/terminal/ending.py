"""Ending by a signal as by a key: the program closes, and the terminal is given back as it was."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

SIGNALED = 128
"""The exit code of a program that signal N ended is this and N, as a shell says it."""
ENDING = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGABRT", "SIGXCPU", "SIGBREAK")
"""All that end a program unless it says otherwise, but for those that come of a broken one (SIGSEGV).

SIGBREAK is Windows' own: ctrl+break, or a window that is closed. Of the others it has three.
"""
STOPPING = ("SIGTSTP", "SIGCONT", "SIGTTIN", "SIGTTOU", "SIGWINCH")
"""Those for which Textual leaves handlers behind."""
PATIENCE = 2.0
"""Seconds in which the program must have closed by itself, before it is ended wherever it is."""
RESET = b"".join(
    b"\x1b[%s" % mode
    for mode in (b"?2026l", b"?1000l", b"?1002l", b"?1003l", b"?1006l", b"?1015l", b"?2004l", b"?1004l", b"?7h")
)
RESTORE = RESET + b"\x1b[<u\x1b[?1049l\x1b[?25h"
"""Modes off, the keyboard's protocol as before, the screen as before, the cursor shown."""


class Ending:
    """While it is entered, a signal closes the program, and the terminal is the old one when it is left.

    `close` is called with a signal's number from the event loop `loop`, or not at all before there is a loop: nothing
    has been changed by then. Does nothing of the terminal's where there is none, nor on Windows.
    """

    def __init__(self, close: Callable[[int], None]) -> None:
        self.loop: AbstractEventLoop | None = None
        self._close = close
        self._handlers: dict[int, Any] = {}
        self._terminal: int | None = None
        self._settings: list[Any] | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        if sys.platform != "win32":
            import termios

            with contextlib.suppress(OSError, ValueError, termios.error):
                self._terminal = -1 if sys.__stdin__ is None else sys.__stdin__.fileno()
                self._settings = termios.tcgetattr(self._terminal)
        for name in (*ENDING, *STOPPING):
            number = getattr(signal, name, None)
            if number is not None:
                self._handlers[number] = signal.getsignal(number)
        for name in ENDING:
            number = getattr(signal, name, None)
            if number is not None and self._handlers[number] != signal.SIG_IGN:  # as nohup does with SIGHUP
                signal.signal(number, self._arrived)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if kind is not None:  # else the driver has given the terminal back
            self._restore()
        for number, handler in self._handlers.items():
            with contextlib.suppress(TypeError):  # one that was not set from Python
                signal.signal(number, handler)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if self.loop is None:
            raise SystemExit(SIGNALED + number)
        if self._timer is None:
            self._timer = threading.Timer(PATIENCE, self._end_now, (SIGNALED + number,))
            self._timer.daemon = True
            self._timer.start()
        with contextlib.suppress(RuntimeError):  # the loop has ended already, and the program does
            self.loop.call_soon_threadsafe(self._close, number)

    def _end_now(self, code: int) -> None:
        """End from another thread, since this one's loop doesn't come round."""
        self._restore()
        os._exit(code)

    def _restore(self) -> None:
        if sys.platform == "win32" or self._terminal is None or self._settings is None:
            return
        import select
        import termios

        with contextlib.suppress(OSError, termios.error):
            if select.select([], [self._terminal], [], 0)[1]:  # else it takes nothing, and would keep us waiting
                os.write(self._terminal, RESTORE)
            termios.tcsetattr(self._terminal, termios.TCSANOW, self._settings)
