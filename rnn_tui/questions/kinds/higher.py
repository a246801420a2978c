"""The question on which side of a known number the one will lie that a network answers with."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.network.expected import next_feature, numbers_read
from rnn_tui.questions.amounts import scaling_of
from rnn_tui.questions.kinds.number import label_of, named, number_at_end
from rnn_tui.questions.place import CannotAskError, Kind, Place, check_finite
from rnn_tui.questions.question import Question
from rnn_tui.rounding import quantity_as_shown
from rnn_tui.story.answers import in_unit
from rnn_tui.text import quantity

CHOICES = ("higher", "lower")
TOO_CLOSE = 0.02
"""Nearer than this share of the spread of what was learned it is too close to call."""


def make(place: Place) -> Question:
    """Ask whether the number after the last word is higher or lower than the last that was read, or than the mean."""
    label = label_of(place)
    _, spread = scaling_of(place, label)
    answer = number_at_end(place, label)
    known, said = _known(place, label)
    check_finite(answer, known)
    difference = quantity_as_shown(answer) - quantity_as_shown(known)
    if abs(answer - known) <= TOO_CLOSE * abs(spread) or not difference:
        raise CannotAskError(f"what comes out is almost exactly {quantity(known)}, too close to call; ask “number”")
    side = CHOICES[difference < 0]
    several = len(place.model.labels) > 1
    return place.question(
        "higher",
        3,
        f"higher {place.model.labels[label]}" if several else "higher",
        ask=f"Will the number that comes out{named(place, label)} after the last {place.counted}, "
        f"{place.surface(place.end.t)}, be higher or lower than {in_unit(place.trace, known)}, {said}?",
        answer=side,
        choices=CHOICES,
        why=f"What comes out is {in_unit(place.trace, answer)}, {side} than {quantity(known)}.",
        reveals=place.end,
        target=f"prediction.outputs[{label}]",
    )


def _known(place: Place, label: int) -> tuple[float, str]:
    """The number that the answer is compared with, and what it is: the last that was read where it tells the next."""
    feature = next_feature(place.model)
    if feature is not None:
        return numbers_read(place.trace, feature)[-1], "the last that was read"
    return scaling_of(place, label)[0], "the mean of what it learned from"


def draw(place: Place, source: random.Random) -> str | None:
    """One of its numbers."""
    return f"higher {source.choice(place.model.labels)}" if place.model.output.is_number else None


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The first number, while it is to come or is covered."""
    if place.model.output.is_number and (place.comes(place.end) or place.scene.hidden):
        end = place.end
        there = (place.position.t, place.position.floor) == (end.t, end.floor)
        last = there and place.position.phase >= place.model.state_phase
        yield 0 if last else 3, "higher" if len(place.model.labels) == 1 else f"higher {place.model.labels[0]}"


KIND = Kind(
    "higher",
    (3,),
    "higher",
    "of a network that answers with a number: will it be higher or lower than the last that was read?",
    make,
    draw,
    suggest,
    of_numbers=True,
)
