"""The record that the story of a cell is made of, and what its gates have in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnn_tui.rounding import share_as_shown
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line
from rnn_tui.text import percent

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


def bias_too(moment: Moment) -> str:
    """Say that the memory comes with its bias, where the cell has one."""
    return " with its bias" if moment.cell.bias_hh.any() else ""


def rest_of(share: float) -> str:
    """Return what is left of 100 %, so that the two shares add up as they are shown: "43%" for 57%."""
    shown = percent(share)
    if math.isnan(share):
        return shown
    if shown.startswith("<"):
        return ">99%"
    return "<1%" if shown.startswith(">") else f"{100 - round(100 * share_as_shown(share))}%"
