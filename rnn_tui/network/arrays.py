"""The one array type of the network, and the functions that every part of it needs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

CACHE_LINE = 64  # bytes, on every processor that is likely to run this


def frozen(array: Array) -> Array:
    """Return a view of `array` that can't be written to, so that what was computed stays what was computed."""
    view = array.view()
    view.flags.writeable = False
    return view


def aligned_empty(shape: tuple[int, ...], dtype: np.dtype[np.floating[Any]]) -> Array:
    """An array of this shape that holds anything at first, row after row, and starts on a cache line.

    A product with a matrix that straddles cache lines takes a tenth longer and more, and NumPy's own arrays do.
    """
    size = math.prod(shape) * dtype.itemsize
    room = np.empty(size + CACHE_LINE, np.uint8)
    start = -room.ctypes.data % CACHE_LINE
    array: Array = room[start : start + size].view(dtype).reshape(shape)
    return array


def aligned(array: Array) -> Array:
    """Return a copy of `array` that starts on a cache line, as `aligned_empty` has it."""
    copy = aligned_empty(array.shape, array.dtype)
    copy[...] = array
    return copy


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis: exp(l_i) / Σ_j exp(l_j) (`torch.softmax(logits, -1)`).

    The largest logit is subtracted first, which changes nothing but keeps exp from overflowing. All are NaN where the
    largest is infinite.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
        probs: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probs


def sigmoid(z: Array, out: Array | None = None) -> Array:
    """1 / (1 + exp(−z)), as (1 + tanh(z / 2)) / 2, which doesn't overflow for large negative z."""
    half = z.dtype.type(0.5)
    out = np.multiply(z, half, out)
    np.tanh(out, out)
    np.multiply(out, half, out)
    result: Array = np.add(out, half, out)
    return result
