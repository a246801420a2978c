"""The record that the story of a cell is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line

OPEN, SHUT = 0.6, 0.4
"""From where on a gate is called open, and up to where nearly shut."""


class CellStory(NamedTuple):
    """The story of one kind of cell.

    `name` begins the outline ("A GRU"), `second` is the second of the three things that it does. `phases` tells each
    phase of the cell but Multiply, by its name; `sums` explains the formulas and curves of its arithmetic, by their
    `key` (`cells.phases.Combined`, `Squashed`): what is not in it is explained from what the part says of itself.
    """

    name: str
    second: str
    phases: Mapping[str, Callable[[Moment], tuple[Line, ...]]]
    sums: Mapping[str, Callable[[Moment], str]] = MappingProxyType({})
