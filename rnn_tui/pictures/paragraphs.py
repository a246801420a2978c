"""Paragraphs, headings, items of lists and code as rows, wrapped at words, and the rows in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.text import printable

LEAST_WIDTH = 8
"""The fewest cells that text is wrapped into, however deep a list is."""
INDENT = 2
"""The cells that what stands in a list or a quotation is further to the right."""


class Run(Protocol):
    """Text in one style: `role` is plain, strong, emphasis or code. A line break in it is meant."""

    @property
    def text(self) -> str:
        """The text."""
        ...

    @property
    def role(self) -> str:
        """The style."""
        ...


class Block(Protocol):
    """A piece of prose that begins on a row of its own: `kind` is paragraph, heading, item or code.

    `depth` counts the lists and quotations around it, `mark` is what stands before an item.
    """

    @property
    def kind(self) -> str:
        """The kind."""
        ...

    @property
    def runs(self) -> Sequence[Run]:
        """The text, style by style."""
        ...

    @property
    def depth(self) -> int:
        """The count of lists and quotations around it."""
        ...

    @property
    def mark(self) -> str:
        """The mark before an item."""
        ...


def draw(blocks: Sequence[Block], width: int, palette: Palette) -> list[Row]:
    """The blocks in as many rows as they need, each at most `width` cells wide; all but items with a row between."""
    rows: list[Row] = []
    for before, block in pairwise([None, *blocks]):
        assert block is not None
        if before is not None and not (before.depth <= block.depth + 1 and block.kind == before.kind == "item"):
            rows.append([])
        rows += _rows(block, max(width, LEAST_WIDTH), palette)
    return rows


def pages(rows: Sequence[Row], height: int) -> list[list[Row]]:
    """The rows in pages of at most `height` each, at least one; a page ends before a blank row where one is near."""
    found: list[list[Row]] = []
    rest = list(rows)
    while len(rest) > height > 0:
        blank = [index for index in range(height // 2, height + 1) if not rest[index]]
        end = blank[-1] if blank else height
        found.append(rest[:end])
        rest = rest[end:]
        while rest and not rest[0]:
            del rest[0]
    return [*found, rest] if rest or not found else found


def _rows(block: Block, width: int, palette: Palette) -> list[Row]:
    """The rows of a block, each as far to the right as it stands in lists."""
    mark = f"{printable(block.mark)} " if block.mark else ""
    indent = min(INDENT * block.depth, max(0, width - LEAST_WIDTH - cell_len(mark)))
    room = max(LEAST_WIDTH, width - indent - cell_len(mark))
    rows: list[Row] = []
    for line in _lines(block, palette):
        rows += _wrapped([line] if block.kind == "code" else _words(line), room)
    befores = [" " * indent + mark, *[" " * (indent + cell_len(mark))] * (len(rows) - 1)]
    return [
        [Segment(before, palette.muted), *row] if before and row else row
        for before, row in zip(befores, rows, strict=True)
    ]


def _lines(block: Block, palette: Palette) -> list[Row]:
    """The lines that a block has of itself."""
    lines: list[Row] = [[]]
    for run in block.runs:
        style = _style(run.role, block.kind, palette)
        for index, text in enumerate(run.text.split("\n")):
            if index:
                lines.append([])
            if text:
                lines[-1].append(Segment(printable(text), style))
    return lines


def _style(role: str, kind: str, palette: Palette) -> Style:
    """The style of a run: what is emphasised is told from the rest without colour, too."""
    if kind == "heading":
        return palette.accent
    if kind == "code":
        return palette.text
    return {"emphasis": palette.text + Style(italic=True), "code": palette.accent}.get(role) or palette.role(role)


def _words(line: Row) -> list[Row]:
    """The words of a line, each in as many segments as it has styles."""
    words: list[Row] = [[]]
    for text, style, _ in line:
        for index, piece in enumerate(text.split(" ")):
            if index:
                words.append([])
            if piece:
                words[-1].append(Segment(piece, style))
    return [word for word in words if word]


def _wrapped(words: Iterable[Row], width: int) -> list[Row]:
    """The words in rows of at most `width` cells; one that is longer goes on in the next row."""
    rows: list[Row] = [[]]
    used = 0
    for word in words:
        size = sum(segment.cell_length for segment in word)
        if used and used + 1 + size > width:
            rows.append([])
            used = 0
        if used:
            before = rows[-1][-1].style
            rows[-1].append(Segment(" ", before if before == word[0].style else None))
            used += 1
        for piece, same in _cut(word, width):
            if not same:
                rows.append([])
                used = 0
            rows[-1].append(piece)
            used += piece.cell_length
    return rows


def _cut(word: Row, width: int) -> Iterator[tuple[Segment, bool]]:
    """The pieces of a word, and whether each stands in the same row as the one before it."""
    used, same = 0, True
    for text, style, _ in word:
        begun = ""
        for character in text:
            cells = cell_len(character)
            if used and used + cells > width:
                if begun:
                    yield Segment(begun, style), same
                begun, same, used = "", False, 0
            begun += character
            used += cells
        if begun:
            yield Segment(begun, style), same
            same = True
