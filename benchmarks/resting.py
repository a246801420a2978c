"""Memory after start and over many keys, and the CPU that an idle program uses (Linux only: it reads /proc)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.keys import THERE_AND_BACK, repeated
from benchmarks.programs import RNN_TUI, SMALLEST
from benchmarks.pseudo_terminal import PseudoTerminal

ALLOCATOR_NOISE_MIB = 0.5


def measure(*, quick: bool) -> list[Figure]:
    """Both programs at once: at rest after the start, then rnn-tui under keys."""
    if not sys.platform.startswith("linux"):
        return [Figure("memory and idle CPU", "", "", note="needs Linux's /proc")]
    seconds, keys = (4.0, 1_000) if quick else (10.0, 10_000)
    with RNN_TUI.started(animations=True) as ours, SMALLEST.started(animations=True) as other:
        memory, memory_other = proportional_mib(ours), proportional_mib(other)
        idle, idle_other = idle_share(ours, seconds), idle_share(other, seconds)
    return [
        Figure("memory after start", f"{memory:.1f} MiB", f"{memory_other:.1f} MiB", memory / memory_other, 1.6),
        growth(keys),
        Figure("idle CPU", f"{idle:.2%}", f"{idle_other:.2%}", idle * 100, 0.2, "%"),
    ]


def growth(keys: int) -> Figure:
    """How much memory `keys` keys leave behind, after as many again as a tenth of them have warmed the caches."""
    with RNN_TUI.started() as terminal:
        _type(terminal, max(keys // 10, 500))
        before = private_mib(terminal)
        _type(terminal, keys)
        after = private_mib(terminal)
    what = f"memory growth over {keys:,} keys"
    return Figure(what, f"{before:.2f} → {after:.2f} MiB", "", after - before, ALLOCATOR_NOISE_MIB, "MiB")


def _type(terminal: PseudoTerminal, count: int) -> None:
    """Type as fast as the program answers; two keys may share one paint, and a turn then paints nothing."""
    painted = 0
    for key in repeated(THERE_AND_BACK, count):
        terminal.send(key)
        painted += terminal.read(0.1)
        terminal.settle(0.002)
        terminal.output.clear()
    terminal.settle(0.3)
    if painted < count * 0.8:
        raise RuntimeError(f"of {count} keys only {painted} painted something")


def proportional_mib(terminal: PseudoTerminal) -> float:
    """The proportional set size (PSS), in MiB: shared pages are shared out among those that use them."""
    return _smaps(terminal)["Pss"]


def private_mib(terminal: PseudoTerminal) -> float:
    """What is the process's alone (heap and stack), in MiB."""
    smaps = _smaps(terminal)
    return smaps["Private_Clean"] + smaps["Private_Dirty"]


def _smaps(terminal: PseudoTerminal) -> dict[str, float]:
    lines = Path(f"/proc/{terminal.process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def idle_share(terminal: PseudoTerminal, seconds: float) -> float:
    """The part of one core that the program uses while nobody touches a key."""
    before = _cpu_seconds(terminal)
    time.sleep(seconds)
    return (_cpu_seconds(terminal) - before) / seconds


def _cpu_seconds(terminal: PseudoTerminal) -> float:
    """User and system time of all threads, from the scheduler's own clock (nanoseconds)."""
    tasks = Path(f"/proc/{terminal.process.pid}/task")
    if (tasks / str(terminal.process.pid) / "schedstat").exists():
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks.iterdir()) / 1e9
    fields = (tasks.parent / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
