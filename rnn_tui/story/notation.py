"""One line of notation for every phase, with the picked unit's numbers: ≈ stands where those don't give the result."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.network.arithmetic import Formula, Sum, part_of
from rnn_tui.network.arithmetic.figures import bracketed, equated_quantity
from rnn_tui.network.arithmetic.phase_parts import products_of_input
from rnn_tui.network.arithmetic.reading import read
from rnn_tui.network.arrays import softmax
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Applied, Value
from rnn_tui.network.cells.phases import Combined, GatesTable, InputProducts, Met, Squashed
from rnn_tui.network.outputs import Number, YesNo
from rnn_tui.network.phases import CHECK, READ, Phase
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.rounding import ABOUT, EQUAL, as_shown, quantity_as_shown, sign_of, sign_of_quantity
from rnn_tui.story.held import held_in_notation, held_names
from rnn_tui.story.moments import Moment
from rnn_tui.text import IS_NO_NUMBER, NO_NUMBER, equated, operand, quantity, unsigned

MOST_OUTPUTS = 3


def notation(moment: Moment, phase: Phase, *, hidden: bool) -> str:
    """The phase's equation for the picked unit, with its numbers; nothing of the answer while it is hidden."""
    if phase.name == CHECK.name:
        return check(moment, hidden=hidden)
    if phase.name == READ.name:
        return _read(moment)
    if hidden and phase in moment.model.answering:
        return phase.notation
    if names := held_names(moment, phase):
        return held_in_notation(moment, names)
    return _of_cell(moment, phase) if phase.parts else phase.notation


def check(moment: Moment, *, hidden: bool) -> str:
    """The softmax of the logits, or what else is made of them."""
    output, logits = moment.model.output, moment.step.logits.tolist()
    answer = output.notation.format("logits").replace("(logits)·", "logits·")
    text = f"logits = fc.weight·{moment.model.reads} + fc.bias; {answer}"
    if hidden:
        return text
    if isinstance(output, YesNo):
        return _of_yes(text, logits[0], float(moment.step.probs[1]))
    if isinstance(output, Number):
        return _of_number(text, moment, output)
    probs = moment.step.probs.tolist()
    text = f"{text} = softmax({_listed(logits)})"
    if np.isnan(probs).any():
        return f"{text} {IS_NO_NUMBER}"
    return f"{text} {_sign_of_softmax(logits, probs)} {_listed(probs)}"


def _sign_of_softmax(logits: list[float], probs: list[float]) -> str:
    """Return ≈ where the shown logits, if they are all shown, don't give the shown shares."""
    if len(logits) > MOST_OUTPUTS or not np.isfinite(logits).all():
        return EQUAL
    shown = softmax(np.array([as_shown(logit) for logit in logits]))
    signs = (sign_of(p, float(from_shown)) for p, from_shown in zip(probs, shown, strict=True))
    return ABOUT if ABOUT in signs else EQUAL


def _of_yes(text: str, logit: float, yes: float) -> str:
    """The sigmoid of the one logit, which is the probability of yes."""
    sign = sign_of(yes, FUNCTIONS["sigmoid"].at(as_shown(logit)))
    return equated(f"{text}; σ({unsigned(logit)})", sign, yes)


def _of_number(text: str, moment: Moment, output: Number) -> str:
    """The first number in its unit."""
    logit, result = float(moment.step.logits[0]), float(moment.step.answer[0])
    (mean, *_), (std, *_) = output.mean, output.std
    shown = as_shown(logit) * quantity_as_shown(std) + quantity_as_shown(mean)
    return equated_quantity(
        f"{text}; {operand(logit)} × {quantity(std)} + {bracketed(mean)}", sign_of_quantity(result, shown), result
    )


def _listed(values: list[float]) -> str:
    shown = ", ".join(map(unsigned, values[:MOST_OUTPUTS]))
    return f"{shown}, …" if len(values) > MOST_OUTPUTS else shown


def _read(moment: Moment) -> str:
    part, model = read(moment), moment.model
    if not model.reads_words:
        return f"{part.notation} = {_listed([value for _, value in part.parts])}"
    if isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1:
        return f"x = (value − mean) / scale = {_listed(moment.step.x.tolist())}"
    if isinstance(model.tokenizer, NumberTokenizer):
        (_, value), (_, mean), (_, scale) = part.parts
        x = float(moment.step.x[0])
        divisor = as_shown(scale)
        sign = sign_of(x, (as_shown(value) - as_shown(mean)) / divisor) if divisor else ABOUT
        return equated(f"{part.notation} = ({unsigned(value)} − {operand(mean)}) / {operand(scale)}", sign, x)
    if model.embedding.kind == "one-hot" or not part.parts:
        return part.notation
    return f"{part.notation} = {_listed([value for _, value in part.parts])}"


def _of_cell(moment: Moment, phase: Phase) -> str:
    """Write what the last part of a phase comes to; of a phase for all gates each of them."""
    products = [part for part in phase.parts if isinstance(part, InputProducts)]
    if len(products) > 1:
        sums = (products_of_input(moment, part) for part in products)
        listed = (equated(f"{found.name}[{moment.index}]", EQUAL, found.total) for found in sums)
        return f"{phase.notation}; {', '.join(listed)}"
    if isinstance(phase.table, GatesTable):
        opened = (f"{part.name} = {_numbers(moment, part)}" for part in phase.parts if isinstance(part, Squashed))
        return f"{moment.Name}, of ih + hh: {'; '.join(opened)}"
    last = phase.parts[-1]
    if isinstance(last, Combined | Squashed):
        notation, numbers = part_of(moment, last).notation, _numbers(moment, last)
        return f"{notation} {IS_NO_NUMBER}" if numbers == NO_NUMBER else f"{notation} = {numbers}"
    found = part_of(moment, last)
    if isinstance(last, Met) and isinstance(found, Formula):
        return f"{found.notation} = {found.numbers}"
    return equated(found.notation, EQUAL, found.total) if isinstance(found, Sum) else found.notation


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
    sign = sign_of(result, from_shown) if math.isfinite(result) else EQUAL  # beyond all bounds nothing is rounded
    return equated(text, sign, result)
