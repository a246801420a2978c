"""A value that is held at a number, told: nothing that leads to it counts at this word."""

from __future__ import annotations

from rnn_tui.network.cells.phases import Combined, Squashed
from rnn_tui.network.phases import Phase
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, signed, strong
from rnn_tui.text import percent, unsigned


def held_names(moment: Moment, phase: Phase) -> list[str]:
    """The values of the picked unit that a phase computes and that are held, by their names."""
    made = (part.name for part in phase.parts if isinstance(part, Combined | Squashed))
    return [name for name in made if name and moment.holds(name)]


def held(moment: Moment, phase: Phase, names: list[str]) -> tuple[Line, ...]:
    """Tell what is held at what, and that the network's own sums don't count for it here."""
    pieces: list[Span | str] = []
    for name in names:
        pieces += [" and " if pieces else "", *_at(moment, name)]
    first = line(strong(f"{phase.heading}."), f" Here {moment.name} is held by hand: ", *pieces, ".")
    them = "them" if len(names) > 1 else "it"
    lost = f"What was computed for {them} doesn't count at this {moment.kind}; what comes after follows from {them}."
    return (first, line(lost))


def held_in_notation(moment: Moment, names: list[str]) -> str:
    """The values that are held, as equations."""
    return "; ".join(f"{name}[{moment.index}] = {unsigned(moment.value(name))}, held" for name in names)


def _at(moment: Moment, name: str) -> tuple[Span | str, ...]:
    gate = next((gate for gate in moment.cell.gates if gate.letter == name), None)
    if gate is not None and not gate.signed:
        return (f"the {gate.name} gate at {percent(moment.value(name))}",)
    called = "the new value" if gate is not None else {"h": "the memory", "c": "the cell"}.get(name, name)
    return (f"{called} at ", signed(moment.value(name)))
