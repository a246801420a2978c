"""Numbers that grew beyond all bounds, in words: where it began, and what ∞ and ? then stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position
from rnn_tui.story.spans import Line, line, plain, word
from rnn_tui.text import NO_NUMBER

BEYOND = "beyond all bounds"


def beyond(trace: Trace, upto: Position | None = None, subject: Line = ()) -> Line:
    """Tell where the numbers of a trace grew beyond all bounds; an empty line where they didn't.

    With `upto` it is told of a beginning there or before alone. `subject` stands in front: "In A, ".
    """
    if trace.beyond is None:
        return ()
    t, phase = trace.beyond
    begins = Position(t, phase, trace.model.at_floor)
    if upto is not None and trace.order.index(begins) > trace.order.index(replace(upto, floor=begins.floor)):
        return ()
    unit, title = trace.model.tokenizer.unit, trace.model.phases[phase].title
    here = (word(trace.tokens[t].surface), f" ({unit} {t + 1}, {title})")
    signs = f"∞ is too large to be a number here, “{NO_NUMBER}” is no number at all."
    start = "the numbers grew" if subject else "The numbers grew"
    return line(*subject, f"{start} {BEYOND} at ", *here, f": {signs}")


def is_told(lines: Sequence[Line]) -> bool:
    """True where one of the lines tells of it already."""
    return any(BEYOND in plain(told) for told in lines)


def told_first(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the first that tells of it in front, where none is left out for lack of room."""
    at = next((index for index, told in enumerate(lines) if is_told([told])), 0)
    return (*lines[at : at + 1], *lines[:at], *lines[at + 1 :])


def with_bounds(lines: tuple[Line, ...], bounds: Line) -> tuple[Line, ...]:
    """The lines, and `bounds` in front of them unless it is empty or one of them tells the same."""
    return told_first((*lines, bounds)) if bounds and not is_told(lines) else lines
