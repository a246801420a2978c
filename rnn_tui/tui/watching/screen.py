"""A training that goes on: its course, the answer and the memory under the weights of now, and the weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, cast

from textual.geometry import Region

from rnn_tui.learning.watching.messages import BEFORE, Done
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import PARAMETERS
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import parameter_name
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.moving import EMBEDDING, WeightsView
from rnn_tui.pictures.training import CourseView
from rnn_tui.pictures.watching import ChangedView
from rnn_tui.scene import Scene
from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.watching import Changed, Status, Weights
from rnn_tui.tui.screen.keys import Key
from rnn_tui.tui.screen.showing import NOTICE, Transient
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.course import COURSE
from rnn_tui.tui.walking.plan import LANES, Plan, moved, strip_name
from rnn_tui.tui.walking.screen import INTRODUCTION
from rnn_tui.tui.walking.sizes import Sizes
from rnn_tui.tui.watching.keys import KEYS, PRIORITIES
from rnn_tui.tui.watching.looking import FollowingScreen
from rnn_tui.tui.watching.moves import block_of
from rnn_tui.tui.watching.plan import CHANGED, STATUS, WEIGHTS, watch_plan
from rnn_tui.tui.watching.state import WatchScene

STEPS = (10, 20, 50)
OF_TRAINING, OF_WEIGHTS = ("batch", "stop-training"), ("next-block", "next-picked")
"""The keys that do something only while it trains, and only where the weights are seen."""
INTRODUCES = (
    "A training while it goes on: above stands how the loss falls and how many answers are right, below the memory of "
    "one text under the weights of now, and the weights themselves, as they move. T pauses it, B takes one batch "
    "alone, − and + change its pace, S stops it and keeps the best. < goes back to an earlier epoch, ) to the newest, "
    "W to the phases of the walk.\n\n"
)


class WatchScreen(FollowingScreen, inherit_bindings=False):
    """Shows a training that goes on. Gives back the scene that it is left with."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCES + INTRODUCTION

    @cached_property
    def scales(self) -> dict[str, float]:
        """The largest |weight| of each block so far, so that a colour says the same from epoch to epoch."""
        return {}

    # What is shown

    def planned(self, width: int, height: int, state: Scene, computed: Computed) -> Plan:
        """The memory and the weights below the course, or the walk there."""
        if width < LEAST.width or height < LEAST.height:
            return super().planned(width, height, state, computed)
        if isinstance(state, WatchScene) and state.sees_weights and self.is_trained(computed):
            sizes = Sizes.of(computed.model, state)
            strips = LANES[: sizes.lanes] if sizes.apart else [strip_name(name) for name in sizes.states]
            judged = self.following.run.training.get("judge") == "accuracy"
            return watch_plan(
                width,
                height,
                strips,
                sizes.hidden_size,
                answers=sizes.answers and not sizes.apart,
                judged=judged,
                course=COURSE,
                words=2 + sizes.curve,
            )
        if height - 1 < LEAST.height or state.presents:
            return super().planned(width, height, state, computed)
        walk = super().planned(width, height - 1, state, computed)
        return moved(walk, (0, 1), (width, height), {STATUS: Region(0, 1, width, 1)})

    def panels(self, computed: Computed) -> Iterable[Panel[Any]]:
        """Those of the replay, and those of what goes on."""
        yield from (Status(STATUS), Weights(WEIGHTS), Changed(CHANGED))
        yield from super().panels(computed)

    def views(self, transient: Transient[Scene]) -> Mapping[str, Any]:
        """The views of the replay, and of what goes on."""
        views = dict(super().views(transient))
        following, state = self.following, self.state
        if NOTICE in views:
            return views
        views[STATUS] = following.progress
        if isinstance(course := views.get(COURSE), CourseView):
            views[COURSE] = replace(
                course, reach=None if isinstance(following.last, Done) else self._reach(), now=self._now(course)
            )
        epoch = state.epoch or 0
        views[CHANGED] = ChangedView(epoch, following.changed.get(epoch))
        if WEIGHTS in views:
            views[WEIGHTS] = self._weights()
        return views

    def _now(self, course: CourseView) -> float | None:
        """The answer after the batch that was taken alone, which its epoch's curve doesn't know yet."""
        if self.step is None:
            return None
        model, replay = self.computed.model, course.replay
        answers = self.computed.trace.values[model.output.answer]
        return float(answers[course.t, 0 if replay.is_number else model.labels.index(replay.labels[course.t])])

    def _reach(self) -> int:
        """The last epoch that the curves have room for: it grows now and then, so that they grow into it."""
        newest, power = max(1, self.following.newest), 1
        while True:
            for step in STEPS:
                if newest <= step * power:
                    return min(step * power, max(self.following.epochs, newest))
            power *= 10

    def _weights(self) -> WeightsView:
        """The weights of now, and how they have moved in the epoch or in the batch: the training's, not a what-if's."""
        state = cast(WatchScene, self.state)
        reading = state.reading
        learned = self.traces.trace(reading.unedited).model if reading.edits else self.computed.model
        now = learned.tensors()
        step = self.step
        before: Mapping[str, Array] | None
        if step is not None:
            before = dict(step.tensors[BEFORE])
            shares = {}
        else:
            told = self.following.run.told(state.epoch or 0)
            shares = {} if told is None else dict(told.moved)
            before = self._epoch_before(state)
        block, trace = block_of(self.shown), self.computed.trace
        name = list(now)[block]
        words, word = _read(trace, state.position.t) if name == EMBEDDING else ((), 0)
        scale = max(self.scales.get(name, 0.0), float(abs(now[name]).max(initial=0.0)))
        self.scales[name] = scale
        unit = state.unit_in(trace)
        gates = _gates(learned, name)
        return WeightsView(now, before, block, unit, state.picked, words, word, shares, step, scale, gates)

    def _epoch_before(self, state: Scene) -> Mapping[str, Array] | None:
        """The weights of the epoch before, if it is the one before and was kept."""
        epoch = state.epoch
        if not epoch or state.model != self.folder or epoch - 1 not in self.following.run.epochs:
            return None
        try:
            return self.traces.model(self.folder, epoch - 1).tensors()
        except UserError:  # it has just been given up
            return None

    # What is said

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        sees = cast(WatchScene, self.state).sees_weights
        does, priority = super().hint_for(key)
        if key.id == "play-training":
            plays = super().plays_training
            does = ("go on" if self.following.paused else "pause") if self.goes_on else "pause" if plays else "replay"
        elif key.id == "weights":
            does = "phases" if sees else "weights"
        elif (key.id in OF_TRAINING and not self.goes_on) or (key.id in OF_WEIGHTS and not sees):
            does = ""
        return does, PRIORITIES.get(key.id, priority + len(PRIORITIES) if sees else priority)

    def command(self) -> list[str]:
        """The arguments that open the training at this scene when it is over, or the model where no run is kept."""
        _, model, *rest = super().command()
        if self.keeps or model != self.folder:
            return ["learn", model, *rest]
        return ["-m", self.output, *_without_epoch(rest)]


def _gates(model: Model, name: str) -> str:
    """The letters of the gates whose rows stand in a block one behind another; "" where there are none."""
    for index, layer in enumerate(model.layers):
        for cell, backward in zip(layer.cells, (False, True), strict=False):
            if any(name == parameter_name(kind, index, backward=backward) for kind in PARAMETERS):
                return "".join(gate.letter for gate in cell.gates)
    return ""


def _read(trace: Trace, t: int) -> tuple[tuple[tuple[int, str], ...], int]:
    """The rows of the embedding that a text reads, each with its word, and which of them is read at a timestep."""
    read = {token.index: token.surface for token in trace.tokens if token.index is not None}
    rows, now = tuple(read.items()), trace.tokens[t].index
    return rows, next((index for index, (row, _) in enumerate(rows) if row == now), 0)


def _without_epoch(words: list[str]) -> list[str]:
    """The arguments of a scene without those of its epoch."""
    if "--epoch" not in words:
        return words
    index = words.index("--epoch")
    return words[:index] + words[index + 2 :]
