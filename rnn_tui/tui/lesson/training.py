"""The course of a training in a lesson: above the walk wherever a stop stands at an epoch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnn_tui.network.errors import UserError
from rnn_tui.pictures.training import CourseView
from rnn_tui.replay import Replay, replayed
from rnn_tui.scene import Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.walking.computed import Computed


class Courses:
    """The courses of the trainings that a lesson shows, each found out when it is first shown.

    The curve of the answer is drawn as far as the epoch that is shown: what comes after it is what the lesson asks.
    """

    def __init__(self, traces: Traces) -> None:
        self.traces = traces
        self._text: Reading | None = None  # the reading, at no epoch, that was asked about last
        self._known: Replay | None = None
        self._so_far: dict[int, Replay] = {}

    def of(self, reading: Reading) -> Replay | None:
        """The training up to the epoch of a reading; None where it stands at none, or there is no run."""
        if reading.epoch is None:
            return None
        text = replace(reading, epoch=None)
        if text != self._text:
            self._text, self._known, self._so_far = text, self._replayed(text), {}
        if self._known is None:
            return None
        if reading.epoch not in self._so_far:
            coming = np.array(self._known.epochs) > reading.epoch
            answers = np.where(coming[:, None], np.nan, self._known.answers)
            self._so_far[reading.epoch] = replace(self._known, answers=answers)
        return self._so_far[reading.epoch]

    def view(self, scene: Scene, computed: Computed, *, guarded: bool) -> CourseView | None:
        """The course as it is drawn over a scene; without the answer where that is covered, or asked for later."""
        replay = self.of(scene.reading)
        if replay is None or scene.epoch is None:
            return None
        t = scene.position.t if computed.model.readout.kind == "each" else -1
        return CourseView(replay, scene.epoch, t, hidden=scene.covered or scene.asking or guarded)

    def _replayed(self, text: Reading) -> Replay | None:
        try:
            return replayed(text, self.traces)
        except UserError:  # the picture is of a scene that is there; without a course it is as whole
            return None
