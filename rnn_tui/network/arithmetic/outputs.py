"""The arithmetic of the logits and the probabilities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnn_tui.network.arithmetic.figures import unsigned
from rnn_tui.network.arithmetic.parts import ContextOf, Formula, LogitOf, Part, ScoreOf, ShareOf, Sum
from rnn_tui.network.arithmetic.units import UnitAtStep, terms_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.readouts import Attention
from rnn_tui.text import LONGEST_WORD, clipped

MOST_LABELS = 10
"""The most labels that are followed; a model that guesses the next character has dozens, nearly all of them near 0."""
MOST_EXPONENTS = 3


def checked(at: UnitAtStep) -> Iterator[Part]:
    """The logit of every label, the most probable first, and then their softmax.

    With the attention readout, first how the unit's `context` came about.
    """
    if isinstance(at.model.readout, Attention):
        yield from _attention(at, at.model.readout)
    order = labels_by_probability(at.step.probs)[:MOST_LABELS]
    yield from (logit(at, label) for label in order)
    yield from (softmax_of(at.step.logits, at.step.probs, label, at.model.labels) for label in order)


def labels_by_probability(probs: Array) -> list[int]:
    """The labels (their indices), the most probable first."""
    order: list[int] = np.argsort(-probs, kind="stable").tolist()
    return order


def logit(at: UnitAtStep, label: int) -> Sum:
    """fc.weight·h + fc.bias of one label; with the attention readout fc reads `context` instead of h."""
    readout = at.model.readout
    read = "context" if isinstance(readout, Attention) else "h"
    name = clipped(at.model.labels[label], LONGEST_WORD)
    return Sum(
        source=LogitOf(label),
        name="logits",
        notation=f"logits[{name}] = Σ fc.weight[{name},j]·{read}[j] + fc.bias[{name}]",
        weight_name="fc.weight",
        value_name=read,
        terms=terms_of(readout.weight[label], at.step[read], at.unit_names()),
        bias=float(readout.bias[label]),
        total=float(at.step.logits[label]),
        parameter="fc.weight",
        row=label,
    )


def softmax_of(values: Array, shares: Array, picked: int, names: tuple[str, ...], symbol: str = "logits") -> Formula:
    """exp(v_i) / Σ_j exp(v_j) of one of some values (n,), whose `shares` (n,) the trace has."""
    name = clipped(names[picked], LONGEST_WORD)
    others = [k for k in np.argsort(-values, kind="stable").tolist() if k != picked]
    shown = [picked, *others][:MOST_EXPONENTS]
    powers = [f"e^{_exponent(float(values[k]))}" for k in shown]
    rest = " + …" if len(values) > len(shown) else ""
    share = float(shares[picked])
    return Formula(
        source=ShareOf(name),
        notation=f"softmax({symbol})[{name}] = e^{symbol}[{name}] / Σ e^{symbol}[k]",
        numbers=f"{powers[0]} / ({' + '.join(powers)}{rest}) = {unsigned(share)}",
        parts=tuple((clipped(names[k], LONGEST_WORD), float(values[k])) for k in shown),
        result=(name, share),
    )


def _exponent(value: float) -> str:
    text = unsigned(value)
    return text if value >= 0 else f"({text})"


def _attention(at: UnitAtStep, readout: Attention) -> Iterator[Part]:
    """The score of the word at this timestep, what part of the attention it gets, and the weighted sum of the unit."""
    t, unit = at.step.t, at.unit
    scores = at.trace.outputs["scores"][: t + 1, 0]
    words = tuple(clipped(token.surface, LONGEST_WORD) for token in at.trace.tokens[: t + 1])
    yield Sum(
        source=ScoreOf(t),
        name="scores",
        notation=f"scores[{t + 1}] = Σ attention.weight[j]·h[j] + attention.bias",
        weight_name="attention.weight",
        value_name="h",
        terms=terms_of(readout.attention_weight[0], at.step.h, at.unit_names()),
        bias=float(readout.attention_bias[0]),
        total=float(scores[t]),
    )
    yield softmax_of(scores, at.step["attention"], t, words, symbol="scores")
    yield Sum(
        source=ContextOf(),
        name="context",
        notation=f"context[{at.index}] = Σ attention[k]·h_k[{at.index}]",
        weight_name="attention",
        value_name=f"h[{at.index}]",
        terms=terms_of(at.step["attention"], at.trace.layers[-1].output[: t + 1, unit], words),
        bias=None,
        total=float(at.step["context"][unit]),
    )
