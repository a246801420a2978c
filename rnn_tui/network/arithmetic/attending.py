"""The arithmetic of the phase Look back: a word's score, its share of the attention, and what a unit comes to by it."""

from __future__ import annotations

from typing import cast

from rnn_tui.network.arithmetic.parts import Formula, Sum, Terms
from rnn_tui.network.arithmetic.softmax import softmax_of
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import AttentionShare, ContextOf, ScoreOf
from rnn_tui.network.readouts import Attention
from rnn_tui.text import LONGEST_WORD, clipped


def score(at: UnitAtStep, part: ScoreOf) -> Sum:
    """attention.weight·h + attention.bias of the word at this timestep."""
    t, attention = at.step.t, cast(Attention, at.model.readout)
    return Sum(
        source=part,
        name="scores",
        notation=f"scores[{t + 1}] = Σ attention.weight[j]·h[j] + attention.bias",
        weight_name="attention.weight",
        value_name="h",
        terms=Terms(attention.weight[0], at.step.h, at.called),
        bias=float(attention.bias[0]),
        total=float(_scores(at)[t]),
    )


def share(at: UnitAtStep, part: AttentionShare) -> Formula:
    """The softmax of the score of the word at this timestep, among those of all words so far."""
    t, tokens = at.step.t, at.trace.tokens
    return softmax_of(part, _scores(at), at.step["attention"], t, lambda k: tokens[k].surface, symbol="scores")


def context(at: UnitAtStep, part: ContextOf) -> Sum:
    """The unit's values at all words so far, times the attention to each."""
    return Sum(
        source=part,
        name="context",
        notation=f"context[{at.index}] = Σ attention[k]·h_k[{at.index}]",
        weight_name="attention",
        value_name=f"h[{at.index}]",
        terms=Terms(
            at.step["attention"],
            at.trace.layers[-1].output[: at.step.t + 1, at.unit],
            lambda k: clipped(at.trace.tokens[k].surface, LONGEST_WORD),
        ),
        bias=None,
        total=float(at.step["context"][at.unit]),
    )


def _scores(at: UnitAtStep) -> Array:
    """The scores of the words so far, (t + 1,)."""
    scores: Array = at.trace.outputs["scores"][: at.step.t + 1, 0]
    return scores
