"""One .safetensors file: checked on load, written whole or not at all.

Nothing in a file is executed. The safetensors library writes it, and `tensorfile` reads it.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.errors import ModelFileError, UserError
from rnn_tui.network.layers import parameter_name
from rnn_tui.network.model import Model
from rnn_tui.network.storage import tensorfile
from rnn_tui.network.storage.assembling import assemble, expected_shapes
from rnn_tui.network.storage.metadata import NEWER, Metadata, parse
from rnn_tui.network.storage.strict import has_half, storable
from rnn_tui.network.storage.writing import write_whole
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.text import clipped

MAX_BYTES = 64 * 2**20
"""The largest file that is opened unless asked otherwise: a network for looking at is small."""
MAX_HEADER_BYTES = 6 * 2**20
"""The longest header that is read unless asked otherwise; it holds hundreds of thousands of words."""


def load(path: str | Path, *, max_bytes: int | None = MAX_BYTES) -> Model:
    """Read a model file; raises ModelFileError with one line that says what is wrong.

    `max_bytes` is the largest size accepted; None lifts the limit.
    """
    path = Path(path)
    with tensorfile.opened(path) as file:
        _check_size(path, os.fstat(file.fileno()).st_size, max_bytes)
        metadata, header = _described(path, file, math.inf if max_bytes is None else MAX_HEADER_BYTES)
        tensors = _read(path, file, header)
    _check_finite(path, tensors)
    return assemble(metadata, {name: frozen(tensor) for name, tensor in tensors.items()})


def load_tensors(path: Path, *, max_bytes: int | None = MAX_BYTES) -> dict[str, Array]:
    """The tensors of a safetensors file whose metadata stands elsewhere; raises ModelFileError.

    All are float32 and finite; whether they make a network is asked by `assembled`.
    """
    with tensorfile.opened(path) as file:
        _check_size(path, os.fstat(file.fileno()).st_size, max_bytes)
        try:
            header = tensorfile.read_header(file, MAX_HEADER_BYTES)
        except (OSError, tensorfile.DamagedError) as error:
            raise _unreadable(path, error) from error
        for name, stored in header.tensors.items():
            _check_dtype(path, name, stored)
        tensors = _read(path, file, header)
    _check_finite(path, tensors)
    return tensors


def assembled(metadata: Metadata, tensors: Mapping[str, Array], path: Path) -> Model:
    """The network of tensors that were read from `path`, with metadata from elsewhere; raises ModelFileError."""
    wanted = expected_shapes(metadata, tensors)
    stored = {
        name: tensorfile.Stored(tensor.dtype.name, tensor.shape, 0, tensor.nbytes) for name, tensor in tensors.items()
    }
    _check_tensors(path, stored, wanted)
    _check_unit_names(path, metadata, wanted[parameter_name("weight_hh")][1])
    return assemble(metadata, {name: frozen(tensor) for name, tensor in tensors.items()})


def _read(path: Path, file: BinaryIO, header: tensorfile.Header) -> dict[str, Array]:
    try:
        return {name: tensorfile.read_tensor(file, stored) for name, stored in header.tensors.items()}
    except (OSError, tensorfile.DamagedError) as error:
        raise _unreadable(path, error) from error


def load_metadata(path: str | Path) -> tuple[Metadata, int]:
    """The metadata of a model file and its hidden_size, without its tensors being read; raises ModelFileError."""
    path = Path(path)
    with tensorfile.opened(path) as file:
        metadata, header = _described(path, file, MAX_HEADER_BYTES)
    return metadata, header.tensors[parameter_name("weight_hh")].shape[1]


def is_foreign(path: Path) -> bool:
    """True for a whole safetensors file that is no model file: weights of another program."""
    try:
        with tensorfile.opened(path) as file:
            return "rnn_tui" not in tensorfile.read_header(file, math.inf).metadata
    except (OSError, ModelFileError, tensorfile.DamagedError):
        return False


def save(model: Model, path: str | Path) -> None:
    """Write a model file, whole or not at all; raises UserError where the folder can't be written to.

    Raises UserError as `written` does.
    """
    write_whole(Path(path), written(model))


def written(model: Model) -> bytes:
    """The bytes of a model file.

    A name that is no UTF-8 is stored with � in it. Raises UserError for a word, a label or the name of a unit that
    no file can hold.
    """
    check_storable(model.vocabulary.words, "a word of the vocabulary")
    check_storable(model.labels, "a label")
    check_storable(model.unit_names or (), "the name of a unit")
    from safetensors.numpy import save as serialize

    tensors = {name: np.ascontiguousarray(array, np.float32) for name, array in model.tensors().items()}
    described = storable(json.dumps(to_json(model), ensure_ascii=False))
    content: bytes = serialize(tensors, metadata={"rnn_tui": described})
    return content


def check_storable(texts: Iterable[str], what: str) -> None:
    """Raise UserError for a text with half a character in it, a lone surrogate, which no UTF-8 can hold.

    With � in its place two words that differ could become one.
    """
    for text in texts:
        if has_half(text):
            raise UserError(f"{what}, “{clipped(text, 40)}”, holds half a character, which no file can hold; mend it")


def to_json(model: Model) -> dict[str, Any]:
    """The JSON of a model file's metadata, of the first format that has all that the network needs."""
    head = [{"linear": entry.linear is not None, "activation": entry.activation} for entry in model.head]
    layers = [asdict(layer.kind) for layer in model.layers]
    newer = {
        **({"layers": layers} if len(layers) > 1 or model.layers[0].bidirectional else {}),
        **({"head": head} if head else {}),
        **model.output.fields(),
    }
    numbers = isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1
    ground = model.layers[0].forward
    return {
        "format": 2 if newer or numbers else NEWER.get(model.readout.kind, 1),
        "name": model.name,
        "title": model.title,
        "summary": model.summary,
        "cell": ground.kind,
        "activation": ground.activation,
        "readout": model.readout.kind,
        **newer,
        "tokenizer": model.tokenizer.options(),
        "vocabulary": list(model.vocabulary.words),
        "unknown": model.vocabulary.unknown,
        "labels": list(model.labels),
        "unit_names": list(model.unit_names) if model.unit_names else None,
        "examples": [{"text": example.text, "why": example.why} for example in model.examples],
        "provenance": dict(model.provenance),
    }


