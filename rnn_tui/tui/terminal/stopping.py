"""Stopping as a job of a shell, which brings it back with `fg`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

assert sys.platform != "win32"  # which has no such jobs; who imports this asks first

SETTLE_SECONDS = 0.05
"""A signal to the process may strike another thread first: until then this one must not go on."""


def stop_job(terminal: int) -> None:
    """Stop all processes of the job, as the key does where a terminal sends the signal itself.

    The system ignores this where no shell is there to bring the job back (a window opened on the program alone).
    """
    before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0, signal.SIGTSTP)
    time.sleep(SETTLE_SECONDS)
    _wait_for_the_foreground(terminal)
    signal.signal(signal.SIGTSTP, before)


def stop_process(terminal: int) -> None:
    """Stop this process alone, which was sent the signal."""
    _stop()
    _wait_for_the_foreground(terminal)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(SETTLE_SECONDS)


def _wait_for_the_foreground(terminal: int) -> None:
    """Stop again as long as the job goes on in the background (`bg`): there it has no terminal to draw on."""
    with contextlib.suppress(OSError):  # the terminal is gone, which reading from it finds out
        while os.tcgetpgrp(terminal) != os.getpgrp():
            _stop()
