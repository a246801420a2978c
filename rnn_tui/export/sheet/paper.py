"""A workbook that is being written: its sheets, its looks, and formulas with the values that they have now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rnn_tui.network.errors import UserError

MOST_CELLS = 400_000
"""So many cells make a file of some 5 MB, which still opens at once."""
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_000
POSITIVE, NEGATIVE = "#FBE3D6", "#DCEBFA"
"""The colours of numbers above and below 0, with black on them."""
_FORMATS: dict[str, dict[str, Any]] = {
    "number": {"num_format": "0.0000"},
    "whole": {"num_format": "0"},
    "percent": {"num_format": "0.0%"},
    "input": {"num_format": "0.0000", "bg_color": "#FFF8DC", "border": 1, "border_color": "#C8B560"},
    "word": {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C8B560", "num_format": "@"},
    "typed": {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C8B560", "num_format": "General"},
    "held": {"num_format": "0.0000", "italic": True, "bg_color": "#E6E6E6", "border": 1},
    "head": {"bold": True, "bottom": 1, "align": "right"},
    "title": {"bold": True, "font_size": 14},
    "block": {"bold": True, "align": "left"},
    "text": {"text_wrap": True, "valign": "top"},
    "plain": {},
    "start": {"num_format": "0.0000", "italic": True, "font_color": "#777777"},
    "positive": {"bg_color": POSITIVE},
    "negative": {"bg_color": NEGATIVE},
}


def area(sheet: str, row: int, column: int, rows: int = 1, columns: int = 1) -> str:
    """A range of a sheet as a formula names it, whatever is copied: 'Weights'!$B$3:$I$3; rows and columns from 0."""
    first = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(row + rows - 1, column + columns - 1, row_abs=True, col_abs=True)
    return f"'{sheet}'!{first}" + ("" if first == last else f":{last}")


def cell(row: int, column: int) -> str:
    """A cell of the same sheet as a formula names it: C5."""
    return str(xl_rowcol_to_cell(row, column))


def span(row: int, column: int, columns: int) -> str:
    """Some cells beside each other on the same sheet."""
    return f"{xl_col_to_name(column)}{row + 1}:{xl_col_to_name(column + columns - 1)}{row + 1}"


class Paper:
    """A workbook under way. Raises UserError where there are more cells or columns than it can have."""

    def __init__(self, file: IO[bytes]) -> None:
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(file, options)
        self.formats = {name: self.book.add_format(looks) for name, looks in _FORMATS.items()}
        self.cells = 0

    def sheet(self, name: str, *, rows: int, columns: int, width: float = 9) -> Worksheet:
        """A new sheet, of whose cells the first rows and columns stay where they are."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(rows, columns)
        sheet.set_column(0, MOST_COLUMNS - 1, width)
        return sheet

    def _counted(self, column: int) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS or column >= MOST_COLUMNS:
            raise UserError("it is too large for a workbook; take a shorter sentence, or export it as .csv")

    def text(self, sheet: Worksheet, row: int, column: int, text: str, looks: str = "plain") -> None:
        """A text, which is never a formula, a link or a number."""
        self._counted(column)
        sheet.write_string(row, column, text[:LONGEST_TEXT], self.formats[looks])

    def number(self, sheet: Worksheet, row: int, column: int, value: float, looks: str = "input") -> None:
        """A number; raises UserError where it is none."""
        self._counted(column)
        sheet.write_number(row, column, _finite(value), self.formats[looks])

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, value: Any, looks: str = "number") -> None:
        """A formula and the value that it has now, which is shown where nothing is computed."""
        self._counted(column)
        shown = value if isinstance(value, str) else _finite(value)
        sheet.write_formula(row, column, f"={formula}", self.formats[looks], shown)

    def heads(self, sheet: Worksheet, row: int, column: int, names: Sequence[str]) -> None:
        """The heads of columns."""
        for offset, name in enumerate(names):
            self.text(sheet, row, column + offset, name, "head")

    def coloured(self, sheet: Worksheet, row: int, column: int, rows: int, columns: int) -> None:
        """Colour numbers by their sign, whatever they become."""
        for criteria, looks in ((">", "positive"), ("<", "negative")):
            sheet.conditional_format(
                row, column, row + rows - 1, column + columns - 1,
                {"type": "cell", "criteria": criteria, "value": 0, "format": self.formats[looks]},
            )  # fmt: skip


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UserError("a number grows beyond all bounds, which no workbook holds; export it as .json")
    return float(value)
