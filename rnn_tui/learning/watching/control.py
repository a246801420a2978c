"""The end of the training's process that listens: to go on, to pause, to take one step, a pace, to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import BinaryIO

from rnn_tui.learning.watching.messages import BATCH, GO_ON, PACE, PAUSE, STOP


class NobodyLooksOnError(BaseException):
    """Nobody is at the other end any more, so that nobody wants what would come of the training."""


class Control:
    """The last that was asked of the training, which begins paused.

    A thread of its own listens to `stream`, and calls `left` where that ends before the training was told to stop.
    """

    def __init__(self, stream: BinaryIO, left: Callable[[], None] = lambda: None) -> None:
        self.busy = True
        """False while the training may just go on: all that is asked at every batch."""
        self._told = threading.Condition()
        self._paused, self._stopped, self._left = True, False, False
        self._batches, self._pace = 0, 0.0
        threading.Thread(target=self._listen, args=(stream, left), daemon=True).start()

    def hold(self) -> bool:
        """Wait while it is paused; returns True where one batch alone may be taken, which is then to be shown.

        Raises KeyboardInterrupt where it is to stop, NobodyLooksOnError where nobody is there any more.
        """
        with self._told:
            self._told.wait_for(lambda: not self._paused or self._batches or self._over)
            self._check()
            shown = self._paused
            self._batches -= shown
            return shown

    def keep_pace(self, since: float) -> None:
        """Wait until the least time of an epoch has gone by since a time, or something else is asked.

        Raises as `hold` does.
        """
        with self._told:
            while (left := self._pace - (time.perf_counter() - since)) > 0 and not (self._paused or self._over):
                self._told.wait(left)
            self._check()

    @property
    def _over(self) -> bool:
        return self._stopped or self._left

    def _check(self) -> None:
        if self._left:
            raise NobodyLooksOnError
        if self._stopped:
            raise KeyboardInterrupt

    def _listen(self, stream: BinaryIO, left: Callable[[], None]) -> None:
        for line in stream:
            self.obey(line.decode("ascii", "replace"))
        with self._told:
            self._left, self.busy = not self._stopped, True
            self._told.notify_all()
        if self._left:
            left()

    def obey(self, line: str) -> None:
        """Take in what the training is told."""
        word, _, number = line.strip().partition(" ")
        with self._told:
            if word == GO_ON:
                self._paused, self._batches = False, 0
            elif word == PAUSE:
                self._paused = True
            elif word == BATCH:
                self._paused, self._batches = True, self._batches + 1
            elif word == PACE:
                self._pace = float(number)
            elif word == STOP:
                self._stopped = True
            self.busy = self._paused or self._over
            self._told.notify_all()
