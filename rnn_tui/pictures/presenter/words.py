"""The sentence of the presenter view: its words in large letters, as many around the one of now as fit."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.letters import large
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

HEIGHT = 5
"""Letters that hang below the line, and the line under the word of now."""
GAP, EDGE = 4, 2
LINE, LEFT_OUT = "━", ("‹", "›")
LONGEST = 24


def word_rows(trace: Trace, t: int, width: int) -> list[str]:
    """A word in large letters, or in those of the terminal where it has others; with a ? where it is unknown."""
    surface = printable(trace.tokens[t].surface) + ("?" if trace.tokens[t].unknown else "")
    drawn = large(surface, width)
    return drawn or ["", fit(surface, min(cell_len(surface), LONGEST, width)), ""]


def window(trace: Trace, t: int, width: int) -> list[tuple[int, list[str]]]:
    """The words around t that fit into `width` cells, by turns one after it and one before, each with its rows."""
    shown = [(t, word_rows(trace, t, width))]
    used, ends = _width(shown[0][1]), [t, t]
    growing = [1, 0]
    while growing:
        side = growing.pop(0)
        other = ends[side] + (1 if side else -1)
        if not 0 <= other < len(trace):
            continue
        rows = word_rows(trace, other, width)
        if used + GAP + _width(rows) > width:
            continue
        used += GAP + _width(rows)
        ends[side] = other
        shown.insert(len(shown) if side else 0, (other, rows))
        growing.append(side)
    return shown


def words(view: View, width: int, palette: Palette) -> list[Row]:
    """The words in `HEIGHT` rows: those read, the one of now with a line under it, and dim those to come."""
    room = width - 2 * EDGE
    shown = window(view.trace, view.t, room)
    rows: list[Row] = []
    for y in range(HEIGHT):
        row: Row = [Segment(" " * _start(shown, room))]
        for index, (t, drawn) in enumerate(shown):
            size = _width(drawn)
            row.append(Segment(" " * (GAP if index else 0)))
            text = drawn[y] if y < len(drawn) else ""
            if t == view.t and y == HEIGHT - 1:
                text = LINE * size
            row.append(Segment(fit(text, size), _style(view, t, palette)))
        rows.append(sized(row, room))
    first, last = shown[0][0] > 0, shown[-1][0] < len(view.trace) - 1
    return [
        [
            Segment(fit(LEFT_OUT[0] if first and y == 1 else "", EDGE), palette.accent),
            *row,
            Segment(fit(LEFT_OUT[1] if last and y == 1 else "", EDGE, "right"), palette.accent),
        ]
        for y, row in enumerate(rows)
    ]


def pick_at(view: View, width: int, x: int) -> WordPick | None:
    """The word at cell `x` of the rows that `words` draws."""
    room = width - 2 * EDGE
    shown = window(view.trace, view.t, room)
    end = EDGE + _start(shown, room)
    for t, drawn in shown:
        if end <= x < end + _width(drawn):
            return WordPick(t)
        end += _width(drawn) + GAP
    return None


def _start(shown: list[tuple[int, list[str]]], room: int) -> int:
    """The cells before the first word, so that they stand in the middle."""
    return max(0, room - sum(_width(drawn) + GAP for _, drawn in shown) + GAP) // 2


def _width(rows: list[str]) -> int:
    return max(map(cell_len, rows))


def _style(view: View, t: int, palette: Palette) -> Style:
    if t == view.t:
        return palette.accent + Style(bold=True)
    if view.trace.tokens[t].unknown:
        return palette.negative
    return palette.text if t < view.t else palette.muted
