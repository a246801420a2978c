"""The arithmetic of the logits and the probabilities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnn_tui.network.arithmetic.parts import Formula, LogitOf, Part, ShareOf, Sum, Terms
from rnn_tui.network.arithmetic.softmax import softmax_of
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.arrays import Array
from rnn_tui.network.readouts import Attention
from rnn_tui.text import LONGEST_WORD, clipped

MOST_LABELS = 10
"""The most labels that are followed; a model that guesses the next character has dozens, nearly all of them near 0."""


def checked(at: UnitAtStep) -> Iterator[Part]:
    """The logit of every label, the most probable first, and then their softmax."""
    order = labels_by_probability(at.step.probs)[:MOST_LABELS]
    yield from (logit(at, label) for label in order)
    yield from (_probability(at, label) for label in order)


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
        terms=Terms(readout.weight[label], at.step[read], at.called),
        bias=float(readout.bias[label]),
        total=float(at.step.logits[label]),
        parameter="fc.weight",
        row=label,
    )


def _probability(at: UnitAtStep, label: int) -> Formula:
    """The label's share by the softmax of the logits."""
    labels = at.model.labels
    source = ShareOf(clipped(labels[label], LONGEST_WORD))
    return softmax_of(source, at.step.logits, at.step.probs, label, lambda k: labels[k], symbol="logits")