def _check_size(path: Path, size: int, max_bytes: int | None) -> None:
    if max_bytes is not None and size > max_bytes:
        raise ModelFileError(
            f"{path}: {size / 2**20:.0f} MiB, more than the {max_bytes / 2**20:.0f} MiB that are opened unasked; "
            "add --allow-large to open it all the same"
        )


def _described(path: Path, file: BinaryIO, most: float) -> tuple[Metadata, tensorfile.Header]:
    """The metadata and the header of a file, which fit each other; raises ModelFileError. No tensor is read."""
    try:
        header = tensorfile.read_header(file, most)
    except (OSError, tensorfile.DamagedError) as error:
        raise _unreadable(path, error) from error
    text = header.metadata.get("rnn_tui")
    if text is None:
        raise ModelFileError(
            f"{path}: a safetensors file without “rnn_tui” in its metadata, so no model file; "
            "`rnn-tui import` makes one from trained weights"
        )
    metadata = parse(text, path)
    wanted = expected_shapes(metadata, header.tensors)
    _check_tensors(path, header.tensors, wanted)
    _check_unit_names(path, metadata, wanted[parameter_name("weight_hh")][1])
    return metadata, header


def _unreadable(path: Path, error: OSError | tensorfile.DamagedError) -> ModelFileError:
    if isinstance(error, OSError):
        return ModelFileError(f"{path}: can't be read: {error.strerror or error}")
    return ModelFileError(f"{path}: no safetensors file, or one that is cut short or damaged ({error}); copy it again")


def _check_tensors(path: Path, tensors: Mapping[str, tensorfile.Stored], wanted: Mapping[str, tuple[int, ...]]) -> None:
    for name in wanted:
        if name not in tensors:
            raise ModelFileError(f"{path}: tensor {name} is missing; expected {name} {_shape(wanted[name])}")
    for name, tensor in tensors.items():
        if name not in wanted:
            raise ModelFileError(
                f"{path}: tensor {clipped(name, 40)} {_shape(tensor.shape)} is not expected; "
                f"expected only {', '.join(wanted)}"
            )
        _check_dtype(path, name, tensor)
        if tensor.shape != wanted[name]:
            raise ModelFileError(
                f"{path}: tensor {name} has shape {_shape(tensor.shape)}, expected {_shape(wanted[name])}"
                f"{_reason(name)}"
            )
        if tensor.size == 0:
            raise ModelFileError(f"{path}: tensor {name} has shape {_shape(tensor.shape)}, expected no size of 0")


def _check_dtype(path: Path, name: str, tensor: tensorfile.Stored) -> None:
    if tensor.dtype != "float32":
        raise ModelFileError(f"{path}: tensor {name} has dtype {tensor.dtype}, expected float32")


def _check_finite(path: Path, tensors: Mapping[str, Array]) -> None:
    for name, tensor in tensors.items():
        finite = np.isfinite(tensor)
        if not finite.all():
            index = tuple(int(i) for i in np.unravel_index(int(finite.argmin()), finite.shape))
            raise ModelFileError(
                f"{path}: tensor {name} holds {tensor[index]} at {list(index)}, expected finite numbers only"
            )


def _check_unit_names(path: Path, metadata: Metadata, hidden_size: int) -> None:
    if metadata.unit_names is not None and len(metadata.unit_names) != hidden_size:
        raise ModelFileError(
            f"{path}: unit_names has {len(metadata.unit_names)} names, expected {hidden_size}, one a hidden unit"
        )


def _reason(name: str) -> str:
    """The reason for an expected shape, where the metadata and not another tensor asks for it."""
    if name == "embedding.weight":
        return " (one row a word of the vocabulary)"
    if name.startswith("fc."):
        return " (one row a label)"
    return ""


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
