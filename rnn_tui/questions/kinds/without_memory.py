"""The question which answer the network would give without its memory."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.network.cells.phases import Combined, Squashed
from rnn_tui.network.changes import without_memory
from rnn_tui.network.trace import run
from rnn_tui.questions.answers import LONGEST_RUN_AGAIN, compared, labels_to_choose, leader
from rnn_tui.questions.place import CannotAskError, Kind, Place
from rnn_tui.questions.question import Question
from rnn_tui.questions.wording import called


def make(place: Place) -> Question:
    """Ask for the answer of the same network with weight_hh and bias_hh at 0."""
    place.no_more("without-memory")
    if len(place.trace) < 2:
        raise CannotAskError(f"with one {place.counted} there is nothing to remember; ask it of a longer one")
    trace = place.trace
    if not any(cell.weight_hh.any() for layer in trace.model.layers for cell in layer.cells):
        raise CannotAskError("the memory is cut off here already, so there is nothing more to take away")
    other = run(without_memory(trace.model), trace.tokens)
    best, before = leader(other), leader(trace)
    has_bias = any(cell.bias_hh.any() for layer in trace.model.layers for cell in layer.cells)
    biased = ", and the bias beside them," if has_bias else ""
    return place.question(
        "without-memory",
        5,
        "without-memory",
        ask=f"{_cut(place)}: all weights by which the old memory comes back{biased} become 0. Which answer "
        f"does the network give after the last {place.counted}, {place.surface(place.end.t)}?",
        answer=trace.model.labels[best],
        choices=labels_to_choose(trace, best, before),
        why=f"{compared(trace, other, 'with its memory', 'without it')} {_reason(place)}",
        reveals=place.end,
        pictured="the network with its memory",
        target=None,
    )


def _cut(place: Place) -> str:
    """Say what no longer sees the memory: all of the cell, or its gates alone, past which an old state is kept."""
    kept = _kept(place)
    if not kept:
        return "The memory is cut off"
    return f"The gates no longer see the memory, but what they keep of {' and '.join(kept)} still passes"


def _kept(place: Place) -> list[str]:
    """The old states that come into an equation of the cell by themselves, not through weights, in words."""
    lanes = (floor for floor in place.model.floors if floor.layer is not None)
    phases = (phase for floor in lanes for phase in floor.cell.phases)
    parts = (part for phase in phases for part in phase.parts if isinstance(part, Combined | Squashed))
    old = (value for part in parts for value in part.expression.values() if value.name.endswith("_prev"))
    return [f"the {called(place.model, value)}" for value in dict.fromkeys(old)]


def _reason(place: Place) -> str:
    """Say what is left without the memory, for this cell."""
    kept = _kept(place)
    if any(layer.forward.gates for layer in place.model.layers):
        still = f", but what they keep of {' and '.join(kept)} still passes" if kept else ""
        return f"Its gates then see nothing but the {place.counted} that is read{still}."
    if place.model.readout.reads != "h":
        return f"Each {place.counted} then counts by itself, and the answer still looks at all of them."
    if place.model.two_way and place.model.readout.kind == "last":  # the backward lane ends at the first
        return f"Then {place.surface(0)} and {place.surface(place.end.t)} alone decide."
    return f"Then {place.surface(place.end.t)} alone decides."


def draw(place: Place, source: random.Random) -> str | None:
    """The question has one form."""
    return "without-memory" if len(place.trace) > 1 else None


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The question itself, as long as there was something to remember."""
    if 1 < len(place.trace) <= LONGEST_RUN_AGAIN:
        yield 5, "without-memory"


KIND = Kind(
    "without-memory",
    (5,),
    "without-memory",
    "which answer would the network give without its memory?",
    make,
    draw,
    suggest,
)
