"""The sentences of the lens memory: how the first word fades, and which one is remembered best."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.memory import Memory
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.scene import Scene
from rnn_tui.story.lenses.both import first_word
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, percent, quoted, unsigned

NOTATION = "influence[k][t] = ‖h_t − h_t with x_k = 0‖"
SILENT = 0.005  # what is printed as 0.00
HALF, LITTLE = 0.5, 0.1


def tell(measured: Memory, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines: what is left of the first word and of the current one, the best remembered one, and what it means."""
    influence, t, last = measured.influence, scene.position.t, len(trace) - 1
    unit = trace.model.tokenizer.unit
    if not np.isfinite(influence).all():
        told = [line("The numbers grew beyond all bounds: what a word left can't be told from what it became.")]
        told.append(line(strong("So what?"), " Without squashing, nothing keeps a network's memory within bounds."))
    elif last == 0:
        moved = unsigned(float(influence[0, 0]))
        told = [line(word(trace.tokens[0].surface), f" moved the memory by {moved}; nothing came after it.")]
        told.append(
            line(strong("So what?"), f" A memory begins to fade with the second {unit}; type a longer sentence.")
        )
    else:
        told = [_faded(measured, trace, 0, t or last), _best(measured, trace)]
        if 0 < t < last:
            told.append(_faded(measured, trace, t, last))
        told.append(line(strong("So what?"), _so_what(measured, trace)))
    if scene.notation:
        told.append(line(Span(NOTATION, "muted")))
    return tuple(said for said in told if said)


def _faded(measured: Memory, trace: Trace, k: int, t: int) -> Line:
    """The distance that a word moved the memory when it was read, and what is left of it after another."""
    moved, left = float(measured.influence[k, k]), float(measured.influence[k, t])
    read, later = word(trace.tokens[k].surface), word(trace.tokens[t].surface)
    if moved < SILENT:
        return line(read, f" moved the memory by {unsigned(moved)}: there is nothing to fade.")
    share = strong(percent(measured.left(k, t)))
    if left > moved:
        grown = strong(unsigned(left))
        return line(read, f" moved the memory by {unsigned(moved)}; by ", later, " that has grown to ", grown, ".")
    return line(
        read, f" moved the memory by {unsigned(moved)}; after ", later, f" {unsigned(left)} is left: ", share, "."
    )


def _best(measured: Memory, trace: Trace) -> Line:
    """The word of which most is there at the end."""
    at_end = measured.influence[:, -1]
    best = int(at_end.argmax())
    if at_end[best] < SILENT:
        return line(f"At the end nothing of any {trace.model.tokenizer.unit} is left.")
    where = ", the last one" if best == len(at_end) - 1 else ", the first one" if best == 0 else ""
    return line("At the end most is left of ", word(trace.tokens[best].surface), where, f": {unsigned(at_end[best])}.")


def _so_what(measured: Memory, trace: Trace) -> str:
    """The fate of the first word or, where there are gates, of any early one that they have carried along."""
    unit, share = trace.model.tokenizer.unit, measured.left(0)
    if trace.model.cell.gates:
        return _so_gated(measured, trace, unit)
    if math.isnan(share):
        return f" A {unit} that moves nothing leaves nothing to remember."
    if share > 1:
        return f" Here what an early {unit} left has grown on the way; in most plain networks it fades."
    if share < LITTLE:
        return f" Early {unit}s vanish: every step writes over them. Gates are the cure: GRU, LSTM."
    if share < HALF:
        return f" Each step squashes the memory and mixes in a {unit}, so what came early fades."
    return " Over so short a way a plain network still remembers its beginning; over a long one it fades."


def _so_gated(measured: Memory, trace: Trace, unit: str) -> str:
    carried = _carried(measured)
    if carried is None:
        return f" Gates can carry a {unit} along; here they let the early ones go: they keep what training taught."
    kept = quoted(clipped(trace.tokens[carried].surface, LONGEST_WORD))
    return f" Gates choose what stays: they carried {kept} to the end, past all that came later."


def _carried(measured: Memory) -> int | None:
    """The word of the first half of which most is there at the end, if that is at least half of what it moved."""
    early = measured.influence[: len(measured.influence) // 2, -1]
    best = int(early.argmax())
    return best if early[best] >= SILENT and measured.left(best) >= HALF else None


def compare(a: Memory, b: Memory, comparison: Comparison) -> Line:
    """The share of the first word that is left in the end, on both sides, and why the one keeps more."""
    left = (a.left(0), b.left(0))
    if not all(map(math.isfinite, left)) or min(map(len, comparison.traces)) == 1:  # nothing comes after an only word
        return ()
    first, shares = first_word(comparison), [percent(share) for share in left]
    if shares[0] == shares[1]:
        return line(
            strong("So what?"), " In the end as much of ", *first, " is left in A as in B: ", strong(shares[0]), "."
        )
    more = int(left[1] > left[0])
    return line(
        strong("So what?"),
        " In the end ",
        strong(shares[0]),
        " of ",
        *first,
        " is left in A, ",
        strong(shares[1]),
        f" in B{_why_more(comparison, more)}.",
    )


def _why_more(comparison: Comparison, more: int) -> str:
    """The reason why one side keeps more of the first word."""
    unit = comparison.a.model.tokenizer.unit
    gated = [bool(trace.model.cell.gates) for trace in comparison.traces]
    keeps, loses = SIDES[more], SIDES[1 - more]
    if gated[more] and not gated[1 - more]:
        return f": {keeps} has gates that carry it along, {loses} mixes every {unit} into all it has"
    if gated[1 - more] and not gated[more]:
        return f": gates keep what they were trained to keep, and those of {loses} let it go"
    if comparison.same_network:
        return f": the {unit}s after it decide what becomes of it"
    return f": the same {unit}s, other weights" if comparison.same_words else ""
