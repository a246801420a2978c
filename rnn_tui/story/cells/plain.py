"""The story of a cell that has none of its own: made from its gates and phases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rnn_tui.network.cells import Cell
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import Combined, GatesTable, Phase, ProductsTable, Squashed
from rnn_tui.story.cells.cell_story import CellStory
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, capital, line, signed, strong
from rnn_tui.text import percent

VOWELS = "AEFHILMNORSX"
"""The capitals whose name begins with a vowel, as in "an LSTM"."""
_WORDS = {"ih": "input", "pre_activation": "the sum"}


def story_from(cell: Cell) -> CellStory:
    """Make the story of a cell that nobody has written one for."""
    title = cell.kind_title
    spelt = title[:2].isupper()
    an = title[:1].upper() in (VOWELS if spelt else "AEIO")
    return CellStory(
        name=f"{'An' if an else 'A'} {title}",
        second="mix old and new by gates" if cell.gates else "add what it remembers",
        phases={phase.name: _telling(phase) for phase in cell.phases if not isinstance(phase.table, ProductsTable)},
    )


def _telling(phase: Phase) -> Callable[[Moment], tuple[Line, ...]]:
    return partial(_opened if isinstance(phase.table, GatesTable) else made, phase)


def _title(phase: Phase, moment: Moment) -> Span:
    """Say what the phase does, as a sentence: "2 Open or close the gates."."""
    number = "" if phase.operation is None else f"{phase.operation} "
    return strong(f"{number}{capital(phase.words_for(moment.kind))}.")


def _opened(phase: Phase, moment: Moment) -> tuple[Line, ...]:
    """Tell how far each gate of the phase opens, and what that means for the old memory."""
    assert isinstance(phase.table, GatesTable)
    pieces: list[Span | str] = []
    for gate in phase.table.gates:
        value = moment.value(gate.letter)
        pieces += [", " if pieces else " ", f"{gate.name} " if gate.signed else f"{gate.name} gate "]
        pieces += [signed(value)] if gate.signed else [f"{percent(value)} open"]
    return (line(_title(phase, moment), f" {moment.Name}:", *pieces, "."), _kept(moment))


def made(phase: Phase, moment: Moment) -> tuple[Line, ...]:
    """Tell what comes out of the phase, and what it is made of."""
    named = [part for part in phase.parts if isinstance(part, Combined | Squashed) and part.name]
    if not named:
        return (line(_title(phase, moment)),)
    part = named[-1]
    result = f" {moment.Name} is now " if part.name == "h" else f" For {moment.name} this is "
    pieces: list[Span | str] = []
    for value in part.expression.values():
        named_value = _named(moment, value)
        if named_value:
            pieces += [", " if pieces else " ", *named_value]
    first = line(_title(phase, moment), result, signed(moment.value(part.name)), ".")
    return (first, line("It is made of", *pieces, ".")) if pieces else (first,)


def _named(moment: Moment, value: Value) -> tuple[Span | str, ...]:
    """Name a value in words, with its number, as "keep gate 57%", "the old memory +0.40"; nothing without words."""
    gate = next((gate for gate in moment.cell.gates if gate.letter == value.name), None)
    number = moment.value(value.name, value.gate)
    if gate is not None:
        return (f"{gate.name} ", signed(number)) if gate.signed else (f"{gate.name} gate {percent(number)}",)
    if value.name == "hh":
        bias = ("bias ", signed(moment.bias(value.gate)))
        return ("memory ", signed(moment.memory(value.gate)), ", ", *bias)
    state = value.name.removesuffix("_prev")
    if value.name != state and state in moment.cell.state_names:
        return (f"the old {moment.cell.state_title(state)[0].lower()} ", signed(number))
    words = _WORDS.get(value.name) or (
        moment.cell.state_title(state)[0].lower() if state in moment.cell.state_names else ""
    )
    return (f"{words} ", signed(number)) if words else ()


def _kept(moment: Moment) -> Line:
    """Tell how much of the old memory stays."""
    if moment.starts:
        return line("There is no memory to keep yet.")
    lane = moment.trace.lane
    assert lane is not None
    before = tuple(lane.before(moment.t).values())
    share = float(lane.cell.kept(lane.at(moment.t), before)[moment.unit])
    return line(f"Of the old memory of {moment.name} {percent(share)} stays.")
