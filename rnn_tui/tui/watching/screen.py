"""A training that goes on: its course, the answer and the memory under the weights of now, and the weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, cast

from textual.geometry import Region

from rnn_tui.learning.watching.messages import AFTER, BEFORE, Done, Failed, Stepped
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.runs import Run
from rnn_tui.network.storage.model_file import assembled
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.moving import EMBEDDING, WeightsView
from rnn_tui.pictures.training import CourseView
from rnn_tui.pictures.watching import ChangedView
from rnn_tui.replay import Replay, replayed
from rnn_tui.scene import Reading, Scene
from rnn_tui.traces import Traces, traced
from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.watching import Changed, Status, Weights
from rnn_tui.tui.replaying.moves import LearnComputed
from rnn_tui.tui.replaying.screen import COURSE, LearnScreen
from rnn_tui.tui.screen.keys import Key, Told
from rnn_tui.tui.screen.playing import Clock, Timer
from rnn_tui.tui.screen.showing import NOTICE, Transient
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.plan import LANES, Plan, moved, strip_name
from rnn_tui.tui.walking.screen import INTRODUCTION
from rnn_tui.tui.walking.sizes import Sizes
from rnn_tui.tui.watching.following import Following, Training
from rnn_tui.tui.watching.keys import KEYS, PRIORITIES
from rnn_tui.tui.watching.moves import block_of
from rnn_tui.tui.watching.plan import CHANGED, STATUS, WEIGHTS, watch_plan
from rnn_tui.tui.watching.state import StepReading, WatchScene

LOOK_SECONDS = 0.05
"""Seconds between two looks at what the training has told."""
AT_ONCE = 4
"""The epochs at which a text is read at one look, so that no key waits for all of them."""
REST = 4
"""The looks after which the next epoch is shown at the soonest: more can't be seen, and would slow the training."""
STEPS = (10, 20, 50)
OF_TRAINING, OF_WEIGHTS = ("batch", "stop-training"), ("next-block", "next-picked")
"""The keys that do something only while it trains, and only where the weights are seen."""
INTRODUCES = (
    "A training while it goes on: above stands how the loss falls and how many answers are right, below the memory of "
    "one text under the weights of now, and the weights themselves, as they move. T pauses it, B takes one batch "
    "alone, − and + change its pace, S stops it and keeps the best. < goes back to an earlier epoch, ) to the newest, "
    "W to the phases of the walk.\n\n"
)


