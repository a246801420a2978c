"""The sentences of the lens recency: which word counts most, whether the last ones shout, and what a move does."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.lenses.recency import Recency
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent

COUNTS = 0.005
"""The least change of p that is told as one."""

LOUDER = 1.25
"""The ratio of what both ends hold from which on one is told as louder."""

NOTATION = "without k: p(x) − p(x without x_k)  ·  share of k: x_k · ∫ ∂logit(a·x)/∂x_k da, a from 0 to 1"


def tell(measured: Recency, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines on this sentence, and what it means; nothing of the answer while it is covered."""
    unit = trace.model.tokenizer.unit
    if not math.isfinite(measured.probability):
        told = [line("The numbers grew beyond all bounds: there is no answer that a word could count for.")]
        told.append(line(strong("So what?"), " Without squashing, nothing keeps a network's memory within bounds."))
    elif scene.hidden:
        told = [line(f"Some {unit}s count for much, some for next to nothing. Which one counts most, do you think?")]
        told.append(line("And would it count for more if it stood first, or if it stood last? Choose before you look."))
        told.append(line(strong("So what?"), f" If an RNN heard all {unit}s alike, their places would not matter."))
    else:
        told = [_most(measured, trace), _ends(measured, trace), _moved(measured, trace, scene.position.t)]
        told.append(line(strong("So what?"), _so_what(measured, unit)))
    if scene.notation:
        told.append(line(Span(NOTATION, "muted")))
    return tuple(said for said in told if said)


def _most(measured: Recency, trace: Trace) -> Line:
    """The word whose loss moves the answer most: "Without “not” the answer Negative falls from 77% to 23%."."""
    most = int(np.abs(measured.leave_one_out).argmax())
    lost = float(measured.leave_one_out[most])
    name, p = label(trace, measured.label), measured.probability
    if abs(lost) < COUNTS:
        unit = trace.model.tokenizer.unit
        return line(
            f"No {unit} counts alone: without any one of them the answer ", strong(name), f" stays at {percent(p)}."
        )
    way, turns = ("falls", _turns(trace, p - lost)) if lost > 0 else ("rises", "")
    changed = f" {way} from {percent(p)} to {percent(p - lost)}{turns}."
    return line("Without ", word(trace.tokens[most].surface), " the answer ", strong(name), changed)


def _turns(trace: Trace, p: float) -> str:
    """Words that say that another label then leads; with more than two that isn't known from p alone."""
    return ", and the answer turns" if len(trace.model.labels) == 2 and p < 0.5 else ""


def thirds(measured: Recency) -> tuple[int, float, float]:
    """The number of words in a third, and the shares of all that counts that the first and the last third hold."""
    counts = np.abs(measured.leave_one_out[: measured.t + 1])
    few, total = max(1, len(counts) // 3), float(counts.sum())
    if len(counts) < 2 or counts.max() < COUNTS:
        return few, 0.0, 0.0
    return few, float(counts[:few].sum() / total), float(counts[-few:].sum() / total)


def _ends(measured: Recency, trace: Trace) -> Line:
    """The shares of the two ends: "Of all that counts, the last 2 of 6 words hold 61%, the first 2 hold 9%."."""
    few, first, last = thirds(measured)
    if not first + last:
        return ()
    unit, length = trace.model.tokenizer.unit, measured.t + 1
    if few == 1:
        at_end, at_start = f"the last of {length} {unit}s holds", "the first"
    else:
        at_end, at_start = f"the last {few} of {length} {unit}s hold", f"the first {few}"
    return line("Of all that counts, ", at_end, f" {percent(last)}, {at_start} {percent(first)}.")


def _moved(measured: Recency, trace: Trace, t: int) -> Line:
    """The answer with the current word first and last: "“awful” first: Negative 61%; last: 95%."."""
    if measured.position_sweep is None or measured.t == 0:
        return ()
    moved, name = word(trace.tokens[t].surface), label(trace, measured.label)
    first, last = (float(measured.position_sweep[t, to]) for to in (0, measured.t))
    if abs(first - last) < COUNTS:
        return line(moved, f" first or last, {name} is at ", strong(percent(last)), ": here its place hardly matters.")
    where = "last" if measured.t == len(trace) - 1 else "last before the answer"
    return line(moved, f" first: {name} ", strong(percent(first)), f"; {where}: ", strong(percent(last)), ".")


def _so_what(measured: Recency, unit: str) -> str:
    few, first, last = thirds(measured)
    loudest = int(np.abs(measured.leave_one_out[: measured.t + 1]).argmax())
    if not first + last:
        return f" The memory is one mix of all {unit}s: what one of them brings, the others may bring as well."
    if last > LOUDER * first and loudest > measured.t - few:
        return f" The memory is rewritten at every {unit}, so an RNN hears best what came last."
    if first > LOUDER * last:
        return f" Early {unit}s tend to fade; where they count all the same, the network learned to hold them."
    return f" An RNN tends to hear best what came last; here the {unit}s themselves weigh more than their place."
