"""A number that stands in the place of one that the network would compute."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """A value of a hidden unit (from 0) that is held at a number; `name` is a gate's letter, or that of a state.

    It is a unit of the lane of a layer (from 0) that reads forward, or `backward`.
    """

    name: str
    unit: int
    value: float
    layer: int = 0
    backward: bool = False
