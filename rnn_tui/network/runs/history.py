"""The history of a training run: one line of JSON an epoch, from epoch 0, which is the network before training."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.storage.fields import shown
from rnn_tui.network.storage.strict import parsed

MOST_EPOCHS = 50_000
_NUMBERS = (
    "training_loss",
    "validation_loss",
    "validation_accuracy",
    "seconds",
    "learning_rate",
    "clipped",
)


@dataclass(frozen=True)
class Told:
    """An epoch as its line tells it; None where nothing was said, as of the training loss before training.

    The losses are in nats or, of standardised numbers, squared errors. `seconds` count from the start of the training,
    `clipped` is the share of batches whose gradient was cut to the largest norm. `moved` says of each parameter how far
    it moved in this epoch: the norm of what was added to it, as a share of its own norm.
    """

    epoch: int
    training_loss: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    best: bool = False
    seconds: float | None = None
    learning_rate: float | None = None
    clipped: float | None = None
    moved: Mapping[str, float] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The line of the history, with its line break; what is no finite number is null."""
        numbers = {name: _finite(getattr(self, name)) for name in _NUMBERS}
        moved = {name: _finite(value) for name, value in self.moved.items()}
        return json.dumps({"epoch": self.epoch, **numbers, "best": self.best, "moved": moved}, allow_nan=False) + "\n"


def read_history(path: Path, text: str) -> tuple[Told, ...]:
    """The epochs that the lines of a history tell, in their order; raises ModelFileError with the line that is wrong.

    The last line is left out where it was cut short, as by a training that was killed while it wrote it.
    """
    *lines, last = text.split("\n")
    found: list[Told] = []
    numbered = enumerate([*lines, *([last] if _is_whole(last) else [])], 1)
    written = [(number, line) for number, line in numbered if line.strip()]
    if len(written) > MOST_EPOCHS:  # before the first is read: so many take seconds
        raise ModelFileError(f"{path}: more than the {MOST_EPOCHS:,} epochs that are read")
    for number, line in written:
        told = _told(path, number, line)
        if found and told.epoch <= found[-1].epoch:
            raise ModelFileError(f"{path}, line {number}: epoch {told.epoch} comes after epoch {found[-1].epoch}")
        found.append(told)
    return tuple(found)


def _is_whole(line: str) -> bool:
    """True for a line that isn't cut short: what is written last may have no line break behind it."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _told(path: Path, number: int, line: str) -> Told:
    try:
        fields = parsed(line)
    except ValueError as error:
        raise ModelFileError(f"{path}, line {number}: no JSON ({' '.join(str(error).split())})") from error
    if not isinstance(fields, dict):
        raise ModelFileError(f"{path}, line {number}: {shown(fields)}, expected an object")
    epoch = fields.get("epoch")
    if not isinstance(epoch, int) or isinstance(epoch, bool) or not 0 <= epoch <= MOST_EPOCHS:
        raise _wrong(path, number, "epoch", epoch, f"a whole number from 0 to {MOST_EPOCHS:,}")
    best = fields.get("best", False)
    if not isinstance(best, bool):
        raise _wrong(path, number, "best", best, "true or false")
    moved = fields.get("moved") or {}
    if not isinstance(moved, dict) or not all(value is None or _is_number(value) for value in moved.values()):
        raise _wrong(path, number, "moved", moved, "an object of numbers")
    numbers: dict[str, float | None] = {}
    for name in _NUMBERS:
        value = fields.get(name)
        if value is not None and not _is_number(value):
            raise _wrong(path, number, name, value, "a finite number or null")
        numbers[name] = None if value is None else float(value)
    known = {name: float(value) for name, value in moved.items() if value is not None}
    return Told(epoch, best=best, moved=known, **numbers)


def _wrong(path: Path, number: int, name: str, value: Any, expected: str) -> ModelFileError:
    return ModelFileError(f"{path}, line {number}: {name} is {shown(value)}, expected {expected}")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
