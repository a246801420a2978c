"""What a benchmark hands back, and the little statistics that it needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    `value` is what the target is about; it is met where value ≤ target. Without a target the line only tells, and
    without a value it says why nothing was measured.
    """

    what: str
    ours: str
    other: str
    value: float | None = None
    target: float | None = None
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is nothing to say."""
        return None if self.value is None or self.target is None else self.value <= self.target


def median(samples: Sequence[float]) -> float:
    """The middle sample."""
    return float(np.median(samples))


def p95(samples: Sequence[float]) -> float:
    """Nineteen samples of twenty are below it."""
    return float(np.percentile(samples, 95))


def ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    """The middle of the ratios of samples that were taken side by side: a slow moment slows both of a pair."""
    return median([one / two for one, two in zip(ours, other, strict=True)])


def in_ms(samples: Sequence[float]) -> str:
    """Median and 95th percentile of seconds, in words."""
    return f"{median(samples) * 1e3:.2f} ms (p95 {p95(samples) * 1e3:.2f})"


def in_us(samples: Sequence[float]) -> str:
    """Median and 95th percentile of seconds, in words, for short ones."""
    return f"{median(samples) * 1e6:.0f} µs (p95 {p95(samples) * 1e6:.0f})"


LEAST_SECONDS = 0.002


def interleaved(calls: Sequence[Callable[[], object]], rounds: int) -> tuple[list[float], ...]:
    """Seconds of one call of each, `rounds` times in turn, so that what disturbs the machine disturbs both.

    A sample is the mean of as many calls as take two milliseconds, since the clock and the loop cost something too.
    """
    repeats = [max(1, round(LEAST_SECONDS / _mean_seconds(call, 3))) for call in calls]
    samples: tuple[list[float], ...] = tuple([] for _ in calls)
    for _ in range(rounds):
        for call, count, kept in zip(calls, repeats, samples, strict=True):
            kept.append(_mean_seconds(call, count))
    return samples


def _mean_seconds(call: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count
