"""The phases of the cells with gates: GRU (gates, candidate, blend) and LSTM (gates, write, expose)."""

from __future__ import annotations

from rnn_tui.network.arithmetic import GATES
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, signed, strong
from rnn_tui.text import percent

OPEN = 0.6
SHUT = 0.4


def brings(moment: Moment) -> Line:
    """What the input brings to each gate of the unit."""
    pieces: list[Span | str] = []
    for gate, (_, words) in enumerate(GATES[moment.model.cell.kind]):
        pieces += [", " if pieces else " ", f"{words} ", signed(moment.value("ih", gate))]
    return line(moment.word, f" brings {moment.name}:", *pieces, ".")


def gru_gates(moment: Moment) -> tuple[Line, ...]:
    """How far the GRU's two gates open."""
    r, z = moment.value("r"), moment.value("z")
    first = line(
        strong("2 Open or close the gates."),
        f" {moment.Name}: the reset gate lets {percent(r)} of the memory through, the update gate keeps {percent(z)}.",
    )
    if moment.t == 0 and not moment.step.h_prev.any():
        return (first, line("There is no memory to keep yet; the gates matter from the next step on."))
    if z > OPEN:
        return (first, line("The update gate is open: most of the old memory will stay."))
    if z < SHUT:
        return (first, line("The update gate is nearly shut: most of the memory will be new."))
    return (first, line("The update gate is half open: old and new will be mixed."))


def candidate(moment: Moment) -> tuple[Line, ...]:
    """The value that the GRU proposes."""
    brought, remembered = moment.value("ih", 2), moment.value("r") * moment.value("hh", 2)
    first = line(
        strong("Propose a new value."),
        " ",
        moment.word,
        " brings ",
        signed(brought),
        ", the memory that was let through ",
        signed(remembered),
        "; squashed: ",
        signed(moment.value("n")),
        ".",
    )
    return (first, line(f"It is only a proposal: the update gate decides how much of it {moment.name} takes."))


def blend(moment: Moment) -> tuple[Line, ...]:
    """The GRU's new memory."""
    z, n, h_prev, h = (moment.value(name) for name in ("z", "n", "h_prev", "h"))
    first = line(
        strong("Blend old and new."),
        f" {percent(1 - z)} of the new ",
        signed(n),
        f" and {percent(z)} of the old ",
        signed(h_prev),
        f" make {moment.name} ",
        signed(h),
        ".",
    )
    if moment.t == 0 and not moment.step.h_prev.any():
        return (first, line("The old is still 0, for there was nothing before."))
    if z > OPEN:
        return (first, line("Mostly old: this is how a GRU remembers for long."))
    if z < SHUT:
        return (first, line(f"Mostly new: {moment.name} has let go of most that was before."))
    return (first, line("Old and new count about the same."))


def lstm_gates(moment: Moment) -> tuple[Line, ...]:
    """How far the LSTM's gates open, and what it would write."""
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
