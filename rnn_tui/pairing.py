"""Two networks paired: which floors of both are walked through together, stage by stage, and in which order.

Lanes of the same layer and direction are paired; a network that lacks one waits. What makes the answers comes last, so
that both answer together: after every word where both networks can, else after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby
from typing import NamedTuple

from rnn_tui.network.floors import Floor
from rnn_tui.network.model import Model
from rnn_tui.network.order import Passing
from rnn_tui.scene_text import phase_names

Lane = tuple[int, bool]
"""A layer, from 0, and whether the lane reads backward."""


class Spot(NamedTuple):
    """A phase of a floor of one network, both by their index."""

    floor: int
    phase: int


class Stage(NamedTuple):
    """A step of both: where A and B stand in it, None on a side that has nothing there and waits.

    A side that stays where it is while the other has more phases has the same spot again. `answers` is true of the
    stages that make an answer.
    """

    spots: tuple[Spot | None, Spot | None]
    answers: bool

    @property
    def floors(self) -> tuple[int | None, int | None]:
        """The floors of both sides."""
        a, b = (None if spot is None else spot.floor for spot in self.spots)
        return a, b


@dataclass(frozen=True)
class Level:
    """The floors of A and of B that are walked through together: the `phases` of a level are its stages.

    `names` are those of the phases that begin at each stage. None among the `floors` stands for a side that waits.
    `answers` is true where the last stage is the last phase of an answer. `lane` is
    that of both, or of the side that doesn't wait; None where an answer alone is made.
    """

    index: int
    phases: tuple[Stage, ...]
    names: tuple[str, ...]
    answers: bool
    lane: Lane | None

    @property
    def carries(self) -> bool:
        """True where a lane is among its floors, so that something is remembered on it."""
        return self.lane is not None

    @property
    def floors(self) -> tuple[int | None, int | None]:
        """The floors of A and of B."""
        return self.phases[0].floors


class _Parts(NamedTuple):
    """A network in parts: the spots of each lane, and those that make the answer."""

    lanes: dict[Lane, list[Spot]]
    tail: list[Spot]
    each: bool  # it answers after every word
    two_way: bool
    top: Lane  # the forward lane of the top layer

    @classmethod
    def of(cls, model: Model) -> _Parts:
        lanes: dict[Lane, list[Spot]] = {}
        tail: list[Spot] = []
        for floor in model.floors:
            spots = [Spot(floor.index, phase) for phase in range(len(floor.phases))]
            if floor.layer is not None:
                carried = 1 + len(floor.cell.phases)
                lanes[floor.layer, floor.backward], spots = spots[:carried], spots[carried:]
            tail += spots
        return cls(lanes, tail, model.answers_each, model.two_way, (len(model.layers) - 1, False))


def passings_of(models: Sequence[Model], columns: int) -> list[Passing]:
    """The ways through so many columns, whose floors are the levels of two networks."""
    passings: list[Passing] = []
    levels: list[Level] = []
    for stages, words in _ways([_Parts.of(model) for model in models], columns):
        made = _levels(stages, [model.floors for model in models], levels)
        levels += made
        passings.append(Passing(tuple(made), words))
    return passings


def _ways(parts: Sequence[_Parts], columns: int) -> Iterator[tuple[list[Stage], range]]:
    """The stages of each way through the columns, in order, and the columns."""
    runs: list[list[Lane]] = [[]]  # the lanes that are walked through together; a backward one alone
    for lane in sorted({*parts[0].lanes, *parts[1].lanes}):
        if lane[1]:
            runs += [[lane], []]
        else:
            runs[-1].append(lane)
    ends = [_run_of_answers(part, other, runs) for part, other in (parts, parts[::-1])]
    for index, run in enumerate(runs):
        stages = [stage for lane in run for stage in _side_by_side(*(part.lanes.get(lane, []) for part in parts))]
        stages += _answering(stages, [part.tail if end == index else [] for part, end in zip(parts, ends, strict=True)])
        if stages:
            yield stages, range(columns)[::-1] if any(backward for _, backward in run) else range(columns)
    if None in ends:
        yield (
            _answering([], [[] if end is not None else part.tail for part, end in zip(parts, ends, strict=True)]),
            (range(columns)[-1:]),
        )


def _run_of_answers(part: _Parts, other: _Parts, runs: Sequence[Sequence[Lane]]) -> int | None:
    """The run of lanes after which a network answers at every word; None where it answers when all are over."""
    if not part.each:
        return None
    if part.two_way or other.each:
        return len(runs) - 1
    return next(index for index, run in enumerate(runs) if part.top in run)


def _side_by_side(a: Sequence[Spot], b: Sequence[Spot]) -> Iterator[Stage]:
    """The stages of two lanes: they begin together, and the one with fewer phases stays at its last."""
    for stage in range(max(len(a), len(b))):
        one, other = (side[min(stage, len(side) - 1)] if side else None for side in (a, b))
        yield Stage((one, other), answers=False)


def _answering(before: Sequence[Stage], tails: Sequence[Sequence[Spot]]) -> list[Stage]:
    """The stages that make the answers: they end together, and the side with fewer begins later."""
    stages: list[Stage] = []
    most = max(map(len, tails))
    for left in range(most, 0, -1):
        one, other = (
            tail[len(tail) - left] if left <= len(tail) else _stays(before, side, tail)
            for side, tail in enumerate(tails)
        )
        stages.append(Stage((one, other), answers=True))
    return stages


def _stays(before: Sequence[Stage], side: int, tail: Sequence[Spot]) -> Spot | None:
    """The spot of a side whose answer has fewer phases, until it begins: its last before, or where two lanes meet."""
    if not tail:
        return None
    first = tail[0] if len(tail) > 1 else None
    return next((stage.spots[side] for stage in reversed(before) if stage.spots[side] is not None), first)


def _levels(stages: Sequence[Stage], floors: Sequence[Sequence[Floor]], before: Sequence[Level]) -> list[Level]:
    """The levels of a way: the stages with the same floors; `before` are those of the ways before."""
    groups = [tuple(group) for _, group in groupby(stages, key=lambda stage: stage.floors)]
    found: list[Level] = []
    for group in groups:
        lane = _lane_of(group[0], floors)
        earlier = [] if lane is not None else [name for level in (*before, *found) for name in level.names]
        last = found[-1].phases[-1] if found else None
        answers = group is groups[-1] and group[-1].answers
        names = _names_of(group, last, floors, earlier)
        found.append(Level(len(before) + len(found), group, names, answers, lane))
    return found


def _names_of(
    stages: Sequence[Stage], before: Stage | None, floors: Sequence[Sequence[Floor]], taken: Sequence[str]
) -> tuple[str, ...]:
    """A name for each stage of a level, none of which is taken: that of a phase which begins there.

    Where one begins on both sides it is that of the floor with more, or of A. One that is taken gets a number.
    """
    used, names = list(taken), []
    for stage in stages:
        sides = sorted((0, 1), key=lambda side: -_size(stage.floors[side], floors[side]))
        begun = [
            phase_names(floors[side], spot.floor)[spot.phase]
            for side in sides
            if (spot := stage.spots[side]) is not None and (before is None or spot != before.spots[side])
        ]
        numbered = (f"{begun[0]}-{number}" for number in count(2))
        name = next(name for name in chain(begun, numbered) if name not in used)
        names.append(name)
        used += [name, *begun]
        before = stage
    return tuple(names)


def _lane_of(stage: Stage, floors: Sequence[Sequence[Floor]]) -> Lane | None:
    """The lane that is walked through in a stage; None where an answer is made."""
    if stage.answers:
        return None
    spot, side = next((spot, side) for side, spot in enumerate(stage.spots) if spot is not None)
    floor = floors[side][spot.floor]
    return None if floor.layer is None else (floor.layer, floor.backward)


def _size(floor: int | None, floors: Sequence[Floor]) -> int:
    return 0 if floor is None else len(floors[floor].phases)
