"""Play: one phase after the other on a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

SECONDS = (3.0, 2.0, 1.4, 1.0, 0.7, 0.45, 0.3)
"""Seconds a phase stays on the screen, slowest first."""
NORMAL = 2


class Alarm(Protocol):
    """Something that rings again and again until it is stopped (Textual's Timer is one)."""

    def stop(self) -> None:
        """Ring no more."""
        ...


Clock = Callable[[float, Callable[[], None]], Alarm]
"""Calls a function every so many seconds."""


class Player:
    """Rings `tick` at the chosen speed while it plays."""

    def __init__(self, clock: Clock, tick: Callable[[], None]) -> None:
        self._clock = clock
        self._tick = tick
        self._alarm: Alarm | None = None
        self.speed = NORMAL

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._alarm is not None

    @property
    def seconds(self) -> float:
        """Seconds a phase stays on the screen."""
        return SECONDS[self.speed]

    def start(self) -> None:
        """Play from now on."""
        self.stop()
        self._alarm = self._clock(self.seconds, self._tick)

    def stop(self) -> None:
        """Pause."""
        if self._alarm is not None:
            self._alarm.stop()
            self._alarm = None

    def can_change(self, by: int) -> bool:
        """Whether there is a faster (1) or slower (−1) speed."""
        return 0 <= self.speed + by < len(SECONDS)

    def change_speed(self, by: int) -> None:
        """Faster (1) or slower (−1), as far as it goes; takes effect at once."""
        self.speed = max(0, min(self.speed + by, len(SECONDS) - 1))
        if self.playing:
            self.start()


SLIDE_SECONDS = 0.4
"""Seconds a sliding word stays at a place."""


class Slider:
    """Moves `place` from 0 to the last place of a sentence, where it stays until it is stopped; draws at each."""

    def __init__(self, clock: Clock, draw: Callable[[], None]) -> None:
        self._clock = clock
        self._draw = draw
        self._alarm: Alarm | None = None
        self._places = 0
        self.place: int | None = None

    def start(self, places: int) -> None:
        """Slide through so many places."""
        self.stop()
        self._places, self.place = places, 0
        self._alarm = self._clock(SLIDE_SECONDS, self._slide_on)
        self._draw()

    def stop(self) -> None:
        """Slide no more."""
        self._rest()
        self.place = None

    def _slide_on(self) -> None:
        if self.place is not None and self.place + 1 < self._places:
            self.place += 1
        if self.place is None or self.place + 1 == self._places:  # it stays there to be looked at
            self._rest()
        self._draw()

    def _rest(self) -> None:
        if self._alarm is not None:
            self._alarm.stop()
        self._alarm = None
