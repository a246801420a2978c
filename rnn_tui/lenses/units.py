"""The units lens: what a unit goes with, which words push it, and the answer without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.lanes import ONE_LANE, Looked, floor_of, is_stack, lane_name, lanes_of, looked_at
from rnn_tui.lenses.learned import Pushes, Traits, learned
from rnn_tui.lenses.many_sentences import cell_of
from rnn_tui.lenses.progress import Progress, part, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.rereading import Rerun, Sentences, Silent, pieces
from rnn_tui.lenses.sequences import answered_at, answers, picked, start
from rnn_tui.lenses.stepping import doubled, step
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
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
    is the answer's probability with the unit held at 0, or where the answer is numbers the first of them. `looked` is
    the lane that it belongs to.
    """

    unit: int
    name: str
    correlation: Mapping[str, float]
    counts: Mapping[str, int]
    up: Pushes
    down: Pushes
    silenced: float
    looked: Looked = ONE_LANE


@dataclass(frozen=True, eq=False)
class Units:
    """The units that were asked for, in order; `traits` has what all units of each lane have learned.

    `probability` is that of `label`, the answer: after the last word or, where every word has an answer of its own,
    after timestep `t`. `note` says why there are no correlations; None where there are.
    """

    units: tuple[Unit, ...]
    t: int
    label: int
    probability: float
    traits: Mapping[Looked, Traits]

    @property
    def learned(self) -> Traits:
        """The traits of the units of the first lane that was asked for."""
        return next(iter(self.traits.values()))

    @property
    def note(self) -> str | None:
        """The reason why there are no correlations."""
        return self.learned.note

    def of(self, unit: int, looked: Looked = ONE_LANE) -> Unit | None:
        """Return what was measured of a unit (from 0) of a lane; None where it wasn't asked for."""
        return next((one for one in self.units if (one.unit, one.looked) == (unit, looked)), None)


def units(
    trace: Trace,
    t: int | None = None,
    only: Sequence[int] | None = None,
    progress: Progress = quiet,
    lanes: Sequence[Looked] | None = None,
) -> Units:
    """Measure all units, or `only` some (from 0) of each of some `lanes`, or of all of them.

    What they have learned is measured once a model, for all units of a lane; what they do in this sentence is measured
    for those that are asked for. `t` is the answer's timestep where every word has an answer of its own (the readout
    `each`), None its last one.
    """
    model, exact = trace.model.on(0), doubled(trace)
    t = answered_at(exact, t)
    label, probability = exact.prediction(t)
    lanes = lanes_of(model) if lanes is None else lanes
    made: list[Unit] = []
    traits: dict[Looked, Traits] = {}
    for n, looked in enumerate(lanes):
        begin, end = n / len(lanes), (n + 1) / len(lanes)
        found = traits[looked] = learned(model, part(progress, begin, (begin + end) / 2), looked)
        size = cell_of(model, looked).hidden_size
        asked = range(size) if only is None else [unit for unit in only if unit < size]
        with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; p is then NaN
            silenced = _silenced(exact, looked, asked, t, label, part(progress, (begin + end) / 2, end))
        made += [_unit(model, looked, unit, found, float(p)) for unit, p in zip(asked, silenced, strict=True)]
    return Units(tuple(made), t, label, probability, traits)


def _unit(model: Model, looked: Looked, unit: int, found: Traits, silenced: float) -> Unit:
    name = " ".join(filter(None, (lane_name(model, looked), model.on(floor_of(model, looked)).unit_name(unit))))
    pushes = (found.up[unit], found.down[unit])
    return Unit(unit, name, found.of(unit), found.counts, *pushes, silenced, looked)


def _silenced(trace: Trace, looked: Looked, asked: Sequence[int], t: int, label: int, progress: Progress) -> Array:
    if is_stack(trace.model):
        return _without_each_in_stack(trace, looked, asked, t, label, progress)
    return without_each(trace, asked, t, label, progress)


def _without_each_in_stack(
    trace: Trace, looked: Looked, asked: Sequence[int], t: int, label: int, progress: Progress
) -> Array:
    """As `without_each`, of a lane of a stack: the whole sentence is run with each unit at 0."""
    length, p = len(trace), np.empty(len(asked))
    rerun = Rerun(trace, progress, max(1, len(asked)))
    lane = (looked.layer or 0, bool(looked.backward))
    for some in pieces(len(asked), rerun.at_once(length)):
        silent = np.array(asked[some], np.intp)
        words = np.tile(np.arange(length)[:, None], len(silent))
        sentences = Sentences(words, silent=Silent(*lane, silent))
        p[some] = rerun.answers(sentences, np.full(len(silent), t))[:, label]
    return p


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
            carried = (*state, *model.readout.gather(state[0], carried[parts:]))
            progress(min(1.0, (first + len(rows) * (n + 1) / (t + 1)) / len(asked)))
        p[first : first + SIDE_BY_SIDE] = answers(model, carried)[:, label]
    return p


def compute(trace: Trace, asked: Question, progress: Progress) -> Units:
    """Answer a question to this lens, about one unit or all of them, of the lane that it names or of all."""
    named = asked.layer is not None or asked.backward is not None
    lanes = [looked_at(trace, asked.layer, backward=asked.backward)] if named else None
    return units(trace, asked.t, None if asked.unit is None else [asked.unit], progress, lanes)


def to_json(measured: Units) -> dict[str, Any]:
    """The fields as plain numbers and lists."""
    return {
        "t": measured.t,
        "label": measured.label,
        "probability": measured.probability,
        "note": measured.note,
        "units": [
            {
                **unit.looked.fields(),
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
