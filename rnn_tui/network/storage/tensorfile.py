"""The layout of a .safetensors file: the length of a header, the header in JSON, then the tensors one after the other.

The library's own reader maps the file into memory, and a file that another program cuts short meanwhile then ends the
process; it takes the last of two tensors of one name, and headers that take a gigabyte to read. So it is read here.
"""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard

import numpy as np

from rnn_tui.network.arrays import Array, aligned_empty
from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.storage.strict import parsed
from rnn_tui.text import clipped

LENGTH_BYTES = 8
MOST_TENSORS = 10_000
_FLOAT32 = "F32"
_NAMES = {"F64": "float64", "F16": "float16", "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8"} | {
    _FLOAT32: "float32",
    "U8": "uint8",
    "BOOL": "bool",
}
_MOST_SIZES, _LARGEST = 8, 2**63
_KINDS = {stat.S_ISDIR: "a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}


class DamagedError(ValueError):
    """Something in a file that no safetensors file has; the message says in a few words what."""


@dataclass(frozen=True)
class Stored:
    """One tensor as the header describes it; its `size` bytes begin at `start` in the file."""

    dtype: str  # as NumPy calls it, or as the file does where NumPy has none such
    shape: tuple[int, ...]
    start: int
    size: int


@dataclass(frozen=True)
class Header:
    """All that a file says of itself."""

    metadata: Mapping[str, str]
    tensors: Mapping[str, Stored]


def opened(path: Path) -> BinaryIO:
    """Open a model file; raises ModelFileError for all that is no file, and waits for nobody.

    A pipe would hang until somebody writes to it, and a device may never end.
    """
    try:
        _check_kind(path, os.stat(path).st_mode)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        if os.path.islink(path):
            raise ModelFileError(f"{path}: is a link to a file that is not there") from error
        raise ModelFileError(f"{path}: no such model file; `rnn-tui models` lists those that are there") from error
    except ModelFileError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ModelFileError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    file = os.fdopen(handle, "rb")
    try:
        _check_kind(path, os.fstat(handle).st_mode)  # it may have been replaced since
    except ModelFileError:
        file.close()
        raise
    return file


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for is_one, name in _KINDS.items() if is_one(mode)), "a device")
    mend = "give a .safetensors file in it" if kind == "a folder" else "give a .safetensors file"
    raise ModelFileError(f"{path}: is {kind}; {mend}")


def read_header(file: BinaryIO, most: float) -> Header:
    """The header of a file, checked against its size; raises DamagedError.

    `most` is the largest length of a header that is read.
    """
    size = os.fstat(file.fileno()).st_size - LENGTH_BYTES
    length = int.from_bytes(_exactly(file, LENGTH_BYTES), "little")
    if length > size:
        raise DamagedError("it is shorter than its header says")
    if length > most:
        raise DamagedError(f"its header has {length / 2**20:.0f} MiB")
    try:
        said = parsed(_exactly(file, length).decode())
    except UnicodeDecodeError as error:
        raise DamagedError("its header is not UTF-8") from error
    except ValueError as error:
        raise DamagedError(f"its header is no JSON: {' '.join(str(error).split())}") from error
    if not isinstance(said, dict):
        raise DamagedError("its header is no object")
    metadata = said.pop("__metadata__", None) or {}
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise DamagedError("its metadata is no object of texts")
    if len(said) > MOST_TENSORS:
        raise DamagedError(f"it says that it has {len(said)} tensors")
    tensors = {name: _stored(name, entry, LENGTH_BYTES + length) for name, entry in said.items()}
    _check_layout(tensors, LENGTH_BYTES + length, LENGTH_BYTES + size)
    return Header(metadata, tensors)


def read_tensor(file: BinaryIO, stored: Stored) -> Array:
    """A tensor of float32, in memory of its own that starts on a cache line; raises DamagedError."""
    array = aligned_empty(stored.shape, np.dtype("<f4"))
    file.seek(stored.start)
    if file.readinto(array.reshape(-1).view(np.uint8)) < stored.size:  # type: ignore[attr-defined]
        raise DamagedError("it was cut short while it was read")
    return array.astype(np.float32, copy=False)


def _exactly(file: BinaryIO, count: int) -> bytes:
    content = file.read(count)
    if len(content) < count:
        raise DamagedError("it is cut short")
    return content


def _stored(name: str, entry: Any, start: int) -> Stored:
    """The entry of one tensor; `start` is where the tensors begin in the file."""
    shown = clipped(name, 40)
    dtype, shape, offsets = (
        (entry.get(key) for key in ("dtype", "shape", "data_offsets")) if isinstance(entry, dict) else (None,) * 3
    )
    if not isinstance(dtype, str) or not _are_sizes(shape) or not _are_sizes(offsets) or len(offsets) != 2:
        raise DamagedError(f"tensor {shown} lacks its dtype, its shape or its place")
    begin, end = offsets
    if begin > end or (dtype == _FLOAT32 and end - begin != 4 * math.prod(shape)):
        raise DamagedError(f"tensor {shown} has not as many bytes as its shape asks for")
    return Stored(_NAMES.get(dtype) or clipped(dtype, 20), tuple(shape), start + begin, end - begin)


def _are_sizes(value: object) -> TypeGuard[list[int]]:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_SIZES
        and all(type(size) is int and 0 <= size < _LARGEST for size in value)
    )


def _check_layout(tensors: Mapping[str, Stored], start: int, end: int) -> None:
    """Raise DamagedError unless the tensors lie one behind the other from `start`, and the file ends with the last."""
    for name, stored in sorted(tensors.items(), key=lambda item: (item[1].start, item[1].size)):
        if stored.start != start:
            raise DamagedError(f"tensor {clipped(name, 40)} doesn't begin where the one before it ends")
        start += stored.size
    if start > end:
        raise DamagedError("it is cut short")
    if start < end:
        raise DamagedError("it goes on behind its last tensor")
