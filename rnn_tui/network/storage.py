"""The model file: one .safetensors, checked on load, written whole or not at all.

This is the one module that reads and writes files with the safetensors library. Nothing in a file is executed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from rnn_tui.network.arrays import Array, aligned, frozen
from rnn_tui.network.cells import Cell, cell_class
from rnn_tui.network.embedding import Embedding, Learned, OneHot, Scalar
from rnn_tui.network.errors import ModelFileError, UserError
from rnn_tui.network.layers import Layer, cell_parameters
from rnn_tui.network.metadata import FORMAT, Metadata, parse
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import Attention, Each, Last, Readout
from rnn_tui.network.shapes import parameter_shapes

Taken = TypeVar("Taken")

MAX_BYTES = 64 * 2**20
"""The largest file that is opened unless asked otherwise: a network for looking at is small."""


def load(path: str | Path, *, max_bytes: int | None = MAX_BYTES) -> Model:
    """Read a model file; raises ModelFileError with one line that says what is wrong.

    `max_bytes` is the largest size accepted; None lifts the limit.
    """
    path = Path(path)
    _check_size(path, max_bytes)
    text, tensors = _read(path, _tensor_of)
    metadata = parse(text, path)
    wanted = expected_shapes(metadata, tensors)
    _check_tensors(path, tensors, wanted)
    _check_unit_names(path, metadata, wanted["fc.weight"][1])
    return assemble(metadata, {name: frozen(aligned(tensor)) for name, tensor in tensors.items()})


def load_metadata(path: str | Path) -> tuple[Metadata, int]:
    """Read what a model file says of itself, and its hidden_size, without its tensors; raises ModelFileError."""
    path = Path(path)
    text, shapes = _read(path, _shape_of)
    shape = shapes.get("fc.weight", (0, 0))
    return parse(text, path), int(shape[-1])


def save(model: Model, path: str | Path) -> None:
    """Write a model file: to a temporary file in the same folder first, then renamed, so that it is whole or not there.

    Raises UserError where the folder can't be written to.
    """
    from safetensors.numpy import save as serialize

    path = Path(path)
    tensors = {name: np.ascontiguousarray(array, np.float32) for name, array in model.tensors().items()}
    content = serialize(tensors, metadata={"rnn_tui": json.dumps(to_json(model), ensure_ascii=False)})
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise UserError(f"{path}: can't be written: {error.strerror}; give another place") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise UserError(f"{path}: can't be written: {error.strerror}; give another place") from error


def to_json(model: Model) -> dict[str, Any]:
    """Return the JSON of a model file's metadata."""
    return {
        "format": FORMAT,
        "name": model.name,
        "title": model.title,
        "summary": model.summary,
        "cell": model.cell.kind,
        "activation": model.activation,
        "readout": model.readout.kind,
        "tokenizer": model.tokenizer.options(),
        "vocabulary": list(model.vocabulary.words),
        "unknown": model.vocabulary.unknown,
        "labels": list(model.labels),
        "unit_names": list(model.unit_names) if model.unit_names else None,
        "examples": [{"text": example.text, "why": example.why} for example in model.examples],
        "provenance": dict(model.provenance),
    }


def expected_shapes(metadata: Metadata, tensors: Mapping[str, Array]) -> dict[str, tuple[int, ...]]:
    """The shape that every tensor must have, from the metadata and two sizes that only the tensors know.

    Those are hidden_size (from fc.weight) and, with an embedding, input_size (from embedding.weight).
    """
    vocab_size, output_size = len(metadata.vocabulary), len(metadata.labels)
    hidden_size = _size(tensors, "fc.weight", axis=1)
    embeds = metadata.tokenizer.kind != "numbers" and "embedding.weight" in tensors
    if metadata.tokenizer.kind == "numbers":
        input_size = 1
    else:
        input_size = _size(tensors, "embedding.weight", axis=1) if embeds else vocab_size
    return parameter_shapes(
        metadata.cell,
        metadata.readout,
        input_size=input_size,
        hidden_size=hidden_size,
        output_size=output_size,
        vocab_size=vocab_size if embeds else None,
    )


def assemble(metadata: Metadata, tensors: Mapping[str, Array]) -> Model:
    """Put a model together from checked parts."""
    return Model(
        name=metadata.name,
        title=metadata.title,
        summary=metadata.summary,
        tokenizer=metadata.tokenizer,
        vocabulary=metadata.vocabulary,
        embedding=_embedding(metadata, tensors),
        layers=(Layer(_cell(metadata, tensors)),),
        readout=_readout(metadata, tensors),
        labels=metadata.labels,
        unit_names=metadata.unit_names,
        examples=metadata.examples,
        provenance=metadata.provenance,
    )


def _embedding(metadata: Metadata, tensors: Mapping[str, Array]) -> Embedding:
    if metadata.tokenizer.kind == "numbers":
        return Scalar()
    if "embedding.weight" in tensors:
        return Learned(tensors["embedding.weight"])
    return OneHot(len(metadata.vocabulary))


