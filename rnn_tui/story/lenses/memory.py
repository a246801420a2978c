"""The sentences of the lens memory: how words fade, and which one is remembered best."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.memory import Memory
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.rounding import ABOUT, as_shown, share_closes
from rnn_tui.scene import Scene
from rnn_tui.story.lenses import memory_both
from rnn_tui.story.lenses.both import first_word
from rnn_tui.story.lenses.stacks import cells_below, hears_both
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, percent, unsigned

NOTATION = "influence[k][t] = ‖h_t − h_t with x_k = 0‖"
SILENT = 0.005  # what is printed as 0.00
HALF, LITTLE = 0.5, 0.1
LONG = 15  # characters: a word of which the story has room for two, and not for three


def tell(measured: Memory, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines: what is left of the first word by now, and what it means; of what is drawn so far, and no more."""
    influence, t, last = measured.influence, scene.position.t, len(trace) - 1
    unit = trace.model.tokenizer.unit
    if not np.isfinite(influence).all():
        told = [line(f"The numbers grew beyond all bounds: what a {unit} left can't be told from what it became.")]
        told.append(line(strong("So what?"), " Without squashing, nothing keeps a network's memory within bounds."))
    elif hears_both(trace, measured.looked):
        told = list(memory_both.tell(measured, trace, scene))
    elif last == 0:
        off = unsigned(float(influence[0, 0]))
        told = [
            line("Without ", word(trace.tokens[0].surface), f" the memory would be {off} off; nothing came after it.")
        ]
        told.append(
            line(strong("So what?"), f" A memory begins to fade with the second {unit}; type a longer sentence.")
        )
    else:
        told = [_faded(measured, trace, 0, t) if t else _read(measured, trace)]
        told.append(line(strong("So what? "), *_meaning(measured, trace, t, notation=scene.notation)))
    if scene.notation:
        told.append(line(Span(NOTATION, "muted")))
    return tuple(told)


def _read(measured: Memory, trace: Trace) -> Line:
    """The distance that the memory would be off without the first word, which has just been read."""
    off = float(measured.influence[0, 0])
    fades = ": there is nothing to fade" if off < SILENT else ""
    return line("Without ", word(trace.tokens[0].surface), f" the memory would be {unsigned(off)} off{fades}.")


def _meaning(measured: Memory, trace: Trace, t: int, *, notation: bool) -> Line:
    """The word of which most is left by now, and the fate of the early ones."""
    if t == 0:
        return line(f"No {trace.model.tokenizer.unit} has come after it yet: step on, and see what is left of it.")
    best, read = _best(measured, trace, t), _what_is_read(measured, trace)
    crowded = len(clipped(trace.tokens[t].surface, LONGEST_WORD)) >= LONG
    if notation and (read or crowded):  # beside the notation there is no room for all
        return line(*best, *read)
    return line(*best, " ", *_so_what(measured, trace, t), *read)


def _what_is_read(measured: Memory, trace: Trace) -> Line:
    """What the answer, or the layer above, reads where that isn't the memory at the end alone."""
    if measured.looked.layer is not None and measured.looked.layer < len(trace.model.layers) - 1:
        return line(f" The layer above reads it after every {trace.model.tokenizer.unit}.")
    if not trace.model.readout.reads_all:
        return ()
    read = {
        "mean": " The answer reads the average of all memories.",
        "max": " The answer reads each unit's largest value.",
        "attention": " The answer looks back at all memories.",
    }
    return line(read.get(trace.model.readout.kind, " The answer reads more than this memory."))


def _faded(measured: Memory, trace: Trace, k: int, t: int) -> Line:
    """The distance that the memory would be off without a word, when it was read and after another."""
    off, left = float(measured.influence[k, k]), float(measured.influence[k, t])
    read, later = word(trace.tokens[k].surface), word(trace.tokens[t].surface)
    begins = ("Without ", read, f" the memory would be {unsigned(off)} off")
    if off < SILENT:
        return line(*begins, ": there is nothing to fade.")
    if left > off:
        return line(*begins, "; after ", later, " it has grown to ", strong(unsigned(left)), ".")
    if left == 0:
        return line(*begins, "; after ", later, " nothing of it is left.")
    return line(*begins, "; after ", later, f" still {unsigned(left)}: ", strong(_share(left, off)), ".")


def _share(part: float, whole: float) -> str:
    """The part in per cent of the whole: "39%", or "≈ 39%" where the two shown numbers give another."""
    share = part / whole
    shown = as_shown(part) / as_shown(whole) if as_shown(whole) else math.nan  # too small a number to be shown
    return percent(share) if share_closes(share, shown) else f"{ABOUT} {percent(share)}"


def _best(measured: Memory, trace: Trace, t: int) -> Line:
    """The word of which most is there after word t."""
    now = measured.influence[: t + 1, t]
    best = int(now.argmax())
    when = "At the end" if t == len(trace) - 1 else "By now"
    if now[best] < SILENT:
        return line(f"{when} nothing of any {trace.model.tokenizer.unit} is left.")
    where = ", the last one" if best == t else ", the first one" if best == 0 else ""
    return line(f"{when} most is left of ", word(trace.tokens[best].surface), where, f" ({unsigned(now[best])}).")


def _so_what(measured: Memory, trace: Trace, t: int) -> Line:
    """The fate of the early words after word t: those of the first half of what has been read that moved anything."""
    cells = cells_below(trace, measured.looked)
    unit, gated = trace.model.tokenizer.unit, all(cell.gates for cell in cells)
    early = [k for k in range((t + 1) // 2) if measured.influence[k, k] >= SILENT]
    if not early:
        return line(f"The early {unit}s change nothing, so there is nothing to keep.")
    kept = max(early, key=lambda k: measured.left(k, t))
    share, of_it = measured.left(kept, t), word(trace.tokens[kept].surface)
    said = _share(float(measured.influence[kept, t]), float(measured.influence[kept, kept]))
    if not any(cell.gates or cell.weight_hh.any() for cell in cells):
        return line(f"The memory is cut off: nothing is passed on from one {unit} to the next.")
    if share > 1:
        return line("What ", of_it, f" left has grown on the way: not every early {unit} fades.")
    if share >= HALF:
        begins = "The gates kept " if gated else f"Not every early {unit} fades: still there is "
        return line(begins, f"{said} of ", of_it, ".")
    if share >= LITTLE:
        why = "the gates let them go" if gated else f"each step squashes, and mixes in a {unit}"
        return line(f"Early {unit}s fade, to {said} at most: {why}.")
    why = "even the gates let them go" if gated else "each step writes over them"
    return line(f"Early {unit}s vanish, to {said} at most: {why}.")


def compare(a: Memory, b: Memory, comparison: Comparison) -> Line:
    """The share of the first word that is left in the end, on both sides, and why the one keeps more.

    Nothing where a side hears the words after a word, too: what is there at the end has not come all the way.
    """
    if any(hears_both(trace, of.looked) for trace, of in zip(comparison.traces, (a, b), strict=True)):
        return ()
    left = (a.left(0), b.left(0))
    if not all(map(math.isfinite, left)) or min(map(len, comparison.traces)) == 1:  # nothing comes after an only word
        return ()
    first, shares = (
        first_word(comparison),
        [_share(float(of[0, -1]), float(of[0, 0])) for of in (a.influence, b.influence)],
    )
    if percent(left[0]) == percent(left[1]):
        both = max(shares, key=len)  # with ≈ where one of them has it
        return line(strong("So what?"), " In the end as much of ", *first, " is left in A as in B: ", strong(both), ".")
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
