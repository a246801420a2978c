"""Word vectors to start an embedding from: a .npz with words and vectors, or GloVe's text format."""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from rnn_tui.learning.rows import RowError, filled, read_rows
from rnn_tui.network.arrays import Array
from rnn_tui.network.storage import npz

MOST_BYTES = 2 * 2**30
"""The largest file of vectors that is read: those of GloVe's 400,000 words have 1 GiB."""
_FAULTS = (
    OSError,
    ValueError,
    TypeError,
    EOFError,
    SyntaxError,
    tokenize.TokenError,
    RuntimeError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a damaged archive makes its readers raise."""


def vectors_of(path: Path, words: Sequence[str], least: int = 1) -> dict[str, Array]:
    """The vectors of those of the words that the file has, each (size,).

    A .npz holds `words` (n,), texts, and `vectors` (n, size); a text file has a word and its numbers a line,
    separated by spaces. Raises RowError where the file is neither, has none of the words, or vectors of fewer than
    `least` numbers.
    """
    read = _from_npz if path.suffix.lower() == ".npz" else _from_text
    found = dict(read(path, set(words)))
    if not found:
        raise RowError(path, "has a vector for none of the words that the texts are made of")
    if size_of(found) < least:
        raise RowError(path, f"has vectors of {size_of(found)} numbers, and the embedding is to have {least}")
    return found


def initial_embedding(vectors: dict[str, Array], words: Sequence[str], drawn: Array) -> Array:
    """The embedding to start from, of the shape of `drawn` (vocab_size, input_size), which is standard normal.

    Where the vectors are longer than input_size, they are turned to the directions in which these words differ most
    (principal components). All are scaled to a standard deviation of 1; a word without a vector keeps what was drawn.
    """
    input_size = drawn.shape[1]
    known = [row for row, word in enumerate(words) if word in vectors]
    rows = np.stack([vectors[words[row]] for row in known]).astype(np.float64)
    if rows.shape[1] > input_size:
        rows = (rows - rows.mean(axis=0)) @ principal_directions(rows, input_size).T
    embedding = drawn.copy()
    embedding[known] = rows / (rows.std() or 1.0)
    return embedding


def principal_directions(rows: Array, count: int) -> Array:
    """The directions in which the rows (n, size) differ most, the first first: (count, size), of length 1.

    They are the right singular vectors of the centred rows. Where so few rows don't span so many, the rest is zeros.
    """
    _, _, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    missing = max(0, count - len(directions))
    return np.concatenate([directions[:count], np.zeros((missing, rows.shape[1]), rows.dtype)])


def size_of(vectors: dict[str, Array]) -> int:
    """The count of numbers in a vector."""
    return len(next(iter(vectors.values())))


def _from_npz(path: Path, wanted: set[str]) -> Iterator[tuple[str, Array]]:
    if path.exists() and not path.is_file():
        raise RowError(path, "is a folder, a pipe or a device; give a file")
    try:
        arrays = npz.read(path, partial(_check_size, path))
        words, vectors = arrays["words"], arrays["vectors"]
    except RowError:
        raise
    except FileNotFoundError as error:
        raise RowError(path, "no such file") from error
    except KeyError as error:
        raise RowError(path, "lacks an array; expected words (n,) and vectors (n, size)") from error
    except _FAULTS as error:
        raise RowError(path, f"can't be read as a .npz of words and vectors: {' '.join(str(error).split())}") from error
    if words.ndim != 1 or words.dtype.kind != "U" or vectors.shape[:1] != words.shape or vectors.ndim != 2:
        raise RowError(path, f"words is {words.dtype} {words.shape}, vectors {vectors.shape}; expected (n,), (n, size)")
    if vectors.dtype.kind not in "fiu" or not vectors.shape[1] or not np.isfinite(vectors).all():
        raise RowError(path, "vectors holds something that is no finite number")
    for word, vector in zip(words.tolist(), vectors, strict=True):
        if word in wanted:
            yield word, vector


def _check_size(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise RowError(path, f"unpacks to {size / 2**30:.0f} GiB, more than the {MOST_BYTES / 2**30:.0f} that are read")


def _from_text(path: Path, wanted: set[str]) -> Iterator[tuple[str, Array]]:
    rows = filled(read_rows(path, most=MOST_BYTES))
    if all(field.isdecimal() for field in rows[0].text.split()) and len(rows[0].text.split()) == 2:
        rows = rows[1:]  # word2vec's text format begins with the two sizes
    size = len(rows[0].text.rstrip().split(" ")) - 1 if rows else 0
    if size < 1:
        raise RowError(path, "has a word without numbers; expected a word and its vector, separated by spaces", 1)
    for row in rows:
        word, *numbers = row.text.rstrip().rsplit(" ", size)
        if len(numbers) != size:
            raise RowError(path, f"has {len(numbers)} numbers, expected {size} as in the first row", row.number)
        if word in wanted:
            yield word, _numbers(path, row.number, numbers)


def _numbers(path: Path, row: int, fields: list[str]) -> Array:
    try:
        vector: Array = np.array(fields, np.float64)
    except ValueError:
        vector = np.array([np.nan])
    if not np.isfinite(vector).all():
        raise RowError(path, "holds something that is no finite number", row)
    return vector
