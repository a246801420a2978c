"""The question which word changed the answer most: the answer with each word left out."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace, run
from rnn_tui.questions.answers import TIE, leader, probs_at_end, told
from rnn_tui.questions.place import MOST_CHOICES, CannotAskError, Kind, Place, check_finite
from rnn_tui.questions.question import Question
from rnn_tui.text import percent

LONGEST = 30
"""The longest sentence of which every word is left out once."""


def make(place: Place) -> Question:
    """Ask for the word without which the answer is most another."""
    place.no_more("word")
    trace, unit = place.trace, place.counted
    if not 2 <= len(trace) <= LONGEST:
        raise CannotAskError(f"which {unit} counts most can be asked of 2 to {LONGEST} {unit}s; here are {len(trace)}")
    label = leader(trace)
    p = float(probs_at_end(trace)[label])
    without = _without_each(trace, label)
    check_finite(*without)
    moved = np.abs(p - without)
    order = np.argsort(-moved, kind="stable")
    most, second = order[:2].tolist()
    if moved[most] - moved[second] < TIE:
        raise CannotAskError(f"two {unit}s change the answer equally; ask it of another {place.sentence()}")
    picked = sorted(order[:MOST_CHOICES].tolist())
    return place.question(
        "word",
        3,
        "word",
        ask=f"The network reads the {place.sentence()} again, each time without one {unit}. Without which {unit} does "
        "its answer change most?",
        answer=_choice(place, most),
        choices=tuple(_choice(place, t) for t in picked),
        why=f"With all {unit}s the answer is {told(trace, label)}. Without {place.surface(most)} that becomes "
        f"{percent(without[most])}, without {place.surface(second)}, the next in line, {percent(without[second])}.",
        reveals=place.end,
        pictured=f"the {place.sentence()} with all its {unit}s",
        target=None,
    )


def _choice(place: Place, t: int) -> str:
    """A word, with its number where it comes more than once."""
    surfaces = [token.surface for token in place.trace.tokens]
    return surfaces[t] if surfaces.count(surfaces[t]) == 1 else f"{surfaces[t]} ({place.counted} {t + 1})"


def _without_each(trace: Trace, label: int) -> Array:
    """The probability of a label with each of T words left out, (T,)."""
    tokens = trace.tokens
    runs = (run(trace.model, tokens[:t] + tokens[t + 1 :]) for t in range(len(tokens)))
    return np.array([float(one.values["probs"][-1][label]) for one in runs])


def draw(place: Place, source: random.Random) -> str | None:
    """The question has one form."""
    return "word" if 2 <= len(place.trace) <= LONGEST else None


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """At the end before anything else, as it is what is left to ask."""
    if 2 <= len(place.trace) <= LONGEST:
        yield 0 if place.position == place.end else 4, "word"


KIND = Kind("word", (3,), "word", "without which word does the answer change most?", make, draw, suggest)
