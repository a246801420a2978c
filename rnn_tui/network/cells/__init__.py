"""The cells: each in a file of its own, in PyTorch's equations, names, shapes and gate order.

All that depends on which cell a network has is asked of the cell; the rest of the program knows none of them by name.
"""

from __future__ import annotations

from typing import TypeVar

from rnn_tui.network.cells.activations import ACTIVATIONS
from rnn_tui.network.cells.cell import Cell, StepGradient
from rnn_tui.network.cells.elman import Elman
from rnn_tui.network.cells.gates import Gate
from rnn_tui.network.cells.gru import GRU
from rnn_tui.network.cells.lstm import LSTM
from rnn_tui.network.cells.parameters import PARAMETERS, State, cell_title_of
from rnn_tui.network.cells.phases import multiply_gates, opening
from rnn_tui.network.errors import InputError

__all__ = [
    "ACTIVATIONS",
    "CELLS",
    "GRU",
    "LSTM",
    "PARAMETERS",
    "Cell",
    "Elman",
    "Gate",
    "State",
    "StepGradient",
    "cell_class",
    "cell_title",
    "cell_titles",
    "multiply_gates",
    "opening",
    "register",
]

CELLS: dict[str, type[Cell]] = {}
"""The cells by their names in the model file."""

CellType = TypeVar("CellType", bound=type[Cell])


def register(cell: CellType) -> CellType:
    """Make a cell known under its kind; raises ValueError where another one is, or where it can't be told apart.

    One with gates must say which of them keeps the old state.
    """
    if cell.gates and cell.keep_gate is None:
        raise ValueError(f"the cell {cell.kind} has gates, and no keep_gate among them")
    if CELLS.setdefault(cell.kind, cell) is not cell:
        raise ValueError(f"there is a cell {cell.kind} already")
    return cell


def cell_class(kind: str) -> type[Cell]:
    """The cell of a kind; raises InputError where there is none."""
    if kind not in CELLS:
        raise InputError(f"no cell is called “{kind}”; there are {', '.join(CELLS)}")
    return CELLS[kind]


def cell_titles() -> dict[str, str]:
    """Return the name that people call each cell by, by its kind."""
    return {kind: cell.kind_title for kind, cell in CELLS.items()}


def cell_title(kind: str, activation: str | None) -> str:
    """A cell by its name in the model file, as people call it: "Elman tanh", "GRU"; raises InputError as cell_class."""
    return cell_title_of(cell_class(kind), activation)


for _cell in (Elman, GRU, LSTM):
    register(_cell)
