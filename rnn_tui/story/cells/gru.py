"""The GRU, told: its gates, the value that it proposes, and how old and new are blended."""

from __future__ import annotations

from rnn_tui.story.cells.cell_story import OPEN, SHUT, CellStory
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, signed, strong
from rnn_tui.text import percent


def gates(moment: Moment) -> tuple[Line, ...]:
    """Tell how far the GRU's two gates open."""
    r, z = moment.value("r"), moment.value("z")
    first = line(
        strong("2 Open or close the gates."),
        f" {moment.Name}: the reset gate lets {percent(r)} of the memory through, the update gate keeps {percent(z)}.",
    )
    if moment.starts:
        return (first, line("There is no memory to keep yet; the gates matter from the next step on."))
    if z > OPEN:
        return (first, line("The update gate is open: most of the old memory will stay."))
    if z < SHUT:
        return (first, line("The update gate is nearly shut: most of the memory will be new."))
    return (first, line("The update gate is half open: old and new will be mixed."))


def candidate(moment: Moment) -> tuple[Line, ...]:
    """The value that the GRU proposes."""
    from_word, remembered = moment.value("ih", "n"), moment.value("r") * moment.value("hh", "n")
    first = line(
        strong("Propose a new value."),
        " ",
        moment.word,
        " brings ",
        signed(from_word),
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
    if moment.starts:
        return (first, line("The old is still 0, for there was nothing before."))
    if z > OPEN:
        return (first, line("Mostly old: this is how a GRU remembers for long."))
    if z < SHUT:
        return (first, line(f"Mostly new: {moment.name} has let go of most that was before."))
    return (first, line("Old and new count about the same."))


STORY = CellStory(
    name="A GRU",
    second="mix old and new by gates",
    phases={"gates": gates, "candidate": candidate, "blend": blend},
    sums={
        "sum_n": lambda moment: "input plus memory, of which the reset gate lets a part through",
        "n": lambda moment: f"squash the sum into −1 … 1: the new value that is proposed for {moment.name}",
        "h": lambda moment: (
            f"blend the new value and the old memory of {moment.name}; the update gate says how much stays old"
        ),
    },
)
