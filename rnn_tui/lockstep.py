"""The order in which two recordings are walked through together, and where each of the two then stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from rnn_tui.network.model import Model
from rnn_tui.network.order import Ways
from rnn_tui.network.position import Position
from rnn_tui.pairing import Level, Spot, Stage, passings_of
from rnn_tui.scene_text import phase_names

Column = tuple[int | None, int | None]
"""The timestep of A and that of B in a column, from 0; None where a side has no word there."""


class Lockstep(Ways):
    """The order of the positions of two recordings: the timestep of one is a column, its floor a level."""

    def __init__(self, models: tuple[Model, Model], columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.sizes = tuple(1 + max(t for t in side if t is not None) for side in zip(*columns, strict=True))
        self._floors = tuple(model.floors for model in models)
        super().__init__(passings_of(models, len(self.columns)))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels, in the order of the walk."""
        return tuple(floor for floor in self.floors if isinstance(floor, Level))

    @cached_property
    def read(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The number of words that each side has after each column, read from the first."""
        a, b = (tuple(np.cumsum([pair[side] is not None for pair in self.columns]).tolist()) for side in (0, 1))
        return a, b

    def counted(self, side: int, column: int, *, backward: bool) -> int:
        """The number of words that a lane of a side has read after a column."""
        forward = self.read[side]
        return forward[-1] - (forward[column - 1] if column else 0) if backward else forward[column]

    # Where each side stands

    def positions(self, at: Position) -> tuple[Position | None, Position | None]:
        """Each side's own position at a column, a stage and a level.

        A side without a word in the column waits at the end of its word before, one without such a floor where it was;
        it is None before its first word.
        """
        return self._position(0, at), self._position(1, at)

    def _position(self, side: int, at: Position) -> Position | None:
        k = self._passing[at.floor]
        stages, words = self._stages[k], self.passings[k].words
        stage = self.passings[k].starts[self._level_in(k, at.floor)] + at.phase
        own = [spot for spot in (one.spots[side] for one in stages[: stage + 1]) if spot is not None]
        last = next((one.spots[side] for one in reversed(stages) if one.spots[side] is not None), None)
        t = self._word(side, k, at.t)
        if t is not None and own:
            return Position(t, own[-1].phase, own[-1].floor)
        if last is not None and not self._is_end(k):  # it has been there at the words before this one
            count = self.counted(side, at.t, backward=words.step < 0) - (t is not None)
            if count:
                before = self.sizes[side] - count if words.step < 0 else count - 1
                return Position(before, last.phase, last.floor)
        return self._end(side, k - 1)

    def _word(self, side: int, k: int, column: int) -> int | None:
        """The timestep of a side in a column of a passing; where only the answers are left, its last in the last."""
        return self.sizes[side] - 1 if self._is_end(k) else self.columns[column][side]

    def _is_end(self, k: int) -> bool:
        """Tell whether a passing goes through the last column alone, for answers that are made once."""
        return len(self.passings[k].words) < len(self.columns)

    def _end(self, side: int, k: int) -> Position | None:
        """The position of a side when a passing is over; None before the first."""
        while k >= 0:
            own = [one.spots[side] for one in self._stages[k] if one.spots[side] is not None]
            if own and own[-1] is not None:
                t = 0 if self.passings[k].words.step < 0 else self.sizes[side] - 1
                return Position(t, own[-1].phase, own[-1].floor)
            k -= 1
        return None

    @cached_property
    def _stages(self) -> tuple[tuple[Stage, ...], ...]:
        """The stages of each passing, through all its levels."""
        return tuple(
            tuple(stage for level in passing.floors if isinstance(level, Level) for stage in level.phases)
            for passing in self.passings
        )

    def _level_in(self, k: int, level: int) -> int:
        """The number of a level among those of its passing."""
        return level - self.passings[k].floors[0].index

    def stages_by_name(self, level: int) -> dict[str, tuple[int, int]]:
        """The stage and the level of each phase by its name, the first where a side is in it: on a level, or elsewhere.

        They are in the order of the walk.
        """
        found: dict[str, tuple[int, int]] = {}
        for at in (self.levels[level], *self.levels):
            for index, stage in enumerate(at.phases):
                spots = zip(stage.spots, self._floors, strict=True)
                own = [phase_names(floors, spot.floor)[spot.phase] for spot, floors in spots if spot is not None]
                for name in (*own, at.names[index]):
                    found.setdefault(name, (index, at.index))
        return dict(sorted(found.items(), key=lambda item: (item[1][1], item[1][0])))

    def waits(self, side: int, at: Position) -> str | None:
        """The thing that a side lacks at a position, so that it waits: a "word", a "lane" or the "answer"; or None.

        An answer that is not there yet comes when all words are read, and one that is there already waits for nothing.
        """
        k, stage = self._passing[at.floor], self.levels[at.floor].phases[at.phase]
        if stage.spots[side] is None:
            return None if self._is_end(k) else "answer" if stage.answers else "lane"
        return "word" if self._word(side, k, at.t) is None else None

    # What has been computed

    @cached_property
    def _begins(self) -> tuple[dict[Spot, tuple[int, int]], dict[Spot, tuple[int, int]]]:
        """For each side the level and the stage at which it first stands in a spot."""
        found: tuple[dict[Spot, tuple[int, int]], dict[Spot, tuple[int, int]]] = ({}, {})
        for level in self.levels:
            for index, stage in enumerate(level.phases):
                for side, spot in enumerate(stage.spots):
                    if spot is not None:
                        found[side].setdefault(spot, (level.index, index))
        return found

    def computed(self, side: int, at: Position, floor: int, phase: int) -> range:
        """The timesteps at which a phase of a floor of a side has been computed when both stand at a position.

        They are in the order in which they were read. The phase after the last is there when the last is over.
        """
        over = phase == len(self._floors[side][floor].phases)
        level, stage = self._begins[side][Spot(floor, phase - over)]
        stage += over
        columns, k = self.known(at, stage, level), self._passing[level]
        last = self.sizes[side] - 1
        if not columns:
            return range(0)
        if self._is_end(k):
            return range(last, last + 1)
        backward = self.passings[k].words.step < 0
        count = self.counted(side, columns[-1], backward=backward)
        return range(last, last - count, -1) if backward else range(count)

    def column_of(self, side: int, position: Position) -> Position:
        """The column, stage and level at which a side is at its own position: the first, where there are several."""
        level, stage = self._begins[side][Spot(position.floor, position.phase)]
        if self._is_end(self._passing[level]):
            return Position(len(self.columns) - 1, stage, level)
        column = next(k for k, pair in enumerate(self.columns) if pair[side] == position.t)
        return Position(column, stage, level)

    # Answers

    def checked(self, at: Position) -> bool:
        """Tell whether an answer has just been made at a position: at the last stage of those that make it."""
        return self.levels[at.floor].answers and at == self.last_on(at.floor, at.t)

    def at_end(self, at: Position) -> bool:
        """Tell whether answers are made at a position that are made but once, when all is read."""
        return self._is_end(self._passing[at.floor])

    def before(self, at: Position) -> Position | None:
        """The last position before another at which an answer had just been made; None before the first."""
        made = [level.index for level in self.levels if level.answers]
        for level in reversed(made):
            columns = self.known(at, len(self.levels[level].phases) - 1, level)
            if columns:
                return self.last_on(level, columns[-1])
        return None

    def done(self, at: Position) -> int | None:
        """The last column of which a level is over at a position on it; None before the first."""
        columns = self.known(at, len(self.levels[at.floor].phases) - 1, at.floor)
        return columns[-1] if columns else None

    @cached_property
    def compares(self) -> int:
        """The passing in which both sides have their answers: the last in which one of them makes its own."""
        return max(self._passing[level.index] for level in self.levels if level.answers)

    def floor_of(self, side: int, level: int) -> int:
        """The floor of a side on a level; the one on which it was before where it waits."""
        floors = (self.levels[index].floors[side] for index in range(level, -1, -1))
        return next(floor for floor in floors if floor is not None)

    def last_on(self, level: int, column: int) -> Position:
        """The last position of a column on a level."""
        return Position(column, len(self.levels[level].phases) - 1, level)

    def end_of(self, k: int, column: int) -> Position:
        """The last position of a column in a passing."""
        return self.last_on(self.passings[k].floors[-1].index, column)
