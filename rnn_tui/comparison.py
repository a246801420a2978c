"""Two traces side by side, in lockstep: which words belong together, where they part, and by how much.

The first of the two is A (at the left, or above), the second is B.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position

Column = tuple[int | None, int | None]
"""The timestep of A and that of B in a column, from 0; None where a side has no word there."""

SAME_H = 1e-6
"""Hidden states that differ by no more than this in any unit are the same: float32 has about seven digits."""
SAME_PROBABILITY = 0.005
"""Probabilities that differ by no more than this are printed alike, or nearly."""
RELATED = 0.1
"""From this share of its weights on, a network is an edited copy of another."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two traces and what they have in common. Moving through it computes nothing of a network."""

    a: Trace
    b: Trace

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """A and B."""
        return self.a, self.b

    @cached_property
    def swapped(self) -> Comparison:
        """B on the side of A and A on the side of B."""
        return Comparison(self.b, self.a)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every word of both sides once, in order; what is the same stands in the same column."""
        return tuple(align([token.text for token in self.a.tokens], [token.text for token in self.b.tokens]))

    @property
    def stages(self) -> int:
        """The number of phases of a column: those of the cell that has more, and of the readout that has more."""
        return self._tail + 1 + max(trace.model.state_phase for trace in self.traces)

    @property
    def _tail(self) -> int:
        """The number of stages of the readouts."""
        return max(len(trace.model.readout.phases) for trace in self.traces)

    def phase_at(self, side: int, stage: int) -> int:
        """The phase of a side at a stage, by its index; see `phase_at`."""
        model = self.traces[side].model
        return phase_at(stage, model.state_phase, len(model.phases), self.stages, self._tail)

    @property
    def phases(self) -> int:
        """The number of phases of each column, to whoever walks through them: the stages."""
        return self.stages

    @cached_property
    def stages_by_name(self) -> dict[str, int]:
        """The first stage at which a side is in the phase of a name, in the order of the stages."""
        found: dict[str, int] = {}
        for stage in range(self.stages):
            for side, trace in enumerate(self.traces):
                found.setdefault(trace.model.phases[self.phase_at(side, stage)].name, stage)
        return found

    def stage_name(self, stage: int) -> str:
        """A phase that begins at this stage: that of the side with more phases, or of A, where it begins on both."""
        sides = sorted((0, 1), key=lambda side: -len(self.traces[side].model.phases))
        begins = (side for side in sides if not stage or self.phase_at(side, stage) != self.phase_at(side, stage - 1))
        side = next(begins)
        return self.traces[side].model.phases[self.phase_at(side, stage)].name

    def __len__(self) -> int:
        return len(self.columns)

    # Lockstep: a Position whose t is a column and whose phase is a stage

    def positions(self, at: Position) -> tuple[Position | None, Position | None]:
        """Each side's own position at a column and stage.

        A side without a word in the column waits at the end of its word before; it is None before its first word.
        """
        return self._position(0, at), self._position(1, at)

    def _position(self, side: int, at: Position) -> Position | None:
        phases = len(self.traces[side].model.phases)
        t = self.columns[at.t][side]
        if t is not None:
            return Position(t, self.phase_at(side, at.phase))
        count = self.read[side][at.t]
        return Position(count - 1, phases - 1) if count else None

    def column_of(self, side: int, position: Position) -> Position:
        """The column and stage at which a side is at its own position: the first stage, where there are several."""
        column = next(k for k, pair in enumerate(self.columns) if pair[side] == position.t)
        stages = (stage for stage in range(self.stages) if self.phase_at(side, stage) == position.phase)
        return Position(column, next(stages))

    @cached_property
    def read(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The number of words that each side has read after each column."""
        return tuple(  # type: ignore[return-value]  # it is two of them
            tuple(np.cumsum([pair[side] is not None for pair in self.columns]).tolist()) for side in (0, 1)
        )

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
        """True where the hidden units of both networks are the same ones; see `same_units`."""
        return same_units(self.a.model, self.b.model)

    @cached_property
    def same_network(self) -> bool:
        """True where both sides are one network, every parameter of which is the same number."""
        models = (self.a.model, self.b.model)
        if models[0] is models[1]:
            return True
        if not self.same_units or models[0].activation != models[1].activation:
            return False
        tensors = [model.tensors() for model in models]
        return tensors[0].keys() == tensors[1].keys() and all(
            np.array_equal(array, tensors[1][name]) for name, array in tensors[0].items()
        )

    @property
    def same_labels(self) -> bool:
        """True where both networks answer with the same labels, in the same order."""
        return self.a.model.labels == self.b.model.labels

    @cached_property
    def difference(self) -> Array | None:
        """H of A minus h of B after each column, (columns, hidden_size); None where the units are not the same.

        A side that waits keeps the hidden state of its word before; before its first word that is the initial one.
        """
        with np.errstate(invalid="ignore"):  # an unbounded activation may overflow, and ∞ − ∞ is no number
            return self.held[0] - self.held[1] if self.same_units else None

    @cached_property
    def held(self) -> tuple[Array, Array]:
        """The hidden states of A and of B after each column, (columns, hidden_size) each."""
        return self._held(0), self._held(1)

    def _held(self, side: int) -> Array:
        trace = self.traces[side]
        states = np.concatenate([trace.initial["h"][None], trace.values["h"]])
        held: Array = states[list(self.read[side])]
        return held

    @cached_property
    def probs_difference(self) -> Array | None:
        """The probabilities of A minus those of B after each column, (columns, labels).

        None where the labels are not the same; NaN in the columns in which a side has not answered yet.
        """
        if not self.same_labels:
            return None
        return self._answers(0) - self._answers(1)

    def _answers(self, side: int) -> Array:
        """The probabilities that stand after each column, (columns, labels); NaN before the first word."""
        probs = self.traces[side].values["probs"]
        none_yet = np.full_like(probs[:1], np.nan)
        answers: Array = np.concatenate([none_yet, probs])[list(self.read[side])]
        return answers

    def agree(self, column: int) -> bool | None:
        """Tell whether both sides have the same most probable label after a column; None where that can't be said."""
        read = [self.read[side][column] for side in (0, 1)]
        if not self.same_labels or 0 in read:
            return None
        leading = [trace.prediction(count - 1)[0] for trace, count in zip(self.traces, read, strict=True)]
        return leading[0] == leading[1]

    @cached_property
    def parts_at(self) -> int | None:
        """The first column at which the two part; None where they never do.

        They part where the words differ. With the same units also where the hidden states after the column differ by
        more than SAME_H in a unit, or the probability of a label by more than SAME_PROBABILITY. Two networks that have
        not the same units are never alike in such numbers; they part where they first have another answer, that is
        another most probable label.
        """
        return next((column for column in range(len(self)) if self._part(column)), None)

    @cached_property
    def partings(self) -> tuple[int, ...]:
        """The column where the two part, and those where their answers part again after they had been the same."""
        apart = [self.agree(column) is False for column in range(len(self))]
        again = {column for column in range(1, len(self)) if apart[column] and not apart[column - 1]}
        return tuple(sorted(again | ({self.parts_at} if self.parts_at is not None else set())))

    def _part(self, column: int) -> bool:
        if not self.same_word(column):
            return True
        if self.difference is None:
            return self.agree(column) is False
        far = _largest(self.difference[column]) > SAME_H
        return far or (self.probs_difference is not None and _largest(self.probs_difference[column]) > SAME_PROBABILITY)


