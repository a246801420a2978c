"""The question which number a network answers with at the end: a guess."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.network.expected import next_feature, numbers_read
from rnn_tui.questions.amounts import rounded_up, scaling_of
from rnn_tui.questions.place import CannotAskError, Kind, Place, check_finite
from rnn_tui.questions.question import Question
from rnn_tui.story.answers import in_unit
from rnn_tui.text import LONGEST_WORD, cited, clipped, joined, quantity, quoted

NEAR = 0.5
"""As near as this share of the spread of what was learned a guess is right."""


def make(place: Place) -> Question:
    """Ask for the number after the last word."""
    label = label_of(place)
    mean, spread = scaling_of(place, label)
    answer = number_at_end(place, label)
    check_finite(answer, spread)
    if not spread:
        raise CannotAskError("all numbers that it learned from were the same, so there is nothing to guess")
    tolerance = rounded_up(NEAR * abs(spread))
    feature = next_feature(place.model)
    read = "" if feature is None else f" The last that was read is {in_unit(place.trace, _last(place, feature))}."
    several = len(place.model.labels) > 1
    return place.question(
        "number",
        4,
        f"number {place.model.labels[label]}" if several else "number",
        ask=f"Which number will come out{named(place, label)} after the last {place.counted}, "
        f"{place.surface(place.end.t)}? It learned from numbers around {in_unit(place.trace, mean)}, most of them "
        f"within {quantity(2 * abs(spread))} of that.{read} Guess (to within {quantity(tolerance)}).",
        answer=answer,
        tolerance=tolerance,
        amount=True,
        why=_why(place, label, answer),
        reveals=place.end,
        target=f"prediction.outputs[{label}]",
    )


def _last(place: Place, feature: int) -> float:
    """The last number of a feature that is read."""
    return numbers_read(place.trace, feature)[-1]


def _why(place: Place, label: int, answer: float) -> str:
    score = float(place.trace.values["logits"][-1][label])
    side = "above" if score > 0 else "below"
    return f"What comes out is {in_unit(place.trace, answer)}: the score is {side} 0, and so it is {side} the mean."


def number_at_end(place: Place, label: int) -> float:
    """The number of a label after the last word."""
    return float(place.trace.values[place.model.output.answer][-1][label])


def named(place: Place, label: int) -> str:
    """The label in the middle of a sentence, where there are several: " for “rain”"."""
    labels = place.model.labels
    return f" for {quoted(clipped(labels[label], LONGEST_WORD))}" if len(labels) > 1 else ""


def label_of(place: Place) -> int:
    """The index of the number that is named, or of the only one; raises CannotAskError where there is none."""
    scaling_of(place, 0)
    labels, given = place.model.labels, " ".join(place.arguments)
    if given in labels or (not given and len(labels) == 1):
        return labels.index(given) if given else 0
    known = joined([clipped(label, LONGEST_WORD) for label in labels], "or")
    raise CannotAskError(f"{cited(given) if given else 'nothing'} is no number of this network; it has {known}")


def draw(place: Place, source: random.Random) -> str | None:
    """One of its numbers."""
    return f"number {source.choice(place.model.labels)}" if place.model.output.is_number else None


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The first number, while it is to come or is covered."""
    if place.model.output.is_number and (place.comes(place.end) or place.scene.hidden):
        yield 4, "number" if len(place.model.labels) == 1 else f"number {place.model.labels[0]}"


KIND = Kind(
    "number",
    (4,),
    "number",
    "of a network that answers with a number: which one will it be?",
    make,
    draw,
    suggest,
    numbers=True,
    guessed=True,
    of_numbers=True,
)
