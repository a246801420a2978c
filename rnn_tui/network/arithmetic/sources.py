"""The identity of a derivation's parts that belong to no cell: reading x, and making the outputs."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.network.cells.phases import PhasePart


@dataclass(frozen=True)
class TokenRead:
    """The token's way to x."""


@dataclass(frozen=True)
class LogitOf:
    """The logit of a label (its index)."""

    label: int


@dataclass(frozen=True)
class ShareOf:
    """A value's share of all, by softmax: `name` is the label's, or the word's whose attention it is."""

    name: str


@dataclass(frozen=True)
class ScoreOf:
    """The score of the word at a timestep (from 0): how much attention it asks for."""

    t: int


@dataclass(frozen=True)
class ContextOf:
    """The unit's values at all words so far, weighed by attention."""


Source = PhasePart | TokenRead | LogitOf | ShareOf | ScoreOf | ContextOf
"""The identity of a part, by which it is explained (`story.arithmetic`)."""
