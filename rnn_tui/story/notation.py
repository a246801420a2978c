"""One line of notation for every phase, with the picked unit's numbers."""

from __future__ import annotations

from rnn_tui.network.arithmetic import Sum, part_of
from rnn_tui.network.arithmetic.phase_parts import products_of_input, squashed
from rnn_tui.network.arithmetic.reading import read
from rnn_tui.network.cells.phases import GatesTable, InputProducts, Squashed
from rnn_tui.network.phases import ATTEND, CHECK, READ, Phase
from rnn_tui.network.readouts import Attention
from rnn_tui.story.moments import Moment
from rnn_tui.text import unsigned

MOST_OUTPUTS = 3


def notation(moment: Moment, phase: Phase, *, hidden: bool) -> str:
    """The phase's equation for the picked unit, with its numbers; nothing of the answer while it is hidden."""
    if phase.name == CHECK.name:
        return check(moment, hidden=hidden)
    if phase.name == READ.name:
        return _read(moment)
    if phase.name == ATTEND.name and hidden:
        return phase.notation
    return _of_cell(moment, phase)


def check(moment: Moment, *, hidden: bool) -> str:
    """The softmax of the logits."""
    source = "context" if isinstance(moment.model.readout, Attention) else "h"
    text = f"logits = fc.weight·{source} + fc.bias; probs = softmax(logits)"
    if hidden:
        return text
    logits, probs = (_listed(moment.step[name].tolist()) for name in ("logits", "probs"))
    return f"{text} = softmax({logits}) = {probs}"


def _listed(values: list[float]) -> str:
    shown = ", ".join(map(unsigned, values[:MOST_OUTPUTS]))
    return f"{shown}, …" if len(values) > MOST_OUTPUTS else shown


def _read(moment: Moment) -> str:
    part = read(moment)
    if moment.model.embedding.kind == "one-hot" or not part.parts:
        return part.notation
    return f"{part.notation} = {part.numbers.removeprefix('x = ')}"


def _of_cell(moment: Moment, phase: Phase) -> str:
    """Write what the last part of a phase comes to; of a phase for all gates each of them."""
    products = [part for part in phase.parts if isinstance(part, InputProducts)]
    if len(products) > 1:
        sums = (products_of_input(moment, part) for part in products)
        listed = (f"{found.name}[{moment.index}] = {unsigned(found.total)}" for found in sums)
        return f"{phase.notation}; {', '.join(listed)}"
    if isinstance(phase.table, GatesTable):
        opened = [squashed(moment, part) for part in phase.parts if isinstance(part, Squashed)]
        return f"{moment.Name}, of ih + hh: {'; '.join(f'{curve.name} = {curve.numbers}' for curve in opened)}"
    last = part_of(moment, phase.parts[-1])
    return f"{last.notation} = {unsigned(last.total) if isinstance(last, Sum) else last.numbers}"
