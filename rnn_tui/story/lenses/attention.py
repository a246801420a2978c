"""The sentences of the lens attention: where it looks back to, and what the last state alone would say."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.lenses.attention import AttentionWeights
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.lenses.both import beside_half, said
from rnn_tui.story.lenses.stacks import looks_from
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent

NOTATION = "a = softmax(attention.weight·h_t + attention.bias); fc reads Σ a_t·h_t"
SO_WHAT = " What it looks back at is read fresh; it need not last to the end."
EVEN = 1.2
"""As many times an equal share the largest weight may be, and the smallest of it, for a look at all nearly alike."""


def tell(measured: AttentionWeights, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines as far as the sentence has been read, and what it means; no answer while it is covered."""
    t = scene.position.t
    if looks_from(trace, scene) is None:
        unit = trace.model.tokenizer.unit
        told = [line(f"It looks back when both lanes have read: after the last {unit}.")]
        told.append(line(strong("So what?"), SO_WHAT))
        return (*told, line(Span(NOTATION, "muted"))) if scene.notation else tuple(told)
    weights = measured.weights_at(t)
    if not np.isfinite(weights).all():
        told = [line("The numbers grew beyond all bounds: there are no weights to look back with.")]
    else:
        told = [_looks(weights, trace, t), _answers(measured, trace, t, hidden=scene.covered)]
    told.append(line(strong("So what?"), SO_WHAT))
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
    equal = 1 / (t + 1)
    if weights[first] < EVEN * equal and weights[: t + 1].min() > equal / EVEN:
        share = percent(equal)
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
    if trace.model.output.is_number:
        numbers = (strong(f"{label(trace, 0)} {said(trace, float(value[0]))}") for value in (looking, alone))
        return line("So it says ", next(numbers), "; the last state alone would say ", next(numbers), ".")
    most, other = int(looking.argmax()), int(alone.argmax())
    with_attention = strong(f"{label(trace, most)} {beside_half(trace, float(looking[most]))}")
    last_alone = strong(f"{label(trace, other)} {beside_half(trace, float(alone[other]))}")
    turned = "" if most == other else ": looking back turns the answer"
    return line("So it says ", with_attention, "; the last state alone would say ", last_alone, f"{turned}.")
