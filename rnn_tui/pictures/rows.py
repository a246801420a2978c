"""Rows: lists of segments, one list a line of the screen, put together by their width in cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

Row = list[Segment]

ELLIPSIS = "…"


def fit(text: str, width: int, align: str = "left") -> str:
    """Text in exactly `width` cells: cut with … where it is longer, filled with spaces where it is shorter."""
    if width <= 0:
        return ""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + ELLIPSIS
    space = width - length
    if align == "right":
        return " " * space + text
    if align == "center":
        return " " * (space // 2) + text + " " * (space - space // 2)
    return text + " " * space


def width_of(row: Iterable[Segment]) -> int:
    """The width of a row in cells."""
    return sum(segment.cell_length for segment in row)


def blank(width: int, style: Style | None = None) -> Row:
    """A row of spaces."""
    return [Segment(" " * max(0, width), style)]


def sized(row: Row, width: int) -> Row:
    """A row in exactly `width` cells."""
    return Segment.adjust_line_length(row, width)


def over(row: Iterable[Segment], style: Style) -> Row:
    """The row with `style` under each segment's own: a background for the whole row."""
    return [Segment(text, style if own is None else style + own) for text, own, _ in row]


def echo(row: Iterable[Segment]) -> Row:
    """The row without its text: what makes it thicker."""
    return [Segment(" " * segment.cell_length, segment.style) for segment in row]


def stacked(rows: Sequence[Row], width: int, height: int) -> list[Row]:
    """Exactly `height` rows of exactly `width` cells."""
    cut = [sized(row, width) for row in rows[:height]]
    return cut + [blank(width) for _ in range(height - len(cut))]


def text_of(row: Iterable[Segment]) -> str:
    """The text of a row, without its styles."""
    return "".join(segment.text for segment in row)


def shared(texts: Sequence[str]) -> int:
    """The width of the widest of some texts."""
    return max((cell_len(text) for text in texts), default=0)
