"""The question which way a unit's memory will go at the next word: up, down or about the same."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.place import CannotAskError, Kind, Place, check_finite
from rnn_tui.questions.quantity import quantity_of
from rnn_tui.questions.question import Question
from rnn_tui.questions.workings import equation_of
from rnn_tui.rounding import as_shown
from rnn_tui.text import number

SAME = 0.05
CHOICES = ("up", "down", "about the same")
_WENT = {"up": "it goes up", "down": "it goes down", "about the same": "it stays about the same"}


def make(place: Place) -> Question:
    """Ask which way a state will move."""
    place.no_more("direction", 1)
    text = place.arguments[0] if place.arguments else f"h[{place.unit + 1}]"
    if place.model.floor.layer is None:
        raise CannotAskError("above the lanes nothing is carried from word to word; ask it of a lane")
    asked = quantity_of(text, place)
    if asked.name not in place.model.cell.state_names:
        states = " or ".join(f"{name}[1]" for name in place.model.cell.state_names)
        raise CannotAskError(f"{asked.text} has no number before it to go up or down from; ask for {states}")
    before, after = asked.before(place.trace), asked.in_trace(place.trace)
    check_finite(before, after)
    answer = _moved(after - before)
    if answer != _moved(as_shown(after) - as_shown(before)):
        raise CannotAskError(f"{asked.text} moves by almost exactly {SAME}, too close to call; ask for another unit")
    called = "memory" if asked.name == "h" else place.model.cell.state_title(asked.name)[0].lower()
    return place.question(
        "direction",
        2,
        f"direction {asked.text}",
        ask=f"Which way will the {called} in {place.unit_in_lane(asked.index)} go at {place.word(asked.at.t)}? It is "
        f"{number(before)} now; a change of less than {SAME} is “about the same”.",
        answer=answer,
        choices=CHOICES,
        why=f"{equation_of(place, asked)} From {number(before)} to {number(after)}: {_WENT[answer]}.",
        reveals=asked.at,
        target=asked.target(place.model),
        unit=asked.index,
    )


def _moved(by: float) -> str:
    by = round(by, 6)  # 0.60 − 0.55 is a little less than 0.05 in binary
    return CHOICES[2] if abs(by) < SAME else CHOICES[0] if by > 0 else CHOICES[1]


def draw(place: Place, source: random.Random) -> str | None:
    """One of the states of one of the units."""
    state = source.choice(place.model.cell.state_names)
    return f"direction {state}[{source.randrange(place.model.hidden_size) + 1}]"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The memory of the unit that is shown; first of all where the state comes next."""
    next_phase = (place.position.phase + 1) % len(place.phases)
    yield 0 if next_phase == place.model.state_phase else 1, f"direction h[{place.unit + 1}]"


KIND = Kind(
    "direction",
    (2,),
    "direction h[3]",
    "will the memory of a unit go up, go down or stay about the same?",
    make,
    draw,
    suggest,
)
