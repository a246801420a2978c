"""The figures of answers that are numbers: how far they are off, in their unit, and against what is cheap to say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.training.corpus import Integers


@dataclass(frozen=True)
class NumberFigures:
    """Figures of n answers of K numbers each, in their unit: of several numbers the means over them.

    `mae` is the mean absolute error, `mse` the mean squared error, `r2` the share of the targets' variance that is
    explained, 1 − Σ (target − output)² / Σ (target − mean of the targets)², as scikit-learn's: 1 is perfect, and 0 what
    it is to say the mean; None where the targets don't vary.
    """

    mae: float
    mse: float
    r2: float | None
    n: int


def number_figures(targets: Array, outputs: Array) -> NumberFigures:
    """The figures of outputs (n, K) beside the targets (n, K), both in their unit."""
    targets, outputs = np.asarray(targets, np.float64), np.asarray(outputs, np.float64)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what has overflowed gives no figure, but inf
        distance = outputs - targets
        squares = np.square(distance)
        spread = np.square(targets - targets.mean(axis=0)).sum(axis=0)
        shares = 1 - squares.sum(axis=0) / spread
    r2 = float(shares.mean()) if (spread > 0).all() else None
    return NumberFigures(float(np.abs(distance).mean()), float(squares.mean()), r2, len(targets))


@dataclass(frozen=True, eq=False)
class NumberEvaluation:
    """Every answer to a corpus that has a target, in the corpus's order; n of them, each of K numbers in their unit.

    `sequences` and `timesteps` (n,) are the indices of each answer; `targets` and `outputs` are (n, K), and `losses`
    (n,) the squared errors of the standardised numbers, which is what a training makes small.
    """

    sequences: Integers
    timesteps: Integers
    targets: Array
    outputs: Array
    losses: Array

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def loss(self) -> float:
        """The mean squared error of the standardised numbers."""
        return float(self.losses.mean())

    @cached_property
    def figures(self) -> NumberFigures:
        """The figures of all answers."""
        return number_figures(self.targets, self.outputs)

    def figures_of(self, number: int) -> NumberFigures:
        """The figures of one of the K numbers (from 0), in its own unit."""
        return self.baseline(self.outputs[:, number], number)

    def baseline(self, predictions: Array | float, number: int | None = None) -> NumberFigures:
        """The figures that other predictions have on the same targets: the last value, or the mean of the training.

        `predictions` are (n, K), or whatever NumPy spreads to that; with `number` those of one of the K numbers, (n,).
        """
        targets = self.targets if number is None else self.targets[:, [number]]
        shaped = np.asarray(predictions) if number is None else np.reshape(predictions, (-1, 1))
        return number_figures(targets, np.broadcast_to(shaped, targets.shape))

    def worst(self, most: int) -> Integers:
        """The answers that are farthest off, the farthest first, as indices into these arrays."""
        return np.argsort(-self.losses, kind="stable")[:most]
