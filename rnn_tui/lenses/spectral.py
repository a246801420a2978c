"""The spectral norm of a matrix, by which it can stretch a vector, found as soon as it can be proven."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.network.arrays import Array

SQUARES = (1e-100, 1e100)
"""Between these neither a sum of squares nor the product of two of them overflows or loses anything to underflow."""

CLOSE = 1e-14
"""The share by which a squared spectral norm that is found by iteration may lie below the exact one."""

MOST_ITERATIONS = 12


def spectral_norm(matrix: Array) -> float:
    """The largest singular value of a matrix; NaN where one of its numbers is not finite.

    It is the root of the largest eigenvalue of MᵀM, which is found sooner than the singular values. The largest is as
    exact as they are, since only small ones suffer from the squaring.
    """
    if not SQUARES[0] < np.vdot(matrix, matrix) < SQUARES[1]:
        if not np.isfinite(matrix).all():
            return math.nan
        largest = float(np.abs(matrix).max())
        if largest == 0:
            return 0.0
        with np.errstate(over="ignore"):  # no quotient is above 1, but NumPy 1.26.0 warns where `largest` is subnormal
            scaled = matrix / largest
        return largest * spectral_norm(scaled)
    return math.sqrt(max(0.0, float(np.linalg.eigvalsh(matrix.T @ matrix)[-1])))


def leading(matrix: Array, direction: Array) -> tuple[float, Array]:
    """The spectral norm of a matrix M, and a unit vector near its leading left singular vector, both (m,).

    A product of many factors lets little but one direction through, and that changes little from factor to factor. So
    it is followed by power iteration from where it was, which costs two small products an iteration.

    What it finds is proven. For a unit vector u let λ = |Mᵀu|² and r = |MMᵀu − λu|. Beside u the eigenvalues of MMᵀ
    add to |M|² − λ, where |M|² is the sum of squares, so none of them is larger; where this is less than λ, the largest
    eigenvalue of MMᵀ lies between λ and λ + r² / (2λ − |M|²). Where that is never close, the exact way is taken.
    """
    squares = float(np.vdot(matrix, matrix))
    if not SQUARES[0] < squares < SQUARES[1]:
        return spectral_norm(matrix), direction
    for iteration in range(MOST_ITERATIONS):
        through = direction @ matrix
        found = matrix @ through
        value = float(through @ through)
        missed = found - value * direction
        apart = 2 * value - squares
        if apart > 0 and float(missed @ missed) <= CLOSE * value * apart:
            return math.sqrt(value), direction
        length = math.sqrt(float(found @ found))
        if not length:
            break
        direction = found / length
        if iteration == 2 and apart < 0:
            break
    return spectral_norm(matrix), direction
