"""The line at the bottom: the keys that matter now."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import KeyPick, Pick
from rnn_tui.pictures.pieces import Piece, pick_in, row_of
from rnn_tui.pictures.rows import Row, over, sized
from rnn_tui.tui.panels.hints import Hint
from rnn_tui.tui.panels.panel import Panel

Hints = tuple[Hint, ...]
IMPORTANT = 3
"""The highest priority number of a hint that is rather said in few words than left out."""


class Footer(Panel[Hints]):
    """The keys; those that can't do anything now are greyed, and every other one can be clicked."""

    def picture(self, view: Hints, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        return [over(sized(row_of(_pieces(view, width, palette)), width), palette.bar)]

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The key of the entry there."""
        return pick_in(_pieces(self.view or (), self.size.width, Palette()), x)


def _pieces(hints: Hints, width: int, palette: Palette) -> list[Piece]:
    """As many hints as fit, the least important left out first; in few words where the important ones need that."""
    kept = list(hints)
    important = [hint for hint in kept if hint.priority <= IMPORTANT]
    brief = _width(important, 2, brief=False) > width
    gap = 1 if brief else 2
    while kept and _width(kept, gap, brief=brief) > width:
        kept.remove(max(reversed(kept), key=lambda hint: hint.priority))
    if brief and _width(kept, 2, brief=brief) <= width:
        gap = 2
    pieces = []
    for hint in kept:
        pick = KeyPick(hint.key) if hint.able else None
        does = hint.shortest if brief else hint.does
        pieces.append(Piece(f" {hint.sign}", palette.accent if hint.able else palette.faint, pick))
        pieces.append(Piece(f" {does}{' ' * (gap - 1)}", palette.muted if hint.able else palette.faint, pick))
    return pieces


def _width(hints: Sequence[Hint], gap: int, *, brief: bool) -> int:
    """The cells that the hints take with so many cells between them."""
    return sum(len(hint.sign) + len(hint.shortest if brief else hint.does) + 1 + gap for hint in hints) - (gap - 1)
