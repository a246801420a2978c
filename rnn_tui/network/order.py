"""The order in which the numbers of a network are walked through: one in which every number has been computed.

A position is a timestep, a phase and a floor. Layers that read forward are walked together, word by word, each floor in
turn; a backward lane is walked by itself, from the last word to the first; and what stands above lanes of both
directions is walked when all words have been read, at the last word alone where there is one answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from rnn_tui.network.floors import Floor
from rnn_tui.network.position import Position


class Walked(Protocol):
    """A floor that is walked through: one of a network, or those of two networks in lockstep."""

    @property
    def index(self) -> int:
        """Its number, from 0."""
        ...

    @property
    def phases(self) -> Sequence[object]:
        """Its phases."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its phases."""
        ...


@dataclass(frozen=True)
class Passing:
    """A way through the words: `floors` at each of the timesteps `words`, in their order."""

    floors: tuple[Walked, ...]
    words: range

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The number of phases at a word before each floor's, and last the number of all."""
        return (0, *accumulate(len(floor.phases) for floor in self.floors))

    @property
    def size(self) -> int:
        """The number of its positions."""
        return self.starts[-1] * len(self.words)


class Ways:
    """All positions of one passing after another, in the order of the walk; each floor is in one of them."""

    def __init__(self, passings: Sequence[Passing]) -> None:
        self.passings = tuple(passings)
        floors = (floor for passing in passings for floor in passing.floors)
        self.floors = tuple(sorted(floors, key=lambda floor: floor.index))
        self._starts = (0, *accumulate(passing.size for passing in self.passings))
        self._passing = {floor.index: k for k, passing in enumerate(self.passings) for floor in passing.floors}

    def __len__(self) -> int:
        return self._starts[-1]

    def has(self, t: int, floor: int) -> bool:
        """Tell whether a floor is walked through at a timestep."""
        return floor in self._passing and t in self.passings[self._passing[floor]].words

    def index(self, position: Position) -> int:
        """The place of a position in the order, from 0; of one that isn't walked through, that of the next to it."""
        k = self._passing[position.floor]
        passing = self.passings[k]
        words = passing.words
        at = words.index(position.t) if position.t in words else 0
        floor = next(n for n, one in enumerate(passing.floors) if one.index == position.floor)
        return self._starts[k] + at * passing.starts[-1] + passing.starts[floor] + position.phase

    def at(self, index: int) -> Position:
        """The position at a place in the order: the first or the last where there is none."""
        index = max(0, min(index, len(self) - 1))
        k = bisect_right(self._starts, index) - 1
        passing = self.passings[k]
        at, phase = divmod(index - self._starts[k], passing.starts[-1])
        floor = bisect_right(passing.starts, phase) - 1
        return Position(passing.words[at], phase - passing.starts[floor], passing.floors[floor].index)

    def moved(self, position: Position, by: int) -> Position:
        """`by` phases on, or back, and no further than the first and the last."""
        return self.at(self.index(position) + by)

    def word_moved(self, position: Position, by: int) -> Position:
        """One word on or back, in the same phase: beyond a way's last word its last phase, or the next way's first."""
        k = self._passing[position.floor]
        words = self.passings[k].words
        at = (words.index(position.t) if position.t in words else 0) + by
        if 0 <= at < len(words):
            return Position(words[at], position.phase, position.floor)
        if at < 0:
            start = self.at(self._starts[k])
            return start if position != start else self.at(self._starts[k] - 1)
        end = self.at(self._starts[k + 1] - 1)
        return end if position != end else self.at(self._starts[k + 1])

    def at_word(self, t: int, position: Position) -> Position:
        """The position at another timestep: on the same floor, or on the next below that is walked through there."""
        floor = next(floor for floor in range(position.floor, -1, -1) if self.has(t, floor))
        phase = position.phase if floor == position.floor else len(self.floors[floor].phases) - 1
        return Position(t, phase, floor)

    def on_floor(self, floor: int, position: Position) -> Position:
        """The position on another floor: at the same word, or the nearest that there is, in the phase of that name.

        Where it has no such phase it is the one of that index, or the last for the last.
        """
        names, phases = self.floors[position.floor].names, self.floors[floor].names
        name, last = names[position.phase], len(phases) - 1
        near = last if position.phase == len(names) - 1 else min(position.phase, last)
        phase = phases.index(name) if name in phases else near
        words = self.passings[self._passing[floor]].words
        return Position(position.t if position.t in words else words[-1], phase, floor)

    def known(self, at: Position, phase: int, floor: int) -> range:
        """The timesteps at which a phase of a floor has been computed when the walk stands at a position."""
        k = self._passing[floor]
        passing = self.passings[k]
        before = passing.starts[next(n for n, one in enumerate(passing.floors) if one.index == floor)] + phase
        words = (self.index(at) - self._starts[k] - before) // passing.starts[-1] + 1
        return passing.words[: max(0, words)]

    def fitted(self, position: Position) -> Position:
        """The position that there is next to one that may be outside: its floor, its phase and its timestep cut."""
        floor = max(0, min(position.floor, len(self.floors) - 1))
        words = self.passings[self._passing[floor]].words
        first, last = sorted((words[0], words[-1]))
        t = max(first, min(position.t, last))
        phase = max(0, min(position.phase, len(self.floors[floor].phases) - 1))
        return Position(t, phase, floor)

    def first(self, floor: int) -> Position:
        """The first position on a floor."""
        return Position(self.passings[self._passing[floor]].words[0], 0, floor)

    @property
    def last(self) -> Position:
        """The last position."""
        return self.at(len(self) - 1)


class Order(Ways):
    """All positions of a recording of so many words, in the order of the walk.

    `each` says that every word has an answer of its own.
    """

    def __init__(self, floors: Sequence[Floor], length: int, *, each: bool) -> None:
        super().__init__(_passings(floors, length, each=each))


def _passings(floors: Sequence[Floor], length: int, *, each: bool) -> list[Passing]:
    forward, two_way = range(length), any(floor.backward for floor in floors)
    found: list[Passing] = []
    together: list[Floor] = []
    for floor in floors:
        if floor.backward:
            found.append(Passing(tuple(together), forward))
            found.append(Passing((floor,), forward[::-1]))
            together = []
        elif two_way and floor.layer is None and not each:
            break
        else:
            together.append(floor)
    if together:
        found.append(Passing(tuple(together), forward))
    above = tuple(floor for floor in floors if floor.layer is None)
    if two_way and above and not each:
        found.append(Passing(above, forward[-1:]))
    return found
