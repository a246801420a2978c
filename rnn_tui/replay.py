"""A training run seen on one text: what the network answered after each word, epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace, run
from rnn_tui.text import number

if TYPE_CHECKING:
    from rnn_tui.network.runs import Run
    from rnn_tui.scene import Reading
    from rnn_tui.traces import Traces

MOST = 60
"""The most epochs at which a text is read for the curve of its answer: more are no easier to see."""


@dataclass(frozen=True, eq=False)
class Replay:
    """The answers of a network to one text while it was trained.

    `epochs` are kept epochs, the first and the last among them. `answers` is (epochs, T): at each the probability,
    after each word, of the label that the trained network gives, or its number; NaN where there is no answer yet.
    `labels` names that label for each word.
    """

    run: Run
    epochs: tuple[int, ...]
    answers: Array
    labels: tuple[str, ...]
    is_number: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", frozen(self.answers))

    def said(self, t: int, value: float) -> str:
        """An answer after a word as people read it: "Positive 81%", or the number."""
        if np.isnan(value):
            return ""
        return f"{self.labels[t]} {value:.0%}" if not self.is_number else f"{self.labels[t]} {number(value)}"


def replayed(
    reading: Reading, traces: Traces, known: dict[int, Array] | None = None, most: int | None = None
) -> Replay:
    """Read a text at the epochs of its model's run; raises UserError where there is no run, or it can't be read.

    `known` holds the answers (T, labels) of epochs at which the text was read before; those that are new are put there,
    at most `most` of them: those of the reading's own epoch, of the best and of the last come first, and NaN stands for
    those that are left out.
    """
    run = traces.run(reading.model)
    epochs = _spread(run.epochs, run.best)
    known = {} if known is None else known
    output, readout = run.metadata.output, run.metadata.readout
    best = run.best if run.best in epochs else epochs[-1]
    wanted = [epoch for epoch in dict.fromkeys((best, epochs[-1], reading.epoch, *epochs[::-1])) if epoch in epochs]
    for epoch in [epoch for epoch in wanted if epoch not in known][:most]:
        known[epoch] = _answered(_trace(run, epoch, reading), output.answer if output.is_number else "probs")
    nothing = np.full_like(known[best], np.nan)
    recorded = [known.get(epoch, nothing) for epoch in epochs]
    length, labels = len(nothing), run.metadata.labels
    if output.is_number:
        answers = np.array([answer[:, 0] for answer in recorded])
        return Replay(run, epochs, answers, (labels[0],) * length, is_number=True)
    chosen = [int(np.argmax(known[best][t if readout == "each" else -1])) for t in range(length)]
    answers = np.array([answer[np.arange(length), chosen] for answer in recorded])
    return Replay(run, epochs, answers, tuple(labels[index] for index in chosen), is_number=False)


ANSWER, MEMORY, GRADIENT, UNIT = "answer", "memory", "gradient", "unit"
_KINDS = {"memory": MEMORY, "gradient": GRADIENT, "units": UNIT}


@dataclass(frozen=True, eq=False)
class Across:
    """A number of every word at epochs of a training: `values` is (epochs, T).

    `kind` says what: the answer after the word as in `Replay`; the share of the word that is left in the memory at the
    end (`lenses.memory`); the power of ten of the gradient that reaches back to it (`lenses.gradient`); or a hidden
    unit after it, of index `unit` on the floor that is looked at.
    """

    kind: str
    epochs: tuple[int, ...]
    words: tuple[str, ...]
    values: Array
    replay: Replay
    unit: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))


def kind_of(lens: str | None) -> str:
    """The kind of number that is shown across the epochs while a lens, by its name or None, is open."""
    return _KINDS.get(lens or "", ANSWER)


def across(reading: Reading, replay: Replay, kind: str, floor: int, unit: int) -> Across:
    """Compute a number of every word at the epochs of a replay; raises UserError where a network can't be read."""
    traces = [_trace(replay.run, epoch, reading) for epoch in replay.epochs]
    words = tuple(token.text for token in traces[0].tokens)
    values = replay.answers if kind == ANSWER else np.array([_numbers(trace.on(floor), kind, unit) for trace in traces])
    return Across(kind, replay.epochs, words, values, replay, unit)


def _numbers(trace: Trace, kind: str, unit: int) -> Array:
    """The number of each word: (T,)."""
    floor = trace.model.floor
    if kind == UNIT:
        return np.array(trace.values["h" if floor.layer is not None else floor.reads][:, unit], np.float64)
    if kind == MEMORY:
        from rnn_tui.lenses.memory import memory

        found = memory(trace, layer=floor.layer)
        return np.array([found.left(t) for t in range(len(trace))])
    from rnn_tui.lenses.gradient import gradient

    return gradient(trace, layer=floor.layer, backward=floor.backward).log10_norm


def _answered(trace: Trace, name: str) -> Array:
    """The answers after each word, NaN before the first: (T, labels)."""
    answers = np.array(trace.values[name], np.float64)
    answers[: trace.answered_from] = np.nan
    return answers


def _trace(run_: Run, epoch: int, reading: Reading) -> Trace:
    """The trace of a reading at a kept epoch."""
    model = run_.model(epoch, max_bytes=None)
    tokens = model.tokenize(reading.text)
    if not reading.edits:
        return run(model, tokens)
    from rnn_tui.edits import apply_edits  # only where something is edited: start-up time is a feature

    return run(*apply_edits(model, tokens, replace(reading, epoch=None).edits))


def _spread(kept: tuple[int, ...], best: int | None) -> tuple[int, ...]:
    """At most `MOST` of the kept epochs, evenly, with the first, the best and the last."""
    picked = {kept[round(index * (len(kept) - 1) / max(1, MOST - 1))] for index in range(MOST)}
    return tuple(sorted(picked | {epoch for epoch in kept if epoch == best}))
