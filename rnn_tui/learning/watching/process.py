"""The end of the program that looks on: starts the training's process, and gathers what it tells."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from rnn_tui.learning.watching.messages import STOP, Done, Failed, Message, read

PATIENCE = 5.0
"""Seconds in which the process must have ended by itself once nobody listens to it."""


class Training:
    """A training in a process of its own, from its start until it is left; then the process is gone."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start it; it must not share our terminal's signals, which end us in our own way."""
        self._process = subprocess.Popen(  # noqa: S603  # it is a command of our own making
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=None if environment is None else dict(environment),
            close_fds=sys.platform == "win32",  # else the file that a shell's <(…) names would not be there
            start_new_session=True,  # which is nothing on Windows, where a group of its own is as much
            creationflags=_NEW_GROUP,
        )
        self._news: deque[Message] = deque()
        self._came = threading.Condition()
        self.last: Done | Failed | None = None
        """The last message of all, once it is there."""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def news(self) -> list[Message]:
        """All that it has told since this was last asked."""
        with self._came:
            news = list(self._news)
            self._news.clear()
        return news

    def next(self) -> Message:
        """The next message, which is waited for."""
        with self._came:
            self._came.wait_for(lambda: self._news)
            return self._news.popleft()

    def ask(self, words: str) -> None:
        """Tell it to go on, to pause, to take a batch, a pace or to stop; a training that has ended hears nothing."""
        stream = self._process.stdin
        assert stream is not None, "it was started with a pipe"
        with suppress(OSError, ValueError):
            stream.write(f"{words}\n".encode("ascii"))
            stream.flush()

    def ended(self) -> Done | Failed:
        """Let it stop and keep the best, and wait for what it says at last."""
        self.ask(STOP)
        with self._came:
            self._came.wait_for(lambda: self.last is not None)
        assert self.last is not None, "that was waited for"
        return self.last

    def close(self) -> None:
        """End the process: it ends by itself when nobody listens any more, or else soon."""
        with suppress(OSError):
            assert self._process.stdin is not None, "it was started with a pipe"
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(PATIENCE)

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None, "it was started with a pipe"
        last: Done | Failed | None = None
        try:
            with suppress(OSError, ValueError, LookupError, TypeError):
                while (message := read(stream)) is not None:
                    last = message if isinstance(message, Done | Failed) else last
                    self._take(message, last)
        finally:  # whatever came, nobody waits for ever
            stream.close()
            if last is None:
                self._process.wait()
                fault = Failed(f"the training has ended without a word, with exit code {self._process.returncode}", 1)
                self._take(fault, fault)

    def _take(self, message: Message, last: Done | Failed | None) -> None:
        with self._came:
            self._news.append(message)
            self.last = last
            self._came.notify_all()


_NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
