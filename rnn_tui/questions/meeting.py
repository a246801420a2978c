"""The number of a unit where two lanes meet and are added up, by hand."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.network.arithmetic import Formula, UnitAtStep, part_of
from rnn_tui.network.cells.phases import Met
from rnn_tui.questions.numbers import SIGN, as_given, exactly
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import Quantity, beside
from rnn_tui.questions.question import Slip
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import equated, operand, unsigned


def met(place: Place, asked: Quantity) -> Working:
    """The way to a unit's number from those of the two lanes."""
    part = part_of(UnitAtStep(place.model, place.trace, place.trace[asked.at.t], asked.index), Met())
    assert isinstance(part, Formula)
    forward, backward = (as_shown(value) for _, value in part.parts)
    total = asked.in_trace(place.trace)
    as_given(forward, backward, total)
    computed = forward + backward
    return Working(
        given=f"the forward lane ends with {unsigned(forward)}, the backward lane with {unsigned(backward)}"
        if place.model.readout.kind == "last"
        else f"the forward lane has {unsigned(forward)}, the backward lane {unsigned(backward)}",
        todo="what they are together, where they meet and are added up",
        notation="h = →h + ←h",
        span=exactly(computed),
        why=equated(f"{unsigned(forward)} + {operand(backward)}", sign_of(total, computed), total),
        slips=tuple(_slips(place, asked, forward, backward)),
        level=4,
    )


def _slips(place: Place, asked: Quantity, forward: float, backward: float) -> Iterator[Slip]:
    yield Slip("direction", forward, "That is the number of the forward lane alone.")
    yield Slip("direction", backward, "That is the number of the backward lane alone.")
    yield Slip("sign", forward - backward, "The second has to be added, not taken away.")
    yield Slip("share", (forward + backward) / 2, "That is the average: the two are added up and not divided.")
    yield Slip("product", forward * backward, "They have to be added, not multiplied.")
    yield Slip("sign", -(forward + backward), SIGN)
    lane, t = place.trace.layers[-1].backward, asked.at.t
    if place.model.readout.kind == "last" and lane is not None:  # whose last state is at the first word
        other = as_shown(float(lane.values["h"][t, asked.index]))
        said = f"That takes the backward lane at {place.word(t)}, with which it begins: it ends at the first."
        yield Slip("time", forward + other, said)
    for unit in beside(asked.index, place.model.hidden_size):
        said = f"That is the number of {place.unit_name(unit)}, which stands in another row."
        yield Slip("row", as_shown(float(place.trace[t].h[unit])), said)
