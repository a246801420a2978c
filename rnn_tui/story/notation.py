"""One line of notation for every phase, with the picked unit's numbers: ≈ stands where those don't give the result."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.network.arithmetic import Sum, part_of
from rnn_tui.network.arithmetic.phase_parts import products_of_input
from rnn_tui.network.arithmetic.reading import read
from rnn_tui.network.arrays import softmax
from rnn_tui.network.cells.expressions import Applied, Value
from rnn_tui.network.cells.phases import Combined, GatesTable, InputProducts, Squashed
from rnn_tui.network.phases import ATTEND, CHECK, READ, Phase
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.rounding import ABOUT, EQUAL, as_shown, sign_of
from rnn_tui.story.held import held_in_notation, held_names
from rnn_tui.story.moments import Moment
from rnn_tui.text import operand, unsigned

MOST_OUTPUTS = 3


def notation(moment: Moment, phase: Phase, *, hidden: bool) -> str:
    """The phase's equation for the picked unit, with its numbers; nothing of the answer while it is hidden."""
    if phase.name == CHECK.name:
        return check(moment, hidden=hidden)
    if phase.name == READ.name:
        return _read(moment)
    if phase.name == ATTEND.name and hidden:
        return phase.notation
    if names := held_names(moment, phase):
        return held_in_notation(moment, names)
    return _of_cell(moment, phase) if phase.parts else phase.notation


def check(moment: Moment, *, hidden: bool) -> str:
    """The softmax of the logits."""
    source = "context" if moment.looks_back else "h"
    text = f"logits = fc.weight·{source} + fc.bias; probs = softmax(logits)"
    if hidden:
        return text
    logits, probs = (moment.step[name].tolist() for name in ("logits", "probs"))
    return f"{text} = softmax({_listed(logits)}) {_sign_of_softmax(logits, probs)} {_listed(probs)}"


def _sign_of_softmax(logits: list[float], probs: list[float]) -> str:
    """Return ≈ where the shown logits, if they are all shown, don't give the shown shares."""
    if len(logits) > MOST_OUTPUTS or not np.isfinite(logits).all():
        return EQUAL
    shown = softmax(np.array([as_shown(logit) for logit in logits]))
    signs = (sign_of(p, float(from_shown)) for p, from_shown in zip(probs, shown, strict=True))
    return ABOUT if ABOUT in signs else EQUAL


def _listed(values: list[float]) -> str:
    shown = ", ".join(map(unsigned, values[:MOST_OUTPUTS]))
    return f"{shown}, …" if len(values) > MOST_OUTPUTS else shown


def _read(moment: Moment) -> str:
    part, model = read(moment), moment.model
    if isinstance(model.tokenizer, NumberTokenizer):
        (_, value), (_, mean), (_, scale) = part.parts
        x = float(moment.step.x[0])
        divisor = as_shown(scale)
        sign = sign_of(x, (as_shown(value) - as_shown(mean)) / divisor) if divisor else ABOUT
        return f"{part.notation} = ({unsigned(value)} − {operand(mean)}) / {operand(scale)} {sign} {unsigned(x)}"
    if model.embedding.kind == "one-hot" or not part.parts:
        return part.notation
    return f"{part.notation} = {_listed([value for _, value in part.parts])}"


def _of_cell(moment: Moment, phase: Phase) -> str:
    """Write what the last part of a phase comes to; of a phase for all gates each of them."""
    products = [part for part in phase.parts if isinstance(part, InputProducts)]
    if len(products) > 1:
        sums = (products_of_input(moment, part) for part in products)
        listed = (f"{found.name}[{moment.index}] = {unsigned(found.total)}" for found in sums)
        return f"{phase.notation}; {', '.join(listed)}"
    if isinstance(phase.table, GatesTable):
        opened = (f"{part.name} = {_numbers(moment, part)}" for part in phase.parts if isinstance(part, Squashed))
        return f"{moment.Name}, of ih + hh: {'; '.join(opened)}"
    last = phase.parts[-1]
    if isinstance(last, Combined | Squashed):
        return f"{part_of(moment, last).notation} = {_numbers(moment, last)}"
    found = part_of(moment, last)
    return f"{found.notation} = {unsigned(found.total)}" if isinstance(found, Sum) else found.notation


def _numbers(moment: Moment, part: Combined | Squashed) -> str:
    """Write the part with the unit's numbers in: "0.90 + 0.61 = 1.51", "tanh(1.51) ≈ 0.91"."""

    def shown(value: Value) -> float:
        return moment.shown(value.name, value.gate)

    def figure(value: Value, alone: bool) -> str:  # noqa: FBT001  # as `Written` has it
        return (unsigned if alone else operand)(moment.value(value.name, value.gate))

    def exact(value: Value) -> float:
        return moment.value(value.name, value.gate)

    result = moment.value(part.name) if part.name else float(part.expression.evaluate(exact))
    if isinstance(part, Squashed) and len(part.of.values()) > 1:  # σ of a sum: its own number stands in the brackets
        total = float(part.of.evaluate(exact))
        applied = Applied(part.function, Value("total"))
        text = applied.text(lambda *_: unsigned(total), " · ")
        from_shown = float(applied.evaluate(lambda _: as_shown(total)))
    else:
        text = part.expression.text(figure, " × ")
        from_shown = float(part.expression.evaluate(shown))
    if text == unsigned(result):  # the identity
        return text
    if not math.isfinite(result):  # beyond all bounds nothing is computed after it
        return f"{text} {EQUAL} {unsigned(result)}"
    return f"{text} {sign_of(result, from_shown)} {unsigned(result)}"
