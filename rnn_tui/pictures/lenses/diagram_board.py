"""A board on which a diagram is drawn text by text, and what a click on each of its cells picks."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row


class Board:
    """`width` by `height` cells, counted from the top left; what leaves the board is cut."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._texts = [[" "] * width for _ in range(height)]  # by cell; "" is the second half of a wide character
        self._styles: list[list[Style | None]] = [[None] * width for _ in range(height)]
        self._picks: dict[tuple[int, int], Pick] = {}

    def put(self, x: int, y: int, text: str, style: Style, pick: Pick | None = None) -> None:
        """Write a text from cell (x, y) on to the right, over what is there."""
        if not 0 <= y < self.height:
            return
        cells = list(text) if cell_len(text) == len(text) else _cells(text)
        cells = cells[max(0, -x) : max(0, self.width - x)]
        x = max(0, x)
        self._texts[y][x : x + len(cells)] = cells
        self._styles[y][x : x + len(cells)] = [style] * len(cells)
        if pick is not None:
            self._picks.update(((x + k, y), pick) for k in range(len(cells)))

    def centred(self, x: int, y: int, text: str, style: Style, pick: Pick | None = None) -> None:
        """Write a text whose middle is at cell x, or as near to it as it is with a cell free at both edges."""
        size = cell_len(text)
        self.put(max(1, min(x - size // 2, self.width - 1 - size)), y, text, style, pick)

    def rows(self) -> list[Row]:
        """All rows, each of exactly `width` cells."""
        return [self._row(*row) for row in zip(self._texts, self._styles, strict=True)]

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The pick of what is drawn in a cell; None where it picks nothing."""
        return self._picks.get((x, y))

    @staticmethod
    def _row(texts: list[str], styles: list[Style | None]) -> Row:
        row, at = [], 0
        for style, run in groupby(styles):
            end = at + sum(1 for _ in run)
            row.append(Segment("".join(texts[at:end]), style))
            at = end
        return row


def _cells(text: str) -> list[str]:
    """What stands in each cell of a text: "" in the second of a wide character, and its marks with each character."""
    cells: list[str] = []
    for character in text:
        size = cell_len(character)
        if not size and cells:
            cells[-1 if cells[-1] else -2] += character
        else:
            cells += [character, *[""] * (size - 1)]
    return cells
