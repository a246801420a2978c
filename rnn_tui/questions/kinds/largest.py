"""The question which of some numbers of the trace is the largest; each is named by its path in `trace --json`."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.network.errors import UserError
from rnn_tui.questions.lanes import is_one_lane, path_of
from rnn_tui.questions.paths import Traced, traced
from rnn_tui.questions.place import CannotAskError, Kind, Place, check_finite
from rnn_tui.questions.question import Question
from rnn_tui.questions.wording import figure
from rnn_tui.rounding import as_shown
from rnn_tui.text import cited

MOST = 9
HIGHEST = "highest (furthest to the +)"
"""Said in place of “largest”, which among negative numbers may be taken for the furthest from 0."""


def make(place: Place) -> Question:
    """Ask which of the numbers will be the largest."""
    found = [_traced(path, place) for path in place.arguments]
    if not 2 <= len({one.path for one in found}) == len(found) <= MOST:
        raise CannotAskError(f"“largest” takes 2 to {MOST} different paths, such as steps[0].h[0] steps[0].h[1]")
    check_finite(*(one.value for one in found))
    most, second, *_ = sorted(found, key=lambda one: -one.value)
    if as_shown(most.value) == as_shown(second.value):
        both = _figure(place, most)
        raise CannotAskError(f"{most.path} and {second.path} are both {both}; leave one of them out")
    names = _names(place, found)
    reveals = max((one.at for one in found), key=place.trace.order.index)
    covered = any(place.scene.covers(one.at.phase, place.model.on(one.at.floor)) for one in found)
    if not place.comes(reveals) and not covered:
        raise CannotAskError("all of these numbers are on the screen already; ask it earlier in the walk")
    return place.question(
        "largest",
        2,
        f"largest {' '.join(one.path for one in found)}",
        ask=_ask(place, found),
        answer=names[most.path],
        choices=tuple(names.values()),
        why=_why(names.values(), (_figure(place, one) for one in found), names[most.path]),
        reveals=reveals if place.comes(reveals) else place.position,
        target=most.path,
        uncovers=any(one.at.phase > place.model.on(one.at.floor).state_phase for one in found),
    )


def _traced(path: str, place: Place) -> Traced:
    """The number of a path; raises UserError that says how one is written, where a name and a unit stand for it."""
    if not path.startswith("steps["):
        raise CannotAskError(
            f"{cited(path)} is no path; “largest” takes paths as in `trace --json`, which count from 0, such as "
            f"{'steps[0].h[2]' if is_one_lane(place.model) else 'steps[0].layers[0].forward.h[2]'} for word 1 and "
            "unit 3"
        )
    return traced(path, place)


def _figure(place: Place, one: Traced) -> str:
    """A number as the panels show it."""
    return figure(place.model.on(one.at.floor), one.name, one.value)


def _why(names: Iterable[str], numbers: Iterable[str], answer: str) -> str:
    """The numbers with their names, and which is the highest."""
    told = ", ".join(f"{name} {value}" for name, value in zip(names, numbers, strict=True))
    return f"In numbers: {told}. The highest is {answer}."


def _same(found: list[Traced]) -> bool:
    """True where all are the memories of units after the same word."""
    return all((one.t, one.name, one.at.floor) == (found[0].t, "h", found[0].at.floor) for one in found)


def _ask(place: Place, found: list[Traced]) -> str:
    if _same(found):
        lane = place.on(found[0].at.floor).lane
        units = f"units of {lane}" if lane else "units"
        return f"Which of these {units} will have the {HIGHEST} memory at {place.word(found[0].t)}?"
    return f"Which of these numbers will be the {HIGHEST}?"


def _names(place: Place, found: list[Traced]) -> dict[str, str]:
    """The name of each choice: the one given, or the unit where the paths differ in that alone, or the path itself."""
    if place.names:
        if not len(place.names) == len(set(place.names)) == len(found):
            raise CannotAskError(f"“largest” asks for {len(found)} numbers, so it takes {len(found)} different names")
        return {one.path: name for one, name in zip(found, place.names, strict=True)}
    named = {one.path: place.unit_name(one.index) if _same(found) else one.path for one in found}
    return named if len(set(named.values())) == len(named) else {one.path: one.path for one in found}


def draw(place: Place, source: random.Random) -> str | None:
    """The hidden state of a few units after the next word."""
    try:
        at = place.ahead(place.model.state_phase)
    except UserError:
        return None
    size = place.model.hidden_size
    if size < 2 or place.model.floor.layer is None:
        return None
    units = sorted(source.sample(range(size), min(3, size)))
    return f"largest {' '.join(str(path_of(place.model, at.floor, at.t, 'h', unit)) for unit in units)}"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """Nothing: which numbers are compared is for a lesson to say."""
    return ()


KIND = Kind(
    "largest",
    (2,),
    "largest steps[0].h[0] steps[0].h[1]",
    "which of some numbers, each by its path in `trace --json` (which counts from 0), is the highest?",
    make,
    draw,
    suggest,
    named=True,
)
