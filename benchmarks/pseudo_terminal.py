"""A program in a pseudo-terminal: what a terminal emulator does, without drawing (POSIX only)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]")
"""A control sequence: CSI, OSC, or a plain escape."""
QUIET_SECONDS = 0.04


class PseudoTerminal:
    """Runs a command in a pseudo-terminal of its own, and keeps all that it wrote."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        environment: Mapping[str, str] | None = None,
        on_output: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        """Start the command; `environment` is added to ours, `on_output` is called with every piece of output."""
        self.output = bytearray()
        self.last_output_at = 0.0
        self._on_output = on_output
        self._ours, self._theirs = os.openpty()
        self._set_size(columns, rows)
        self.settings = termios.tcgetattr(self._theirs)
        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            cwd=ROOT,
            env=_environment(environment or {}),
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509  # it is one system call, and we run no threads
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """All output so far without its control sequences."""
        return CONTROL.sub(b"", bytes(self.output)).decode(errors="replace")

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._ours, keys.encode() if isinstance(keys, str) else keys)

    def read(self, timeout: float) -> bool:
        """Take what has been written; waits at most `timeout` seconds for the first of it. Whether there was any."""
        if not select.select([self._ours], [], [], max(0.0, timeout))[0]:
            return False
        try:
            piece = os.read(self._ours, 1 << 20)
        except OSError:  # nobody holds the other end any more
            return False
        self.last_output_at = time.perf_counter()
        self.output += piece
        self._on_output(piece)
        return True

    def read_until(self, done: Callable[[], bool], timeout: float = 10.0) -> bool:
        """Read until `done()`; False where it didn't come within `timeout` seconds."""
        end = time.perf_counter() + timeout
        while not done():
            if time.perf_counter() > end:
                return False
            self.read(0.05)
            if self.process.poll() is not None and not self.read(0):
                return done()
        return True

    def settle(self, quiet: float = QUIET_SECONDS, timeout: float = 10.0) -> None:
        """Read until nothing has come for `quiet` seconds."""
        end = time.perf_counter() + timeout
        while self.read(quiet) and time.perf_counter() < end:
            pass

    def key_to_paint(self, key: str | bytes, quiet: float = QUIET_SECONDS) -> float | None:
        """Seconds from a key to the last output that it leads to; None where it leads to none.

        The output is over when nothing more comes for `quiet` seconds (which are not counted).
        """
        pressed_at = time.perf_counter()
        self.send(key)
        if not self.read(1.0):
            return None
        self.settle(quiet)
        return self.last_output_at - pressed_at

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size, as dragging its corner does."""
        self._set_size(columns, rows)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGWINCH)

    def wait(self, timeout: float = 10.0) -> int:
        """The exit code; reads on meanwhile. Raises subprocess.TimeoutExpired."""
        self.read_until(lambda: self.process.poll() is not None, timeout)
        code = self.process.wait(0)
        self.settle(0.05)
        return code

    def settings_now(self) -> list[object]:
        """The line settings (termios) of the terminal."""
        return list(termios.tcgetattr(self._theirs))

    def hang_up(self) -> None:
        """Close the window: our end of the terminal, so that the program is told by a signal and by every read."""
        os.close(self._ours)

    def close(self) -> None:
        """End the program if it still runs, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for end in (self._ours, self._theirs):
            with contextlib.suppress(OSError):
                os.close(end)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """Ours without what would colour a measurement or a test, and with a terminal of many colours.

    Python keeps its bytecode, as it is kept of a program that is installed: else every start would compile anew.
    """
    left_out = ("NO_COLOR", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    kept = {name: value for name, value in kept.items() if not name.startswith("TEXTUAL")}
    search = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": search, **added}


def _take_terminal() -> None:
    """Make the pseudo-terminal the controlling one, so that its size changes reach the program as a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
