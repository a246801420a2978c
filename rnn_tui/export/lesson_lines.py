"""A lesson in plain lines, one fact a line, for screen readers and pipes."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.export.walk_lines import facts, introduction, opening
from rnn_tui.lessons.lesson import Lesson, Prose
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story import plain
from rnn_tui.text import printable

INDENT = "  "


def title(lesson: Lesson) -> Iterator[str]:
    """The title, how long it takes, for whom it is, and how many stops there are."""
    asks = f", {counted(lesson.questions, 'question')}" if lesson.questions else ""
    audience = f" For {_ended(printable(lesson.audience))}" if lesson.audience else ""
    yield _ended(printable(lesson.title))
    yield f"{counted(lesson.minutes, 'minute')}, {counted(len(lesson.stops), 'stop')}{asks}.{audience}"


def prose(part: Prose, trace: Trace) -> Iterator[str]:
    """The prose of a card, a paragraph a line, with a blank line before each that is no item of a list."""
    item = False
    for block in blocks(part, lambda placeholder, _: value_in_words(trace, placeholder)):
        if not (item and block.kind == "item"):
            yield ""
        item = block.kind == "item"
        before = INDENT * block.depth + (f"{block.mark} " if block.mark else "")
        for number, line in enumerate(block.text.split("\n")):
            yield (before if number == 0 else " " * len(before)) + printable(line)


def scene(asked: Scene, trace: Trace, before: Scene | None) -> Iterator[str]:
    """The facts of a stop's scene: the model and the sentence where they are new, the step, and what a lens says."""
    if before is None or before.reading != asked.reading:
        yield from opening(asked, trace) if before is None else introduction(asked, trace)
        for edit in asked.edits:
            yield f"What if: {printable(edit.to_text())}."
    yield from facts(trace, asked, heading=True)
    if asked.lens is not None:
        yield from _lens(asked.lens, asked, trace)


def counted(count: int, noun: str) -> str:
    """A count and what is counted: "1 stop", "3 stops"."""
    return f"{count} {noun}{'s' if count != 1 else ''}"


def _ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _lens(name: str, asked: Scene, trace: Trace) -> Iterator[str]:
    """The question of a lens, and its sentences about this trace."""
    from rnn_tui.lenses import lens
    from rnn_tui.lenses.measuring import measure, question
    from rnn_tui.lenses.progress import quiet
    from rnn_tui.network.errors import UserError
    from rnn_tui.story.lenses import tell_lens

    record = lens(name)
    yield ""
    yield f"{record.title}: {record.asked_of(trace.model.tokenizer.unit)}"
    floor = trace.on(asked.position.floor)
    try:
        measured = measure(question(name, floor, asked.position.t, asked.unit_in(floor)), trace, quiet)
    except UserError as error:  # this model gives it nothing to see, and the screen says the same
        yield f"{error}."
        return
    for line in tell_lens(name, measured, trace, asked):
        if said := plain(line):
            yield said
