"""Rows made of pieces, each of which may stand for something that can be picked with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row


class Piece(NamedTuple):
    """Some text in one style, and what a click on it picks, if anything."""

    text: str
    style: Style | None = None
    pick: Pick | None = None


def row_of(pieces: Sequence[Piece]) -> Row:
    """The pieces as a row."""
    return [Segment(piece.text, piece.style) for piece in pieces]


def width_of(pieces: Sequence[Piece]) -> int:
    """The cells that the pieces take."""
    return sum(cell_len(piece.text) for piece in pieces)


def pick_in(pieces: Sequence[Piece], x: int) -> Pick | None:
    """The pick of the piece at cell `x` of the row; None where it picks nothing."""
    end = 0
    for piece in pieces:
        end += cell_len(piece.text)
        if x < end:
            return piece.pick if x >= 0 else None
    return None
