"""The LSTM, told: its gates, what it keeps and writes, and what it shows of it."""

from __future__ import annotations

import math

from rnn_tui.rounding import as_shown, share_as_shown
from rnn_tui.story.cells.cell_story import OPEN, SHUT, CellStory
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, result, signed, strong
from rnn_tui.text import percent


def gates(moment: Moment) -> tuple[Line, ...]:
    """Tell how far the LSTM's gates open, and what it would write."""
    i, f, o = (percent(moment.value(name)) for name in ("i", "f", "o"))
    first = line(
        strong("2 Open or close the gates."),
        f" {moment.Name}: keep gate {f} open, write gate {i}, show gate {o}; the new value is ",
        signed(moment.value("g")),
        ".",
    )
    return (first, line("Keep holds the old, write lets in the new, and show lets out the result."))


def write(moment: Moment) -> tuple[Line, ...]:
    """The LSTM's new cell."""
    i, f, g = moment.value("i"), moment.value("f"), moment.value("g")
    old = moment.value("c_prev")
    kept, written = share_as_shown(f) * as_shown(old), share_as_shown(i) * moment.shown("g")
    first = line(
        strong("Keep and write."),
        f" It keeps {percent(f)} of the old cell ",
        signed(old),
        f" and writes {percent(i)} of the new ",
        signed(g),
        ": the cell is now ",
        result(moment.value("c"), kept + written),
        ".",
    )
    if moment.first and old == 0:
        return (first, line("The old cell is still 0.00, for there was nothing before."))
    if not as_shown(old):
        return (first, line("The old cell was 0.00, so there was nothing in it to keep or to lose."))
    if share_as_shown(f) > OPEN:
        return (first, line("Most of the old stays: the cell is where an LSTM remembers for long."))
    if share_as_shown(f) < SHUT:
        makes_room = ", to make room for the new" if share_as_shown(i) > OPEN else ""
        return (first, line(f"Most of the old goes{makes_room}."))
    return (first, line("About half of the old stays."))


def expose(moment: Moment) -> tuple[Line, ...]:
    """The part of the LSTM's cell that is shown."""
    o, c, h = (moment.value(name) for name in ("o", "c", "h"))
    squashed = math.tanh(c)
    first = line(
        strong("Show a part of it."),
        " Squashed, the cell ",
        signed(c),
        " becomes ",
        result(squashed, math.tanh(as_shown(c))),
        f"; the show gate lets out {percent(o)}: {moment.name} is ",
        result(h, share_as_shown(o) * as_shown(squashed)),
        ".",
    )
    if share_as_shown(o) < SHUT and as_shown(c):
        return (first, line("Most of it stays inside: it can remember without saying so yet."))
    return (first, line("Only what is let out can be read; the cell itself stays inside."))


STORY = CellStory(
    name="An LSTM",
    second="mix old and new by gates",
    phases={"gates": gates, "write": write, "expose": expose},
    sums={
        "c": lambda moment: f"keep a part of the old cell of {moment.name}, and write a part of the new value",
        "tanh(c)": lambda moment: "squash the cell into −1 … 1",
        "h": lambda moment: f"show a part of the cell: the show gate says how much of it becomes {moment.name}",
    },
)
