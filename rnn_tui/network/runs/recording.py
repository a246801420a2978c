"""Recording a training run: the weights after every epoch, and a line of its history, so that a kill loses no epoch."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.runs.history import Told
from rnn_tui.network.runs.reading import DESCRIPTION, FIXED, FORMAT, HISTORY, SUFFIX, checkpoint_name, is_run
from rnn_tui.network.storage import check_writable, to_json, write_whole
from rnn_tui.network.storage.strict import storable

MOST_BYTES = 32 * 2**20
"""The bytes of weights from which on fewer epochs are kept."""
_MEND = "give another place for the run"


class Recorder:
    """A run that is being written.

    `model` is the network before training, whose weights are those of epoch 0; `fixed` names the parameters that don't
    change, which are stored once. Where the weights of all epochs would be more than `most_bytes`, every other kept
    epoch is given up, and from then on only every other is kept: the first, the best and the latest stay.
    """

    def __init__(
        self,
        folder: Path,
        model: Model,
        training: Mapping[str, Any],
        *,
        fixed: Iterable[str] = (),
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Begin a run in a folder; a run that is there already goes. Raises UserError where it can't be written."""
        self.folder, self.most_bytes = folder, most_bytes
        self.stride, self.kept = 1, list[int]()
        self._best: int | None = None
        self._size = 0
        _begin(folder)
        self.describe(model, training)
        tensors = model.tensors()
        self.fixed = tuple(name for name in fixed if name in tensors)
        if self.fixed:
            write_whole(folder / FIXED, _serialized({name: tensors[name] for name in self.fixed}), _MEND)
        self._last: dict[str, Array] | None = None

    def describe(self, model: Model, training: Mapping[str, Any]) -> None:
        """Say what the network is, and what is known of its training; raises UserError where it can't be written."""
        described = {"format": FORMAT, "model": to_json(model), "training": dict(training)}
        text = storable(json.dumps(described, ensure_ascii=False, allow_nan=False))
        write_whole(self.folder / DESCRIPTION, text.encode(), _MEND)

    def moved(self, parameters: Mapping[str, Array]) -> dict[str, float]:
        """The way that each parameter has gone since the last epoch, as a share of its own norm; {} of the first."""
        if self._last is None:
            return {}
        shares = {}
        for name, before in self._last.items():
            norm = float(np.linalg.norm(before))
            way = float(np.linalg.norm(parameters[name] - before))
            shares[name] = way / norm if norm else float(way > 0)
        return shares

    def add(self, told: Told, parameters: Mapping[str, Array]) -> None:
        """Keep the parameters after an epoch, and its line; raises UserError where they can't be written.

        The weights are written first and whole, then the line: an epoch whose line stands has its weights.
        """
        changing = {name: array for name, array in parameters.items() if name not in self.fixed}
        content = _serialized(changing)
        write_whole(self.folder / checkpoint_name(told.epoch), content, _MEND)
        try:
            with open(self.folder / HISTORY, "a", encoding="utf-8", newline="\n") as file:
                file.write(told.line)
        except OSError as error:
            raise UserError(f"{self.folder / HISTORY}: can't be written: {error.strerror}; {_MEND}") from error
        self._last = {name: array.copy() for name, array in changing.items()}
        self._size = len(content)
        before, self._best = self._best, told.epoch if told.best else self._best
        latest = self.kept[-1] if self.kept else None
        self.kept.append(told.epoch)
        for epoch in {latest, before} - {None}:
            self._give_up_unless_wanted(epoch)
        while self._size * len(self.kept) > self.most_bytes and len(self.kept) > 3:
            self.stride *= 2
            for epoch in list(self.kept):
                self._give_up_unless_wanted(epoch)

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(entry.stat().st_size for entry in os.scandir(self.folder) if entry.is_file())

    def _give_up_unless_wanted(self, epoch: int | None) -> None:
        """Remove the weights of an epoch that is no longer kept."""
        if epoch is None or epoch % self.stride == 0 or epoch in (self._best, self.kept[-1]) or epoch not in self.kept:
            return
        self.kept.remove(epoch)
        with suppress(OSError):
            os.unlink(self.folder / checkpoint_name(epoch))


def check_recordable(folder: Path) -> None:
    """Raise UserError where a run couldn't be written, or would take the place of what is no run."""
    if folder.suffix.lower() != SUFFIX:
        raise UserError(f"{folder}: the name of a training run's folder ends in {SUFFIX}")
    try:
        if os.path.lexists(folder) and not is_run(folder) and (not folder.is_dir() or any(os.scandir(folder))):
            raise UserError(f"{folder}: is there already and is no training run; move it away, or give another name")
    except OSError as error:
        raise UserError(f"{folder}: can't be read: {error.strerror}; {_MEND}") from error
    if folder.is_dir():
        check_writable(folder / DESCRIPTION, _MEND)


def _begin(folder: Path) -> None:
    """Make the folder, in place of a run that is there; raises UserError for all else that is there."""
    check_recordable(folder)
    try:
        if is_run(folder):
            _remove_run(folder)
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: can't be written: {error.strerror}; {_MEND}") from error


def _remove_run(folder: Path) -> None:
    """Remove the files of a run, and nothing else that lies beside them."""
    for entry in list(os.scandir(folder)):
        if entry.name in (DESCRIPTION, HISTORY, FIXED) or entry.name.startswith("epoch-"):
            os.unlink(entry.path)


def _serialized(tensors: Mapping[str, Array]) -> bytes:
    from safetensors.numpy import save as serialize

    return serialize({name: np.ascontiguousarray(array, np.float32) for name, array in tensors.items()})
