"""A sentence as a hand works through it: with the printed numbers, each result rounded before it is used again.

What comes out for anybody who works so, with a calculator or with the nearest number of the printed table in place of
the curve, is the span of a number (`questions.numbers`), as in practice; how far it reaches is the tolerance.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from rnn_tui.export.worksheet.columns import CARRIED, GIVEN, INPUT, MEMORY, Column
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import symbols
from rnn_tui.network.trace import Trace
from rnn_tui.questions.lanes import lane_name
from rnn_tui.questions.numbers import EDGE, Span, applied, as_given, exactly, spanned, tolerance_of
from rnn_tui.questions.place import CannotAskError
from rnn_tui.rounding import as_shown

TABLE_STEP, TABLE_END = 0.05, 3.0
"""The printed table of a curve: its step, and where it ends."""
MOST_INPUTS = 4
"""The most numbers of an input that a hand multiplies."""

Number = TypeVar("Number")
Slot = tuple[int, int, str]
"""The identity of a number of the walk: timestep and unit, from 0, and the key of its column."""


@dataclass(frozen=True)
class Excerpt:
    """A trace, the units (from 0) that a sheet shows of it, in their order, and the columns of its walk.

    The trace is seen on the floor of the lane that is walked. `asked` are the timesteps at which something is left
    blank; all others are filled in. `carries` says whether what a word takes over from the one before may be left blank
    for its own sake. `taken` are the numbers that lower lanes hand up, by timestep and index, as people have them who
    fill in the walks of those; empty where what is read is printed. `given_input` says that none of it is read by hand.
    """

    trace: Trace
    units: tuple[int, ...]
    columns: tuple[Column, ...]
    asked: tuple[int, ...]
    carries: bool = True
    taken: Mapping[tuple[int, int], Span] = field(default_factory=dict)
    given_input: bool = False

    @property
    def words(self) -> range:
        """The timesteps in the order in which the lane reads them."""
        length = len(self.trace)
        return range(length)[::-1] if self.trace.model.floor.backward else range(length)

    def before(self, t: int) -> int | None:
        """The timestep that the lane reads before t; None at its first."""
        earlier = t + 1 if self.trace.model.floor.backward else t - 1
        return earlier if earlier in self.words else None

    @property
    def lane(self) -> str:
        """The lane as it is called: "layer 2, backward"; "" where there is one."""
        return lane_name(self.trace.model.floors, self.trace.model.at_floor)

    @property
    def whole(self) -> bool:
        """True where all units are shown, so that nothing comes from elsewhere."""
        return len(self.units) == self.trace.model.hidden_size

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)

    def true(self, slot: Slot) -> float:
        """The network's own number."""
        return self.numbers[slot]

    @cached_property
    def numbers(self) -> Mapping[Slot, float]:
        """The network's own numbers in all slots."""
        return {
            (t, unit, column.key): column.value(self.trace, t, unit)
            for t in range(len(self.trace))
            for unit in self.units
            for column in self.columns
        }

    @cached_property
    def given(self) -> Mapping[Slot, float]:
        """The numbers as somebody has them to whom all of them are given."""
        return {slot: as_shown(number) for slot, number in self.numbers.items()}

    def is_held(self, slot: Slot) -> bool:
        """True where a number is held by an edit, whatever is computed."""
        t, unit, key = slot
        return any((held.name, held.unit) == (key, unit) for held in self.trace.held(t))

    def rest(self, t: int, unit: int, column: Column) -> float:
        """The part of a unit's memory products that comes from the units that are not shown."""
        weights = self.trace.model.cell.weight_hh[self.row(unit, column)]
        before = self.trace.before(t)["h"]
        return float(sum(float(weights[j] * before[j]) for j in range(len(before)) if j not in self.units))

    def row(self, unit: int, column: Column) -> int:
        """The row of the weights that feeds a column of a unit."""
        cell = self.trace.model.cell
        return cell.rows_of(unit)[cell.gates.index(column.gate) if column.gate else 0]

    def memory_terms(self, t: int, unit: int, column: Column) -> list[tuple[float, int]]:
        """The weight, as printed, from each shown unit (from 0) into a column of a unit."""
        weights = self.trace.model.cell.weight_hh[self.row(unit, column)]
        return [(as_shown(float(weights[j])), j) for j in self.units]

    @property
    def reads_few(self) -> bool:
        """True where a hand can multiply the input: it picks a column, or is a few numbers."""
        return self.one_hot or (self.trace.model.input_size <= MOST_INPUTS and not self.given_input)

    @property
    def one_hot(self) -> bool:
        """True where a word picks a column of the weights."""
        return self.trace.model.floor.layer == 0 and self.trace.model.embedding.kind == "one-hot"

    def input_terms(self, t: int, unit: int, column: Column) -> list[tuple[float, float]]:
        """Each weight, as printed, and the number of the input that it is multiplied by; of a one-hot word one."""
        token = self.trace.tokens[t]
        weights = self.trace.model.cell.weight_ih[self.row(unit, column)]
        if self.one_hot:
            return [(0.0 if token.index is None else as_shown(float(weights[token.index])), 1.0)]
        return [(as_shown(float(weight)), x) for weight, x in zip(weights, self.read(t), strict=True)]

    def read(self, t: int) -> list[float]:
        """The input, as printed, of a network that reads a few numbers at a time."""
        return [as_shown(x) for x in self.trace.x(t).tolist()]

    def bias(self, unit: int, column: Column) -> float:
        """The bias, as printed, of a column of products."""
        cell = self.trace.model.cell
        return as_shown(float((cell.bias_ih if column.kind == INPUT else cell.bias_hh)[self.row(unit, column)]))