def _largest(values: Array) -> float:
    """The largest |value| that is a number, infinity among them."""
    return float(np.abs(values).max(initial=0, where=~np.isnan(values)))


def phase_at(stage: int, state_phase: int, phases: int, stages: int, tail: int) -> int:
    """The phase of a network at a stage; the last `tail` of the stages are those of the readouts.

    Cells of the same number of phases walk side by side. An Elman cell beside a gated one adds while the other opens
    its gates, and stays at its squash while the other makes its new state in two phases (candidate and blend, or write
    and expose). A network that only checks stays there, too, while one with attention looks back, so that both check
    the outputs together.
    """
    if stage < stages - tail:
        return min(stage, state_phase)
    return max(state_phase, phases - (stages - stage))


def align(a: Sequence[str], b: Sequence[str]) -> Iterator[Column]:
    """The columns of two sentences: the same words in the same column, as difflib finds them, and all in order.

    Where some words stand instead of others, the first of them share a column, too.
    """
    first = 0  # what begins alike needs no search, which for long sentences is slow
    while first < min(len(a), len(b)) and a[first] == b[first]:
        yield first, first
        first += 1
    rest_a, rest_b = a[first:], b[first:]
    long = len(rest_a) * len(rest_b) > 1_000_000
    for _, a_from, a_to, b_from, b_to in SequenceMatcher(None, rest_a, rest_b, autojunk=long).get_opcodes():
        size_a, size_b = a_to - a_from, b_to - b_from
        for k in range(max(size_a, size_b)):
            yield (first + a_from + k if k < size_a else None), (first + b_from + k if k < size_b else None)


def same_units(a: Model, b: Model) -> bool:
    """Tell whether unit k of one network is unit k of the other: the same model, or an edited copy of it.

    So: the same kind of cell, as many hidden units, with the same names, and the parameters of the same sizes; and of
    the weights other than 0 in weight_ih, weight_hh or fc.weight (in the one in which they have most in common) at
    least RELATED are the same number. An edit leaves most weights as they are, while two networks that were trained
    apart have none in common: that both have 16 units makes no unit of one a unit of the other.
    """
    if a is b:
        return True
    if (a.cell.kind, a.unit_names) != (b.cell.kind, b.unit_names):
        return False
    weights = ((a.cell.weight_ih, b.cell.weight_ih), (a.cell.weight_hh, b.cell.weight_hh))
    pairs = (*weights, (a.readout.weight, b.readout.weight))
    if any(one.shape != other.shape for one, other in pairs):
        return False
    return max(_in_common(one, other) for one, other in pairs) >= RELATED


def _in_common(one: Array, other: Array) -> float:
    """The share of the numbers other than 0 that are the same."""
    some = (one != 0) | (other != 0)
    return float((one == other)[some].mean()) if some.any() else 0.0
