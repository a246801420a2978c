"""A phase in which a unit's number is no number any more, told: there is nothing to open, to keep or to squash."""

from __future__ import annotations

import math

from rnn_tui.network.cells.phases import Combined, Squashed
from rnn_tui.network.phases import Phase
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, strong


def is_lost(moment: Moment, phase: Phase) -> bool:
    """Return True where the phase reads a value of the picked unit that is no number, or makes a gate of one."""
    parts = [part for part in phase.parts if isinstance(part, Combined | Squashed)]
    read = [(value.name, value.gate) for part in parts for value in part.expression.values()]
    letters = {gate.letter for gate in moment.cell.gates if not gate.signed}
    gates = [(part.name, "") for part in parts if part.name in letters]
    return any(math.isnan(moment.value(name, gate)) for name, gate in (*read, *gates))


def lost(moment: Moment, phase: Phase) -> tuple[Line, ...]:
    """Tell that there is no number any more, how that comes about, and what follows."""
    first = line(strong(f"{phase.heading}."), f" A number of {moment.name} is lost: ∞ − ∞ and 0 × ∞ have no result.")
    return (first, line("Nothing can be computed with what is no number: all that is made of it is lost, too."))
