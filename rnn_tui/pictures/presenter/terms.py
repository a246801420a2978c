"""Numbers that are shown large: the terms of the equation in which a phase computes one unit.

They are taken from the columns of the phase's table, so that a phase that has a table needs nothing of its own here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.phases import BlendTable, MemoryTable, PartsTable, ProductsTable, ResultTable, Squashed
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.columns import Column
from rnn_tui.pictures.naming import value_head
from rnn_tui.pictures.phasecolumns import columns
from rnn_tui.pictures.view import View
from rnn_tui.text import number, percent, quoted, unsigned

INPUT = "input"
RESULTS = ("=", "≈", "→", "≠")
"""The signs before what comes out of the terms above."""


@dataclass(frozen=True)
class Term:
    """One number: the `sign` before it, its `name`, the `figure` that is shown, and its bar.

    A signed bar goes from −`scale` to `scale`, a share from 0 to 1; a scale has a mark between the ends of its `reach`.
    `bounds` are those that the value can't leave.
    """

    name: str
    figure: str
    value: float
    sign: str = ""
    bar: Literal["", "signed", "share", "scale"] = ""
    scale: float = 1.0
    bounds: tuple[float, float] | None = None
    reach: tuple[float, float] = (0.0, 1.0)
    leads: bool = False  # among answers, the one that is given
    word: bool = False  # named by a word of the sentence

    @property
    def result(self) -> bool:
        """True of what comes out of the terms above."""
        return self.sign in RESULTS


def terms_of(view: View, phase: Phase) -> list[Term]:
    """The terms of a phase for the picked unit, in the order in which they are put together."""
    unit, terms = view.unit, list[Term]()
    sign, drawn = "", None
    for column in columns(view, phase):
        if column.kind in ("bar", "gate"):
            drawn = column
        elif column.kind == "glyph":
            sign = column.sign(unit) if column.sign else column.head
        elif column.kind in ("number", "share") and column.values is not None:
            terms.append(_term(view, column, drawn, sign.strip(), float(column.values[unit])))
            sign, drawn = "", None
    if not terms:
        return _of_values(view, phase)
    return _on_one_scale(view, phase, _without_plus(terms))


def _term(view: View, column: Column, drawn: Column | None, sign: str, value: float) -> Term:
    """The term of a figure's column, with the bar's column before it, if there is one."""
    name = column.head or ("" if drawn is None else drawn.head)
    word = name == INPUT and view.model.reads_words and view.model.tokenizer.unit != "timestep"  # whose name is long
    if word and not view.step.x.any() and view.model.cell.bias_ih.any():
        name, word = "bias", False  # what a word whose input is all zeros is said to bring is the bias alone
    if word:
        name = quoted(view.trace.tokens[view.t].surface)
    figure = percent(value) if column.kind == "share" else number(value)
    if drawn is None:
        return Term(name, figure, value, sign, word=word)
    return Term(name, figure, value, sign, "share" if drawn.kind == "gate" else "signed", drawn.scale, word=word)


def _without_plus(terms: list[Term]) -> list[Term]:
    """In a sum or a product no number has a plus of its own."""
    if not any(term.sign in ("+", "×") for term in terms):
        return terms
    return [term if term.bar == "share" else replace(term, figure=unsigned(term.value)) for term in terms]


def _on_one_scale(view: View, phase: Phase, terms: list[Term]) -> list[Term]:
    """The parts of a sum with bars, too, and all bars on one scale, on which the bounds of the result are."""
    scale = max((term.scale for term in terms if term.bar == "signed"), default=0.0)
    function = _function(phase)
    bounds = FUNCTIONS[function].bounds if function else None
    if scale and _of_equation(view, phase):
        scale = max(scale, _reach(view))
    if scale and bounds:
        scale = max(scale, *map(abs, bounds))
    summed = any(term.sign == "+" for term in terms)
    made = []
    for term in terms:
        drawn = term.bar == "signed" or (summed and not term.bar and term.sign != "×")
        shown = replace(term, bar="signed", scale=scale) if drawn else term
        made.append(replace(shown, bounds=bounds) if term.result else shown)
    return made


def _function(phase: Phase) -> str:
    """The function that a phase's result comes out of; "" where it comes out of none."""
    if not isinstance(phase.table, ResultTable) or not phase.table.bounded:
        return ""
    parts = (part for part in phase.parts if isinstance(part, Squashed) and part.name == phase.table.value)
    return next((part.function for part in parts), "")


def _of_equation(view: View, phase: Phase) -> bool:
    """True where a phase draws a part of the equation whose last result is the hidden state."""
    if isinstance(phase.table, ProductsTable):
        return not view.model.cell.gates
    return phase in view.model.cell.phases and isinstance(
        phase.table, MemoryTable | PartsTable | BlendTable | ResultTable
    )


def _reach(view: View) -> float:
    """The largest |bound| of any function of the cell, so that bars have one scale from the first phase to the last."""
    functions = (
        part.function for phase in view.model.cell.phases for part in phase.parts if isinstance(part, Squashed)
    )
    bounds = (FUNCTIONS[name].bounds for name in functions if name in FUNCTIONS)
    return max((abs(bound) for pair in bounds if pair for bound in pair), default=0.0)


def _of_values(view: View, phase: Phase) -> list[Term]:
    """The values that a phase without a table brings to light, as far as they are the unit's own."""
    size, unit = view.model.hidden_size, view.unit
    names = [name for name in phase.shows if getattr(view.step[name], "shape", None) == (size,)]
    return [
        Term(value_head(view, name), number(value), value, bar="signed", scale=view.scale(name) or 1.0)
        for name in names
        for value in (float(view.step[name][unit]),)
    ]
