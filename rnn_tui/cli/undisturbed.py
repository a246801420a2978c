"""Times in which a signal does something else than end the program: a file is being written, or a training goes on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def undisturbed(*, last: bool = True) -> Iterator[None]:
    """Let every signal that would end the program wait while a file is written.

    Where this is the `last` that the program does, a second Ctrl-C is forgotten, since it is at its end anyway; all
    others end it when the file is there.
    """
    waiting: list[int] = []
    # A window that is closed sends SIGHUP, on Windows SIGBREAK; each system lacks the other's.
    asked = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGBREAK")]
    ending = [each for each in asked if each is not None] + ([] if last else [signal.SIGINT])
    before = {each: signal.signal(each, lambda number, _: waiting.append(number)) for each in ending}
    if last:
        before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)
        for number in waiting:
            signal.raise_signal(number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the first Ctrl-C raise KeyboardInterrupt, for work that keeps what it has so far; further ones are forgotten.

    Does nothing where Ctrl-C is ignored, as a shell asks for of what it runs in the background.
    """
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
