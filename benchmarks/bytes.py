"""What a key writes to the terminal at 120×36, which is what goes over SSH: without motion, and with it."""

from __future__ import annotations

from benchmarks.figures import Figure, median, p95
from benchmarks.keys import THERE_AND_BACK, repeated
from benchmarks.programs import RNN_TUI

MOST_STILL, MOST_MOVING = 10.0, 25.0  # kB
QUIET_STILL, QUIET_MOVING = 0.06, 0.35  # seconds; a motion takes 0.2


def measure(*, quick: bool) -> list[Figure]:
    """The shipped model, through all phases of three words and back."""
    rounds = 1 if quick else 4
    return [
        _figure("off", written(QUIET_STILL, rounds, animations=False), MOST_STILL),
        _figure("on", written(QUIET_MOVING, rounds, animations=True), MOST_MOVING),
    ]


def written(quiet: float, rounds: int, *, animations: bool) -> list[int]:
    """The bytes that each key leads to, until nothing has come for `quiet` seconds."""
    sizes = []
    with RNN_TUI.started(animations=animations) as terminal:
        for key in repeated(THERE_AND_BACK, len(THERE_AND_BACK) * rounds):
            before = len(terminal.output)
            terminal.send(key)
            terminal.read(1.0)
            terminal.settle(quiet)
            sizes.append(len(terminal.output) - before)
    return sizes


def _figure(motion: str, sizes: list[int], most: float) -> Figure:
    ours = f"{median(sizes) / 1e3:.1f} kB (p95 {p95(sizes) / 1e3:.1f})"
    return Figure(f"bytes to the terminal a key, motion {motion}", ours, "", median(sizes) / 1e3, most, "kB")
