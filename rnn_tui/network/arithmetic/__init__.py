"""Every number of a step, followed back to the numbers that it came from.

`derivation` takes one phase of one timestep apart for one hidden unit. Totals and results are the trace's own numbers;
the products and the running sums that lead to them are done in float64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rnn_tui.network.arithmetic import formulas
from rnn_tui.network.arithmetic.outputs import checked, labels_by_probability
from rnn_tui.network.arithmetic.parts import Curve, Formula, Part, Sum, Term
from rnn_tui.network.arithmetic.reading import read
from rnn_tui.network.arithmetic.sums import GATES, Place, input_sums, memory_sum, unknown_as
from rnn_tui.network.model import Model
from rnn_tui.network.phases import Phase
from rnn_tui.network.trace import Trace

__all__ = [
    "GATES",
    "Curve",
    "Formula",
    "Part",
    "Place",
    "Sum",
    "Term",
    "derivation",
    "labels_by_probability",
    "unknown_as",
]


def derivation(model: Model, trace: Trace, t: int, phase: Phase, unit: int) -> tuple[Part, ...]:
    """How the numbers of `unit` (from 0) in `phase` at timestep `t` came about, in the order in which they did.

    In Check, whose numbers belong to labels, the most probable label comes first. Raises KeyError where the model has
    no such phase, IndexError where the sentence has no such timestep.
    """
    place = Place(model, trace, trace[t], unit)
    return tuple(_PHASES[model.cell.kind][phase.name](place))


def _gates(place: Place, gates: Iterable[int]) -> Iterable[Part]:
    """The sum over the memory, the sum of both, and the curve, of every gate named."""
    for gate in gates:
        yield memory_sum(place, gate)
        yield formulas.added(place, gate)
        yield formulas.gate_curve(place, gate)


_COMMON: Mapping[str, Callable[[Place], Iterable[Part]]] = {
    "read": lambda place: (read(place),),
    "multiply": input_sums,
    "check": checked,
}
_PHASES: Mapping[str, Mapping[str, Callable[[Place], Iterable[Part]]]] = {
    "elman": {
        **_COMMON,
        "add": lambda place: (memory_sum(place), formulas.added(place)),
        "squash": lambda place: (formulas.squashed(place),),
    },
    "gru": {
        **_COMMON,
        "gates": lambda place: _gates(place, (0, 1)),
        "candidate": lambda place: (memory_sum(place, 2), formulas.gated_sum(place), formulas.candidate_curve(place)),
        "blend": lambda place: (formulas.blended(place),),
    },
    "lstm": {
        **_COMMON,
        "gates": lambda place: _gates(place, range(4)),
        "write": lambda place: (formulas.written(place),),
        "expose": lambda place: (formulas.cell_curve(place), formulas.exposed(place)),
    },
}
