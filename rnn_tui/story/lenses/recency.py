"""The sentences of the lens recency: which word counts most, whether the last ones shout, and what a move does."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.lenses.recency import Recency
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.lenses.both import beside_half
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent

COUNTS = 0.005
"""The least change of p that is told as one."""

LOUDER = 1.25
"""The ratio of what both ends hold from which on one is told as louder."""

NOTATION = "lost: p(x) − p(x without x_k); share: x_k·∫ ∂logit(a·x)/∂x_k da, a = 0…1"


def tell(measured: Recency, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines on this sentence, and what it means; nothing of the answer while it is covered."""
    unit = trace.model.tokenizer.unit
    if not math.isfinite(measured.probability):
        told = [line(f"The numbers grew beyond all bounds: there is no answer that a {unit} could count for.")]
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
    """The word whose loss moves the answer most: "Without “not”: Negative 23% in place of 77%; the answer turns."."""
    most = int(np.abs(measured.leave_one_out).argmax())
    lost = float(measured.leave_one_out[most])
    name, p = label(trace, measured.label), measured.probability
    unit = trace.model.tokenizer.unit
    if abs(lost) < COUNTS:
        alone = f"No {unit} counts alone: " if measured.t else "It counts for nothing: "
        which = f"any one {unit}" if measured.t else "it"
        return line(f"{alone}without {which} it is still ", strong(name), f" {percent(p)}.")
    without = (
        strong(name),
        f" {beside_half(trace, p - lost)} in place of {beside_half(trace, p)}{_turns(trace, p - lost)}.",
    )
    return line("Without ", word(trace.tokens[most].surface), ": ", *without)


def _turns(trace: Trace, p: float) -> str:
    """Words that say that another label then leads; with more than two that isn't known from p alone."""
    return "; the answer turns" if len(trace.model.labels) == 2 and p < 0.5 else ""


def thirds(measured: Recency) -> tuple[int, float, float]:
    """The number of words in a third, and the shares of all that counts that the first and the last third hold."""
    counts = np.abs(measured.leave_one_out[: measured.t + 1])
    few, total = max(1, len(counts) // 3), float(counts.sum())
    if len(counts) < 2 or counts.max() < COUNTS:
        return few, 0.0, 0.0
    return few, float(counts[:few].sum() / total), float(counts[-few:].sum() / total)


def _ends(measured: Recency, trace: Trace) -> Line:
    """The shares of the two ends: "The last 2 of 6 words hold 61% of what counts, the first 2 hold 9%."."""
    few, first, last = thirds(measured)
    if not first + last:
        return ()
    unit, length = trace.model.tokenizer.unit, measured.t + 1
    if few == 1:
        at_end, at_start = f"The last of {length} {unit}s holds", "the first"
    else:
        at_end, at_start = f"The last {few} of {length} {unit}s hold", f"the first {few}"
    return line(f"{at_end} {percent(last)} of what counts, {at_start} {percent(first)}.")


def _moved(measured: Recency, trace: Trace, t: int) -> Line:
    """The answer with the current word first and last: "“awful” first: Negative 61%; last: 95%."."""
    if measured.position_sweep is None or measured.t == 0:
        return ()
    moved, name = word(trace.tokens[t].surface), label(trace, measured.label)
    row = measured.position_sweep[t, : measured.t + 1]
    first, last = float(row[0]), float(row[-1])
    if float(row.max() - row.min()) < COUNTS:
        return line(moved, f" anywhere: {name} ", strong(percent(last)), ".")
    where = "last" if measured.t == len(trace) - 1 else "last before the answer"
    return line(moved, f" first: {name} ", strong(percent(first)), f"; {where}: ", strong(percent(last)), ".")


def louder_ends(measured: Recency) -> tuple[int, int] | None:
    """The numbers of words that change the answer more at the end than at the beginning, and less.

    A word at a place changes the answer, p, by as much as p differs from p without the word. None where not all words
    have been moved.
    """
    if measured.position_sweep is None:
        return None
    until = measured.t + 1
    without = measured.probability - measured.leave_one_out[:until]
    first = np.abs(measured.position_sweep[:until, 0] - without)
    last = np.abs(measured.position_sweep[:until, measured.t] - without)
    return int((last - first >= COUNTS).sum()), int((first - last >= COUNTS).sum())


def _so_what(measured: Recency, unit: str) -> str:
    """The verdict on the places: from all words moved to both ends, and from what the ends hold as they stand."""
    length = measured.t + 1
    if length == 1:
        return f" With one {unit} no place is louder; type a longer sentence."
    _, first, last = thirds(measured)
    ends = louder_ends(measured)
    if ends is None:
        return _so_as_it_stands(first, last, unit)
    more, less = ends
    if not more + less:
        return f" No {unit} counts more last than first, or less: their places hardly matter."
    begins = f" {more} of {length} {unit}s count{'s' * (more == 1)} more last than first, {less} less"
    if more > 2 * less:
        but = f"; here the early {unit}s say more all the same" if first > LOUDER * last else ""
        return f"{begins}: the end wins{but}."
    if less > 2 * more:
        but = f"; here the late {unit}s say more all the same" if last > LOUDER * first else ""
        return f"{begins}: the start wins{but}."
    return f"{begins}: neither end wins."


def _so_as_it_stands(first: float, last: float, unit: str) -> str:
    """The verdict where the words have not been moved."""
    if not first + last:
        return f" What one {unit} brings, others may bring as well."
    if last > LOUDER * first:
        return f" Here the late {unit}s count for more. Do they because they are late? Slide one."
    if first > LOUDER * last:
        return f" Here the early {unit}s count for more. Would they at the end, too? Slide one."
    return f" Here early and late {unit}s count alike. Does the place matter? Slide one."
