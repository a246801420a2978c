"""The functions that a cell squashes its sums with: each with its derivative and how it is written, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

import numpy as np

from rnn_tui.network import kinds
from rnn_tui.network.arrays import Array, sigmoid


class Elementwise(Protocol):
    """A function of every number of an array; writes into `out` where that is given."""

    def __call__(self, array: Array, /, out: Array | None = None) -> Array:
        """The function of the array, of the same shape."""
        ...


class Function(NamedTuple):
    """A squashing function: y = function(z), and slope(y), its derivative at z from its output.

    `shown` is how it is written, with {} for z; `bounds` are the lowest and the highest y, None where there are none;
    `words` say what it does to a sum and `notation` what it makes of Elman's pre_activation.
    """

    name: str
    function: Elementwise
    slope: Elementwise
    shown: str
    bounds: tuple[float, float] | None
    words: str = ""
    notation: str = ""

    def at(self, z: float) -> float:
        """The function of one number."""
        return float(self.function(np.array([z]))[0])


def _relu(z: Array, out: Array | None = None) -> Array:
    result: Array = np.maximum(z, 0, out=out)
    return result


def one_minus_square(y: Array, out: Array | None = None) -> Array:
    """1 − y², the derivative of tanh from its output."""
    out = np.multiply(y, y, out)
    result: Array = np.subtract(1, out, out)
    return result


def _sigmoid_slope(y: Array, out: Array | None = None) -> Array:
    """y·(1 − y)."""
    out = np.subtract(1, y, out)
    result: Array = np.multiply(y, out, out)
    return result


def _one(y: Array, out: Array | None = None) -> Array:
    if out is None:
        return np.ones_like(y)
    out[...] = 1
    return out


FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (  # the slope of relu is 1 above 0 and else 0, as PyTorch's, which is the sign of its output
        Function(
            "tanh",
            cast(Elementwise, np.tanh),
            one_minus_square,
            "tanh({})",
            (-1.0, 1.0),
            "squash into −1 … 1",
            "h = tanh(pre_activation)",
        ),
        Function(
            "relu",
            _relu,
            cast(Elementwise, np.sign),
            "max(0, {})",
            None,
            "cut off below 0",
            "h = max(0, pre_activation)",
        ),
        Function("identity", cast(Elementwise, np.positive), _one, "{}", None, "leave as it is", "h = pre_activation"),
        Function("sigmoid", sigmoid, _sigmoid_slope, "σ({})", (0.0, 1.0)),
    )
}
"""Every function by its name."""

ACTIVATIONS: Mapping[str, Function] = {name: FUNCTIONS[name] for name in kinds.ACTIVATIONS}
"""The functions that a cell can be given, by their names in the model file and on the command line."""
