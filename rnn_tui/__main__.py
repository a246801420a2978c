"""`python -m rnn_tui` and the command `rnn-tui`: a start that ctrl+c ends quietly from its first line on."""

from __future__ import annotations

import os
import sys

try:
    import contextlib
    import signal
    from types import FrameType
except KeyboardInterrupt:
    os._exit(130)


def end_at_once(number: int, frame: FrameType | None) -> None:
    """End the program where it stands, with the exit code that a shell gives for the signal.

    KeyboardInterrupt, which Python raises else, ends nothing where what was interrupted is an import of C, a callback
    or the interpreter's own end: it is printed there with its trace, and forgotten.
    """
    # It may be unread, just being written, closed, or gone already.
    with contextlib.suppress(OSError, RuntimeError, ValueError, AttributeError):
        sys.stdout.flush()
    os._exit(128 + number)


def start() -> int:
    """Run the command of this process's arguments; returns the exit code.

    Ctrl-C ends it at once wherever nobody has something to keep, and is left alone where who called has ignored it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, end_at_once)
    from rnn_tui.cli import main  # takes a while, in which it may be interrupted, too

    return main()


if __name__ == "__main__":
    raise SystemExit(start())
