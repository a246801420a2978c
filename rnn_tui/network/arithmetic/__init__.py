"""Every number of a step, followed back to the numbers that it came from.

`derivation` takes one phase of one timestep apart for one hidden unit. Totals and results are the trace's own numbers;
the products and the running sums that lead to them are done in float64. What the parts mean is said by
`story.arithmetic`.
"""

from __future__ import annotations

from rnn_tui.network.arithmetic.outputs import checked, labels_by_probability
from rnn_tui.network.arithmetic.parts import Curve, Formula, Part, Sum, Term
from rnn_tui.network.arithmetic.phase_parts import part_of
from rnn_tui.network.arithmetic.reading import parts_read
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.phases import CHECK, READ, Phase
from rnn_tui.network.trace import Trace

__all__ = [
    "Curve",
    "Formula",
    "Part",
    "Sum",
    "Term",
    "UnitAtStep",
    "derivation",
    "labels_by_probability",
    "part_of",
    "taken_apart",
]


def derivation(trace: Trace, t: int, phase: Phase, unit: int) -> tuple[Part, ...]:
    """Take apart the numbers of `unit` (from 0) in `phase` at timestep `t`, in the order in which they came about.

    In Check, whose numbers belong to labels, the most probable label comes first. Raises KeyError where the model has
    no such phase, IndexError where the sentence has no such timestep.
    """
    return taken_apart(UnitAtStep(trace.model, trace, trace[t], unit), phase)


def taken_apart(at: UnitAtStep, phase: Phase) -> tuple[Part, ...]:
    """The parts of a phase for a unit at a timestep; raises KeyError where the model has no such phase."""
    if phase.name not in (known.name for known in at.model.phases):
        raise KeyError(phase.name)
    if phase.name == READ.name:
        return tuple(parts_read(at))
    if phase.name == CHECK.name:
        return tuple(checked(at))
    return tuple(part_of(at, part) for part in phase.parts)
