"""One hidden unit at one timestep, and how its numbers are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arithmetic.parts import Term
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import Step, Trace
from rnn_tui.text import LONGEST_WORD, clipped


@dataclass(frozen=True)
class UnitAtStep:
    """A hidden unit (from 0) at a timestep of a trace."""

    model: Model
    trace: Trace
    step: Step
    unit: int

    @property
    def cell(self) -> Cell:
        """The cell that the unit belongs to."""
        return self.model.cell

    @property
    def token(self) -> Token:
        """The token that is read at this timestep."""
        return self.trace.tokens[self.step.t]

    @property
    def name(self) -> str:
        """The unit's name in words: "verb" or "unit 3"."""
        return clipped(self.model.unit_name(self.unit), LONGEST_WORD)

    @property
    def index(self) -> str:
        """The unit's name in equations: "verb" or "3"."""
        return self.name if self.model.unit_names else str(self.unit + 1)

    def value(self, name: str, gate: str = "") -> float:
        """The unit's number in a value of the step; `gate` is the letter of its block in what is stacked by gates."""
        return float(self.cell.block(self.step[name], gate)[self.unit])

    def memory(self, gate: str = "") -> float:
        """The unit's weight_hh·h_prev: what hh has of the memory, without the bias."""
        return float(self.cell.block(self.cell.remembered(self.step["hh"]), gate)[self.unit])

    def bias(self, gate: str = "") -> float:
        """The unit's bias_hh: what hh has whatever is remembered."""
        return float(self.cell.block(self.cell.bias_hh, gate)[self.unit])

    def unit_names(self) -> list[str]:
        """The names of all hidden units."""
        return [clipped(self.model.unit_name(unit), LONGEST_WORD) for unit in range(self.model.hidden_size)]


def terms_of(weights: Array, values: Array, names: Iterable[str]) -> tuple[Term, ...]:
    """The products of two vectors (n,) and their running sums, in float64."""
    left, right = weights.astype(np.float64), values.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        products = left * right
        running = np.cumsum(products)
    columns = (left.tolist(), right.tolist(), products.tolist(), running.tolist(), names)
    return tuple(Term(*numbers) for numbers in zip(*columns, strict=True))
