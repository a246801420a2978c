"""One question to a lens, and its answer."""

from __future__ import annotations

from typing import Any

from rnn_tui.lenses import lens as lens_of
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.network.errors import InputError
from rnn_tui.network.trace import Trace

__all__ = ["Question", "measure", "question", "slide", "swept_already"]


def question(lens: str, trace: Trace, t: int, unit: int) -> Question:
    """The question that a lens answers at a timestep and a picked unit (both from 0).

    Two positions with the same question have the same answer. Raises UserError where there is no such lens.
    """
    record = lens_of(lens)
    return Question(lens, _answer(trace, t) if record.of_answer else None, unit if record.of_unit else None)


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
    this model, and UserError where there is no such lens.
    """
    record = lens_of(asked.lens)
    if record.need is not None:
        record.need.check(trace.model)
    if not record.holds and any(token.held for token in trace.tokens):
        raise InputError(f"the lens {record.name} can't be measured while a value is held; take “hold” out")
    computing: Any = record.load()
    if asked.word is not None:
        return asked.word, computing.sweep_word(trace, asked.word, asked.t, progress)
    return computing.compute(trace, asked, progress)


def _answer(trace: Trace, t: int) -> int | None:
    """The timestep of the answer, or None where there is only the one after the last word."""
    return t if trace.model.readout.kind == "each" else None
