"""The progress of a long computation."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Told now and then how much is done, from 0 to 1. What it raises ends the computation: so it is cancelled."""


def quiet(_: float) -> None:
    """Tell nobody."""


def part(progress: Progress, low: float, high: float) -> Progress:
    """The progress of a part that is the whole from `low` to `high`."""
    return lambda share: progress(low + (high - low) * share)
