"""The one who looks on inside the training's process: records it, tells of it, and holds it up as it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from rnn_tui.learning.recording import RunObserver
from rnn_tui.learning.watching.control import Control
from rnn_tui.learning.watching.judging import Judge
from rnn_tui.learning.watching.messages import AFTER, BEFORE, GRADIENT, MEAN, ROOT, Began, EpochEnded, Message, Stepped
from rnn_tui.network.arrays import Array
from rnn_tui.network.training import Epoch, Figures, Step, TrainingLoop

MOST_NUMBERS = 2**18
"""Of a parameter with more numbers a step tells what became of it, and no more."""


class WatchedObserver:
    """Hands what it sees on to the one who records it, and tells of it."""

    def __init__(self, recorded: RunObserver, judge: Judge, control: Control, tell: Callable[[Message], None]) -> None:
        self.recorded, self.judge, self.control, self.tell = recorded, judge, control, tell
        self._before: Array | None = None
        self._epoch, self._since = 1, 0.0

    def begins(self, loop: TrainingLoop, validation: Figures) -> None:
        """Tell that the run is there, and wait until it may begin."""
        self.recorded.begins(loop, validation)
        self.judge.changes(loop.parameters)
        self.tell(Began(loop.settings.epochs))
        self._hold(loop)
        self._since = time.perf_counter()

    def steps(self, loop: TrainingLoop, step: Step) -> None:
        """Tell of the step where it was taken alone, and wait where it is paused."""
        if self._before is not None:
            self.tell(self._stepped(loop, step, self._before))
        if self.control.busy or self._before is not None:
            self._hold(loop)

    def ends(self, loop: TrainingLoop, epoch: Epoch) -> None:
        """Tell of the epoch, and let it last as long as is asked for."""
        self.recorded.ends(loop, epoch)
        told, recorder = self.recorded.told, self.recorded.recorder
        assert told is not None, "it has just been recorded"
        assert recorder is not None, "it has just recorded something"
        self.tell(EpochEnded(told, tuple(recorder.kept), *self.judge.changes(loop.parameters)))
        self._epoch = epoch.number + 1
        start = time.perf_counter()
        self.control.keep_pace(self._since)
        self._since = time.perf_counter()
        loop.held += self._since - start

    def _hold(self, loop: TrainingLoop) -> None:
        """Wait while it is paused; the parameters are kept where the next step is to be told of."""
        start = time.perf_counter()
        shown = self.control.hold()
        held = time.perf_counter() - start
        loop.held += held
        self._since += held  # the time of a pause is none of the epoch's
        self._before = loop.flat.vector.copy() if shown else None

    def _stepped(self, loop: TrainingLoop, step: Step, before: Array) -> Stepped:
        flat, (mean, root) = loop.flat, loop.adam.moments
        vectors = {BEFORE: before, GRADIENT: flat.gradient, MEAN: mean, ROOT: root}
        small = {name for name, array in flat.parameters.items() if array.size <= MOST_NUMBERS}
        tensors = {
            of: {name: array for name, array in flat.named(vector).items() if name in small}
            for of, vector in vectors.items()
        }
        return Stepped(
            self._epoch,
            step.number,
            loop.adam.t,
            step.batch.weights.shape[1],
            step.loss,
            step.norm,
            loop.settings.clip_norm,
            step.learning_rate,
            {**tensors, AFTER: dict(flat.parameters)},
        )