def worked(excerpt: Excerpt, blanks: Container[Slot]) -> dict[Slot, Span]:
    """Every number of the walk as people have it who fill in the blanks."""
    have: dict[Slot, Span] = {}
    for t in excerpt.words:
        for column in excerpt.columns:  # column by column: the memory of a word needs all units of the word before
            for unit in excerpt.units:
                slot = (t, unit, column.key)
                have[slot] = by_hand(excerpt, slot, have) if slot in blanks else exactly(excerpt.given[slot])
    return have


def by_hand(excerpt: Excerpt, slot: Slot, have: Mapping[Slot, Span]) -> Span:
    """The number in a slot for people who have the numbers before it; NaN where no hand can tell."""
    t, unit, key = slot
    column = excerpt.column(key)
    if column.kind == GIVEN or (column.kind == INPUT and not excerpt.reads_few):
        return exactly(math.nan)
    if column.kind == CARRIED:
        before = excerpt.before(t)
        return exactly(0.0) if before is None else have[before, unit, column.name]
    if column.kind == INPUT:
        terms = enumerate(excerpt.input_terms(t, unit, column))
        read = [(weight, excerpt.taken.get((t, j), exactly(x))) for j, (weight, x) in terms]
        return added_up(read, excerpt.bias(unit, column))
    if column.kind == MEMORY:
        remembered = [(weight, have[t, j, "h_prev"]) for weight, j in excerpt.memory_terms(t, unit, column)]
        rest = 0.0 if excerpt.whole else as_shown(excerpt.rest(t, unit, column))
        return added_up(remembered, excerpt.bias(unit, column) + rest)
    assert column.expression is not None
    row = in_row(excerpt, slot, have)
    return spanned(column.expression, lambda part: row.get(symbols(part)), _looked_up)


def added_up(terms: Iterable[tuple[float, Span]], rest: float) -> Span:
    """The products of weights and what they meet, and what stands beside them."""
    total = exactly(rest)
    for weight, met in terms:
        total = total.plus(exactly(weight).times(met))
    return total


def _looked_up(function: str, of: Span) -> Span:
    """The span of a function for people who compute it, and for those who take the nearest number of the table."""
    curve = applied(function, of)
    if not FUNCTIONS[function].bounds or not all(map(math.isfinite, of)):
        return curve
    # Half-way between two numbers of the table either is the nearest
    low, high = read_off(function, of.low - EDGE), read_off(function, of.high + EDGE)
    return Span(min(curve.low, low), max(curve.high, high))


def in_row(excerpt: Excerpt, slot: Slot, have: Mapping[Slot, Number]) -> dict[str, Number]:
    """The numbers to the left of a slot, by the symbols of their columns and of what these are made of."""
    t, unit, key = slot
    row: dict[str, Number] = {}
    for column in excerpt.columns:
        if column.key == key:
            break
        number = have[t, unit, column.key]
        row[column.key] = number
        if column.expression is not None:
            row[symbols(column.expression)] = number
    return row


def read_off(function: str, z: float) -> float:
    """The nearest number of the printed table, in which negative numbers have no entry of their own."""
    at = FUNCTIONS[function].at
    size = abs(z)
    nearest = TABLE_END if size > TABLE_END else round(size / TABLE_STEP) * TABLE_STEP
    value = round(at(nearest), 2)
    return value if z >= 0 else (1 - value if function == "sigmoid" else -value)


def tolerance_at(true: float, span: Span) -> float:
    """The tolerance of an answer, as in practice; ∞ where it can't be asked."""
    try:
        as_given(true, *span)
        return tolerance_of(true, span)
    except CannotAskError:
        return math.inf
