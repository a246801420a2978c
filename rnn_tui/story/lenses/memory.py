"""How long each word is remembered, told: how the first one fades, and which one is remembered best."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.lenses.memory import Memory
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent, unsigned

NOTATION = "influence[k][t] = ‖h_t − h_t with x_k = 0‖"
SILENT = 0.005  # what is printed as 0.00
HALF, LITTLE = 0.5, 0.1


def tell(measured: Memory, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """What is left of the first word and of the current one, the best remembered one, and what it means."""
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
    """What a word moved when it was read, and what is left of that after another."""
    moved, left = float(measured.influence[k, k]), float(measured.influence[k, t])
    read, later = word(trace.tokens[k].surface), word(trace.tokens[t].surface)
    if moved < SILENT:
        return line(read, f" moved the memory by {unsigned(moved)}: there is nothing to fade.")
    share = strong(percent(measured.left(k, t)))
    if left > moved:
        grown = strong(f"{unsigned(left)}")
        return line(read, f" moved the memory by {unsigned(moved)}; after ", later, " it has grown to ", grown, ".")
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
    share = measured.left(0)
    gated = trace.model.cell.gates > 1
    if not math.isfinite(share) or share < LITTLE:
        cure = (
            " Even gates let go of what they were not trained to keep." if gated else " Gates are the cure: GRU, LSTM."
        )
        return f" Early {trace.model.tokenizer.unit}s vanish: the squash shrinks them at every step.{cure}"
    if gated:
        return " Gates carry early words along: a gate that stays shut lets nothing wash them away."
    if share < HALF:
        return " Each step squashes the memory and mixes in a word, so what came early fades."
    return " On a short sentence an RNN still remembers its beginning; on a long one it fades."
