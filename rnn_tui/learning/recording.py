"""A training that is written down, epoch by epoch, as a run that `rnn-tui learn` opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.runs import Recorder, Told
from rnn_tui.network.training import Epoch, Figures, Step, TrainingLoop


class RunObserver:
    """Looks on at a training, and records it in a folder.

    `model_of` makes a model of parameters; `fixed` names those that stay as they are, `training` is what the run says
    of itself: the figure by which it is judged, what simple rules reach, the command.
    """

    def __init__(
        self,
        folder: Path,
        model_of: Callable[[Mapping[str, Array]], Model],
        training: Mapping[str, Any],
        fixed: tuple[str, ...] = (),
    ) -> None:
        self.folder, self.model_of, self.training, self.fixed = folder, model_of, training, fixed
        self.recorder: Recorder | None = None
        self.told: Told | None = None
        """The line of the last epoch."""

    def begins(self, loop: TrainingLoop, validation: Figures) -> None:
        """Begin the run with the network before training; raises UserError where it can't be written."""
        model = self.model_of(loop.copied_parameters())
        self.recorder = Recorder(self.folder, model, self.training, fixed=self.fixed)
        self.told = Told(0, validation_loss=validation.loss, validation_accuracy=validation.accuracy, seconds=0.0)
        self.recorder.add(self.told, loop.parameters)

    def steps(self, loop: TrainingLoop, step: Step) -> None:
        """Keep nothing of a step: what is kept are epochs."""

    def ends(self, loop: TrainingLoop, epoch: Epoch) -> None:
        """Keep the network after an epoch; raises UserError where it can't be written."""
        assert self.recorder is not None, "a training begins with epoch 0"
        told = Told(
            epoch.number,
            training_loss=epoch.training_loss,
            validation_loss=epoch.validation.loss,
            validation_accuracy=epoch.validation.accuracy,
            best=epoch.best,
            seconds=epoch.seconds,
            learning_rate=epoch.learning_rate,
            clipped=epoch.clipped,
            moved=self.recorder.moved(loop.parameters),
        )
        self.recorder.add(told, loop.parameters)
        self.told = told

    def finish(self, model: Model) -> None:
        """Let the run say what the trained model says of itself: its examples, its figure, and where it comes from."""
        if self.recorder is not None:
            self.recorder.describe(model, self.training)
