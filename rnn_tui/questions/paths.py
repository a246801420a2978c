"""Paths into what `trace --json` prints, such as steps[2].h[0]: what they lead to, and when that comes to light.

In a network of several lanes a path says which: steps[2].layers[1].backward.h[0].
"""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.network.heads import value_name
from rnn_tui.questions.lanes import answering_names, is_one_lane, words_of
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.scene import Position
from rnn_tui.text import cited
from rnn_tui.traced import meets_added_up, parts_of, value_at


@dataclass(frozen=True)
class Traced:
    """A number of a trace by its path: the number itself, and the position at which it comes to light."""

    path: str
    value: float
    at: Position
    t: int
    name: str
    index: int


def traced(path: str, place: Place) -> Traced:
    """The number of a path; raises UserError where the path leads to none."""
    parts = parts_of(path)
    example = "steps[0].h[2]" if is_one_lane(place.model) else "steps[0].layers[0].forward.h[2]"
    if parts[0] != "steps":
        raise CannotAskError(f"{cited(path)} is no number of a step, such as {example}")
    value = value_at(place.trace, path)
    t, index = _index(parts[1], len(place.trace)), parts[-1]
    in_lane = len(parts) > 2 and parts[2] == "layers"
    if len(parts) not in ((7,) if in_lane else (4, 5)) or not isinstance(index, int) or isinstance(value, str | bool):
        raise CannotAskError(f"{cited(path)} is no number that is computed, such as {example}")
    floor = _floor_of(parts, place) if in_lane else 0
    if not in_lane and parts[2] == "head":
        name = value_name(_index(parts[3], len(place.model.head)))
    else:
        name = str(parts[5] if in_lane else parts[2])
    if not in_lane:
        meets = meets_added_up(place.model) if name == "h" else None
        floor = answering_names(place.model).get(name, 0) if meets is None else meets
    state = name.removesuffix("_prev")
    place = place.on(floor)
    at = Position(t, _phase(name, place), floor) if state == name else _before(t, state, place)
    return Traced(path, float(value), at, t, name, _index(index, len(place.trace[t][name])))


def _floor_of(parts: list[str | int], place: Place) -> int:
    """The floor of the lane that a path names; `value_at` has found it there."""
    layer, backward = _index(parts[3], len(place.model.layers)), parts[4] == "backward"
    return next(one.index for one in place.model.floors if (one.layer, one.backward) == (layer, backward))


def _before(t: int, state: str, place: Place) -> Position:
    """The position at which the state that the floor's lane carries into a word comes to light."""
    floor, words = place.model.at_floor, words_of(place.trace.order, place.model.at_floor)
    at = words.index(t)
    return Position(words[at - 1], _phase(state, place), floor) if at else place.trace.order.first(floor)


def _index(part: str | int, count: int) -> int:
    """An index from 0, of one that counts from the end where it is negative."""
    return int(part) % count


def _phase(name: str, place: Place) -> int:
    """The phase in which a value comes to light; the input is there from the first on."""
    return next((k for k, phase in enumerate(place.phases) if name in phase.shows), 0)
