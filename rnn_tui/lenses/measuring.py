"""One question to a lens, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.network.trace import Trace

WHOLE_SWEEP = 30
"""The longest sentence of which every word is slid through every place without being asked: T³ steps."""


@dataclass(frozen=True)
class Question:
    """A lens, and what it depends on beside the trace.

    `t` is the timestep of the answer, where every word has an answer of its own; −1 is after the last word. `unit` is
    the hidden unit, from 0, where the lens looks at one. With `word`, the recency lens slides that word alone;
    with `whole` it slides every word however long the sentence is.
    """

    lens: str
    t: int = -1
    unit: int | None = None
    word: int | None = None
    whole: bool = False


def question(lens: str, trace: Trace, t: int, unit: int) -> Question:
    """What is asked of a lens at a position: two positions with the same question have the same answer."""
    of_every_word = trace.model.readout.kind == "each" and lens in ("recency", "units")
    return Question(lens, t if of_every_word else -1, unit if lens == "units" else None)


def slide(trace: Trace, t: int) -> Question:
    """What the answer is with the word at timestep t at every place."""
    return Question("recency", t if trace.model.readout.kind == "each" else -1, word=t)


def measure(asked: Question, trace: Trace, progress: Progress = quiet) -> Any:
    """The lens's own result (`lenses.memory.Memory` and so on); raises InputError where the lens has nothing to see.

    A slide gives the word and its row of the sweep, (T,).
    """
    lens = import_module(f"rnn_tui.lenses.{asked.lens}")  # a lens is imported when it is looked through
    if asked.word is not None:
        return asked.word, lens.sweep_word(trace, asked.word, asked.t, progress)
    options: Mapping[str, Mapping[str, Any]] = {
        "recency": {"t": asked.t, "sweep": asked.whole or len(trace) <= WHOLE_SWEEP},
        "units": {"t": asked.t, "only": None if asked.unit is None else [asked.unit]},
        "attention": {"t": asked.t},
    }
    return getattr(lens, asked.lens)(trace, progress=progress, **options.get(asked.lens, {}))
