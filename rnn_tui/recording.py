"""The training of a network of one's own, recorded from Python so that the program can replay it."""

from __future__ import annotations

import time
from pathlib import Path

from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.runs import Recorder, Told


def record(folder: str | Path, *, baselines: dict[str, float] | None = None) -> Recording:
    """Begin to record a training in a folder whose name ends in .run; a run that is there already goes.

    `baselines` are the figures of simple rules, such as {"majority": 0.62}. Nothing is written before the first `add`.
    """
    return Recording(Path(folder).expanduser(), baselines or {})


class Recording:
    """A training that is being recorded; every `add` is an epoch, and the first one is the network before training."""

    def __init__(self, folder: Path, baselines: dict[str, float]) -> None:
        self.folder, self.baselines = folder, baselines
        self.epoch = -1
        self._recorder: Recorder | None = None
        self._best: float | None = None
        self._begun = time.perf_counter()

    def __repr__(self) -> str:
        return f"<Recording of {self.folder}: {self.epoch + 1} epochs>"

    def add(
        self,
        model: Model,
        *,
        training_loss: float | None = None,
        validation_loss: float | None = None,
        validation_accuracy: float | None = None,
    ) -> None:
        """Keep the network of an epoch, with its figures; `from_torch` makes a model of a module.

        The best is the one of the highest accuracy, or without any of the lowest validation loss. Raises UserError
        where the folder can't be written, and for a network whose parameters have other names or sizes than the first
        one's.
        """
        tensors = model.tensors()
        if self._recorder is None:
            self._recorder, self._begun = Recorder(self.folder, model, self._described()), time.perf_counter()
            self._shapes = {name: array.shape for name, array in tensors.items()}
        if {name: array.shape for name, array in tensors.items()} != self._shapes:
            raise UserError(f"{self.folder}: the network of this epoch is of other sizes than that of the first")
        self.epoch += 1
        told = Told(
            self.epoch,
            training_loss=training_loss,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            best=self._is_best(validation_loss, validation_accuracy),
            seconds=time.perf_counter() - self._begun,
            moved=self._recorder.moved(tensors),
        )
        self._recorder.add(told, tensors)

    def _described(self) -> dict[str, object]:
        return {"baselines": self.baselines}

    def _is_best(self, loss: float | None, accuracy: float | None) -> bool:
        """True where the figure beats all before; epoch 0 isn't the best of a training."""
        figure = accuracy if accuracy is not None else None if loss is None else -loss
        if figure is None or self.epoch == 0 or (self._best is not None and figure <= self._best):
            return False
        self._best = figure
        return True
