"""Small records of what can be picked in a picture, one a kind of thing; the picture that drew a cell gives them.

They are named tuples, which are made four times as quickly as data classes: start-up time is a feature. So ask for the
type of a pick, not whether it is true.
"""

from __future__ import annotations

from typing import NamedTuple


class WordPick(NamedTuple):
    """A word; `t` is its timestep, from 0."""

    t: int


class ColumnPick(NamedTuple):
    """A column of a comparison, from 0."""

    column: int


class FloorPick(NamedTuple):
    """A floor of the network, from 0, and, where there is one, the word of the same cell."""

    floor: int
    t: int | None = None


class UnitPick(NamedTuple):
    """A hidden unit, from 0, and, where there is one, the word of the same cell."""

    unit: int
    t: int | None = None


class PhasePick(NamedTuple):
    """A phase, by its index among the phases of the cell, and, where it is not this word's, the word's timestep."""

    phase: int
    t: int | None = None


class WeightPick(NamedTuple):
    """A weight in the arithmetic, counted through all of its sums, from 0."""

    weight: int


class ScrollPick(NamedTuple):
    """The wheel was turned over a long sum: so many lines down, or up where it is negative."""

    lines: int


class ArithmeticPick(NamedTuple):
    """The short arithmetic, which stands for the whole."""


class LensPick(NamedTuple):
    """The small lens, which stands for the one on the whole screen."""


class MemoryPick(NamedTuple):
    """A notch of the slider of the memory, in tenths of what the network learned."""

    tenths: int


class EditPick(NamedTuple):
    """The mark that takes an edit out, by its index among the edits in force."""

    edit: int


class HoldPick(NamedTuple):
    """A number that can be typed over: the value of a hidden unit, from 0, by its name."""

    name: str
    unit: int


class KeyPick(NamedTuple):
    """An entry that stands for a key, by the key's name."""

    key: str


class SidePick(NamedTuple):
    """A side of a comparison (0 is A, 1 is B), and what was picked in it, if anything was."""

    side: int
    pick: Pick | None = None


Pick = (
    WordPick
    | ColumnPick
    | FloorPick
    | UnitPick
    | PhasePick
    | WeightPick
    | ScrollPick
    | ArithmeticPick
    | LensPick
    | MemoryPick
    | EditPick
    | HoldPick
    | KeyPick
    | SidePick
)
