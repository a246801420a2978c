"""The question which answer the network gives at the end."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.answers import labels_to_choose, leader, ranked
from rnn_tui.questions.place import Kind, Place
from rnn_tui.questions.question import Question
from rnn_tui.text import LONGEST_WORD, clipped, in_words


def make(place: Place) -> Question:
    """Ask for the answer after the last word."""
    place.no_more("label")
    trace, end = place.trace, place.end
    best = leader(trace)
    logits = trace.values["logits"][-1]
    if len(logits) < trace.model.output_size:
        return _of_one_logit(place, best, float(logits[0]))
    scores = sorted(range(len(logits)), key=lambda k: -logits[k])[:3]
    listed = ", ".join(f"{clipped(trace.model.labels[k], LONGEST_WORD)} {in_words(logits[k])}" for k in scores)
    more = f" (and {len(logits) - len(scores)} lower ones)" if len(logits) > len(scores) else ""
    why = f"The scores after {place.surface(end.t)} are {listed}{more}. The largest wins: {ranked(trace)}."
    return _asked(place, best, why)


def _of_one_logit(place: Place, best: int, score: float) -> Question:
    """The same of a network with one output node, whose score speaks for yes above 0, and below it for no."""
    no, yes = (clipped(label, LONGEST_WORD) for label in place.model.labels)
    side = f"above 0, which is {yes}" if score > 0 else f"below 0, which is {no}"
    why = f"The score after {place.surface(place.end.t)} is {in_words(score)}, {side}: {ranked(place.trace)}."
    return _asked(place, best, why)


def _asked(place: Place, best: int, why: str) -> Question:
    end = place.end
    return place.question(
        "label",
        3,
        "label",
        ask=f"Which answer will the network give after the last {place.counted}, {place.surface(end.t)}?",
        answer=place.model.labels[best],
        choices=labels_to_choose(place.trace, best),
        why=why,
        reveals=end,
        target="prediction.label",
    )


def draw(place: Place, source: random.Random) -> str | None:
    """The question has one form."""
    return "label"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The question itself, while the answer is to come or is covered; first of all in front of the last Check."""
    end = place.end
    if place.comes(end) or place.scene.hidden:
        there = (place.position.t, place.position.floor) == (end.t, end.floor)
        last = there and place.position.phase >= place.model.state_phase
        yield 0 if last else 3, "label"


KIND = Kind("label", (3,), "label", "which answer does the network give at the end?", make, draw, suggest)
