"""The loss of each kind of output, and its gradient by the logits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array, sigmoid
from rnn_tui.network.backprop.batch import Integers
from rnn_tui.network.outputs import Classes, Number, YesNo


class Loss(Protocol):
    """A loss of logits (n, nodes), as a sum over n answers; and its gradient by the logits."""

    def __call__(self, logits: Array, targets: NDArray[Any], weights: Array, /) -> tuple[float, Array]:
        """The sum of weights · loss, and its gradient, of the shape of the logits; weights (n,)."""
        ...


def cross_entropy(logits: Array, targets: Integers, weights: Array) -> tuple[float, Array]:
    """Σ weights · −log softmax(logits)[target], and its gradient by the logits: weights · (probs − one_hot(target)).

    logits (n, output_size), targets (n,), weights (n,).
    """
    rows = np.arange(len(targets))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    loss = float(weights @ (np.log(total[:, 0]) - shifted[rows, targets]))
    d_logits = exponentials / total
    d_logits[rows, targets] -= 1
    d_logits *= weights[:, None]
    return loss, d_logits


def binary_cross_entropy(logits: Array, targets: Integers, weights: Array) -> tuple[float, Array]:
    """Σ weights · −log of the probability of the target, 1 (yes) with sigmoid(logit), else 0 (no); and its gradient.

    The gradient is weights · (sigmoid(logit) − target). logits (n, 1), targets (n,), weights (n,). As
    torch.nn.functional.binary_cross_entropy_with_logits: max(z, 0) − z · target + log(1 + exp(−|z|)).
    """
    z = logits[:, 0]
    losses = np.maximum(z, 0) - z * targets + np.log1p(np.exp(-np.abs(z)))
    d_logits: Array = (sigmoid(z) - targets) * weights
    return float(weights @ losses), d_logits[:, None].astype(logits.dtype, copy=False)


def squared_error(logits: Array, targets: Array, weights: Array) -> tuple[float, Array]:
    """Σ weights · mean (logits − targets)² over the numbers of an answer, and its gradient by the logits.

    logits and targets (n, K), standardised; weights (n,).
    """
    distance = logits - targets.astype(logits.dtype, copy=False)
    loss = float(weights @ np.square(distance).mean(axis=1))
    distance *= weights[:, None] * (2 / distance.shape[1])
    return loss, distance


LOSSES: Mapping[str, Loss] = {
    Classes.kind: cross_entropy,
    YesNo.kind: binary_cross_entropy,
    Number.kind: squared_error,
}
"""The loss of each kind of output, by its name in the model file."""
