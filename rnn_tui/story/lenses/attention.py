"""The sentences of the lens attention: where it looks back to, and what the last state alone would say."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.lenses.attention import AttentionWeights
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent

NOTATION = "e_t = attention.weight·h_t + attention.bias;  a = softmax(e);  logits = fc.weight·Σ a_t·h_t + fc.bias"
EVEN = 1.2
"""As many times an equal share the largest weight must be, to be told as a look at one word."""


def tell(measured: AttentionWeights, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines as far as the sentence has been read, and what it means; no answer while it is covered."""
    t = scene.position.t
    weights, unit = measured.weights_at(t), trace.model.tokenizer.unit
    if not np.isfinite(weights).all():
        told = [line("The numbers grew beyond all bounds: there are no weights to look back with.")]
    else:
        told = [_looks(weights, trace, t), _answers(measured, trace, t, hidden=scene.hidden)]
    told.append(line(strong("So what?"), _so_what(unit)))
    if scene.notation:
        told.append(line(Span(NOTATION, "muted")))
    return tuple(told)


def _looks(weights: Array, trace: Trace, t: int) -> Line:
    """The words that it looks at: "After “all” the answer looks back most at “not” (39%), then at “awful” (23%)."."""
    unit = trace.model.tokenizer.unit
    if t == 0:
        return line("There is only ", word(trace.tokens[0].surface), " to look at yet: it gets all of the weight.")
    first, second = (int(k) for k in np.argsort(-weights[: t + 1], kind="stable")[:2])
    after = word(trace.tokens[t].surface)
    if weights[first] < EVEN / (t + 1):
        share = percent(1 / (t + 1))
        return line("After ", after, f" the answer looks at all {t + 1} {unit}s nearly alike, about {share} each.")
    most, next_ = (word(trace.tokens[k].surface) for k in (first, second))
    looked = (" the answer looks back most at ", most, f" ({percent(float(weights[first]))}), then at ", next_)
    return line("After ", after, *looked, f" ({percent(float(weights[second]))}).")


def _answers(measured: AttentionWeights, trace: Trace, t: int, *, hidden: bool) -> Line:
    """The two answers, and whether looking back turns it."""
    if hidden:
        return line("And the state after the last word alone: would it say the same? Choose before you look.")
    looking, alone = measured.with_attention[t], measured.last_alone[t]
    if not (math.isfinite(float(looking.sum())) and math.isfinite(float(alone.sum()))):
        return line("The numbers grew beyond all bounds: there is no answer.")
    said, other = int(looking.argmax()), int(alone.argmax())
    with_attention = strong(f"{label(trace, said)} {percent(float(looking[said]))}")
    last_alone = strong(f"{label(trace, other)} {percent(float(alone[other]))}")
    turned = "" if said == other else ": looking back turns the answer"
    return line("So it says ", with_attention, "; the last state alone would say ", last_alone, f"{turned}.")


def _so_what(unit: str) -> str:
    return f" What it looks back at need not survive every later {unit}: it is read where it was fresh."
