"""The panel that is shown where the terminal is too small for anything else."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit
from rnn_tui.tui.panels.panel import Panel


@dataclass(frozen=True)
class Least:
    """The cells that the program needs."""

    width: int
    height: int


LEAST = Least(60, 18)
"""The cells that every screen needs; a plan for fewer cells has nothing but the notice that says so."""


class Notice(Panel[Least]):
    """The size that the terminal must have, and the size that it has."""

    def picture(self, view: Least, palette: Palette, width: int, height: int) -> list[Row]:
        """Three lines in the middle."""
        lines = ["rnn-tui needs more room", f"at least {view.width} × {view.height}", f"now {width} × {height}"]
        rows: list[Row] = [blank(width) for _ in range(max(0, (height - len(lines)) // 2))]
        return rows + [[Segment(fit(line, width, "center"), palette.accent)] for line in lines]
