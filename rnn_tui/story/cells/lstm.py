"""The LSTM, told: its gates, what it keeps and writes, and what it shows of it."""

from __future__ import annotations

from rnn_tui.story.cells.cell_story import OPEN, SHUT, CellStory
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, signed, strong
from rnn_tui.text import percent


def gates(moment: Moment) -> tuple[Line, ...]:
    """Tell how far the LSTM's gates open, and what it would write."""
    i, f, o = (percent(moment.value(name)) for name in ("i", "f", "o"))
    first = line(
        strong("2 Open or close the gates."),
        f" {moment.Name}: forget gate {f} open, input gate {i}, output gate {o}; the new value is ",
        signed(moment.value("g")),
        ".",
    )
    second = "An open forget gate keeps the old; the input gate lets the new in; the output gate shows it."
    return (first, line(second))


def write(moment: Moment) -> tuple[Line, ...]:
    """The LSTM's new cell."""
    f, c_prev, i, g, c = (moment.value(name) for name in ("f", "c_prev", "i", "g", "c"))
    first = line(
        strong("Keep and write."),
        f" It keeps {percent(f)} of the old cell ",
        signed(c_prev),
        f" and writes {percent(i)} of the new ",
        signed(g),
        ": the cell is now ",
        signed(c),
        ".",
    )
    if moment.t == 0 and c_prev == 0:
        return (first, line("The old cell is still 0, for there was nothing before."))
    if f > OPEN:
        return (first, line("Most of the old stays: the cell is where an LSTM remembers for long."))
    return (first, line(f"Much of the old goes: {moment.name} makes room for ", moment.word, "."))


def expose(moment: Moment) -> tuple[Line, ...]:
    """The part of the LSTM's cell that is shown."""
    o, c, h = (moment.value(name) for name in ("o", "c", "h"))
    first = line(
        strong("Show a part of it."),
        f" The output gate shows {percent(o)} of the cell ",
        signed(c),
        f", squashed into −1 … 1: {moment.name} is ",
        signed(h),
        ".",
    )
    if o < SHUT:
        return (first, line("The cell keeps more than it shows: it can remember without saying so yet."))
    reader = "the output nodes and the next step"
    return (first, line(f"What is shown is what {reader} can read; the cell itself stays inside."))


STORY = CellStory(
    name="An LSTM",
    second="mix old and new by gates",
    phases={"gates": gates, "write": write, "expose": expose},
    sums={
        "c": lambda moment: f"keep a part of the old cell of {moment.name}, and write a part of the new value",
        "tanh(c)": lambda moment: "squash the cell into −1 … 1",
        "h": lambda moment: f"show a part of the cell: the output gate says how much of it becomes {moment.name}",
    },
)
