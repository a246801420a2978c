"""Moves of two readings in lockstep: pure functions from what is shown to the next pair.

A move that leaves the pair as it is can't be made now, and its key is greyed.
"""

from __future__ import annotations

from dataclasses import replace

from rnn_tui.comparison import Comparison
from rnn_tui.pair import SIDES, Pair
from rnn_tui.scene import Position
from rnn_tui.tui.screen.keys import Shown

Compared = Shown[Pair, Comparison]


def parting(shown: Compared, _: int) -> Pair:
    """To the Check of the next column at which the two part, after the last one the first again.

    While the answers are covered only where the words or the memories part: the others would tell of the answers.
    """
    pair, comparison = shown.state, shown.computed
    first, order = comparison.memories_parted, comparison.order
    partings = comparison.partings if not pair.covered else () if first is None else (first.position,)
    if not partings:
        return pair
    here = order.index(pair.position)
    return pair.at(next((position for position in partings if order.index(position) > here), partings[0]))


def unit(shown: Compared, by: int) -> Pair:
    """The unit above or below on both sides, each within its own units."""
    sizes = (trace.model.hidden_size for trace in shown.computed.on(shown.state.position.floor).traces)
    now = _units(shown)
    a, b = (max(0, min(unit + by, size - 1)) for unit, size in zip(now, sizes, strict=True))
    return shown.state if (a, b) == now else replace(shown.state, units=(a, b))


def pick_unit(shown: Compared, picked: int) -> Pair:
    """A unit of the side in focus; of both sides where their units are the same."""
    a, b = (
        picked if side == shown.state.focus or shown.computed.on(shown.state.position.floor).same_units else unit
        for side, unit in enumerate(_units(shown))
    )
    return replace(shown.state, units=(a, b))


def _units(shown: Compared) -> tuple[int, int]:
    """The units that are shown of A and of B."""
    a, b = (shown.state.unit_in(side, shown.computed) for side in range(len(SIDES)))
    return a, b


def next_floor(shown: Compared, by: int) -> Pair:
    """The same column and phase on the level above (1) or below (−1); after the last the first again."""
    pair, order = shown.state, shown.computed.order
    level = (pair.position.floor + by) % len(order.floors)
    return pair.at(order.on_floor(level, pair.position)) if len(order.floors) > 1 else pair


def other_side(shown: Compared, _: int) -> Pair:
    """The other side in focus."""
    return replace(shown.state, focus=1 - shown.state.focus)


def swapped(shown: Compared, _: int) -> Pair:
    """A becomes B, and B becomes A; the reading in focus stays in focus, and stays where it is."""
    pair, comparison = shown.state, shown.computed
    position = comparison.positions(pair.position)[pair.focus] or Position()
    return pair.swapped().at(comparison.swapped.column_of(1 - pair.focus, position))
