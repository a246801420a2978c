"""The sheet of the weights: each matrix in a block, its bias before it, and where in it a row is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from rnn_tui.export.sheet.paper import Paper, area
from rnn_tui.network.arrays import Array

NAME = "Weights"


@dataclass(frozen=True)
class Rows:
    """The cells of a matrix on the sheet: the row of its first, and how many columns it has; 0 of a bias alone."""

    first: int
    columns: int

    def weights(self, row: int) -> str:
        """A row of the weights, as a formula names it."""
        return area(NAME, self.first + row, 2, 1, self.columns)

    def bias(self, row: int) -> str:
        """Its bias."""
        return area(NAME, self.first + row, 1)


class Weights:
    """The sheet, to which matrices are added one below the other."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.sheet: Worksheet = paper.sheet(NAME, rows=1, columns=2)
        self.sheet.set_column(0, 0, 22)
        paper.text(self.sheet, 0, 0, "Weights: change any of them", "title")
        self.row = 2

    def add(self, title: str, names: Sequence[str], bias: Array, weight: Array | None) -> Rows:
        """Add a matrix (rows, columns) with its bias (rows,); None where the weights stand elsewhere."""
        paper, sheet = self.paper, self.sheet
        columns = 0 if weight is None else weight.shape[1]
        paper.text(sheet, self.row, 0, title, "block")
        paper.heads(sheet, self.row + 1, 1, ["bias", *(f"from {index + 1}" for index in range(columns))])
        first = self.row + 2
        for row, name in enumerate(names):
            paper.text(sheet, first + row, 0, name)
            paper.number(sheet, first + row, 1, float(bias[row]))
            for column in range(columns):
                assert weight is not None
                paper.number(sheet, first + row, 2 + column, float(weight[row, column]))
        paper.coloured(sheet, first, 1, len(names), 1 + columns)
        self.row = first + len(names) + 1
        return Rows(first, columns)