def _cell(metadata: Metadata, tensors: Mapping[str, Array]) -> Cell:
    return cell_class(metadata.cell).made(cell_parameters(tensors), metadata.activation)


def _readout(metadata: Metadata, tensors: Mapping[str, Array]) -> Readout:
    weight, bias = tensors["fc.weight"], tensors["fc.bias"]
    if metadata.readout == "attention":
        return Attention(weight, bias, tensors["attention.weight"], tensors["attention.bias"])
    return (Each if metadata.readout == "each" else Last)(weight, bias)


def _check_size(path: Path, max_bytes: int | None) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ModelFileError(f"{path}: no such model file; `rnn-tui models` lists those that are there") from error
    if path.is_dir():
        raise ModelFileError(f"{path}: is a folder; give a .safetensors file in it")
    if max_bytes is not None and size > max_bytes:
        raise ModelFileError(
            f"{path}: {size / 2**20:.0f} MiB, more than the {max_bytes / 2**20:.0f} MiB that are opened unasked; "
            "add --allow-large to open it all the same"
        )


def _tensor_of(file: Any, name: str) -> Array:
    try:
        tensor: Array = file.get_tensor(name)
    except TypeError as error:  # a dtype that NumPy doesn't know, such as bfloat16
        dtype = file.get_slice(name).get_dtype()
        raise ModelFileError(f"tensor {name} has dtype {dtype}, expected float32") from error
    return tensor


def _shape_of(file: Any, name: str) -> tuple[int, ...]:
    return tuple(file.get_slice(name).get_shape())


def _read(path: Path, take: Callable[[Any, str], Taken]) -> tuple[str, dict[str, Taken]]:
    """The metadata's text, and what `take` gets for each tensor; ModelFileError where it is no whole file of ours."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            text = (file.metadata() or {}).get("rnn_tui")
            taken = {name: take(file, name) for name in file.keys()}  # noqa: SIM118  # not a dict
    except ModelFileError as error:
        raise ModelFileError(f"{path}: {error}") from error
    except FileNotFoundError as error:
        raise ModelFileError(f"{path}: no such model file; `rnn-tui models` lists those that are there") from error
    except OSError as error:
        raise ModelFileError(f"{path}: can't be read: {error.strerror or error}") from error
    except (SafetensorError, TypeError, ValueError, AttributeError) as error:
        raise ModelFileError(
            f"{path}: no safetensors file, or one that is cut short or damaged ({_one_line(error)}); copy it again"
        ) from error
    if text is None:
        raise ModelFileError(
            f"{path}: a safetensors file without “rnn_tui” in its metadata, so no model file; "
            "`rnn-tui import` makes one from trained weights"
        )
    return text, taken


def _check_tensors(path: Path, tensors: Mapping[str, Array], wanted: Mapping[str, tuple[int, ...]]) -> None:
    for name in wanted:
        if name not in tensors:
            raise ModelFileError(f"{path}: tensor {name} is missing; expected {name} {_shape(wanted[name])}")
    for name, tensor in tensors.items():
        if name not in wanted:
            raise ModelFileError(
                f"{path}: tensor {name} {_shape(tensor.shape)} is not expected; expected only {', '.join(wanted)}"
            )
        if tensor.shape != wanted[name]:
            raise ModelFileError(
                f"{path}: tensor {name} has shape {_shape(tensor.shape)}, expected {_shape(wanted[name])}"
                f"{_reason(name)}"
            )
        if tensor.size == 0:
            raise ModelFileError(f"{path}: tensor {name} has shape {_shape(tensor.shape)}, expected no size of 0")
        if tensor.dtype != np.float32:
            raise ModelFileError(f"{path}: tensor {name} has dtype {tensor.dtype}, expected float32")
        finite = np.isfinite(tensor)
        if not finite.all():
            index = tuple(int(i) for i in np.argwhere(~finite)[0])
            raise ModelFileError(
                f"{path}: tensor {name} holds {tensor[index]} at {list(index)}, expected finite numbers only"
            )


def _check_unit_names(path: Path, metadata: Metadata, hidden_size: int) -> None:
    if metadata.unit_names is not None and len(metadata.unit_names) != hidden_size:
        raise ModelFileError(
            f"{path}: unit_names has {len(metadata.unit_names)} names, expected {hidden_size}, one a hidden unit"
        )


def _reason(name: str) -> str:
    """Return why a shape is expected, where the metadata and not another tensor asks for it."""
    if name == "embedding.weight":
        return " (one row a word of the vocabulary)"
    if name.startswith("fc."):
        return " (one row a label)"
    return ""


def _size(tensors: Mapping[str, Array], name: str, axis: int) -> int:
    tensor = tensors.get(name)
    return int(tensor.shape[axis]) if tensor is not None and tensor.ndim > axis else 0


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
