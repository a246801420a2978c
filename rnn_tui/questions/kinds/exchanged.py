"""The question which answer the network would give if two words changed places."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import run
from rnn_tui.questions.answers import LONGEST_RUN_AGAIN, compared, labels_to_choose, leader
from rnn_tui.questions.place import CannotAskError, Kind, Place, capitalised
from rnn_tui.questions.question import Question
from rnn_tui.text import LONGEST_CITED, clipped, counted


def make(place: Place) -> Question:
    """Ask for the answer to the sentence with two of its words exchanged."""
    one, other = _two(place)
    tokens = list(place.trace.tokens)
    if _read_alike(tokens[one], tokens[other]):
        both = f"both are {place.surface(one)}"
        if tokens[one].text != tokens[other].text:
            both = f"{place.surface(one)} and {place.surface(other)} are read alike"
        raise CannotAskError(f"{both}, so nothing changes; give two different {place.counted}s")
    # What is held by an edit is held at a place in the sentence, whatever word stands there.
    tokens[one], tokens[other] = (
        replace(tokens[other], held=tokens[one].held),
        replace(tokens[one], held=tokens[other].held),
    )
    changed = run(place.model, tokens)
    best, before = leader(changed), leader(place.trace)
    return place.question(
        "exchanged",
        3,
        f"exchanged {one + 1} {other + 1}",
        ask=f"{capitalised(place.word(one))}, and {place.word(other)}, change places. Which answer does the network "
        f"give at the end?",
        answer=place.model.labels[best],
        choices=labels_to_choose(place.trace, best, before),
        why=compared(place.trace, changed, "in this order", "with the two exchanged"),
        reveals=place.end,
        pictured=f"the {place.sentence()} in its own order",
        target=None,
    )


def _read_alike(one: Token, other: Token) -> bool:
    """True where the network reads the same: the same row of the embedding, or the same number."""
    return (one.index, one.values) == (other.index, other.values)


def _two(place: Place) -> tuple[int, int]:
    """The timesteps of the two words that are named; raises CannotAskError where they are not two of the sentence."""
    length = len(place.trace)
    if len(place.arguments) != 2 or not all(word.isascii() and word.isdigit() for word in place.arguments):
        shown = clipped(" ".join(place.arguments), LONGEST_CITED) or "nothing"
        raise CannotAskError(f"“exchanged” takes the numbers of two {place.counted}s, such as 1 3, not {shown}")
    one, other = (counted(word, length) for word in place.arguments)
    if one is None or other is None or one == other:
        raise CannotAskError(f"it takes two different {place.counted}s from 1 to {length}")
    return min(one, other), max(one, other)


def draw(place: Place, source: random.Random) -> str | None:
    """Any two words."""
    if len(place.trace) < 2:
        return None
    one, other = sorted(source.sample(range(1, len(place.trace) + 1), 2))
    return f"exchanged {one} {other}"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The first and the last word."""
    if 1 < len(place.trace) <= LONGEST_RUN_AGAIN:
        yield 5, f"exchanged 1 {len(place.trace)}"


KIND = Kind(
    "exchanged",
    (3,),
    "exchanged 1 3",
    "which answer would the network give if two words changed places?",
    make,
    draw,
    suggest,
)
