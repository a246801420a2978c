"""The stand-in for a cell above the lanes of a stack: units that carry nothing from word to word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NoReturn, Self

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.cell import Cell, StepGradient
from rnn_tui.network.cells.parameters import State
from rnn_tui.network.cells.phases import Phase


@dataclass(frozen=True, eq=False)
class Above(Cell):
    """Units without a memory: those in which two lanes meet, or those of a linear layer of the head.

    It has no phases and takes no step; its parameters are zeros that take no room.
    """

    kind: ClassVar[str] = "above"
    kind_title: ClassVar[str] = "no cell"
    state_titles: ClassVar[Mapping[str, tuple[str, str]]] = {"h": ("Units", "the units after each {}")}

    @classmethod
    def of(cls, hidden_size: int, input_size: int, dtype: np.dtype[np.floating]) -> Self:
        """So many units, which read so many numbers."""
        zero = np.zeros((), dtype)
        weights = (np.broadcast_to(zero, (hidden_size, size)) for size in (input_size, hidden_size))
        biases = (np.broadcast_to(zero, (hidden_size,)) for _ in range(2))
        return cls(*weights, *biases)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """None."""
        return ()

    def step(self, ih: Array, state: State) -> NoReturn:
        """Raises TypeError: there is no step."""
        raise TypeError("what stands above the lanes takes no step")

    def step_backward(self, values: Mapping[str, Array], state: State, d_state: State) -> StepGradient:
        """Raises TypeError: there is no step."""
        raise TypeError("what stands above the lanes takes no step")
