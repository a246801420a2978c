"""The state of the screen of a training that goes on: a scene of the walk, and which weights are looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from rnn_tui.scene import Reading, Scene


@dataclass(frozen=True)
class StepReading(Reading):
    """A reading by the weights after one batch inside an epoch: the `batch`-th step of the training, from 1.

    `epoch` is the last that had ended before.
    """

    batch: int = 0

    @property
    def at_epoch(self) -> Reading:
        """The same text at the epoch before."""
        return Reading(self.model, self.text, self.edits, self.epoch)


@dataclass(frozen=True, kw_only=True)
class WatchScene(Scene):
    """A scene that is shown of a training.

    With `weights` the memory and the weights stand in the place of the phases. `block` is the index of the block of
    weights that is shown, `picked` the number of a weight in the rows of the unit there, None for the one that has
    moved most.
    """

    weights: bool = True
    block: int | None = None
    picked: int | None = None

    @property
    def sees_weights(self) -> bool:
        """True where the weights are seen, and not what else is open."""
        others = self.arithmetic or self.lens is not None or self.what_if or self.asked is not None
        return self.weights and not (others or self.presenting or self.over_epochs)

    @property
    def steps_by_word(self) -> bool:
        """With the weights there are no phases to see."""
        return self.sees_weights or super().steps_by_word

    @property
    def at_whole_epoch(self) -> Self:
        """The same scene at the whole epoch before a batch."""
        reading = self.reading
        return replace(self, reading=reading.at_epoch) if isinstance(reading, StepReading) else self
