"""Keras' own files: weights in HDF5, whole models in HDF5, and .keras archives. Nothing in them is executed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.limits import check_bytes
from rnn_tui.network.errors import UserError

Arrays = dict[str, NDArray[Any]]
_SAVE = 'model.save_weights("model.weights.h5")'
_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"


def read(path: Path, limit: float) -> tuple[Arrays, str | None]:
    """The datasets of an HDF5 file by their paths, and its model_config where it is a whole model."""
    return _datasets(path, path, limit)


def read_archive(path: Path, limit: float) -> tuple[Arrays, str | None]:
    """The datasets of a .keras archive by their paths, and its config.json."""
    with zipfile.ZipFile(path) as archive:
        members = {member.filename: member for member in archive.infolist()}
        missing = [name for name in (_CONFIG, _WEIGHTS) if name not in members]
        if missing:
            raise UserError(f"{path}: has no {missing[0]}, so it is no model that Keras 3 saved; save it again")
        check_bytes(path, sum(members[name].file_size for name in (_CONFIG, _WEIGHTS)), limit)
        config = archive.read(_CONFIG).decode("utf-8")
        arrays, _ = _datasets(path, io.BytesIO(archive.read(_WEIGHTS)), limit)
    return arrays, config


def _datasets(path: Path, file: Path | IO[bytes], limit: float) -> tuple[Arrays, str | None]:
    """The datasets; links to other files are not followed."""
    try:
        import h5py
    except ImportError as error:
        raise UserError(
            f"{path}: reading {path.suffix} needs h5py: pip install 'rnn-tui[keras]', or save as .npz"
        ) from error
    arrays: Arrays = {}
    left = limit

    def visit(name: str, found: Any) -> None:
        nonlocal left
        if not isinstance(found, h5py.Dataset):
            return
        if found.is_virtual or found.external or found.shape is None or found.dtype.kind not in "fiub":
            raise UserError(f"{path}: {name} is no plain array of numbers; save the weights with {_SAVE}")
        left -= found.size * found.dtype.itemsize
        if left < 0:
            check_bytes(path, int(limit - left), limit)
        arrays[name] = found[()] if found.shape else np.asarray(found[()])

    with h5py.File(file, "r") as opened:
        opened.visititems(visit)
        return dict(sorted(arrays.items(), key=lambda item: _natural(item[0]))), _config(opened.attrs)


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts names with numbers as they were given: dense, dense_2, dense_10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]{1,9})", name)]


def _config(attributes: Mapping[str, Any]) -> str | None:
    """The model_config of a whole model, with the training_config that old Keras keeps beside it."""
    config, training = (_text(attributes.get(name)) for name in ("model_config", "training_config"))
    if config is None or training is None:
        return config
    return json.dumps({**json.loads(config), "compile_config": json.loads(training)})


def _text(said: Any) -> str | None:
    return said.decode("utf-8") if isinstance(said, bytes) else said if isinstance(said, str) else None
