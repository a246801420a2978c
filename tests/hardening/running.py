"""One call of the command line, in this process or in one of its own, and all that can be seen of it."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from rnn_tui.cli import main

ROOT = Path(__file__).resolve().parents[2]
CLEAR_REFS, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
MIB = 2**20
ADDRESS_SPACE = 1024 * MIB
"""The address space of a call in a process of its own: what a runaway read asks for is refused, not given."""
MOST_SECONDS = 25
"""Seconds of the processor after which a call in a process of its own counts as one that hangs."""
MOST_SECONDS_BY_THE_CLOCK = 120
"""The same where it only waits: other programs may have the cores meanwhile."""


@dataclass(frozen=True)
class Ended:
    """A call of the program that has ended.

    `seconds` is time of the processor; `grown` the MiB by which the memory rose at its highest, the whole process's
    where it had one of its own; `escaped` the exception that left `main`; `warned` are Python's warnings.
    """

    arguments: Sequence[str]
    code: int | None
    out: bytes = b""
    err: bytes = b""
    seconds: float = 0.0
    grown: float = 0.0
    escaped: BaseException | None = None
    warned: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8", "surrogateescape")

    @property
    def complaint(self) -> str:
        """Standard error as text."""
        return self.err.decode("utf-8", "surrogateescape")


def call(*arguments: str, stdin: bytes = b"") -> Ended:
    """Call `main` in this process, with streams of its own and nothing at a terminal."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        kept = os.dup(out.fileno()), os.dup(err.fileno())  # the program may put nothing in the place of its own
        given.write(stdin)
        given.seek(0)
        streams = {
            "stdin": io.TextIOWrapper(given, encoding="utf-8"),
            "stdout": io.TextIOWrapper(out, encoding="utf-8"),
            "stderr": io.TextIOWrapper(err, encoding="utf-8"),
        }
        escaped, code = None, None
        with patch.multiple(sys, **streams), warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            before, began = _forget_peak(), time.process_time()
            try:
                code = main(arguments)
            except (Exception, SystemExit) as error:  # noqa: BLE001  # this is what is looked for
                escaped = error
            seconds, grown = time.process_time() - began, (_peak() - before) / MIB
            for stream in streams.values():
                stream.flush()
            for stream in streams.values():
                stream.detach()
        said = [os.pread(end, os.fstat(end).st_size, 0) for end in kept]
    for end in kept:
        os.close(end)
    return Ended(
        arguments,
        code,
        *said,
        seconds,
        grown,
        escaped,
        tuple(f"{one.category.__name__}: {one.message}" for one in warned),
    )


MEASURED = """
import atexit, os, runpy, sys
def tell(to=int(sys.argv.pop(1))):
    with open("/proc/self/status") as status:
        (peak,) = (line.split()[1] for line in status if line.startswith("VmHWM"))
    os.write(to, peak.encode())
if os.path.exists("/proc/self/status"):
    atexit.register(tell)
runpy.run_module("rnn_tui", run_name="__main__", alter_sys=True)
"""
# The system's own count of a child's memory begins with that of the process that it was forked from.


def call_apart(*arguments: str, stdin: bytes = b"", folder: Path = ROOT, **environment: str) -> Ended:
    """Call the program in a process of its own, with a limit on its memory; a call that hangs has no exit code."""
    import threading

    listening, told = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", MEASURED, str(told), *map(os.fsencode, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        pass_fds=(told,),
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **environment},
        preexec_fn=_limit,  # noqa: PLW1509
    )
    os.close(told)
    timer = threading.Timer(MOST_SECONDS_BY_THE_CLOCK, process.kill)
    timer.start()
    read = {}
    readers = [
        threading.Thread(target=lambda name=name: read.__setitem__(name, getattr(process, name).read()))
        for name in ("stdout", "stderr")
    ]
    for reader in readers:
        reader.start()
    try:
        process.stdin.write(stdin)
        process.stdin.close()
    except BrokenPipeError:
        pass
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    hung = not timer.is_alive() or code == -signal.SIGXCPU
    timer.cancel()
    for reader in readers:
        reader.join()
    process.stdout.close()
    process.stderr.close()
    with open(listening, "rb") as file:
        kilobytes = int(file.read() or usage.ru_maxrss)
    seconds = usage.ru_utime + usage.ru_stime
    return Ended(arguments, None if hung else code, read["stdout"], read["stderr"], seconds, kilobytes * 1024 / MIB)


def _limit() -> None:
    """Limit this process's memory and its time of the processor."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))


def _forget_peak() -> int:
    """The memory that this process holds now, from which on its peak is measured anew (where the system can)."""
    try:
        CLEAR_REFS.write_text("5")
    except OSError:  # not Linux, or not allowed: the peak of the whole process stays
        return _peak()
    return _status("VmRSS")


def _peak() -> int:
    """The most memory that this process has held since its peak was forgotten, in bytes."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return _status("VmHWM")


def _status(name: str) -> int:
    """A number of this process's status, in bytes."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024
