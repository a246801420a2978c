"""Models and traces that are in use: each model is loaded once, each reading computed once for all screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from rnn_tui import shelf
from rnn_tui.network.trace import Trace, run
from rnn_tui.scene import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from rnn_tui.network.model import Model
    from rnn_tui.network.runs import Run

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_MODELS, MOST_TRACES = 4, 8


class Traces:
    """Traces of readings, computed when they are first asked for; the least recently asked for go first.

    `allow_large` says that also what a file asks for, such as a lesson, may open a model of any size. `stops` is the
    lesson's file to which views are added as stops, None until it was asked for.
    """

    def __init__(self, *, allow_large: bool = False) -> None:
        self.allow_large = allow_large
        self.stops: Path | None = None
        self._models: dict[tuple[str, int | None], Model] = {}
        self._runs: dict[str, Run] = {}
        self._traces: dict[Reading, Trace] = {}

    def keep(self, reading: Reading, trace: Trace) -> None:
        """Take in a trace that was computed elsewhere."""
        _recalled(self._traces, reading, lambda _: trace, MOST_TRACES)

    def keep_run(self, name: str, run: Run) -> None:
        """Take in a run as it is now: one that goes on has more epochs than when it was opened."""
        self._runs.pop(name, None)
        _recalled(self._runs, name, lambda _: run, MOST_MODELS)

    def model(self, name: str, epoch: int | None = None) -> Model:
        """A model by name or path, of any size, at an epoch of its training; raises UserError."""

        def loaded(asked: tuple[str, int | None]) -> Model:
            name, epoch = asked
            return shelf.load(name, max_bytes=None) if epoch is None else self.run(name).model(epoch, max_bytes=None)

        return _recalled(self._models, (name, epoch), loaded, MOST_MODELS)

    def run(self, name: str) -> Run:
        """The training run of a model; raises UserError where there is none, or where it can't be read."""
        return _recalled(self._runs, name, shelf.run_of, MOST_MODELS)

    def trace(self, reading: Reading) -> Trace:
        """The trace of a reading; raises UserError where its model, text or edits can't be had."""
        return _recalled(self._traces, reading, self._computed, MOST_TRACES)

    def _computed(self, reading: Reading) -> Trace:
        return traced(self.model(reading.model, reading.epoch), reading)


def traced(model: Model, reading: Reading) -> Trace:
    """The trace of a reading by a network that is at hand; raises UserError where it can't be read."""
    tokens = model.tokenize(reading.text)
    if not reading.edits:
        return run(model, tokens)
    from rnn_tui.edits import apply_edits  # only where something is edited: start-up time is a feature

    return run(*apply_edits(model, tokens, reading.edits))


def _recalled(known: dict[Key, Value], asked: Key, make: Callable[[Key], Value], most: int) -> Value:
    """The entry for `asked`, made where there is none; the dictionary keeps `most` entries, the latest last."""
    value = known.pop(asked) if asked in known else make(asked)
    known[asked] = value
    while len(known) > most:
        del known[next(iter(known))]
    return value
