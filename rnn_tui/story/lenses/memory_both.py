"""The sentences of the lens memory where a layer hears the words after a word, too."""

from __future__ import annotations

from rnn_tui.lenses.memory import Memory
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.lenses.stacks import read_words
from rnn_tui.story.spans import Line, line, strong, word
from rnn_tui.text import unsigned

SILENT = 0.005  # what is printed as 0.00


def tell(measured: Memory, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The word that counts most for the memory at the current word, those on either side of it, and what that means."""
    unit, t = trace.model.tokenizer.unit, scene.position.t
    so = strong("So what?")
    if t not in read_words(trace, scene, measured.looked):
        yet = line(f"The other lane has not read this {unit} yet: until then there is nothing to compare.")
        return yet, line(so, " The memory of a layer is that of both of its lanes.")
    now = measured.influence[:, t]
    best = int(now.argmax())
    if now[best] < SILENT:
        return line("At ", word(trace.tokens[t].surface), f" nothing of any {unit} is to be seen."), line(
            so, f" No {unit} moves the memory there."
        )
    begins = ("Without ", word(trace.tokens[best].surface), " the memory at ", word(trace.tokens[t].surface))
    most = line(*begins, " would be ", strong(unsigned(float(now[best]))), f" off, the most of all {unit}s.")
    sides = None if scene.notation else _sides(now, t)  # beside the notation there is no room for them
    told = [line(f"The {unit}s before it: {sides[0]} at most; those after it: {sides[1]} at most.")] if sides else []
    return (most, *told, line(so, _meaning(now, t, unit)))


def _sides(now: Array, t: int) -> tuple[str, str] | None:
    """The largest influence of the words before and after, as they are shown; None where there are none on a side."""
    if t == 0 or t == len(now) - 1:
        return None
    return unsigned(float(now[:t].max())), unsigned(float(now[t + 1 :].max()))


def _meaning(now: Array, t: int, unit: str) -> str:
    """What is heard at the word: of what stands before it and of what comes after it."""
    before, after = (part.size and float(part.max()) >= SILENT for part in (now[:t], now[t + 1 :]))
    if before and after:
        return f" Both sides are heard: {unit}s before it, and {unit}s that come after it."
    if before:
        return f" Only {unit}s before it are heard here."
    if after:
        return f" Only {unit}s after it are heard here: a lane reads from the end."
    return f" No other {unit} is heard here."
