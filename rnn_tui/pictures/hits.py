"""The parts of a picture that a click can hit, each with what it stands for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordHit:
    """A word, by its timestep, from 0."""

    t: int


@dataclass(frozen=True)
class UnitHit:
    """A hidden unit, from 0."""

    unit: int


Hit = WordHit | UnitHit