class WatchScreen(LearnScreen, inherit_bindings=False):
    """Shows a training that goes on. Gives back the scene that it is left with."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCES + INTRODUCTION

    def __init__(
        self,
        scene: WatchScene,
        traces: Traces,
        training: Training,
        epochs: int,
        clock: Clock | None = None,
        *,
        output: str = "",
        keeps: bool = True,
    ) -> None:
        """Watch a training of at most so many epochs, whose run's folder is the scene's model.

        `output` is the model file that it will write, and `keeps` says that the run stays. Raises UserError where the
        scene's reading can't be computed.
        """
        self.folder, self.output, self.keeps = scene.model, output, keeps
        self.following = Following(training, traces.run(scene.model), epochs)
        self._known: tuple[Reading, dict[int, Array]] | None = None
        self._replayed: tuple[Reading, Run, Replay | None] | None = None
        self._reads_on = False
        """True while the text hasn't been read yet at all the epochs at which it is to be."""
        self._scales: dict[str, float] = {}
        self._followed = 0
        self._behind, self._rest = False, 0
        self._looks: Timer | None = None
        super().__init__(scene, traces, clock)

    def on_mount(self) -> None:
        """Let the training begin, now that it is seen."""
        super().on_mount()
        self.following.go_on()
        self._looks = self._every(LOOK_SECONDS, self.look)
        self.draw()

    # What is computed

    def computed_for(self, state: Scene) -> Computed:
        """The trace at the epoch or after the batch, and the answers at all epochs so far."""
        if isinstance(state.reading, StepReading):
            self._keep_step(state.reading)
        return super().computed_for(state)

    def _keep_step(self, reading: StepReading) -> None:
        """Compute a reading by the weights after a batch, while they are known."""
        step = self.following.steps.get(reading.batch)
        if step is None:
            return
        run = self.following.run
        model = replace(assembled(run.metadata, step.tensors[AFTER], run.folder), epoch=reading.epoch)
        for asked in dict.fromkeys((reading, reading.unedited)):
            self.traces.keep(asked, traced(model, asked))

    def replay_of(self, reading: Reading) -> Replay | None:
        """See `LearnScreen.replay_of`; the answers of epochs that are known are not computed again."""
        if reading.model != self.folder:
            return super().replay_of(reading)
        asked, run = Reading(reading.model, reading.text, reading.edits), self.following.run
        if self._replayed is None or self._replayed[:2] != (asked, run) or self._reads_on:
            if self._known is None or self._known[0] != asked:
                self._known = (asked, {})
            known = self._known[1]
            try:
                found = replayed(replace(asked, epoch=reading.epoch), self.traces, known, AT_ONCE)
            except UserError:
                found = None
            self._reads_on = found is not None and not known.keys() >= set(found.epochs)
            self._replayed = (asked, run, found)
        return self._replayed[2]

    def entered(self, state: Scene, computed: Computed) -> Scene:
        """Another text is read to its end, where the weights are seen; of another model there are no weights to see."""
        if not isinstance(state, WatchScene) or not state.sees_weights:
            return state
        return state.at(computed.order.last) if self._is_trained(computed) else replace(state, weights=False)

    def _is_trained(self, computed: Computed) -> bool:
        """True for the network that is trained, at any of its epochs."""
        return isinstance(computed, LearnComputed) and computed.replay is not None

    def fitted(self, state: Scene, computed: Computed) -> Scene:
        """See `WalkScreen.fitted`; the first text is read to its end, too."""
        fitted = super().fitted(state, computed)
        return self.entered(fitted, computed) if not hasattr(self, "timeline") else fitted

    # What is shown

    def planned(self, width: int, height: int, state: Scene, computed: Computed) -> Plan:
        """The memory and the weights below the course, or the walk there."""
        if width < LEAST.width or height < LEAST.height:
            return super().planned(width, height, state, computed)
        if isinstance(state, WatchScene) and state.sees_weights and self._is_trained(computed):
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
        if self._step() is None:
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
        """The weights of now, and how they have moved in the epoch or in the batch."""
        state = cast(WatchScene, self.state)
        now = self.computed.model.tensors()
        step = self._step()
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
        scale = max(self._scales.get(name, 0.0), float(abs(now[name]).max(initial=0.0)))
        self._scales[name] = scale
        unit = state.unit_in(trace)
        return WeightsView(now, before, block, unit, state.picked, words, word, shares, step, scale)

    def _step(self) -> Stepped | None:
        reading = self.state.reading
        return self.following.steps.get(reading.batch) if isinstance(reading, StepReading) else None

    def _epoch_before(self, state: Scene) -> Mapping[str, Array] | None:
        """The weights of the epoch before, if it is the one before and was kept."""
        epoch = state.epoch
        if not epoch or state.model != self.folder or epoch - 1 not in self.following.run.epochs:
            return None
        try:
            return self.traces.model(self.folder, epoch - 1).tensors()
        except UserError:  # it has just been given up
            return None

    # What goes on

    def look(self) -> None:
        """Take in what the training has told, and show its newest weights where they are followed."""
        following, ended = self.following, self.following.last
        follows = self._follows
        heard = following.heard()
        self._rest = max(0, self._rest - 1)
        if heard:
            self.traces.keep_run(self.folder, following.run)
            self._behind = True
        if following.last is not None and ended is None:
            self._end(following.last)
        if self._behind and not self._rest and self._free:
            self._behind, self._rest = False, REST
            self._show_newest(follows=follows)
        elif self._reads_on and self.is_current:
            self.computed = self.computed_for(self.state)
            self.draw()
        if self._looks is not None and following.last is not None and not self._behind and not self._reads_on:
            self._looks.stop()
            self._looks = None

    @property
    def _follows(self) -> bool:
        """True where the newest weights are shown."""
        state = self.state
        return state.model == self.folder and (state.epoch or 0) >= self._followed

    @property
    def _free(self) -> bool:
        """True where nothing goes on that another epoch would end."""
        goes_on = self.player.playing or self.slider.at is not None or self.motion < 1 or self.training.playing
        return self.is_current and not goes_on and not self.state.asking

    def _show_newest(self, *, follows: bool) -> None:
        """Show the newest weights, or that there are newer ones."""
        following, state = self.following, self.state
        step = following.step
        reading = Reading(self.folder, state.text, state.edits, following.newest)
        if step is not None:
            reading = StepReading(self.folder, state.text, state.edits, following.newest, batch=step.t)
        if follows:
            self._followed = following.newest
            unit = state.unit_in(self.computed.trace) if state.unit is None else state.unit
            state = replace(state, reading=reading, unit=unit)
            self.show(state, timeline=self.timeline.replaced(state))
        else:
            self.computed = self.computed_for(state)
            self.draw()

    def _end(self, last: Done | Failed) -> None:
        """Say what it has ended with."""
        self._rest = 0
        if isinstance(last, Failed):
            self.complain(UserError(self.following.progress.said))
        else:
            self.tell(Told(f"wrote {self.output}", seconds=6))

    @property
    def goes_on(self) -> bool:
        """True while it trains, or is paused."""
        return self.following.goes_on

    def toggle_training(self) -> None:
        """Pause the training, or let it go on; when it is over, play it again, or pause that."""
        if not self.goes_on:
            super().toggle_training()
            return
        if self.following.paused:
            self.following.go_on()
        else:
            self.following.pause()
        self.draw()

    @property
    def plays_training(self) -> bool:
        """True while there is anything to pause."""
        return self.goes_on or super().plays_training

    def take_batch(self) -> None:
        """Let the training take one batch, and show its newest weights."""
        self.following.take_batch()
        self._followed = min(self._followed, self.state.epoch or 0)
        self.draw()

    def stop_training(self) -> None:
        """Let it stop, and keep the best so far."""
        self.following.stop()
        self.draw()

    def can_change_speed(self, by: int) -> bool:
        """Tell whether there is a faster (1) or slower (−1) pace, of the training while it goes on."""
        return self.following.can_change_pace(by) if self.goes_on else self.player.can_change(by)

    def change_speed(self, by: int) -> None:
        """Let the training go faster (1) or slower (−1); when it is over, play faster or slower."""
        if not self.goes_on:
            super().change_speed(by)
            return
        seconds = self.following.change_pace(by)
        said = f"at least {seconds:g} s an epoch" if seconds else "as fast as it can"
        self.tell(Told(said, seconds=1, in_place=True))
        self.draw()

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
