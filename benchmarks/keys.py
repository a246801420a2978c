"""From a key to what it paints, in a real pseudo-terminal of 120×36, motion off (no key waits for motion)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, in_ms, p95, ratio
from benchmarks.programs import LEFT, RIGHT, RNN_TUI, SMALLEST, Program, random_network

THERE_AND_BACK = (*(RIGHT,) * 14, *(LEFT,) * 14)
"""Through all phases of three words and back, so that every key changes something."""
WARM_UP = 28


def measure(*, quick: bool) -> list[Figure]:
    """The shipped model against the smallest app, and a large network against a small one."""
    keys = 112 if quick else 560
    ours, other = side_by_side(RNN_TUI, SMALLEST, keys)
    figures = [
        Figure("key to paint, p95", in_ms(ours), "", p95(ours) * 1e3, 16, "ms"),
        Figure("key to paint, median", in_ms(ours), in_ms(other), ratio(ours, other), 3),
    ]
    with tempfile.TemporaryDirectory() as folder:
        large = random_network(Path(folder), 512, 10_000)
        small = random_network(Path(folder), 16, 12)
        ours, other = side_by_side(large, small, keys)
    what = "key to paint, 512 units and 10,000 tokens, against 16 and 12"
    return [*figures, Figure(what, in_ms(ours), in_ms(other), ratio(ours, other), 1.5)]


def side_by_side(one: Program, two: Program, count: int) -> tuple[list[float], list[float]]:
    """Seconds from key to paint of two programs that run at the same time, a key for each in turn."""
    with one.started() as first, two.started() as second:
        samples: tuple[list[float], list[float]] = ([], [])
        for key in repeated(THERE_AND_BACK, count + WARM_UP):
            for terminal, kept in zip((first, second), samples, strict=True):
                seconds = terminal.key_to_paint(key)
                if seconds is None:
                    raise RuntimeError(f"a key painted nothing; the screen: {terminal.text[-400:]}")
                kept.append(seconds)
    return samples[0][WARM_UP:], samples[1][WARM_UP:]


def repeated(keys: Sequence[str], count: int) -> list[str]:
    """`count` keys, from the start again where they end."""
    return [keys[number % len(keys)] for number in range(count)]
