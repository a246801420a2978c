"""Sentences of the story as rows, wrapped at words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import ELLIPSIS, Row, sized, width_of
from rnn_tui.story import Line, Span


def prose(lines: Iterable[Line], width: int, height: int, palette: Palette) -> list[Row]:
    """The lines, each wrapped to `width`, in at most `height` rows; where not all fit, the last ends in …."""
    rows = [row for line in lines for row in wrapped(line, width, palette)]
    if len(rows) > height > 0:
        last = rows[height - 1]
        room = width - 2
        cut = last if width_of(last) <= room else sized(last, room)
        rows[height - 1] = [*cut, Segment(" …", palette.muted)]
    return rows[:height]


def prose_whole(lines: Sequence[Line], width: int, height: int, palette: Palette) -> list[Row]:
    """As many of the lines as stand whole in `height` rows; the first one in any case, cut where it must be."""
    kept = list(lines)
    while len(kept) > 1 and sum(len(wrapped(line, width, palette)) for line in kept) > height:
        del kept[-1]
    return prose(kept, width, height, palette)


def prose_with_end(lines: Sequence[Line], width: int, height: int, palette: Palette) -> list[Row]:
    """The lines in at most `height` rows; where not all fit, those after the first go, but for the last."""
    kept = list(lines)
    while len(kept) > 2 and sum(len(wrapped(line, width, palette)) for line in kept) > height:
        del kept[1]
    return prose(kept, width, height, palette)


def wrapped(line: Line, width: int, palette: Palette) -> list[Row]:
    """One line of the story in as many rows as it needs, broken at spaces alone."""
    rows: list[Row] = [[]]
    used = 0
    for word in _words(line):
        size = sum(cell_len(span.text) for span in word)
        if used and used + size > width:
            rows.append([])
            used = 0
        pieces = [Segment(span.text, palette.role(span.role)) for span in word]
        if size > width:
            pieces = [*sized(pieces, width - 1), Segment(ELLIPSIS, pieces[-1].style)]
        if used:
            rows[-1].append(Segment(" ", rows[-1][-1].style))
        rows[-1] += pieces
        used += size + 1
    return rows


def _words(line: Line) -> list[list[Span]]:
    """The words of a line, each in as many pieces as it has roles."""
    words: list[list[Span]] = [[]]
    for span in line:
        for k, text in enumerate(span.text.split(" ")):
            if k:
                words.append([])
            if text:
                words[-1].append(Span(text, span.role))
    return [word for word in words if word]
