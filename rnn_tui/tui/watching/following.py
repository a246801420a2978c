"""A training that goes on, as the screen knows it: what it has told so far, and what it is asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from rnn_tui.learning.watching.messages import (
    BATCH,
    GO_ON,
    PACE,
    PAUSE,
    STOP,
    Done,
    EpochEnded,
    Failed,
    Message,
    Stepped,
)
from rnn_tui.network.runs import Run
from rnn_tui.pictures.watching import FAILED, OVER, PAUSED, STOPS, TRAINS, Progress

PACES = (5.0, 2.0, 1.0, 0.5, 0.2, 0.0)
"""The least seconds of an epoch, slowest first; the last lets it go as fast as it can."""
MOST_STEPS = 8
"""The steps that are known: each has all weights."""


class Training(Protocol):
    """Another process that trains."""

    def news(self) -> Sequence[Message]:
        """All that it has told since this was last asked."""
        ...

    def ask(self, words: str) -> None:
        """Tell it to go on, to pause, to take a batch, a pace, or to stop."""
        ...


class Following:
    """All that a training has told, and what it was asked; it begins paused, before its first epoch."""

    def __init__(self, training: Training, run: Run, epochs: int) -> None:
        self.training, self.run, self.epochs = training, run, epochs
        self.steps: dict[int, Stepped] = {}
        """The last steps that were taken alone, by how many steps had been taken."""
        self.changed: dict[int, EpochEnded] = {}
        """What became of each epoch's answers."""
        self.last: Done | Failed | None = None
        self.paused, self.stops, self.pace = True, False, len(PACES) - 1

    @property
    def goes_on(self) -> bool:
        """True while there is more to come, unless it was told to stop."""
        return self.last is None and not self.stops

    @property
    def newest(self) -> int:
        """The last epoch whose weights are there."""
        return self.run.epochs[-1]

    @property
    def step(self) -> Stepped | None:
        """The last step that was taken alone, if no epoch has ended since."""
        last = next(reversed(self.steps.values()), None)
        return last if last is not None and last.epoch > self.newest else None

    def heard(self) -> bool:
        """Take in what it has told since the last time; tells whether that was anything."""
        news = self.training.news()
        for message in news:
            if isinstance(message, EpochEnded):
                self._grow(message)
            elif isinstance(message, Stepped):
                self.steps[message.t] = message
                while len(self.steps) > MOST_STEPS:
                    del self.steps[next(iter(self.steps))]
            elif isinstance(message, Done | Failed):
                self.last = message
        return bool(news)

    def _grow(self, ended: EpochEnded) -> None:
        self.run = replace(self.run, history=(*self.run.history, ended.told), epochs=ended.kept)
        self.changed[ended.told.epoch] = ended

    def go_on(self) -> None:
        """Let it go on."""
        self.paused = False
        self.training.ask(GO_ON)

    def pause(self) -> None:
        """Let it wait after the batch that it is at."""
        self.paused = True
        self.training.ask(PAUSE)

    def take_batch(self) -> None:
        """Let it take one batch, and wait."""
        self.paused = True
        self.training.ask(BATCH)

    def stop(self) -> None:
        """Let it stop, and keep the best so far."""
        self.stops = True
        self.training.ask(STOP)

    def can_change_pace(self, by: int) -> bool:
        """Tell whether there is a faster (1) or slower (−1) pace."""
        return 0 <= self.pace + by < len(PACES)

    def change_pace(self, by: int) -> float:
        """Let it go faster (1) or slower (−1), as far as it goes; returns the least seconds of an epoch now."""
        self.pace = max(0, min(self.pace + by, len(PACES) - 1))
        self.training.ask(f"{PACE} {PACES[self.pace]:g}")
        return PACES[self.pace]

    @property
    def progress(self) -> Progress:
        """The place that it has come to."""
        told = self.run.history[-1] if self.run.history else None
        epoch = 0 if told is None else told.epoch
        seconds = None if told is None or not told.epoch or told.seconds is None else told.seconds / told.epoch
        step = self.step
        return Progress(
            self._doing,
            epoch,
            self.epochs,
            seconds,
            PACES[self.pace],
            self.run.best,
            None if step is None else (step.epoch, step.number),
            self._said(),
        )

    @property
    def _doing(self) -> str:
        if self.last is not None:
            return FAILED if isinstance(self.last, Failed) else OVER
        return STOPS if self.stops else PAUSED if self.paused else TRAINS

    def _said(self) -> str:
        if isinstance(self.last, Failed):
            return self.last.reason or "stopped before the first epoch ended, so there is nothing to keep"
        if self.last is None:
            return ""
        best = self.last.epoch
        how = "stopped" if self.last.interrupted else "it has ended"
        epochs = self.run.history[-1].epoch
        return f"{how} after {epochs} epoch{'s' if epochs != 1 else ''}; the model file has epoch {best}, the best"
