"""The one array type of the network, and the two functions every part of it needs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


def frozen(array: Array) -> Array:
    """Return a view of `array` that can't be written to, so that what was computed stays what was computed."""
    view = array.view()
    view.flags.writeable = False
    return view


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis: exp(l_i) / Σ_j exp(l_j) (`torch.softmax(logits, -1)`).

    The largest logit is subtracted first, which changes nothing but keeps exp from overflowing.
    """
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probs: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probs


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(−z)), written with tanh, which doesn't overflow for large negative z."""
    half: Array = np.tanh(z * z.dtype.type(0.5))
    return half * z.dtype.type(0.5) + z.dtype.type(0.5)
