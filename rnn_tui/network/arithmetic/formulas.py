"""The formulas and curves that join a hidden unit's sums, for every cell; PyTorch's equations with the numbers in."""

from __future__ import annotations

import math

from rnn_tui.network.arithmetic.figures import operand, unsigned
from rnn_tui.network.arithmetic.parts import Curve, Formula
from rnn_tui.network.arithmetic.sums import GATES, Place


def added(place: Place, gate: int = 0) -> Formula:
    """What the input brings plus what is remembered, ih + hh; in Elman's cell this is `pre_activation`."""
    letter, words = GATES[place.model.cell.kind][gate]
    suffix = f"_{letter}" if letter else ""
    index = place.index
    memory, brought = place.value("hh", gate), place.value("ih", gate)
    total = place.value("pre_activation") if not letter else memory + brought
    name = f"pre_activation[{index}]" if not letter else f"ih{suffix}[{index}] + hh{suffix}[{index}]"
    return Formula(
        words=f"input plus memory is the sum for the {words} of {place.name}" if letter else "input plus memory is sum",
        notation=name if letter else f"{name} = ih[{index}] + hh[{index}]",
        numbers=f"{operand(brought)} + {operand(memory)} = {unsigned(total)}",
        parts=(("memory", memory), ("input", brought)),
        result=("sum", total),
    )


def squashed(place: Place) -> Curve:
    """The hidden state: h = activation(pre_activation), of Elman's cell."""
    function = place.model.activation or "tanh"
    x, y = place.value("pre_activation"), place.value("h")
    shown = {"tanh": "tanh({})", "relu": "max(0, {})", "identity": "{}"}[function]
    words = {
        "tanh": "squash the sum into −1 … 1",
        "relu": "cut the sum off below 0",
        "identity": "leave the sum as it is",
    }[function]
    return Curve(
        function=function,
        x=x,
        y=y,
        x_name="sum",
        y_name=place.name,
        words=words,
        notation=f"h[{place.index}] = {shown.format(f'pre_activation[{place.index}]')}",
        numbers=unsigned(y) if function == "identity" else f"{shown.format(unsigned(x))} = {unsigned(y)}",
    )


def gate_curve(place: Place, gate: int) -> Curve:
    """How far a gate opens, σ(ih + hh); for LSTM's new value g, tanh(ih + hh)."""
    letter, words = GATES[place.model.cell.kind][gate]
    function, symbol = ("tanh", "tanh") if letter in "ng" else ("sigmoid", "σ")
    x, y = place.value("hh", gate) + place.value("ih", gate), place.value(letter)
    into = "−1 … 1" if function == "tanh" else "0 … 1: 0 is shut, 1 is open"
    return Curve(
        function=function,
        x=x,
        y=y,
        x_name="sum",
        y_name=letter,
        words=f"squash the sum for the {words} of {place.name} into {into}",
        notation=f"{letter}[{place.index}] = {symbol}(ih_{letter}[{place.index}] + hh_{letter}[{place.index}])",
        numbers=f"{symbol}({unsigned(x)}) = {unsigned(y)}",
    )


def gated_sum(place: Place) -> Formula:
    """The GRU's sum for its new value: ih_n + r·hh_n."""
    index = place.index
    brought, reset, memory = place.value("ih", 2), place.value("r"), place.value("hh", 2)
    total = brought + reset * memory
    return Formula(
        words="input plus memory, of which the reset gate lets a part through",
        notation=f"ih_n[{index}] + r[{index}]·hh_n[{index}]",
        numbers=f"{operand(brought)} + {operand(reset)} × {operand(memory)} = {unsigned(total)}",
        parts=(("input", brought), ("reset gate r", reset), ("memory", memory)),
        result=("sum", total),
    )


def candidate_curve(place: Place) -> Curve:
    """The GRU's new value: n = tanh(ih_n + r·hh_n)."""
    index, total, n = place.index, gated_sum(place), place.value("n")
    assert total.result is not None
    return Curve(
        function="tanh",
        x=total.result[1],
        y=n,
        x_name="sum",
        y_name="n",
        words=f"squash the sum into −1 … 1: the new value that is proposed for {place.name}",
        notation=f"n[{index}] = tanh({total.notation})",
        numbers=f"tanh({unsigned(total.result[1])}) = {unsigned(n)}",
    )


def blended(place: Place) -> Formula:
    """The GRU's new hidden state: h = (1 − z)·n + z·h_prev."""
    index = place.index
    z, n, h_prev, h = (place.value(name) for name in ("z", "n", "h_prev", "h"))
    return Formula(
        words=f"blend the new value and the old memory of {place.name}; the update gate says how much stays old",
        notation=f"h[{index}] = (1 − z[{index}])·n[{index}] + z[{index}]·h_prev[{index}]",
        numbers=f"(1 − {operand(z)}) × {operand(n)} + {operand(z)} × {operand(h_prev)} = {unsigned(h)}",
        parts=(("update gate z", z), ("new value n", n), ("old memory", h_prev)),
        result=(place.name, h),
    )


def written(place: Place) -> Formula:
    """The LSTM's new cell: c = f·c_prev + i·g."""
    index = place.index
    f, c_prev, i, g, c = (place.value(name) for name in ("f", "c_prev", "i", "g", "c"))
    return Formula(
        words=f"keep a part of the old cell of {place.name}, and write a part of the new value",
        notation=f"c[{index}] = f[{index}]·c_prev[{index}] + i[{index}]·g[{index}]",
        numbers=f"{operand(f)} × {operand(c_prev)} + {operand(i)} × {operand(g)} = {unsigned(c)}",
        parts=(("forget gate f", f), ("old cell", c_prev), ("input gate i", i), ("new value g", g)),
        result=("cell", c),
    )


def cell_curve(place: Place) -> Curve:
    """The LSTM's cell, squashed before it is shown: tanh(c)."""
    c = place.value("c")
    squashed_c = math.tanh(c)
    return Curve(
        function="tanh",
        x=c,
        y=squashed_c,
        x_name="cell",
        y_name="tanh(c)",
        words="squash the cell into −1 … 1",
        notation=f"tanh(c[{place.index}])",
        numbers=f"tanh({unsigned(c)}) = {unsigned(squashed_c)}",
    )


def exposed(place: Place) -> Formula:
    """The LSTM's new hidden state: h = o·tanh(c)."""
    index = place.index
    o, c, h = (place.value(name) for name in ("o", "c", "h"))
    return Formula(
        words=f"show a part of the cell: the output gate says how much of it becomes {place.name}",
        notation=f"h[{index}] = o[{index}]·tanh(c[{index}])",
        numbers=f"{operand(o)} × tanh({unsigned(c)}) = {unsigned(h)}",
        parts=(("output gate o", o), ("cell, squashed", math.tanh(c))),
        result=(place.name, h),
    )
