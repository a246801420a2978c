"""Foreign .safetensors files: every tensor by its name, those that share one matrix too, and bfloat16."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import torch
from rnn_tui.network.errors import UserError


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a file; raises UserError for a dtype that can't be converted to float32, and for a model file.

    A model file says of itself what weights alone don't: nothing of it is to be assumed.
    """
    from safetensors import safe_open

    arrays: dict[str, NDArray[Any]] = {}
    with safe_open(path, framework="numpy") as file:
        if "rnn_tui" in (file.metadata() or {}):
            raise UserError(f"{path}: is a model file already, not weights alone; open it with rnn-tui -m {path}")
        for name in file.keys():  # noqa: SIM118  # not a dict
            kind = file.get_slice(name).get_dtype()
            try:
                arrays[name] = _bfloat16(path, name) if kind == "BF16" else file.get_tensor(name)
            except (TypeError, AttributeError) as error:
                raise UserError(
                    f"{path}: tensor {name} has dtype {kind}, which NumPy doesn't hold; save float32: model.float()"
                ) from error
        return _with_aliases(arrays, file.metadata() or {})


def _bfloat16(path: Path, name: str) -> NDArray[Any]:
    """A tensor of bfloat16 in float32: the upper half of its bits. Its bytes lie where the checked header says."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        said = json.loads(file.read(length))[name]
        begin, end = said["data_offsets"]
        file.seek(8 + length + begin)
        halves = np.frombuffer(file.read(end - begin), "<u2")
    array: NDArray[Any] = (halves.astype(np.uint32) << 16).view(np.float32).reshape(said["shape"])
    return array


def _with_aliases(arrays: dict[str, NDArray[Any]], metadata: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """The tensors with those that safetensors.torch.save_model left out: it names each, and the one that it equals.

    A recurrent layer under a second name is one layer all the same.
    """
    for name, kept in metadata.items():
        if name not in arrays and kept in arrays and not torch.recognises([name]):
            arrays[name] = arrays[kept]
    return arrays
