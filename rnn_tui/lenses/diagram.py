"""The textbook's diagram of the network: all that it draws is in the trace, so that nothing is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rnn_tui.lenses.progress import Progress
from rnn_tui.lenses.record import Question
from rnn_tui.network.trace import Trace


@dataclass(frozen=True)
class Diagram:
    """The mark that there is a diagram to draw; it has no numbers of its own."""


def compute(trace: Trace, asked: Question, progress: Progress) -> Diagram:
    """Answer a question to this lens, which needs nothing but the trace."""
    return Diagram()


def to_json(measured: Diagram) -> dict[str, Any]:
    """No fields."""
    return {}
