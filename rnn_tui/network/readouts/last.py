"""The readouts that hand on the hidden state as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.network.readouts.readout import Readout


@dataclass(frozen=True, eq=False)
class Last(Readout):
    """The hidden state; the answer is that after the last word (PyTorch's h_n)."""

    kind: ClassVar[str] = "last"


@dataclass(frozen=True, eq=False)
class LastStep(Last):
    """The output at the last timestep: in one forward layer the same as `Last`."""

    kind: ClassVar[str] = "last_step"


@dataclass(frozen=True, eq=False)
class Each(Readout):
    """The hidden state, but every word has an answer of its own: tagging, or the next token."""

    kind: ClassVar[str] = "each"
    title: ClassVar[str] = "an answer for each {}"
