"""The epochs of a training: pure functions from what is shown to the next scene, which is the same at another epoch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from importlib import import_module

from rnn_tui.network.errors import UserError
from rnn_tui.replay import Replay
from rnn_tui.scene import Scene
from rnn_tui.tui.screen.keys import Outcome, Shown
from rnn_tui.tui.walking.computed import Computed


@dataclass(frozen=True, eq=False)
class LearnComputed(Computed):
    """The trace at an epoch, and the answers at all; `replay` is None for a model without a run."""

    replay: Replay | None


Learn = Shown[Scene, Computed]


def replay_of(shown: Learn) -> Replay | None:
    """The training that is replayed; None where the model has no run."""
    return shown.computed.replay if isinstance(shown.computed, LearnComputed) else None


def epochs_of(shown: Learn) -> tuple[int, ...]:
    """The kept epochs of the run, or none where there is no run."""
    replay = replay_of(shown)
    return () if replay is None else replay.run.epochs


def epoch(shown: Learn, by: int) -> Scene:
    """The same words and the same unit at the next epoch that was kept, or the one before."""
    epochs, now = epochs_of(shown), shown.state.epoch
    if now is None or not epochs:
        return shown.state
    index = bisect_right(epochs, now) if by > 0 else bisect_left(epochs, now) - 1
    return at_epoch(shown, epochs[index]) if 0 <= index < len(epochs) else shown.state


def first(shown: Learn, _: int) -> Scene:
    """The network before training."""
    epochs = epochs_of(shown)
    return at_epoch(shown, epochs[0]) if epochs else shown.state


def last(shown: Learn, _: int) -> Scene:
    """The network after the last epoch."""
    epochs = epochs_of(shown)
    return at_epoch(shown, epochs[-1]) if epochs else shown.state


def at_epoch(shown: Learn, to: int) -> Scene:
    """The scene at an epoch; the unit that is shown stays the one that is looked at."""
    scene = shown.state
    if to == scene.epoch:
        return scene
    unit = scene.unit_in(shown.computed.trace) if scene.unit is None and not scene.asking else scene.unit
    return replace(scene, unit=unit, reading=replace(scene.reading, epoch=to))


def over_epochs(shown: Learn, _: int) -> Scene:
    """Every word across the epochs, or the walk again."""
    scene = shown.state
    if not epochs_of(shown) or scene.asking:
        return scene
    return replace(scene.without_arithmetic(), over_epochs=not scene.over_epochs, presenting=False)


def beside_trained(shown: Learn) -> Outcome:
    """This epoch as A, and the trained network as B; raises UserError where it is the trained one already."""
    replay = replay_of(shown)
    if replay is None:
        raise UserError("this model brings no training to compare with")
    trained = replay.run.epochs[-1] if replay.run.best is None else replay.run.best
    if shown.state.epoch == trained:
        raise UserError(f"epoch {trained} is the trained network; < goes back to an earlier one")
    # By name, as the registry does: screens know each other not.
    compared = import_module("rnn_tui.tui.comparing.opening").compared
    screen: Outcome = compared(shown, replace(shown.state.reading, epoch=trained))
    return screen
