"""Sentences of the story as rows, wrapped at words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit
from rnn_tui.story import Line


def prose(lines: Iterable[Line], width: int, height: int, palette: Palette) -> list[Row]:
    """The lines, each wrapped to `width`, in at most `height` rows; what does not fit ends in …"""
    rows = [row for line in lines for row in wrapped(line, width, palette)]
    if len(rows) > height > 0:
        last = rows[height - 1]
        text = "".join(segment.text for segment in last)
        rows = [*rows[: height - 1], [Segment(fit(text + " …", width), palette.muted)]]
    return rows[:height]


def wrapped(line: Line, width: int, palette: Palette) -> list[Row]:
    """One line of the story in as many rows as it needs."""
    rows: list[Row] = [[]]
    used = 0
    for span in line:
        style = palette.role(span.role)
        for word in _words(span.text):
            size = cell_len(word)
            if used + cell_len(word.rstrip()) > width and used:
                rows.append([])
                used = 0
                word = word.lstrip()
                size = cell_len(word)
            if size > width:
                word, size = fit(word.rstrip(), width), width
            rows[-1].append(Segment(word, style))
            used += size
    return rows


def _words(text: str) -> list[str]:
    """A text cut after each run of spaces, so that nothing is lost when the pieces are put together."""
    pieces: list[str] = []
    start = 0
    for place, character in enumerate(text):
        if character == " " and place + 1 < len(text) and text[place + 1] != " ":
            pieces.append(text[start : place + 1])
            start = place + 1
    return [*pieces, text[start:]]
