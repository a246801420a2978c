"""The phases of a word in one line, by their names: done, at work, still to come."""

from __future__ import annotations

from rich.style import Style

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import PhasePick, Pick
from rnn_tui.pictures.pieces import Piece, pick_in, row_of, width_of
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import View

DONE, NOW, TO_COME = "✓", "▸", "·"
UNNAMED = "?"
"""The name of a phase while the class is to guess it."""


def steps(view: View, width: int, palette: Palette) -> Row:
    """One line: "✓ Read   ✓ 1 Multiply   ▸ 2 Add   · Squash   · 3 Check"."""
    return sized(row_of(_pieces(view, width, palette)), width)


def pick_at(view: View, width: int, x: int) -> Pick | None:
    """The phase whose name stands at cell `x`."""
    return pick_in(_pieces(view, width, Palette()), x)


def _pieces(view: View, width: int, palette: Palette) -> list[Piece]:
    """The names, as far apart as there is room for; where there is none, of what is long done the mark alone."""
    marks = {-1: (DONE, palette.text), 0: (NOW, palette.accent + Style(bold=True)), 1: (TO_COME, palette.muted)}
    names = []
    for index, phase in enumerate(view.model.phases):
        mark, style = marks[view.progress(phase)]
        name = UNNAMED if view.unnamed(phase) else phase.heading
        names.append(Piece(f"{mark} {name}", style, PhasePick(index)))
    for index in range(len(names)):
        fits = width_of(names) + len(names) <= width
        if fits or view.progress(view.model.phases[index]) >= 0:
            break
        names[index] = Piece(DONE, marks[-1][1], PhasePick(index))
    gap = max(1, min(3, (width - 1 - width_of(names)) // max(1, len(names) - 1)))
    return [Piece(" "), *(piece for name in names for piece in (name, Piece(" " * gap)))][:-1]
