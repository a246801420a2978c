"""Cases that are drawn from a seed, run one after the other, counted, and named where they fail."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import contextmanager
from typing import TypeVar

import pytest

HANG_SECONDS = 60.0
"""Seconds of the processor after which a case counts as one that hangs."""
BUSY = 5
"""So many times longer it may take by the clock: other programs may have the cores meanwhile."""
MOST_LINES = 12
T = TypeVar("T")
Check = Callable[["Chance"], None]


class Fault(AssertionError):  # noqa: N818  # it is the program's, no error of the test
    """Something that must not be; each line of the message is one."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))


class Hang(BaseException):
    """The time of a case is over; no `except Exception` of what is tested may swallow it."""


def is_single(case: str) -> bool:
    """True where one case alone is asked for."""
    return bool(case)


def numbers(kind: str, total: int, share: float, case: str) -> list[int]:
    """The numbers of the cases of a kind that are to run: a share of them (at least one), or the one that is named."""
    if case:
        named, _, number = case.rpartition(":")
        return [int(number)] if named.replace("-", " ") == kind else []
    return list(range(min(total, max(1, round(total * share)))))


class Chance(random.Random):
    """The generator of a case, which knows its number and, for an order of all cases, the seed."""

    def __init__(self, seed: str, kind: str, number: int) -> None:
        super().__init__(f"{seed}/{kind}/{number}")
        self.number = number
        self.seed = f"{seed}/{kind}"

    def in_turn(self, things: Sequence[T]) -> T:
        """The thing whose turn it is: all come before one comes again, in an order that is the seed's."""
        order = list(things)
        random.Random(self.seed).shuffle(order)
        return order[self.number % len(order)]


class Cases:
    """Some cases of a kind: each is checked with a generator of its own, and all that fail are said at the end."""

    def __init__(self, kind: str, chosen: Sequence[int], seed: str, deadline: float, *, alone: bool = False) -> None:
        self.kind = kind
        self.chosen = chosen
        self.seed = seed
        self.deadline = deadline
        self.alone = alone
        self.count = 0
        self._failed: list[str] = []

    def chance(self, number: int) -> Chance:
        """The generator of a case: the same for the same seed, kind and number."""
        return Chance(self.seed, self.kind, number)

    def each(self, check: Check, seconds: float = HANG_SECONDS) -> None:
        """Check every case, and fail with those that do."""
        for number in self._in_time():
            try:
                with _alarm(seconds):
                    check(self.chance(number))
            except (Exception, Hang) as error:  # noqa: BLE001  # whatever it is, it is said
                self._fails(number, error)
        self._end()

    async def each_awaited(self, check: Callable[[Chance], Awaitable[None]], seconds: float = HANG_SECONDS) -> None:
        """The same for a check that waits."""
        for number in self._in_time():
            try:
                await _in_time(check(self.chance(number)), seconds)
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001  # likewise
                self._fails(number, error)
        self._end()

    def _in_time(self):
        for number in self.chosen:
            if time.time() > self.deadline:
                return
            self.count += 1
            yield number

    def _fails(self, number: int, error: BaseException) -> None:
        """Keep what failed, the last lines of where it did, and how to see it again."""
        if isinstance(error, Fault) and not self.alone:
            lines = str(error).splitlines()
        elif isinstance(error, Hang | TimeoutError):
            lines = ["hangs", *_told(error)[1 - MOST_LINES :]]
        else:
            lines = _told(error)
        named = self.kind.replace(" ", "-")
        again = f"--hardening-seed {self.seed} --hardening-case {named}:{number}"
        self._failed.append(
            f"{self.kind} {number} of seed {self.seed}:\n"
            + "".join(f"    {ascii(line)[1:-1]:.500}\n" for line in lines[-MOST_LINES:])
            + f"    alone: ./test -n 0 tests/hardening -m hardening {again}"
        )

    def _end(self) -> None:
        if self._failed:
            pytest.fail("\n".join([f"{len(self._failed)} of {self.count} fail:", *self._failed]), pytrace=False)


def _told(error: BaseException) -> list[str]:
    """A traceback as lines, an exception group as that of its first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return "".join(traceback.format_exception(error)).splitlines()


async def _in_time(awaited: Awaitable[None], seconds: float) -> None:
    """Await it; raises TimeoutError after so many seconds of the processor, and after BUSY times as many by the clock.

    Only what waits now and then can be ended so.
    """
    end = time.process_time() + seconds
    async with asyncio.timeout(BUSY * seconds) as limit:
        loop = asyncio.get_running_loop()

        def look() -> None:
            nonlocal timer
            if time.process_time() > end:
                limit.reschedule(loop.time())
            else:
                timer = loop.call_later(seconds / 20, look)

        timer = loop.call_later(seconds / 20, look)
        try:
            await awaited
        finally:
            timer.cancel()


@contextmanager
def _alarm(seconds: float):
    """Raise Hang after so many seconds of the processor, and after BUSY times as many by the clock.

    Nothing where this is not the main thread, or no POSIX.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Hang(f"after {seconds:g} seconds")

    timers = ((signal.ITIMER_PROF, signal.SIGPROF, seconds), (signal.ITIMER_REAL, signal.SIGALRM, BUSY * seconds))
    before = {number: signal.signal(number, ring) for _, number, _ in timers}
    for timer, _, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
