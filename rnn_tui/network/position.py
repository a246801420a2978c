"""A position in the walk through a recording; without NumPy, since a scene has one before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Position:
    """A timestep, the phase inside it, as its index among those of its floor, and the floor; all from 0.

    Which of two comes first is known to the `Order` of a recording; as they are they are only in some order.
    """

    t: int = 0
    phase: int = 0
    floor: int = 0


START = Position()
"""The first phase of the first word."""
