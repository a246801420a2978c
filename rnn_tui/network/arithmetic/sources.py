"""What the parts of a derivation that belong to no cell are: how x came about, and what the outputs are made of."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.network.cells.phases import PhasePart


@dataclass(frozen=True)
class TokenRead:
    """How the token became x."""


@dataclass(frozen=True)
class LogitOf:
    """The logit of a label (its index)."""

    label: int


@dataclass(frozen=True)
class ShareOf:
    """What a value is among all, by softmax: `name` is the label's, or the word's whose attention it is."""

    name: str


@dataclass(frozen=True)
class ScoreOf:
    """How much attention the word at a timestep (from 0) asks for."""

    t: int


@dataclass(frozen=True)
class ContextOf:
    """What the unit was over all words so far, weighed by attention."""


Source = PhasePart | TokenRead | LogitOf | ShareOf | ScoreOf | ContextOf
"""What a part is, by which it is explained (`story.arithmetic`)."""
