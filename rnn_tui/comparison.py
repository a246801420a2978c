"""Two traces side by side, in lockstep: which words belong together, where they part, and by how much.

The first of the two is A (at the left, or above), the second is B.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from rnn_tui.alike import align, functions, same_units
from rnn_tui.lockstep import Column, Lockstep
from rnn_tui.network.arrays import Array
from rnn_tui.network.outputs import Number
from rnn_tui.network.position import Position
from rnn_tui.network.trace import Trace
from rnn_tui.pairing import Level
from rnn_tui.text import quantity

SAME_H = 1e-6
"""Hidden states that differ by no more than this in any unit are the same: float32 has about seven digits."""
SAME_PROBABILITY = 0.005
"""Probabilities that differ by no more than this are printed alike, or nearly."""


class Parting(NamedTuple):
    """A place where two part: a position of the lockstep, at which it has been computed, and the thing that differs."""

    position: Position
    what: Literal["words", "memory", "answers"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two traces and what they have in common. Moving through it computes nothing of a network.

    It is seen on one of its levels (`on`), as a trace is seen on one of its floors: units, hidden states and stages are
    those of that level.
    """

    a: Trace
    b: Trace
    at_level: int = 0

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """A and B."""
        return self.a, self.b

    @cached_property
    def swapped(self) -> Comparison:
        """B on the side of A and A on the side of B, seen on the first level."""
        return Comparison(self.b.on(0), self.a.on(0))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every word of both sides once, in order; what is the same stands in the same column."""
        return tuple(align([token.text for token in self.a.tokens], [token.text for token in self.b.tokens]))

    def __len__(self) -> int:
        return len(self.columns)

    # Lockstep: a Position whose t is a column, whose phase is a stage and whose floor is a level

    @cached_property
    def order(self) -> Lockstep:
        """The order in which both are walked through."""
        return Lockstep((self.a.model, self.b.model), self.columns)

    @property
    def level(self) -> Level:
        """The level on which it is seen."""
        return self.order.levels[self.at_level]

    def on(self, level: int) -> Comparison:
        """The same comparison as it is seen on another level (from 0); a side that waits is seen where it was."""
        if level == self.at_level:
            return self
        if level not in self._seen:
            floors = (self.order.floor_of(side, level) for side in (0, 1))
            a, b = (trace.on(floor) for trace, floor in zip(self.traces, floors, strict=True))
            seen = Comparison(a, b, level)
            seen.__dict__.update(columns=self.columns, order=self.order, _seen=self._seen)
            self._seen[level] = seen
        return self._seen[level]

    @cached_property
    def _seen(self) -> dict[int, Comparison]:
        """The comparison on each level on which it was seen."""
        return {self.at_level: self}

    @cached_property
    def every(self) -> tuple[Comparison, ...]:
        """The comparison on each of its levels."""
        return tuple(self.on(level.index) for level in self.order.levels)

    @property
    def stages(self) -> int:
        """The number of stages of the level."""
        return len(self.level.phases)

    def positions(self, at: Position) -> tuple[Position | None, Position | None]:
        """Each side's own position; see `Lockstep.positions`."""
        return self.order.positions(at)

    def column_of(self, side: int, position: Position) -> Position:
        """The position at which a side is at its own position; see `Lockstep.column_of`."""
        return self.order.column_of(side, position)

    @property
    def read(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The number of words that each side has after each column, read from the first."""
        return self.order.read

    def known(self, side: int, name: str, at: Position) -> range:
        """The timesteps at which a side has computed a value, of its floor or above, when both stand at a position."""
        return self.order.computed(side, at, *self.traces[side].model.shown_at(name))

    # What is the same

    def same_word(self, column: int) -> bool:
        """Tell whether both sides read the same word in a column."""
        t_a, t_b = self.columns[column]
        return t_a is not None and t_b is not None and self.a.tokens[t_a].text == self.b.tokens[t_b].text

    @cached_property
    def same_words(self) -> bool:
        """True where both sides read the same words."""
        return all(self.same_word(column) for column in range(len(self)))

    @cached_property
    def same_units(self) -> bool:
        """True where the hidden units of both networks on this level are the same ones; see `same_units`."""
        return None not in self.level.floors and same_units(self.a.model, self.b.model)

    @cached_property
    def related(self) -> bool:
        """True where they are the same ones on every level: one network is an edited copy of the other."""
        return all(seen.same_units for seen in self.every)

    @cached_property
    def same_network(self) -> bool:
        """True where both sides are one network, every parameter of which is the same number."""
        models = self.a.model.on(0), self.b.model.on(0)
        if models[0] is models[1]:
            return True
        if not self.related or functions(models[0]) != functions(models[1]):
            return False
        tensors = [model.tensors() for model in models]
        return tensors[0].keys() == tensors[1].keys() and all(
            np.array_equal(array, tensors[1][name]) for name, array in tensors[0].items()
        )

    @property
    def same_labels(self) -> bool:
        """True where both networks answer with the same labels, in the same order, and both with numbers or neither."""
        a, b = self.a.model, self.b.model
        return a.labels == b.labels and a.output.is_number == b.output.is_number

    @property
    def in_numbers(self) -> bool:
        """True where both answer with numbers."""
        return all(trace.model.output.is_number for trace in self.traces)

    @cached_property
    def difference(self) -> Array | None:
        """H of A minus h of B after each column, (columns, hidden_size); None where the units are not the same.

        A side that waits keeps the hidden state of its word before; before its first word that is the initial one. In
        a backward lane the word before is the one at the right, since that is read before.
        """
        with np.errstate(invalid="ignore"):  # an unbounded activation may overflow, and ∞ − ∞ is no number
            return self.held[0] - self.held[1] if self.same_units else None

    @cached_property
    def held(self) -> tuple[Array, Array]:
        """The hidden states of A and of B after each column, (columns, hidden_size) each."""
        return self._held(0), self._held(1)

    def _held(self, side: int) -> Array:
        trace = self.traces[side]
        backward, h = trace.model.floor.backward, trace.values["h"]
        states = np.concatenate([trace.initial["h"][None], h[::-1] if backward else h])
        counts = [self.order.counted(side, column, backward=backward) for column in range(len(self))]
        held: Array = states[counts]
        return held

    # Answers

    @cached_property
    def answers_difference(self) -> Array | None:
        """The answers of A minus those of B after each column, probabilities or numbers, (columns, labels).

        None where the labels are not the same; NaN in the columns in which a side has not answered yet.
        """
        if not self.same_labels:
            return None
        with np.errstate(invalid="ignore"):
            return self._answers(0) - self._answers(1)

    def _answers(self, side: int) -> Array:
        """The answers that stand after each column, (columns, labels); NaN before the first."""
        trace = self.traces[side]
        given = trace.values[trace.model.output.answer]
        none_yet = np.full_like(given[:1], np.nan)
        answers: Array = np.concatenate([none_yet, given])[list(self.read[side])]
        return answers

    def answered(self, side: int, at: Position) -> int | None:
        """The timestep of the answer of a side that stands at a position; None where it has not answered yet."""
        known = self.known(side, self.traces[side].model.output.answer, at)
        return known[-1] if known else None

    def _answered_after(self, side: int, column: int) -> int | None:
        """The timestep of the answer of a side after a column, when all is read."""
        t = self.read[side][column] - 1
        return t if t >= self.traces[side].answered_from else None

    @property
    def both_answer_from(self) -> int:
        """The first column after which both sides have an answer."""
        columns = range(len(self))
        return next(k for k in columns if None not in (self._answered_after(0, k), self._answered_after(1, k)))

    def agree(self, column: int) -> bool | None:
        """Tell whether both sides have the same most probable label after a column; None where that can't be said.

        Numbers are the same where they are shown alike.
        """
        answered = [self._answered_after(side, column) for side in (0, 1)]
        if not self.same_labels or None in answered:
            return None
        if self.in_numbers:
            shown = [list(map(quantity, self._answers(side)[column].tolist())) for side in (0, 1)]
            return shown[0] == shown[1]
        leading = [trace.prediction(t)[0] for trace, t in zip(self.traces, answered, strict=True) if t is not None]
        return leading[0] == leading[1]

    def _answer_apart(self, column: int) -> bool:
        """Tell whether the answers after a column are further apart than is printed alike; numbers by their spread."""
        difference = self.answers_difference
        return difference is not None and _largest(difference[column] / self.spread) > SAME_PROBABILITY

    @property
    def spread(self) -> Array:
        """The unit of the answers, a label each: a probability of 1, or the spread of what A learned from."""
        output = self.a.model.output
        return np.array(output.std) if isinstance(output, Number) else np.ones(len(self.a.model.labels))

    # Where they part

    @cached_property
    def parted(self) -> Parting | None:
        """The first place where the two part, in the order of the walk; None where they never do.

        They part where the words differ. With the same units on a level also where the hidden states after the column
        differ by more than SAME_H in a unit, or the answer by more than SAME_PROBABILITY. Two networks that have
        not the same units are never alike in such numbers; they part where they first have another answer, that is
        another most probable label.
        """
        return next(self._parting(answers=True), None)

    @cached_property
    def memories_parted(self) -> Parting | None:
        """The same with nothing of the answers in it: where the words differ or, with the same units, the memory."""
        return next(self._parting(answers=False), None)

    @cached_property
    def parts_at(self) -> int | None:
        """The column at which the two part; see `parted`."""
        return None if self.parted is None else self.parted.position.t

    @cached_property
    def memories_part_at(self) -> int | None:
        """The column at which the words or the memories part; see `memories_parted`."""
        return None if self.memories_parted is None else self.memories_parted.position.t

    @cached_property
    def partings(self) -> tuple[Position, ...]:
        """The position where the two part, and those where their answers part again after they had been the same."""
        apart = [self.agree(column) is False for column in range(len(self))]
        again = {column for column in range(1, len(self)) if apart[column] and not apart[column - 1]}
        found = {self.order.end_of(self.order.compares, column) for column in again}
        return tuple(sorted(found | ({self.parted.position} if self.parted else set()), key=self.order.index))

    def _parting(self, *, answers: bool) -> Iterator[Parting]:
        """Everywhere that something differs, in the order of the walk."""
        for k, passing in enumerate(self.order.passings):
            seen = [self.on(floor.index) for floor in passing.floors]
            for column in passing.words:
                if not k and not self.same_word(column):
                    yield Parting(self.order.end_of(k, column), "words")
                for level in seen:
                    if level.difference is not None and _largest(level.difference[column]) > SAME_H:
                        what: Literal["memory", "answers"] = "memory" if level.level.carries else "answers"
                        if answers or what == "memory":
                            yield Parting(self.order.last_on(level.at_level, column), what)
                if answers and k == self.order.compares and self._answers_part(column):
                    yield Parting(self.order.end_of(k, column), "answers")

    def _answers_part(self, column: int) -> bool:
        if any(seen.same_units for seen in self.every):
            return self.agree(column) is not None and self._answer_apart(column)
        return self.agree(column) is False


def _largest(values: Array) -> float:
    """The largest |value| that is a number, infinity among them."""
    return float(np.abs(values).max(initial=0, where=~np.isnan(values)))
