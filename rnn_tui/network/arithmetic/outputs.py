"""The arithmetic of the logits and of the answer: probabilities by softmax or sigmoid, or numbers in their units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from rnn_tui.network.arithmetic.figures import (
    as_shown,
    bracketed,
    equated,
    equated_quantity,
    operand,
    sign_of,
    unsigned,
)
from rnn_tui.network.arithmetic.parts import Curve, Formula, LogitOf, NoOf, NumberOf, Part, ShareOf, Sum, Terms, YesOf
from rnn_tui.network.arithmetic.softmax import softmax_of
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.outputs import Classes, Number, YesNo
from rnn_tui.rounding import quantity_as_shown, sign_of_quantity
from rnn_tui.text import LONGEST_WORD, clipped, quantity

MOST_LABELS = 10
"""The most labels that are followed; a model that guesses the next character has dozens, nearly all of them near 0."""


def checked(at: UnitAtStep) -> Iterator[Part]:
    """The logit of every label, the most probable first, and then their softmax; or what else makes the answer."""
    yield from _ANSWERS[at.model.output.kind](at)


def _classes(at: UnitAtStep) -> Iterator[Part]:
    order = labels_by_probability(at.step.probs)[:MOST_LABELS]
    yield from (logit(at, label) for label in order)
    yield from (_probability(at, label) for label in order)


def _yes_no(at: UnitAtStep) -> Iterator[Part]:
    """The one logit, the point on the sigmoid, and what is left for no."""
    no, yes = (clipped(label, LONGEST_WORD) for label in at.model.labels)
    x, (p_no, p_yes) = float(at.step.logits[0]), map(float, at.step.probs)
    yield logit(at, 1)
    yield Curve(
        source=YesOf(yes),
        function="sigmoid",
        x=x,
        y=p_yes,
        name=yes,
        notation=f"P({yes}) = σ(logit)",
        numbers=equated(f"σ({unsigned(x)})", sign_of(p_yes, FUNCTIONS["sigmoid"].at(as_shown(x))), p_yes),
    )
    yield Formula(
        source=NoOf(no, yes),
        notation=f"P({no}) = 1 − P({yes})",
        numbers=equated(f"1 − {unsigned(p_yes)}", sign_of(p_no, 1 - as_shown(p_yes)), p_no),
        parts=((yes, p_yes),),
        result=(no, p_no),
    )


def _numbers(at: UnitAtStep) -> Iterator[Part]:
    """The logit of every number, and then the number in its unit."""
    shown = range(min(len(at.model.labels), MOST_LABELS))
    yield from (logit(at, label) for label in shown)
    yield from (_number(at, label) for label in shown)


_ANSWERS: Mapping[str, Callable[[UnitAtStep], Iterator[Part]]] = {
    Classes.kind: _classes,
    YesNo.kind: _yes_no,
    Number.kind: _numbers,
}


def labels_by_probability(probs: Array) -> list[int]:
    """The labels (their indices), the most probable first."""
    order: list[int] = np.argsort(-probs, kind="stable").tolist()
    return order


def logit(at: UnitAtStep, label: int) -> Sum:
    """fc.weight·h + fc.bias of one label; where a readout or a head gives something else, fc reads that for h.

    With one logit, `label` is the one that its node speaks for.
    """
    fc, read, row = at.model.fc, at.model.reads, at.model.output.vote(label).row
    named = at.model.output.kind == Classes.kind or len(fc.weight) > 1
    name = clipped(at.model.labels[label], LONGEST_WORD) if named else ""
    index, ends = (f"{name},", f"[{name}]") if named else ("", "")
    return Sum(
        source=LogitOf(label),
        name="logits",
        notation=f"logits{ends} = Σ fc.weight[{index}j]·{read}[j] + fc.bias{ends}",
        weight_name="fc.weight",
        value_name=read,
        terms=Terms(fc.weight[row], at.step[read], at.called),
        bias=float(fc.bias[row]),
        total=float(at.step.logits[row]),
        parameter="fc.weight",
        row=row,
    )


def _probability(at: UnitAtStep, label: int) -> Formula:
    """The label's share by the softmax of the logits."""
    labels = at.model.labels
    source = ShareOf(clipped(labels[label], LONGEST_WORD))
    return softmax_of(source, at.step.logits, at.step.probs, label, lambda k: labels[k], symbol="logits")


def _number(at: UnitAtStep, label: int) -> Formula:
    """The number of a label in its unit: its logit times the spread of what was learned, plus the mean of that."""
    output, name = at.model.output, clipped(at.model.labels[label], LONGEST_WORD)
    assert isinstance(output, Number)
    score, std, mean = float(at.step.logits[label]), output.std[label], output.mean[label]
    total = float(at.step.answer[label])
    from_shown = as_shown(score) * quantity_as_shown(std) + quantity_as_shown(mean)
    left = f"{operand(score)} × {quantity(std)} + {bracketed(mean)}"
    ends = f"[{name}]" if len(at.model.labels) > 1 else ""
    return Formula(
        source=NumberOf(label),
        notation=f"outputs{ends} = logits{ends}·std{ends} + mean{ends}",
        numbers=equated_quantity(left, sign_of_quantity(total, from_shown), total),
        parts=(("logits", score), ("std", std), ("mean", mean)),
        result=(name, total),
    )
