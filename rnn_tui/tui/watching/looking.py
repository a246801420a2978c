"""The screen that follows a training: takes in what that tells, shows its newest weights, and asks it to do things."""

from __future__ import annotations

from dataclasses import replace

from rnn_tui.learning.watching.messages import AFTER, Done, Failed, Stepped
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.runs import Run
from rnn_tui.network.storage.model_file import assembled
from rnn_tui.replay import Replay, replayed
from rnn_tui.scene import Reading, Scene
from rnn_tui.traces import Traces, traced
from rnn_tui.tui.replaying.moves import LearnComputed
from rnn_tui.tui.replaying.screen import LearnScreen
from rnn_tui.tui.screen.keys import Told
from rnn_tui.tui.screen.playing import Clock, Timer
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.watching.following import Following, Training
from rnn_tui.tui.watching.state import StepReading, WatchScene

LOOK_SECONDS = 0.05
"""Seconds between two looks at what the training has told."""
AT_ONCE = 4
"""The epochs at which a text is read at one look, so that no key waits for all of them."""
REST = 4
"""The looks after which the next epoch is shown at the soonest: more can't be seen, and would slow the training."""


class FollowingScreen(LearnScreen, inherit_bindings=False):
    """Follows a training, whatever it shows of it."""

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
        model = assembled(run.metadata, step.tensors[AFTER], run.folder)
        batches = f"{step.number} batch{'es' if step.number > 1 else ''}"  # since that epoch: these are not its weights
        model = replace(model, name=f"{model.name}, epoch {reading.epoch} + {batches}")
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
            found: Replay | None
            try:
                found = replayed(replace(asked, epoch=reading.epoch), self.traces, known, AT_ONCE)
            except UserError:  # an epoch may just have been given up
                found = None if self._replayed is None or self._replayed[0] != asked else self._replayed[2]
            self._reads_on = found is not None and not known.keys() >= set(found.epochs)
            self._replayed = (asked, run, found)
        return self._replayed[2]

    def entered(self, state: Scene, computed: Computed) -> Scene:
        """Another text is read to its end, where the weights are seen; of another model there are no weights to see."""
        if not isinstance(state, WatchScene) or not state.sees_weights:
            return state
        return state.at(computed.order.last) if self.is_trained(computed) else replace(state, weights=False)

    def is_trained(self, computed: Computed) -> bool:
        """True for the network that is trained, at any of its epochs."""
        return isinstance(computed, LearnComputed) and computed.replay is not None

    def fitted(self, state: Scene, computed: Computed) -> Scene:
        """See `WalkScreen.fitted`; the first text is read to its end, too."""
        fitted = super().fitted(state, computed)
        return self.entered(fitted, computed) if not hasattr(self, "timeline") else fitted

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
        if follows and step is None and not self._has(following.newest):
            self._behind = True
        elif follows:
            self._followed = following.newest
            unit = state.unit_in(self.computed.trace) if state.unit is None else state.unit
            state = replace(state, reading=reading, unit=unit)
            self.show(state, timeline=self.timeline.replaced(state))
        else:
            self.computed = self.computed_for(state)
            self.draw()

    def _has(self, epoch: int) -> bool:
        """True for an epoch whose weights are there: of a run that is thinned, one goes when the next has ended."""
        try:
            self.traces.model(self.folder, epoch)
        except UserError:
            return False
        return True

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

    @property
    def step(self) -> Stepped | None:
        """The step that was taken alone, after which the weights are shown; None where they are those of an epoch."""
        reading = self.state.reading
        return self.following.steps.get(reading.batch) if isinstance(reading, StepReading) else None
