"""How the logits and the probabilities came about."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnn_tui.network.arithmetic.figures import unsigned
from rnn_tui.network.arithmetic.parts import Formula, Part, Sum
from rnn_tui.network.arithmetic.sums import Place, terms_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.readouts import Attention
from rnn_tui.text import clipped

MOST_LABELS = 10
"""How many labels are followed; a model that guesses the next character has dozens, nearly all of them near 0."""
MOST_EXPONENTS = 3


def checked(place: Place) -> Iterator[Part]:
    """The logit of every label, the most probable first, and then their softmax.

    With the attention readout, first how the unit's `context` came about.
    """
    if isinstance(place.model.readout, Attention):
        yield from _attention(place, place.model.readout)
    order = labels_by_probability(place.step.probs)[:MOST_LABELS]
    yield from (logit(place, label) for label in order)
    yield from (softmax_of(place.step.logits, place.step.probs, label, place.model.labels) for label in order)


def labels_by_probability(probs: Array) -> list[int]:
    """The labels (their indices), the most probable first."""
    order: list[int] = np.argsort(-probs, kind="stable").tolist()
    return order


def logit(place: Place, label: int) -> Sum:
    """fc.weight·h + fc.bias of one label; with the attention readout fc reads `context` instead of h."""
    readout = place.model.readout
    source = "context" if isinstance(readout, Attention) else "h"
    name = clipped(place.model.labels[label], 16)
    return Sum(
        name="logits",
        words=f"multiply what it remembers by the weights of the output node {name}",
        notation=f"logits[{name}] = Σ fc.weight[{name},j]·{source}[j] + fc.bias[{name}]",
        weight_name="fc.weight",
        value_name=source,
        terms=terms_of(readout.weight[label], place.step[source], place.unit_names()),
        bias=float(readout.bias[label]),
        total=float(place.step.logits[label]),
        note=f"{name} is number {label + 1} of {len(place.model.labels)} output nodes",
        parameter="fc.weight",
        row=label,
    )


def softmax_of(values: Array, shares: Array, picked: int, names: tuple[str, ...], symbol: str = "logits") -> Formula:
    """exp(v_i) / Σ_j exp(v_j) of one of some values (n,), whose `shares` (n,) the trace has."""
    name = clipped(names[picked], 16)
    others = [place for place in np.argsort(-values, kind="stable").tolist() if place != picked]
    shown = [picked, *others][:MOST_EXPONENTS]
    powers = [f"e^{_exponent(float(values[place]))}" for place in shown]
    rest = " + …" if len(values) > len(shown) else ""
    share = float(shares[picked])
    return Formula(
        words=f"softmax: e to the power of {name}'s value, as a share of all of them",
        notation=f"softmax({symbol})[{name}] = e^{symbol}[{name}] / Σ e^{symbol}[k]",
        numbers=f"{powers[0]} / ({' + '.join(powers)}{rest}) = {unsigned(share)}",
        parts=tuple((clipped(names[place], 16), float(values[place])) for place in shown),
        result=(name, share),
    )


def _exponent(value: float) -> str:
    text = unsigned(value)
    return text if value >= 0 else f"({text})"


def _attention(place: Place, readout: Attention) -> Iterator[Part]:
    """The score of the word at this timestep, what part of the attention it gets, and the weighted sum of the unit."""
    t, unit = place.step.t, place.unit
    scores = place.trace.values["scores"][: t + 1, 0]
    words = tuple(clipped(token.surface, 16) for token in place.trace.tokens[: t + 1])
    yield Sum(
        name="scores",
        words=f"how much attention {words[t]} asks for",
        notation=f"scores[{t + 1}] = Σ attention.weight[j]·h[j] + attention.bias",
        weight_name="attention.weight",
        value_name="h",
        terms=terms_of(readout.attention_weight[0], place.step.h, place.unit_names()),
        bias=float(readout.attention_bias[0]),
        total=float(scores[t]),
    )
    yield softmax_of(scores, place.step["attention"], t, words, symbol="scores")
    yield Sum(
        name="context",
        words=f"look back over every {place.model.tokenizer.unit} so far, at what {place.name} was then",
        notation=f"context[{place.index}] = Σ attention[k]·h_k[{place.index}]",
        weight_name="attention",
        value_name=f"h[{place.index}]",
        terms=terms_of(place.step["attention"], place.trace.values["h"][: t + 1, unit], words),
        bias=None,
        total=place.value("context"),
    )
