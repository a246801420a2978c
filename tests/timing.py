"""The time that something takes, told by how it grows, so that a slow or a busy machine makes no difference."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES, LEAST_QUADRATIC = 4, 16
"""The larger of two sizes is four times the smaller; what is quadratic then takes sixteen times as long."""
LIMIT = 10
TRIES = 3
ROUNDS = 4
TICK = 1e-3  # what takes less than this in seconds is measured as this


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of some tries: whatever else the machine does only adds to it.

    Meanwhile no garbage is collected: Python would look at all that the tests before have left, the oftener the larger
    the work is.
    """
    taken = []
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(TRIES):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
    finally:
        if collecting:
            gc.enable()
    return max(min(taken), TICK)


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Tell whether four times the size takes far less than the sixteen times of what is quadratic.

    What is quadratic takes so long in every round; a busy machine, whose caches others fill, does in some.
    """
    rounds = (seconds(lambda: work(TIMES * size)) < LIMIT * seconds(lambda: work(size)) for _ in range(ROUNDS))
    return any(rounds)
