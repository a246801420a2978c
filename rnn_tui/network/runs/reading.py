"""Opening a training run, and the network at each of its epochs."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import InputError, ModelFileError
from rnn_tui.network.model import Model
from rnn_tui.network.runs.history import Told, read_history
from rnn_tui.network.storage import MAX_BYTES
from rnn_tui.network.storage.fields import shown
from rnn_tui.network.storage.metadata import Metadata, checked
from rnn_tui.network.storage.model_file import assembled, load_tensors
from rnn_tui.network.storage.strict import parsed

SUFFIX = ".run"
FORMAT = 1
DESCRIPTION, HISTORY, FIXED = "run.json", "history.jsonl", "fixed.safetensors"
MOST_CHARACTERS = 64 * 2**20
_CHECKPOINT = re.compile(r"epoch-(\d{1,9})\.safetensors")


def checkpoint_name(epoch: int) -> str:
    """The name of the file that holds the tensors after an epoch."""
    return f"epoch-{epoch:04d}.safetensors"


def folder_of(path: Path) -> Path:
    """The folder of a run that belongs to a model file, or the folder itself where it is named."""
    return path if path.suffix.lower() == SUFFIX else path.with_suffix(SUFFIX)


def is_run(path: Path) -> bool:
    """True for a folder that holds a run."""
    return os.path.isfile(path / DESCRIPTION)


@dataclass(frozen=True, eq=False)
class Run:
    """A training run in a folder: what the network is, its history, and the epochs whose weights were kept.

    `training` is all that else was said of it: the figure by which it was judged, baselines, the command.
    """

    folder: Path
    metadata: Metadata
    history: tuple[Told, ...]
    epochs: tuple[int, ...]
    training: Mapping[str, Any]

    def nearest(self, epoch: int) -> int:
        """The kept epoch that is nearest to one that is asked for; of two the later."""
        return min(self.epochs, key=lambda kept: (abs(kept - epoch), -kept))

    def asked(self, epoch: int) -> int:
        """The kept epoch that is nearest to one that is asked for; raises InputError for one that there never was."""
        if epoch > self.epochs[-1]:
            raise InputError(f"the run {self.folder} has epochs 0 to {self.epochs[-1]}")
        return self.nearest(epoch)

    def model(self, epoch: int, *, max_bytes: int | None = MAX_BYTES) -> Model:
        """The network after the kept epoch that is nearest; raises ModelFileError where its file can't be used."""
        kept = self.nearest(epoch)
        path = self.folder / checkpoint_name(kept)
        tensors = {**self._fixed, **load_tensors(path, max_bytes=max_bytes)}
        return replace(assembled(self.metadata, tensors, path), epoch=kept)

    def told(self, epoch: int) -> Told | None:
        """The line of the history about an epoch; None where there is none."""
        return next((line for line in self.history if line.epoch == epoch), None)

    @property
    def best(self) -> int | None:
        """The epoch whose weights were kept: the last that was the best so far; None where none was.

        The model file has them, unless it is of an `other` training.
        """
        return next((line.epoch for line in reversed(self.history) if line.best), None)

    @property
    def other(self) -> str | None:
        """The words that say so where it is another training than that of the model file beside it; None where not."""
        said = self.training.get("other")
        return said if isinstance(said, str) and said else None

    @cached_property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(entry.stat().st_size for entry in os.scandir(self.folder) if entry.is_file())

    @cached_property
    def _fixed(self) -> dict[str, Array]:
        path = self.folder / FIXED
        return load_tensors(path) if path.exists() else {}


def open_run(folder: Path) -> Run:
    """Open a run; raises ModelFileError with one line that says what is wrong.

    Of a training that was killed it is all up to its last whole epoch: one that has both its line and its weights, or
    weights alone where no history was written.
    """
    path = folder / DESCRIPTION
    try:
        fields = parsed(_text(path))
    except ValueError as error:
        raise ModelFileError(f"{path}: no JSON ({' '.join(str(error).split())})") from error
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        found = fields.get("format") if isinstance(fields, dict) else fields
        raise ModelFileError(f"{path}: format is {shown(found)}, expected {FORMAT}")
    metadata = checked(fields.get("model"), path)
    training = fields.get("training") or {}
    if not isinstance(training, dict):
        raise ModelFileError(f"{path}: training is {shown(training)}, expected an object")
    written = folder / HISTORY
    history = read_history(written, _text(written)) if written.exists() else ()
    told = {line.epoch for line in history}
    epochs = tuple(sorted(epoch for epoch in _kept(folder) if epoch in told or not history))
    if not epochs:
        raise ModelFileError(f"{folder}: no epoch is kept in it; its weights are files such as {checkpoint_name(0)}")
    return Run(folder, metadata, history, epochs, training)


def _kept(folder: Path) -> set[int]:
    """The epochs whose weights lie in a folder."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        raise ModelFileError(f"{folder}: can't be read: {error.strerror}") from error
    found = {int(match[1]) for match in map(_CHECKPOINT.fullmatch, names) if match}
    return {epoch for epoch in found if checkpoint_name(epoch) in names}


def _text(path: Path) -> str:
    """The text of a file; raises ModelFileError for all that is no file, and waits for nobody."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would hang until somebody writes to it
            raise ModelFileError(f"{path}: is no file; a training run has one of that name")
        with open(path, encoding="utf-8", newline="\n", opener=_opened_at_once) as file:
            text = file.read(MOST_CHARACTERS + 1)
    except FileNotFoundError as error:
        raise ModelFileError(
            f"{path}: no such file, so there is no training run; rnn-tui train … --keep-epochs makes one"
        ) from error
    except UnicodeDecodeError as error:
        raise ModelFileError(f"{path}: is not UTF-8 ({error.reason})") from error
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    if len(text) > MOST_CHARACTERS:
        raise ModelFileError(f"{path}: more than the {MOST_CHARACTERS:,} characters that are read")
    return text


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file that may have become a pipe since it was looked at."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
