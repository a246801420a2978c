"""A training run: the walk at one of its epochs, with the course of the training above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar

from textual.geometry import Region

from rnn_tui.network.errors import UserError
from rnn_tui.pictures.training import CourseView
from rnn_tui.replay import Across, Replay, across, kind_of, replayed
from rnn_tui.scene import Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.training import AcrossEpochs, AcrossView, Course
from rnn_tui.tui.replaying.keys import KEYS, OWN
from rnn_tui.tui.replaying.moves import LearnComputed, epochs_of
from rnn_tui.tui.screen.keys import Change, Key, Shown
from rnn_tui.tui.screen.playing import Clock, Player
from rnn_tui.tui.screen.showing import Transient
from rnn_tui.tui.walking.computed import Computed, computed
from rnn_tui.tui.walking.course import COURSE, below_course
from rnn_tui.tui.walking.plan import Plan
from rnn_tui.tui.walking.screen import INTRODUCTION, WalkScreen

ACROSS = "across"
KEPT = ("header", "footer", "ribbon", "question", "notice", COURSE)
"""The panels that stay where every word is shown across the epochs."""
LEARNING = tuple(key.id for key in OWN)
"""The keys that need a run."""
INTRODUCES = (
    "A training: above stands how the loss fell and what became of the answer, below the network as it was after one "
    "epoch. > and < go from epoch to epoch, T plays them, and every key of the walk works at each.\n\n"
)


class LearnScreen(WalkScreen, inherit_bindings=False):
    """Shows a training run. Gives back the scene that it is left with."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCES + INTRODUCTION

    def __init__(self, scene: Scene, traces: Traces, clock: Clock | None = None) -> None:
        """Raises UserError where the scene's reading can't be computed."""
        self._replays: dict[Reading, Replay | None] = {}
        self._looked: tuple[object, Across] | None = None
        super().__init__(scene, traces, clock)
        self.training = Player(self._every, self.train_on)

    def computed_for(self, state: Scene) -> Computed:
        """The trace at the epoch, and the answers at all of them."""
        found = computed(state.reading, self.traces)
        own = {field.name: getattr(found, field.name) for field in fields(found)}
        return LearnComputed(**own, replay=self.replay_of(state.reading))

    def replay_of(self, reading: Reading) -> Replay | None:
        """The answers to a text at every epoch; None where the model brings no run, or another one was picked."""
        asked = replace(reading, epoch=None)
        if reading.epoch is None:
            return None
        if asked not in self._replays:
            self._replays.clear()
            try:
                self._replays[asked] = replayed(asked, self.traces)
            except UserError:
                self._replays[asked] = None
        return self._replays[asked]

    def planned(self, width: int, height: int, state: Scene, computed: Computed) -> Plan:
        """The walk below the course of the training."""

        def walk(width: int, height: int) -> Plan:
            return super(LearnScreen, self).planned(width, height, state, computed)

        replay = computed.replay if isinstance(computed, LearnComputed) else None
        planned = None if replay is None or state.presents else below_course(width, height, walk)
        if planned is None:
            return walk(width, height)
        return _across(planned, width, height) if state.over_epochs and not state.asking else planned

    def panels(self, computed: Computed) -> Iterable[Panel[Any]]:
        """Those of the walk, and the course."""
        yield from (Course(COURSE), AcrossEpochs(ACROSS))
        yield from super().panels(computed)

    def views(self, transient: Transient[Scene]) -> Mapping[str, Any]:
        """The view of the walk for its panels, and the training for the course."""
        views = dict(super().views(transient))
        computed = self.computed
        if COURSE in views and isinstance(computed, LearnComputed) and computed.replay is not None:
            state = self.state
            epoch = state.epoch or 0
            covered = state.covered or state.asking
            each = computed.model.readout.kind == "each"
            if ACROSS in views:
                views[ACROSS] = AcrossView(self._across(computed.replay), epoch, state.position.t)
            views[COURSE] = CourseView(computed.replay, epoch, state.position.t if each else -1, hidden=covered)
        return views

    def _across(self, replay: Replay) -> Across:
        """The numbers of the open lens across the epochs, computed when they are first looked at."""
        state = self.state
        kind, floor = kind_of(state.lens), state.position.floor
        unit = state.unit_in(self.computed.trace)
        asked = (id(replay), kind, floor, unit)
        if self._looked is None or self._looked[0] != asked:
            self._looked = (asked, across(state.reading, replay, kind, floor, unit))
        return self._looked[1]

    def closed(self, shown: Shown[Scene, Computed]) -> Scene | None:
        """Back to the walk from the epochs, else what the walk closes."""
        if shown.state.over_epochs:
            return replace(shown.state, over_epochs=False)
        return super().closed(shown)

    def train_on(self) -> None:
        """Take the next epoch while the training is played; at its end, pause."""
        step = self.key("epoch-on").act
        assert isinstance(step, Change)
        if self.able("epoch-on"):
            self.show(step.make(self.shown), merges=True)
        if not self.able("epoch-on"):
            self.training.stop()
            self.draw()

    @property
    def plays_training(self) -> bool:
        """True while the epochs go on by themselves."""
        return self.training.playing

    def toggle_training(self) -> None:
        """Play the training, or pause it."""
        self.player.stop()
        if self.training.playing:
            self.training.stop()
        else:
            self.training.speed = self.player.speed
            self.training.start()
        self.draw()

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        if key.id == "play-training" and self.training.playing:
            return "pause", key.priority
        if key.id in LEARNING and not epochs_of(self.shown):
            return "", key.priority
        return super().hint_for(key)

    def command(self) -> list[str]:
        """The arguments that open the training at this scene."""
        _, model, *rest = super().command()
        return ["learn", model, *rest]


def _across(planned: Plan, width: int, height: int) -> Plan:
    """The plan with every word across the epochs in place of the phases, the memory and the story."""
    kept = {name: region for name, region in planned.regions.items() if name in KEPT}
    top = max(region.bottom for name, region in kept.items() if name != "footer")
    return replace(planned, regions=kept | {ACROSS: Region(0, top, width, height - 1 - top)})
