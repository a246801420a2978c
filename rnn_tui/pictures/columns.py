"""What stands in a unit's row in each phase: a list of columns, so that a new cell is a new list and no new panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import View

Kind = Literal["name", "heat", "bar", "gate", "number", "glyph"]


@dataclass(frozen=True)
class Column:
    """One column of a phase's table.

    `values` are (hidden_size,), or (hidden_size, n) for heat cells, whose `vector` (n,) stands above them. A bar is
    drawn darker up to `part`, and grows from `start` when it appears. `scale` reaches the edge. `least` to `most` cells
    wide; the column with the highest `spare` goes first where there is no room. `ghost` is what the values were before
    an edit, in the same shape.
    """

    kind: Kind
    head: str = ""
    values: Array | None = None
    part: Array | None = None
    start: Array | None = None
    ghost: Array | None = None
    vector: Array | None = None
    vector_scale: float = 1.0
    scale: float = 1.0
    least: int = 0
    most: int = 0
    spare: int = 0
    of: int = 0  # how many heat cells the whole row has
    one_hot: bool = False  # the vector is all zeros but for a one, which is written as 1
    timeless: bool = False  # drawn before the phase has been reached: weights are always there


NUMBER_WIDTH = 6
MOST_CELLS = 200
MOST_LABELS = 4


def name_column(view: View) -> Column:
    """The unit's name with the mark of the picked one in front."""
    wide = view.label_width + 1
    return Column("name", "" if view.model.unit_names else " #", least=min(wide, 8), most=wide, timeless=True)


def number(values: Array, head: str = "", spare: int = 0) -> Column:
    """A value in figures."""
    return Column("number", head, values, least=NUMBER_WIDTH, most=NUMBER_WIDTH, spare=spare)


def bar(
    values: Array,
    scale: float,
    head: str = "",
    *,
    part: Array | None = None,
    start: Array | None = None,
    ghost: Array | None = None,
    spare: int = 0,
    most: int = 41,
) -> Column:
    """A signed bar; one that is a sum grows from its first part."""
    origin = part if start is None else start
    return Column("bar", head, values, part, origin, ghost, scale=scale, least=5, most=most, spare=spare)


def gate(values: Array, head: str, ghost: Array | None) -> Column:
    """A bar from 0 (closed) to 1 (open)."""
    return Column("gate", head, values, ghost=ghost, least=4, most=16)


def glyph(text: str, spare: int = 0) -> Column:
    """A sign between two columns."""
    return Column("glyph", text, least=len(text), most=len(text), spare=spare)


def columns(view: View, name: str) -> Sequence[Column]:
    """The columns of a phase, by its name."""
    return _COLUMNS[name](view)


@lru_cache(maxsize=4)
def input_columns(trace: Trace) -> list[int]:
    """The columns of weight_ih in the order in which they are drawn, the same for every word of a sentence.

    For one-hot words those of this sentence come first, in their order, since they are the ones that are picked.
    """
    if not isinstance(trace.model.embedding, OneHot):
        return list(range(trace.model.input_size))
    order = dict.fromkeys(token.index for token in trace.tokens if token.index is not None)
    order |= dict.fromkeys(range(trace.model.input_size))
    return list(order)


def _scale(view: View) -> float:
    """One scale for everything that is added: so bars of Multiply and Add can be compared."""
    names = [name for name in ("ih", "hh", "pre_activation") if name in view.trace.values]
    return view.scale(*names)


def _block(values: Array, place: int, view: View) -> Array:
    """One gate's part of values that are stacked gate by gate."""
    size = view.model.hidden_size
    return values[place * size : (place + 1) * size]


def _input_weights(view: View, gate_place: int = 0, spare: int = 1) -> Column:
    order = input_columns(view.trace)[:MOST_CELLS]
    weight = _block(view.model.cell.weight_ih, gate_place, view)
    return Column(
        "heat",
        values=weight[:, order],
        ghost=_old_weights(view, "weight_ih", gate_place, np.array(order)),
        vector=view.step.x[order],
        vector_scale=view.input_scale,
        scale=view.model.largest_weights["weight_ih"],
        least=min(4, len(order)),
        most=2 * len(order),
        spare=spare,
        of=view.model.input_size,
        one_hot=isinstance(view.model.embedding, OneHot),
        timeless=True,
    )


def _old_weights(view: View, name: str, gate_place: int, columns: Array | slice) -> Array | None:
    """The same weights before the edits; None where they were the same, as they are without edits."""
    if view.before is None or getattr(view.before.model.cell, name) is getattr(view.model.cell, name):
        return None
    old: Array = _block(getattr(view.before.model.cell, name), gate_place, view)[:, columns]
    return old


def _memory_weights(view: View, gate_place: int = 0, spare: int = 1) -> Column:
    weight = _block(view.model.cell.weight_hh, gate_place, view)
    start = min(view.first, max(0, view.model.hidden_size - 4))
    return Column(
        "heat",
        values=weight[:, start : start + MOST_CELLS],
        ghost=_old_weights(view, "weight_hh", gate_place, slice(start, start + MOST_CELLS)),
        vector=view.step.h_prev[start : start + MOST_CELLS],
        of=view.model.hidden_size,
        vector_scale=view.scale("h"),
        scale=view.model.largest_weights["weight_hh"],
        least=min(4, view.model.hidden_size),
        most=2 * view.model.hidden_size,
        spare=spare,
        timeless=True,
    )


