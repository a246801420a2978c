"""Files from elsewhere: tensors by name, and vocabularies. Nothing in them is executed."""

from __future__ import annotations

import json
import math
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from rnn_tui.interop import hdf5, pickles, tensorfile
from rnn_tui.interop.limits import check_bytes, check_file, size_of
from rnn_tui.interop.vocabularies import NotUsableError, SavedVocabulary, from_json, from_lines
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import MAX_BYTES, npz
from rnn_tui.network.whole_files import read_whole

Taken = TypeVar("Taken")
Arrays = dict[str, NDArray[Any]]

_NPY = 'one array; save all with np.savez("weights.npz", **arrays)'
_PACKED = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK\x03\x04", b"\x1f\x8b")
_SAVE_WORDS = 'save it as JSON: json.dump(words, open("words.json", "w")), a list of words or the row of each'
_EXPECTED = "a .safetensors, .npz, .h5 or .keras file, or a checkpoint of PyTorch (.pt, .pth, .ckpt)"


@dataclass(frozen=True, eq=False)
class Contents:
    """Everything in a file of weights: its tensors by name, and what a whole Keras model says of itself, as JSON."""

    tensors: Arrays
    config: str | None = None


def read_contents(path: Path, max_bytes: int | None = MAX_BYTES) -> Contents:
    """Everything in a .safetensors, .npz, .h5 or .keras file or in a checkpoint of PyTorch; raises UserError.

    `max_bytes` is the largest size of the file, and of what is packed in it; None lifts the limit.
    """
    limit = math.inf if max_bytes is None else max_bytes
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if suffix == ".npy":
        raise UserError(f"{path}: {_NPY}")
    if reader is None:
        raise UserError(f"{path}: expected {_EXPECTED}")
    _opened(path, lambda: check_file(path))
    check_bytes(path, _opened(path, lambda: size_of(path)), limit)
    return _opened(path, lambda: reader(path, limit))


def read_tensors(path: Path, max_bytes: int | None = MAX_BYTES) -> Arrays:
    """The tensors alone of `read_contents`."""
    return read_contents(path, max_bytes).tensors


def read_words(path: Path, *, characters: bool = False) -> list[str] | dict[str, int]:
    """The words alone of `read_vocabulary`."""
    return read_vocabulary(path, characters=characters).words


def read_vocabulary(path: Path, *, characters: bool = False) -> SavedVocabulary:
    """The words of a file, one a line, or JSON in one of the forms of `rnn_tui.interop.vocabularies`; raises UserError.

    UTF-8. `characters`: the network reads characters. What the rows mean is checked with the weights.
    """
    content = _opened(path, lambda: read_whole(path, MAX_BYTES))
    if content.startswith(_PACKED):
        raise UserError(f"{path}: is a pickle or an archive, which is not opened; {_SAVE_WORDS}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8, one word a line") from error
    try:
        if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("[", "{", '"'):
            listed = _json(path, text, characters=characters)
            if listed is not None:
                return listed
        lines = [line.removesuffix("\r") for line in text.split("\n")]
        return from_lines(lines if lines[-1] else lines[:-1], characters=characters)
    except NotUsableError as error:
        raise UserError(f"{path}: {error}") from error


def _json(path: Path, text: str, *, characters: bool) -> SavedVocabulary | None:
    """The words of a JSON text; None where it may as well be lines, the first of which is a bracket."""
    named = path.suffix.lower() == ".json"
    try:
        saved = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        if text.lstrip()[:2] in ("{'", "['"):
            raise UserError(f"{path}: is in Python's own notation; {_SAVE_WORDS}") from error
        if not named:
            return None
        raise UserError(f"{path}: can't be used ({' '.join(str(error).split())}); save it again as JSON") from error
    try:
        found = from_json(saved, characters=characters)
    except NotUsableError:
        raise
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: can't be used ({' '.join(str(error).split())}); save it again as JSON") from error
    if found is not None or not named:
        return found
    raise UserError(f"{path}: expected a JSON list of words, or an object with the row of each word")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; raises ValueError for a key that is there twice, which Python would drop."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"“{key}” is there twice")
        found[key] = value
    return found


def _opened(path: Path, read: Callable[[], Taken]) -> Taken:
    """Return what `read` returns; everything that a damaged file makes the readers raise becomes one UserError."""
    from safetensors import SafetensorError

    try:
        return read()
    except UserError:
        raise
    except FileNotFoundError as error:
        raise UserError(f"{path}: no such file") from error
    except (
        SafetensorError,
        zipfile.BadZipFile,
        zlib.error,
        tokenize.TokenError,
        OSError,
        EOFError,
        SyntaxError,
        RuntimeError,  # an encrypted archive; what HDF5 can't follow
        NotImplementedError,
        MemoryError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
        raise UserError(f"{path}: can't be read, or is cut short or damaged ({reason}); save it again") from error


def _npz(path: Path, limit: float) -> Arrays:
    """The arrays of np.savez."""
    try:
        return npz.read(path, lambda size: check_bytes(path, size, limit))
    except npz.ObjectsError as error:
        raise UserError(f"{path}: {error}, a pickle, which is never opened; save arrays of float32") from error


_READERS: Mapping[str, Callable[[Path, float], Contents]] = {
    ".safetensors": lambda path, _: Contents(tensorfile.read(path)),
    ".npz": lambda path, limit: Contents(_npz(path, limit)),
    ".h5": lambda path, limit: Contents(*hdf5.read(path, limit)),
    ".hdf5": lambda path, limit: Contents(*hdf5.read(path, limit)),
    ".keras": lambda path, limit: Contents(*hdf5.read_archive(path, limit)),
} | dict.fromkeys(pickles.ENDINGS, lambda path, limit: Contents(pickles.read(path, limit)))
