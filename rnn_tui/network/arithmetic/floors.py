"""The arithmetic of the floors above the lowest: what is handed up, where two lanes meet, a hidden layer."""

from __future__ import annotations

from rnn_tui.network.arithmetic.figures import as_shown, equated, operand, sign_of, unsigned
from rnn_tui.network.arithmetic.parts import Formula, HandedUp, Sum, Terms
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.cells.phases import HeadProducts, Met
from rnn_tui.network.heads import value_name
from rnn_tui.network.naming import input_name, layer_symbol

MOST_WRITTEN = 4
"""The most numbers of x that are written out."""


def taken_up(at: UnitAtStep) -> Formula:
    """The numbers that the layer below hands up at this timestep."""
    x = [float(value) for value in at.step.x]
    shown = ", ".join(map(unsigned, x[:MOST_WRITTEN]))
    return Formula(
        HandedUp(),
        notation=f"x = {handed_symbol(at)}",
        numbers=f"x = {shown}{', …' if len(x) > MOST_WRITTEN else ''}",
        parts=tuple((input_name(at.model, j), value) for j, value in enumerate(x)),
        result=None,
    )


def handed_symbol(at: UnitAtStep) -> str:
    """The hidden state of the layer below as it is written: "h⁽¹⁾", "[→h⁽¹⁾; ←h⁽¹⁾]", "→h⁽¹⁾ + ←h⁽¹⁾"."""
    index = (at.model.floor.layer or 0) - 1
    below = at.model.layers[index]
    lanes = [layer_symbol(at.model, index, backward=backward) for backward in (False, True)[: len(below.cells)]]
    return f"[{'; '.join(lanes)}]" if below.merge == "concat" and len(lanes) > 1 else " + ".join(lanes)


def met(at: UnitAtStep, part: Met) -> Formula:
    """The unit of the lane that it comes from, or the sum of those of both."""
    top, t, total = at.trace.layers[-1], at.step.t, float(at.step.h[at.unit])
    arrow, unit = top.layer.lane_of(at.unit)
    ends = at.model.readout.kind == "last"  # then each lane is taken where it has read all
    assert top.backward is not None
    found = {"→": top.forward.values["h"][t], "←": top.backward.values["h"][0 if ends else t]}
    lanes = [arrow] if arrow else list(found)
    values = [float(found[lane][unit]) for lane in lanes]
    sign = sign_of(total, sum(map(as_shown, values)))
    written = [unsigned(values[0]), *map(operand, values[1:])]
    return Formula(
        part,
        notation=f"h[{at.index}] = " + " + ".join(f"{lane}h[{unit + 1}]" for lane in lanes),
        numbers=unsigned(total) if arrow else equated(" + ".join(written), sign, total),
        parts=tuple((f"{lane} unit {unit + 1}", value) for lane, value in zip(lanes, values, strict=True)),
        result=("h", total),
    )


def products_of_head(at: UnitAtStep, part: HeadProducts) -> Sum:
    """weight·x + bias of a unit of a linear layer of the head, over the units of the floor below."""
    name = value_name(part.index)
    linear = at.model.head[part.index].linear
    assert linear is not None
    weight = f"{name}.weight"
    return Sum(
        source=part,
        name=part.name,
        notation=f"{part.name}[{at.index}] = Σ {weight}[{at.index},j]·{at.model.taken}[j] + {name}.bias[{at.index}]",
        weight_name=weight,
        value_name=at.model.taken,
        terms=Terms(linear.weight[at.unit], at.step.x, lambda j: input_name(at.model, j)),
        bias=float(linear.bias[at.unit]),
        total=at.value(part.name),
        parameter=weight,
        row=at.unit,
    )
