"""The units lens: what a unit goes with, which words push it, and the answer without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.learned import Pushes, Traits, learned
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.sequences import answered_at, answers, attend, picked, start
from rnn_tui.lenses.stepping import attends, doubled, step
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace

SIDE_BY_SIDE = 64
"""Units that are silenced side by side: few enough that a step is short, and the progress is told often."""


@dataclass(frozen=True, eq=False)
class Unit:
    """The traits that one unit has learned, and its part in this sentence's answer.

    `correlation` is Pearson's, of h after each word of the tagged sentences that the model knows, with each word class
    (1 for a word of that class, 0 for another) and with the word's `place` in its sentence; and of h after the last
    word with the sentence's `polarity` (−1, 0, 1), since a sentence means nothing before it is read. `counts` are the
    words, or for the polarity the sentences, that stand behind each: for a word class, the words of that class.
    `up` and `down` are the words that push the unit most from a zero state, with h after that word alone. `silenced`
    is the answer's probability with the unit held at 0.
    """

    unit: int
    name: str
    correlation: Mapping[str, float]
    counts: Mapping[str, int]
    up: Pushes
    down: Pushes
    silenced: float


@dataclass(frozen=True, eq=False)
class Units:
    """The units that were asked for, in order; `learned` has what all of the model's units have learned.

    `probability` is that of `label`, the answer: after the last word or, where every word has an answer of its own,
    after timestep `t`. `note` says why there are no correlations; None where there are.
    """

    units: tuple[Unit, ...]
    t: int
    label: int
    probability: float
    learned: Traits

    @property
    def note(self) -> str | None:
        """The reason why there are no correlations."""
        return self.learned.note

    def of(self, unit: int) -> Unit | None:
        """Return what was measured of a unit (from 0); None where it wasn't asked for."""
        return next((measured for measured in self.units if measured.unit == unit), None)


def units(trace: Trace, t: int | None = None, only: Sequence[int] | None = None, progress: Progress = quiet) -> Units:
    """Measure all units, or `only` some (from 0).

    What they have learned is measured once a model, for all; what they do in this sentence is measured for those that
    are asked for. `t` is the answer's timestep where every word has an answer of its own (the readout `each`), None its
    last one.
    """
    found = learned(trace.model, lambda share: progress(share / 2))
    asked = range(trace.model.hidden_size) if only is None else only
    exact = doubled(trace)
    t = answered_at(exact, t)
    label, probability = exact.prediction(t)
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; p is then NaN
        silenced = without_each(exact, asked, t, label, lambda share: progress(0.5 + share / 2))
    made = tuple(
        Unit(
            unit=unit,
            name=trace.model.unit_name(unit),
            correlation=found.of(unit),
            counts=found.counts,
            up=found.up[unit],
            down=found.down[unit],
            silenced=float(p),
        )
        for unit, p in zip(asked, silenced, strict=True)
    )
    return Units(made, t, label, probability, found)


def without_each(trace: Trace, asked: Sequence[int], t: int, label: int, progress: Progress = quiet) -> Array:
    """The probability of a label after timestep t with a unit held at 0 at every step, for each of some (units,).

    The same as a run of `network.changes.silenced`, for many units side by side. `trace` is in float64.
    """
    model, ih = trace.model, trace.values["ih"]
    parts = len(model.cell.state_names)
    p = np.empty(len(asked))
    for first in range(0, len(asked), SIDE_BY_SIDE):
        silent = np.array(asked[first : first + SIDE_BY_SIDE])
        rows = np.arange(len(silent))
        carried = picked(start(trace), np.zeros_like(rows))
        for array in carried[:parts]:
            array[rows, silent] = 0
        for n in range(t + 1):
            state = step(model, ih[n], carried[:parts], trace.tokens[n].held)
            for array in state:
                array[rows, silent] = 0
            carried = (*state, *attend(model, state[0], carried[parts:])) if attends(model) else state
            progress(min(1.0, (first + len(rows) * (n + 1) / (t + 1)) / len(asked)))
        p[first : first + SIDE_BY_SIDE] = answers(model, carried)[:, label]
    return p


def compute(trace: Trace, asked: Question, progress: Progress) -> Units:
    """Answer a question to this lens, about one unit or all of them."""
    return units(trace, asked.t, None if asked.unit is None else [asked.unit], progress)


def to_json(measured: Units) -> dict[str, Any]:
    """The fields as plain numbers and lists."""
    return {
        "t": measured.t,
        "label": measured.label,
        "probability": measured.probability,
        "note": measured.note,
        "units": [
            {
                "unit": unit.unit,
                "name": unit.name,
                "correlation": dict(unit.correlation),
                "counts": dict(unit.counts),
                "up": [list(push) for push in unit.up],
                "down": [list(push) for push in unit.down],
                "silenced": unit.silenced,
            }
            for unit in measured.units
        ],
    }
