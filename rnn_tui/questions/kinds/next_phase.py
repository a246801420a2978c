"""The question which operation comes next."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.lanes import lane_name
from rnn_tui.questions.place import CannotAskError, Kind, Place
from rnn_tui.questions.question import Question
from rnn_tui.scene import Position


def make(place: Place) -> Question:
    """Ask for the phase after that of the position."""
    place.no_more("next-phase")
    phases = place.phases
    if place.position == place.end:
        raise CannotAskError("nothing comes after the last operation; ask it earlier in the walk")
    after = place.trace.order.moved(place.position, 1)
    here, following = phases[place.position.phase], place.model.floors[after.floor].phases[after.phase]
    # With those of this floor also the ones with which the other floors begin: the walk may go on on any of them.
    titles = {phase.title for phase in phases} | {floor.phases[0].title for floor in place.model.floors}
    if len(titles) < 2:
        raise CannotAskError("there is only one operation to choose from here; ask it elsewhere in the walk")
    lane = f", in {place.lane}" if place.lane else ""
    return place.question(
        "next-phase",
        1,
        "next-phase",
        ask=f"The walk is in {here.title} of {place.word(place.position.t)}{lane}. Which operation comes next?",
        answer=following.title,
        choices=tuple(sorted(titles)),  # their order in a step would tell
        why=f"{_where(place, after)}: {following.words_for(place.counted).removeprefix('a hidden layer: ')}.",
        reveals=after,
        target=None,
        uncovers=False,
        of_phases=True,
    )


def _where(place: Place, after: Position) -> str:
    """Say where the walk goes on."""
    here, floors = place.phases[place.position.phase], place.model.floors
    following = floors[after.floor].phases[after.phase]
    if after.floor == place.position.floor and after.t == place.position.t:
        return f"In each {place.counted} {here.title} is followed by {following.title}"
    if len(floors) == 1:
        return f"After {here.title}, the last operation of a {place.counted}, the next {place.counted} begins"
    lane, done = lane_name(floors, after.floor), f"After {here.title} the walk goes on"
    above = floors[after.floor].layer is None
    whither = f" in {lane}" if lane and not above and after.floor != place.position.floor else ""
    if after.t != place.position.t:
        return f"{done}{whither} with {place.word(after.t)}, in {following.title}"
    if not whither:
        return f"{done} above the lanes, in {following.title}"
    begins = f", which begins at the last {place.counted}" if floors[after.floor].backward else ""
    return f"{done}{whither}{begins}, in {following.title}"


def draw(place: Place, source: random.Random) -> str | None:
    """The question has one form."""
    return "next-phase"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """Anywhere but at the end."""
    yield 4, "next-phase"


KIND = Kind("next-phase", (1,), "next-phase", "which operation comes next?", make, draw, suggest)
