"""The difference that float32 alone makes between two computations of one network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnn_tui.network.arrays import Array

SAFETY = 10
"""Two computations in float32 may be so many times further apart than one of them and that in float64 happens to be."""
LARGEST = 1e-2
"""More is never put down to rounding: sequences so long tell nothing."""


def rounding_of(lengths: Sequence[int], ours: Sequence[Array], exact: Sequence[Array]) -> tuple[float, ...]:
    """For each sequence the difference of two numbers that may be float32's; `exact` are those computed in float64.

    Where a network amplifies the smallest change from step to step, as one with large weights does, that is much for
    a long sequence and still next to nothing for a short one.
    """
    seen: dict[int, float] = {}
    for length, found, wanted in zip(lengths, ours, exact, strict=True):
        with np.errstate(invalid="ignore"):
            apart = np.abs(wanted - found)
        largest = float(apart.max())
        seen[length] = max(seen.get(length, 0.0), largest if np.isfinite(largest) else 0.0)
    upto = {length: max(apart for other, apart in seen.items() if other <= length) for length in seen}
    return tuple(min(LARGEST, SAFETY * upto[length]) for length in lengths)


def steady(lengths: Sequence[int], rounding: Sequence[float]) -> tuple[int, ...]:
    """The lengths of which float32 still tells something; all of them where it tells of none."""
    told = [length for length, largest in zip(lengths, rounding, strict=True) if largest < LARGEST]
    return tuple(dict.fromkeys(told or lengths))