def _multiply(view: View) -> list[Column]:
    ih = view.step["ih"]
    zeros = np.zeros_like(ih)
    if not view.model.cell.gates:
        ghost = view.ghost("ih")
        into = bar(ih, _scale(view), start=zeros, ghost=ghost)
        return [name_column(view), _input_weights(view), into, number(ih, "input")]
    letters = "".join(gate.letter for gate in view.model.cell.gates)
    listed: list[Column] = [name_column(view), _input_weights(view, letters.index("n" if "n" in letters else "g"))]
    for place, letter in enumerate(letters):
        block = _block(ih, place, view)
        listed += [bar(block, _scale(view), f"→{letter}", spare=3, most=9), number(block, f"→{letter}")]
    return listed


def _add(view: View) -> list[Column]:
    ih, hh, total = view.step["ih"], view.step["hh"], view.step["pre_activation"]
    return [
        _memory_weights(view, spare=2),
        number(ih, "input", spare=3),
        glyph("+"),
        number(hh, "memory"),
        glyph("="),
        bar(total, _scale(view), part=hh, ghost=view.ghost("pre_activation")),
        number(total, "sum"),
    ]


def _squash(view: View) -> list[Column]:
    bounded = view.model.activation == "tanh"
    scale = 1.0 if bounded else view.scale("h")
    squashed = bar(view.step.h, scale, start=view.step["pre_activation"], ghost=view.ghost("h"))
    return [glyph("→", spare=2), squashed, number(view.step.h, "h")]


def _gates(view: View) -> list[Column]:
    letters = "rz" if "r" in view.step.values else "ifo"
    listed: list[Column] = []
    for letter in letters:
        listed += [gate(view.step[letter], letter, view.ghost(letter)), number(view.step[letter], spare=2)]
    if "g" in view.step.values:
        listed += [bar(view.step["g"], 1.0, "g", ghost=view.ghost("g")), number(view.step["g"], spare=1)]
    return [_memory_weights(view, letters.index("z") if "z" in letters else 1, spare=3), *listed]


def _candidate(view: View) -> list[Column]:
    n = view.step["n"]
    reset = gate(view.step["r"], "r", view.ghost("r"))
    return [reset, glyph("→", spare=2), bar(n, 1.0, "n", ghost=view.ghost("n")), number(n, "n")]


def _blend(view: View) -> list[Column]:
    h, h_prev = view.step.h, view.step.h_prev
    kept = view.step["z"] * h_prev
    return [
        number(h_prev, "memory", spare=1),
        gate(view.step["z"], "z", view.ghost("z")),
        glyph("→", spare=2),
        bar(h, 1.0, part=kept, ghost=view.ghost("h")),
        number(h, "h"),
    ]


def _write(view: View) -> list[Column]:
    c, kept = view.step["c"], view.step["f"] * view.step["c_prev"]
    scale = view.scale("c", "c_prev")
    return [
        # Where there is no room the signs go first: a sum that lacks one of its parts would be wrong.
        number(kept, "kept", spare=2),
        glyph("+", spare=3),
        number(view.step["i"] * view.step["g"], "new", spare=2),
        glyph("=", spare=3),
        bar(c, scale, part=kept, ghost=view.ghost("c")),
        number(c, "c"),
    ]


def _expose(view: View) -> list[Column]:
    shown = bar(view.step.h, 1.0, "h", ghost=view.ghost("h"))
    return [gate(view.step["o"], "o", view.ghost("o")), glyph("→", spare=2), shown, number(view.step.h, "h")]


def _check(view: View) -> list[Column]:
    votes, _ = view.votes()
    weight = view.model.readout.weight.T
    if weight.shape[1] > MOST_LABELS:  # too many to tell apart: then those of the label that leads
        weight = weight[:, [int(view.step.probs.argmax())]]
    heat = Column(
        "heat",
        values=weight,
        ghost=_old_outputs(view),
        scale=view.model.largest_weights["fc.weight"],
        least=min(2, weight.shape[1]),
        most=2 * weight.shape[1],
        spare=1,
        timeless=weight.shape[1] > 1 or view.model.output_size == 1,  # which label leads is not known beforehand
    )
    cast = bar(votes, view.vote_scale, start=np.zeros_like(votes), ghost=view.old_votes(), most=31)
    return [heat, cast, number(votes, "vote")]


def _old_outputs(view: View) -> Array | None:
    """The weights of the output nodes before the edits, where they are other ones and all are drawn."""
    if view.before is None or view.model.output_size > MOST_LABELS:
        return None
    old: Array = view.before.model.readout.weight.T
    return None if view.before.model.readout.weight is view.model.readout.weight else old


_COLUMNS: Mapping[str, Callable[[View], list[Column]]] = {
    "read": lambda view: [],
    "multiply": _multiply,
    "add": _add,
    "squash": _squash,
    "gates": _gates,
    "candidate": _candidate,
    "blend": _blend,
    "write": _write,
    "expose": _expose,
    "check": _check,
}
