"""The GRU, told: its gates, the value that it proposes, and how old and new are blended."""

from __future__ import annotations

import math

from rnn_tui.rounding import as_shown, share_as_shown
from rnn_tui.story.cells.cell_story import OPEN, SHUT, CellStory, bias_too, rest_of
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, result, signed, strong
from rnn_tui.text import percent


def gates(moment: Moment) -> tuple[Line, ...]:
    """Tell how far the GRU's two gates open, and what that will do."""
    r, z = percent(moment.value("r")), moment.value("z")
    gates = f" {moment.Name}: reset gate {r} open, keep gate {percent(z)} open."
    first = line(strong("2 Open or close the gates."), gates)
    if moment.starts:
        return (first, line(f"There is nothing to keep yet; {rest_of(z)} of the new value will be taken."))
    lets = f"Reset lets {r} of the memory into the new value"
    return (first, line(f"{lets}; keep holds {percent(z)} of the old value, so {rest_of(z)} will be new."))


def candidate(moment: Moment) -> tuple[Line, ...]:
    """The value that the GRU proposes: what the word brings, and what the reset gate lets through."""
    r, n = moment.value("r"), moment.value("n")
    held = (0.0 if moment.starts else as_shown(moment.memory("n"))) + as_shown(moment.bias("n"))
    let = r * moment.value("hh", "n")
    total = moment.value("ih", "n") + let
    first = line(
        strong("Propose a new value."),
        " ",
        moment.Source,
        moment.brings,
        signed(moment.value("ih", "n")),
        *_held(moment),
        result(let, share_as_shown(r) * held),
        "; together ",
        result(total, moment.shown("ih", "n") + as_shown(let)),
        ", squashed ",
        result(n, math.tanh(as_shown(total))),
        ".",
    )
    return (first, line(f"It is only a proposal: the keep gate decides how much of it {moment.name} takes."))


def _held(moment: Moment) -> Line:
    """Tell what the reset gate lets in: memory and bias, each where there is such."""
    lets, bias = f"reset lets in {percent(moment.value('r'))} of ", moment.bias("n")
    of_bias: tuple[Span | str, ...] = ("the bias ", signed(bias)) if as_shown(bias) else ()
    if moment.starts:
        nothing = "; nothing is remembered"
        return line(f"{nothing}; {lets}", *of_bias, ", which is ") if of_bias else line(f"{nothing}, which adds ")
    also = (" and ", *of_bias) if of_bias else ()
    return line(f"; {lets}the memory ", signed(moment.memory("n")), *also, ", which is ")


def blend(moment: Moment) -> tuple[Line, ...]:
    """The GRU's new memory."""
    z, h = moment.value("z"), moment.value("h")
    kept = share_as_shown(z)
    first = line(
        strong("Blend old and new."),
        f" {rest_of(z)} of the new ",
        signed(moment.value("n")),
        f" and {percent(z)} of the old ",
        signed(moment.value("h_prev")),
        f" make {moment.name} ",
        result(h, (1 - kept) * moment.shown("n") + kept * moment.shown("h_prev")),
        ".",
    )
    if moment.starts:
        return (first, line("The old is still 0.00, for there was nothing before."))
    if not moment.shown("h_prev"):
        return (first, line("The old was 0.00, so the keep gate has nothing to hold."))
    if kept > OPEN:
        return (first, line("Mostly old: a keep gate that stays open is how a GRU remembers for long."))
    if kept < SHUT:
        return (first, line(f"Mostly new: {moment.name} lets go of most of what it was."))
    return (first, line("Old and new count about the same."))


STORY = CellStory(
    name="A GRU",
    second="mix old and new by gates",
    phases={"gates": gates, "candidate": candidate, "blend": blend},
    sums={
        "sum_n": lambda moment: f"input plus memory{bias_too(moment)}, of which the reset gate lets a part through",
        "n": lambda moment: f"squash the sum into −1 … 1: the new value that is proposed for {moment.name}",
        "h": lambda moment: (
            f"blend the new value and the old memory of {moment.name}; the keep gate says how much stays old"
        ),
    },
)
