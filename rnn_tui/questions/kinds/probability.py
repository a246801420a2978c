"""The question how sure the network will be of a label at the end: a guess."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.answers import probs_at_end
from rnn_tui.questions.numbers import MOST, telling, tolerance_of
from rnn_tui.questions.place import CannotAskError, Kind, Place, capitalised
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.question import Question
from rnn_tui.questions.shares import share_of
from rnn_tui.questions.sums import MOST_TERMS
from rnn_tui.questions.working import Working
from rnn_tui.text import LONGEST_WORD, cited, clipped, joined, percent, quoted


def make(place: Place) -> Question:
    """Ask for the probability of a label after the last word; where the labels are few, their scores are given."""
    probs = probs_at_end(place.trace)
    place = place.on(place.end.floor)
    label = _label(place)
    answer, name = float(probs[label]), quoted(clipped(place.model.labels[label], LONGEST_WORD))
    working = _working(place, Quantity("probs", "", label, place.end))
    given = f" {capitalised(working.given)}." if working else ""
    slips = working.slips if working else ()
    return place.question(
        "probability",
        4,
        f"probability {place.model.labels[label]}",
        ask=f"How probable will {name} be after the last {place.counted}, {place.surface(place.end.t)}?{given} Guess, "
        f"from 0% to 100% (to within {MOST:.0%}).",
        answer=answer,
        tolerance=MOST,
        share=True,
        slips=telling(slips, answer, MOST),
        why=f"{f'{working.why}, so ' if working else ''}{name} has {percent(answer)}.",
        reveals=place.end,
        target=f"steps[{place.end.t}].probs[{label}]",
    )


def _working(place: Place, asked: Quantity) -> Working | None:
    """The way by hand, where there is one that comes close enough."""
    try:
        working = share_of(place, asked)
        tolerance_of(asked.in_trace(place.trace), working.span)
    except CannotAskError:
        return None
    return working


def _label(place: Place) -> int:
    """The index of the label that is named; raises CannotAskError where none is."""
    labels, given = place.model.labels, " ".join(place.arguments)
    if given in labels:
        return labels.index(given)
    alike = [k for k, label in enumerate(labels) if label.casefold() == given.casefold()]
    if len(alike) != 1:
        known = joined([clipped(label, LONGEST_WORD) for label in labels], "or")
        raise CannotAskError(f"{cited(given) if given else 'nothing'} is no label of this network; it has {known}")
    return alike[0]


def draw(place: Place, source: random.Random) -> str | None:
    """One of few labels, whose scores are given: of many there is nothing to go by."""
    labels = place.model.labels
    return f"probability {source.choice(labels)}" if len(labels) <= MOST_TERMS else None


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The first label, whichever wins: which one is asked for must not give the answer away."""
    if place.comes(place.end) or place.scene.hidden:
        yield 4, f"probability {place.model.labels[0]}"


KIND = Kind(
    "probability",
    (4,),
    "probability Positive",
    "how sure is it of a label?",
    make,
    draw,
    suggest,
    numbers=True,
    guessed=True,
)
