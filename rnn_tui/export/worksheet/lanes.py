"""The lanes of a network on a worksheet: which of them there is room for, and the blanks of each.

A lane above another reads what that has in the column of its memory after each word, where a hand can multiply so few
numbers; else what comes up to it is given. Of one lane alone all that comes up to it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from rnn_tui.export.worksheet.blanks import chosen
from rnn_tui.export.worksheet.columns import columns_of
from rnn_tui.export.worksheet.hand import MOST_INPUTS, Excerpt, Slot, worked
from rnn_tui.export.worksheet.sheet import Levels
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.network.votes import units_by_vote
from rnn_tui.questions.numbers import Span

MOST_UNITS = 4
"""The most hidden units of a lane of which a sheet shows the numbers."""
MOST_ROWS = 16
"""The most rows of a walk, which is a row for a unit at a word: they fit on a page of A4 or Letter paper."""
MOST_ROWS_IN_ALL = 32
"""The most rows of the walks of all lanes together: two such pages."""
Lane = tuple[Excerpt, Mapping[Slot, int]]
"""A lane's excerpt and its blanks, each with its level."""


def lanes_of(trace: Trace, lane: int | None) -> tuple[int, ...]:
    """The floors of the lanes that are walked: the one that is said, or all; raises UserError for too many."""
    floors = tuple(floor.index for floor in trace.model.floors if floor.layer is not None)
    if lane is not None:
        return (lane,)
    rows, unit = len(floors) * len(trace), trace.model.tokenizer.unit
    if rows > MOST_ROWS_IN_ALL:
        direction = " and --direction" if trace.model.two_way else ""
        raise UserError(
            f"the walks of {len(floors)} lanes over {len(trace)} {unit}s have {rows} rows, and paper has room for "
            f"{MOST_ROWS_IN_ALL}; make a sheet of one lane with --layer{direction}, or give a shorter text with -s"
        )
    return floors


def blanks_of_lanes(
    trace: Trace, floors: Sequence[int], words: Sequence[int], levels: Levels, random: Random, *, carries: bool
) -> list[Lane]:
    """The excerpts of some lanes, from the lowest, and the blanks of each at some words.

    `words` are those of a lane that reads forward; one that reads backward has blanks at as many from its own end.
    """
    found: list[Lane] = []
    for index in floors:
        on = trace.on(index)
        mirrored = [len(trace) - 1 - t for t in words] if on.model.floor.backward else words
        excerpt = Excerpt(on, _units(on, len(floors)), columns_of(on.model), tuple(mirrored), carries)
        excerpt = _reading(excerpt, found) if len(floors) > 1 else excerpt
        found.append((excerpt, chosen(excerpt, levels, random)))
    return found


def shown_units(trace: Trace) -> tuple[int, ...]:
    """The units (from 0) of the only lane whose numbers are shown: all of a few, else those that count most."""
    return _units(trace, 1)


def _units(trace: Trace, lanes: int) -> tuple[int, ...]:
    """The units of a lane, one of so many, whose numbers are shown."""
    room = min(MOST_ROWS // len(trace), MOST_ROWS_IN_ALL // (lanes * len(trace)))
    most = min(MOST_UNITS, max(1, room), trace.model.hidden_size)
    return tuple(sorted(units_by_vote(trace)[:most]))


def _reading(excerpt: Excerpt, below: Sequence[Lane]) -> Excerpt:
    """The excerpt of a lane with what the layer below hands up as people have it who fill in the walks of that."""
    model = excerpt.trace.model
    layer = (model.floor.layer or 0) - 1
    lanes = [lane for lane in below if lane[0].trace.model.floor.layer == layer] if layer >= 0 else []
    if not lanes:
        return excerpt
    by_hand = all(lane.whole and "h" in {column.key for column in lane.columns} for lane, _ in lanes)
    if model.layers[layer].merge == "sum" and len(lanes) > 1:
        by_hand = False
    if not by_hand or model.input_size > MOST_INPUTS:
        return replace(excerpt, given_input=True)
    taken: dict[tuple[int, int], Span] = {}
    first = 0
    for lane, blanks in lanes:
        have = worked(lane, blanks)
        for t in lane.words:
            taken |= {(t, first + unit): have[t, unit, "h"] for unit in lane.units}
        first += lane.trace.model.hidden_size
    return replace(excerpt, taken=taken)
