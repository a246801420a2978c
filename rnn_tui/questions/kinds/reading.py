"""The question which word is read now, or next."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.lanes import words_of
from rnn_tui.questions.place import MOST_CHOICES, CannotAskError, Kind, Place, capitalised
from rnn_tui.questions.question import Question
from rnn_tui.scene import Position

WHEN = ("now", "next")


def make(place: Place) -> Question:
    """Ask for the word at the position, or for the one that its lane reads after it."""
    place.no_more("reading", 1)
    at = _next(place)
    when = place.arguments[0] if place.arguments else WHEN[at is not None]
    if when not in WHEN:
        raise CannotAskError("“reading” takes “now” or “next”, or nothing behind it")
    if when == "next" and at is None:
        last = "first" if place.backward else "last"
        here = " in this lane, which reads from the last on" if place.backward else ""
        raise CannotAskError(f"no {place.counted} comes after the {last}{here}; ask it earlier, or ask for the one now")
    at = at if at is not None and when == "next" else place.position
    tokens = [token.text for token in place.trace.tokens]
    choices = tuple(_near(list(dict.fromkeys(tokens)), tokens[at.t]))
    if len(choices) < 2:
        raise CannotAskError(f"there is only one {place.counted} to choose from; ask it of a longer {place.sentence()}")
    verb = "will the network read next" if when == "next" else "is the network reading now"
    why = f"The walk has come to {place.counted} {place.position.t + 1} of {len(tokens)}"
    after = f"; the next is {place.word(at.t)}" if when == "next" else f", and that is {place.surface(at.t)}"
    lane = f", in {place.lane}" if place.lane else ""
    return place.question(
        "reading",
        1,
        f"reading {when}",
        ask=f"The walk is at {place.counted} {place.position.t + 1} of {len(tokens)}{lane}. Which {place.counted} "
        f"{verb}?",
        answer=tokens[at.t],
        choices=choices,
        why=f"{_order(place)} {why}{after}.",
        reveals=at,
        target=f"steps[{at.t}].token",
        uncovers=False,
    )


def _next(place: Place) -> Position | None:
    """The position at which the lane reads its next word; None at its last."""
    order, floor = place.trace.order, place.position.floor
    words = words_of(order, floor)
    passed = words.index(place.position.t) + 1
    if passed == len(words):
        return None
    begins = next(passing for passing in order.passings if any(one.index == floor for one in passing.floors))
    return Position(words[passed], 0, begins.floors[0].index)


def _order(place: Place) -> str:
    """Say in which order the words go in."""
    if place.backward:
        comma = "," if "," in place.lane else ""
        return f"{capitalised(place.lane)}{comma} reads from the last {place.counted} to the first."
    return f"{place.counted.capitalize()}s go in one after another."


def _near(words: list[str], answer: str) -> list[str]:
    """Of many words those around the answer, in the order of the sentence."""
    first = min(max(0, words.index(answer) - MOST_CHOICES // 2), max(0, len(words) - MOST_CHOICES))
    return words[first : first + MOST_CHOICES]


def draw(place: Place, source: random.Random) -> str | None:
    """Either."""
    return f"reading {source.choice(WHEN)}"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The next word, which the ribbon has already: there is more to learn from any other question about it."""
    if _next(place) is not None:
        yield 4, "reading next"


KIND = Kind("reading", (1,), "reading next", "which word is read next, or now?", make, draw, suggest)
