"""One question to a lens, and its answer."""

from __future__ import annotations

from typing import Any

from rnn_tui.lenses import lens as lens_of
from rnn_tui.lenses.lanes import unit_looked_at
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.network.errors import InputError
from rnn_tui.network.trace import Trace

__all__ = ["Question", "measure", "question", "slide", "swept_already"]


def question(lens: str, trace: Trace, t: int, unit: int) -> Question:
    """The question that a lens answers at a timestep and a picked unit (both from 0), on the floor of the trace.

    Two positions with the same question have the same answer. Raises UserError where there is no such lens.
    """
    record = lens_of(lens)
    looked, own = unit_looked_at(trace, unit)
    return Question(
        lens,
        _answer(trace, t) if record.of_answer else None,
        own if record.of_unit else None,
        layer=looked.layer if record.of_layer else None,
        backward=looked.backward if record.of_direction else None,
    )


def slide(lens: str, trace: Trace, t: int) -> Question:
    """The question of how the answer changes with the word of timestep t (from 0) moved to every position."""
    return Question(lens, _answer(trace, t), word=t)


def swept_already(lens: str, measured: Any) -> bool:
    """Tell whether a lens's result holds what every slide would find, so that none is to be measured."""
    computing: Any = lens_of(lens).load()
    holds: bool = computing.swept_already(measured)
    return holds


def measure(asked: Question, trace: Trace, progress: Progress = quiet) -> Any:
    """The lens's own result (`lenses.memory.Memory` and so on).

    A slide gives the word and its row of the sweep, (T,). Raises InputError where the lens has nothing to show for
    this model or the text is too long for the memory of this machine, and UserError where there is no such lens.
    """
    record = lens_of(asked.lens)
    if record.need is not None:
        record.need.check(trace.model)
    computing: Any = record.load()
    try:
        if asked.word is not None:
            return asked.word, computing.sweep_word(trace, asked.word, asked.t, progress)
        return computing.compute(trace, asked, progress)
    except MemoryError:  # some lenses keep a number for every pair of words
        pieces = f"{len(trace):,} {trace.model.tokenizer.unit}s"
        raise InputError(f"this lens needs more memory for {pieces} than there is; give it a shorter text") from None


def _answer(trace: Trace, t: int) -> int | None:
    """The timestep of the answer, or None where there is only the one after the last word."""
    return t if trace.model.readout.kind == "each" else None
