"""Things that go on by themselves on a clock that is handed in: phase after phase, a word that slides along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rnn_tui.settings import Settings

SECONDS = (3.0, 2.0, 1.4, 1.0, 0.7, 0.45, 0.3)
"""Seconds a phase stays on the screen, slowest first."""
NORMAL = 2
SLIDE_SECONDS = 0.4
"""Seconds a sliding word stays at a timestep."""


class Timer(Protocol):
    """Something that calls a function again and again until it is stopped, as Textual's Timer does."""

    def stop(self) -> None:
        """Call no more."""
        ...


Clock = Callable[[float, Callable[[], None]], Timer]
"""Starts a timer that calls a function every so many seconds."""


def speed_of(settings: Settings) -> int:
    """The speed, an index of SECONDS, of the pace that is set; raises UserError where there is no such pace."""
    if settings.pace is None:
        return NORMAL
    if settings.pace not in SECONDS:
        paces = ", ".join(f"{seconds:g}" for seconds in SECONDS)
        raise settings.refusal("pace", f"no pace of {settings.pace:g} seconds a phase; there are {paces}")
    return SECONDS.index(settings.pace)


class Player:
    """Calls `tick` at the chosen speed while it plays."""

    def __init__(self, clock: Clock, tick: Callable[[], None]) -> None:
        self._clock = clock
        self._tick = tick
        self._timer: Timer | None = None
        self.speed = NORMAL

    @property
    def playing(self) -> bool:
        """True while it plays."""
        return self._timer is not None

    @property
    def seconds(self) -> float:
        """Seconds a phase stays on the screen."""
        return SECONDS[self.speed]

    def start(self) -> None:
        """Play from now on."""
        self.stop()
        self._timer = self._clock(self.seconds, self._tick)

    def stop(self) -> None:
        """Pause."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def can_change(self, by: int) -> bool:
        """Tell whether there is a faster (1) or slower (−1) speed."""
        return 0 <= self.speed + by < len(SECONDS)

    def change_speed(self, by: int) -> None:
        """Play faster (1) or slower (−1), as far as it goes; takes effect at once."""
        self.speed = max(0, min(self.speed + by, len(SECONDS) - 1))
        if self.playing:
            self.start()


class Slider:
    """Moves `at` from timestep 0 to the last of a sentence, where it stays until it is stopped."""

    def __init__(self, clock: Clock, draw: Callable[[], None]) -> None:
        self._clock = clock
        self._draw = draw
        self._timer: Timer | None = None
        self._length = 0
        self.at: int | None = None

    def start(self, length: int) -> None:
        """Slide through so many timesteps."""
        self.stop()
        self._length, self.at = length, 0
        self._timer = self._clock(SLIDE_SECONDS, self._slide_on)
        self._draw()

    def stop(self) -> None:
        """Slide no more."""
        self._stop_timer()
        self.at = None

    def _slide_on(self) -> None:
        if self.at is not None and self.at + 1 < self._length:
            self.at += 1
        if self.at is None or self.at + 1 == self._length:  # it stays there to be looked at
            self._stop_timer()
        self._draw()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
