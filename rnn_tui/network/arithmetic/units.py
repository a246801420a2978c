"""One hidden unit at one timestep, and how its numbers are called."""

from __future__ import annotations

from dataclasses import dataclass

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
        return self.called(self.unit)

    @property
    def index(self) -> str:
        """The unit's name in equations: "verb" or "3"."""
        return self.name if self.model.unit_names else str(self.unit + 1)

    def value(self, name: str, gate: str = "") -> float:
        """The unit's number in a value of the step; `gate` is the letter of its block in what is stacked by gates."""
        return float(self.cell.block(self.step[name], gate)[self.unit])

    def holds(self, name: str) -> bool:
        """Tell whether a value of the unit, by its name, is held at this timestep, whatever comes out of the rest."""
        return any((one.name, one.unit) == (name, self.unit) for one in self.trace.held(self.step.t))

    def memory(self, gate: str = "") -> float:
        """The unit's weight_hh·h_prev: what hh has of the memory, without the bias."""
        return float(self.cell.block(self.cell.remembered(self.step["hh"]), gate)[self.unit])

    def bias(self, gate: str = "") -> float:
        """The unit's bias_hh: what hh has whatever is remembered."""
        return float(self.cell.block(self.cell.bias_hh, gate)[self.unit])

    def called(self, unit: int) -> str:
        """The name of a hidden unit, from 0."""
        return clipped(self.model.unit_name(unit), LONGEST_WORD)

    def unit_names(self) -> list[str]:
        """The names of all hidden units."""
        return [self.called(unit) for unit in range(self.model.hidden_size)]
