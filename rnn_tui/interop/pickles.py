"""PyTorch's checkpoints, which are pickles: read through torch's weights-only loading, which runs nothing in them."""

from __future__ import annotations

import pickle
import struct
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop import handwritten
from rnn_tui.interop import torch as names
from rnn_tui.interop.limits import check_bytes
from rnn_tui.network.errors import UserError
from rnn_tui.quoting import command_line

ENDINGS = (".pt", ".pth", ".ckpt", ".tar", ".bin", ".pkl", ".pickle")
_NESTED = 3
_OPTIMIZER = ("optimizer", "optim", "scheduler", "lr_scheduler")
_FAULTS = (
    pickle.UnpicklingError,
    struct.error,
    zipfile.BadZipFile,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ImportError,
    EOFError,
)


def read(path: Path, limit: float) -> dict[str, NDArray[Any]]:
    """The state_dict in a checkpoint, in float32 where NumPy has not its dtype; raises UserError.

    Beside it may be an optimizer, an epoch, a loss: of all that the one state_dict with a recurrent layer is taken.
    """
    _check_kind(path, limit)
    loaded = _loaded(path)
    if not isinstance(loaded, Mapping):
        raise UserError(f"{path}: holds {_a(loaded)}, no state_dict; save it with {_saving()}")
    found = list(_state_dicts(loaded, "", _NESTED))
    recurrent = [pair for pair in found if names.recognises(pair[1]) or handwritten.recognises(pair[1])]
    if len(recurrent) > 1:
        listed = ", ".join(name or "the checkpoint itself" for name, _ in recurrent)
        raise UserError(f"{path}: {len(recurrent)} networks: {listed}; save the state_dict of one: {_saving()}")
    if not found:
        listed = ", ".join(map(str, list(loaded)[:6])) or "nothing"
        raise UserError(f"{path}: no state_dict in it, it holds {listed}; save it with {_saving()}")
    chosen = {name: tensor for name, tensor in (recurrent or found)[0][1].items() if hasattr(tensor, "detach")}
    # A tensor of a few bytes may claim any shape (its strides are 0), and is written out when it is converted.
    check_bytes(path, sum(tensor.numel() * tensor.dtype.itemsize for tensor in chosen.values()), limit)
    return {name: _array(path, name, tensor) for name, tensor in chosen.items()}


def converting(path: Path) -> str:
    """The one line that makes a .safetensors file of a checkpoint, where torch is."""
    script = (
        "import sys, torch, safetensors.torch as s; "
        'c = torch.load(sys.argv[1], map_location="cpu", weights_only=True); '
        'c = c.get("model_state_dict", c.get("state_dict", c)); '
        "s.save_file({k: v.clone() for k, v in c.items()}, sys.argv[2])"
    )
    return command_line(["python", "-c", script, str(path), f"{path.stem}.safetensors"])


def _saving() -> str:
    return 'safetensors.torch.save_file(model.state_dict(), "weights.safetensors")'


def _check_kind(path: Path, limit: float) -> None:
    """Raise UserError for an archive that is none of torch's, and for one that unpacks to too much."""
    with path.open("rb") as file:
        begins = file.read(512)
    if begins[257:262] == b"ustar" or begins[:2] == b"\x1f\x8b":
        raise UserError(f"{path}: is an archive; unpack it, and import the checkpoint in it")
    if begins[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            check_bytes(path, sum(member.file_size for member in archive.infolist()), limit)


def _loaded(path: Path) -> Any:
    try:
        import torch
    except ImportError as error:
        raise UserError(
            f"{path}: a pickle, which is opened through PyTorch alone, and that is not installed here; where it is: "
            f"{converting(path)}"
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except _FAULTS as error:
        raise UserError(_refused(path, str(error))) from error


def _refused(path: Path, why: str) -> str:
    """The line for what weights-only loading doesn't open."""
    if "GLOBAL" in why or "Unsupported class" in why or "TorchScript" in why:
        return (
            f"{path}: holds more than tensors (a whole module, or objects of a class), which could run anything and is "
            f"not opened; load it where it is trusted, and save {_saving()}"
        )
    return f"{path}: no checkpoint of PyTorch, or cut short or damaged; save {_saving()}"


def _state_dicts(mapping: Mapping[Any, Any], name: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every mapping of names to tensors, outermost first, but for an optimizer's."""
    tensors = {str(key): value for key, value in mapping.items() if hasattr(value, "detach")}
    if tensors and all(isinstance(key, str) for key in mapping):
        yield name, tensors
    if depth:
        for key, value in mapping.items():
            if isinstance(value, Mapping) and str(key) not in _OPTIMIZER:
                yield from _state_dicts(value, f"{name}.{key}".lstrip("."), depth - 1)


def _array(path: Path, name: str, tensor: Any) -> NDArray[Any]:
    try:
        plain = tensor.detach().cpu()
        plain = plain.float() if plain.is_floating_point() and plain.dtype.itemsize < 4 else plain
        array: NDArray[Any] = plain.numpy()
    except (TypeError, RuntimeError, AttributeError) as error:  # sparse and quantized tensors
        raise UserError(
            f"{path}: tensor {name} is of {tensor.dtype}, which NumPy doesn't hold; save model.float().state_dict()"
        ) from error
    return np.asarray(array)


def _a(found: Any) -> str:
    return f"a {type(found).__name__}"
