"""NumPy's archives of arrays (.npz), read member by member, so that nothing is unpacked whose size is not known."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ObjectsError(ValueError):
    """An array of Python objects, which is a pickle and never opened."""


def read(path: Path, check: Callable[[int], None]) -> dict[str, NDArray[Any]]:
    """The arrays of np.savez by name; `check` raises where the bytes that they unpack to are too many.

    Raises ObjectsError for Python objects. A damaged file raises what zipfile, zlib and NumPy raise.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        check(sum(member.file_size for member in members))
        return {member.filename.removesuffix(".npy"): _npy(member.filename, archive.read(member)) for member in members}


def _npy(name: str, content: bytes) -> NDArray[Any]:
    """One array in NumPy's own format (numpy.lib.format, versions 1 and 2)."""
    file = io.BytesIO(content)
    version = np.lib.format.read_magic(file)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's own of a header that is damaged
        shape, fortran_order, dtype = read_header(file)
    if dtype.hasobject:
        raise ObjectsError(f"{name} holds Python objects")
    if math.prod(shape) * dtype.itemsize != len(content) - file.tell():
        raise ValueError(f"{name} has not the size that it says")
    array: NDArray[Any] = np.frombuffer(content, dtype, offset=file.tell()).reshape(
        shape, order="F" if fortran_order else "C"
    )
    return array
