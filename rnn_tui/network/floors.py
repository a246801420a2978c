"""The floors of a network: the lanes of its stack, and what stands above them, each with its phases and its rows.

A floor is what is looked at in one moment: all of its phases have the same hidden units in their rows. One lane of a
layer is a floor. What makes the answer stands on the floor of the top lane, where that is the only lane that reads
and every word has an answer; else it has a floor of its own. A linear layer of the head begins another one, whose
units are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from rnn_tui.network.cells import Cell
from rnn_tui.network.cells.above import Above
from rnn_tui.network.heads import Head, phase_of, value_name
from rnn_tui.network.layers import Layer
from rnn_tui.network.outputs import Output
from rnn_tui.network.phases import READ, READ_BELOW, Phase, check_of, meeting, phases_around
from rnn_tui.network.readouts import Readout


@dataclass(frozen=True, eq=False)
class Floor:
    """A floor, the lowest of which is 0.

    `layer` is the index of the layer (from 0) whose lane it is, None for what stands above all layers; a `backward`
    lane reads from the last word to the first. `cell` is the lane's; above all layers it carries nothing. `entries`
    are the entries of the head that are computed here, and `reads` is the name of the value that Check or the floor
    above reads of it. `answers` is true where Check is among its phases.
    """

    index: int
    layer: int | None
    backward: bool
    cell: Cell
    phases: tuple[Phase, ...]
    reads: str = "h"
    entries: range = range(0)
    answers: bool = False

    @property
    def hidden_size(self) -> int:
        """The number of its hidden units, which are the rows of its phases."""
        return self.cell.hidden_size

    @property
    def direction(self) -> str:
        """The direction in which its lane reads: "forward" or "backward"."""
        return "backward" if self.backward else "forward"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its phases."""
        return tuple(phase.name for phase in self.phases)


def floors_of(layers: Sequence[Layer], readout: Readout, head: Head, output: Output) -> tuple[Floor, ...]:
    """The floors of a network, the lowest first."""
    floors: list[Floor] = []
    two_way = is_two_way(layers)  # then lanes have no Check beside their phases, and Read has room for its numbers
    for index, layer in enumerate(layers):
        for cell, backward in zip(layer.cells, (False, True), strict=False):
            phases = (READ_BELOW if index else replace(READ, width=READ_BELOW.width) if two_way else READ, *cell.phases)
            floors.append(Floor(len(floors), index, backward, cell, phases))
    segments = list(_segments(readout, head, output))
    top, size, dtype = floors[-1], layers[-1].output_size, layers[-1].forward.weight_hh.dtype
    meets: tuple[Phase, ...] = (meeting(layers[-1].merge),) if layers[-1].bidirectional else ()
    if not two_way:  # every word has its answer, which is made on the floor of the top lane
        first = segments.pop(0)
        phases = phases_around(top.phases, first.phases) if first.answers else (*top.phases, *first.phases)
        floors[-1] = replace(top, phases=phases, reads=first.reads, entries=first.entries, answers=first.answers)
    for segment in segments:
        linear = head[segment.entries.start].linear if segment.entries else None
        wide = size if linear is None else len(linear.weight)
        if phases := (*meets, *segment.phases):
            above = Above.of(wide, size, dtype)
            floors.append(
                Floor(len(floors), None, False, above, phases, segment.reads, segment.entries, segment.answers)
            )
        meets, size = (), wide
    return tuple(floors)


def shown_on(floors: Sequence[Floor], name: str) -> tuple[int, int]:
    """The floor and the phase that first show a value, by their indices, from the first of some floors up.

    Of one that no phase shows it is that floor, and the phase after its last.
    """
    shown = ((floor.index, n) for floor in floors for n, phase in enumerate(floor.phases) if name in phase.shows)
    return next(shown, (floors[0].index, len(floors[0].phases)))


def is_two_way(layers: Sequence[Layer]) -> bool:
    """Tell whether any layer reads in both directions: then no answer is there before all words are read."""
    return any(layer.bidirectional for layer in layers)


class _Segment(NamedTuple):
    """A part of what makes the answer, all of whose phases have the same units."""

    phases: tuple[Phase, ...]
    entries: range
    reads: str
    answers: bool


def _segments(readout: Readout, head: Head, output: Output) -> Iterator[_Segment]:
    """What makes the answer, from the readout to Check; every linear layer of the head begins a new part."""
    starts = [index for index, entry in enumerate(head) if entry.linear is not None]
    before, reads = readout.phases, readout.reads
    for number, (start, end) in enumerate(zip([0, *starts], [*starts, len(head)], strict=True)):
        entries, last = range(start, end), number == len(starts)
        phases = (*before, *phase_of(head, reads, entries))
        reads = value_name(end - 1) if entries else reads
        yield _Segment((*phases, check_of(reads, output)) if last else phases, entries, reads, last)
        before = ()
