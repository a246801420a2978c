"""The phase Take up: the vector that the layer below hands up, a bar a number, the two lanes side by side."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.naming import input_name
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

FIGURE, GAP = 6, 2
LEAST_BAR, MOST_BAR = 5, 31
LEAST_COLUMN = 22
"""The cells of a column of numbers with their names and bars, where several stand side by side."""


def handed(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """Draw what is handed up at the word, in at most `height` rows: a column a lane, where there is room for two."""
    lanes = _lanes(view)
    head = [_head(view, lanes, width, palette)] if height > 1 else []
    room = height - len(head)
    beside = len(lanes) if width >= len(lanes) * LEAST_COLUMN else 1
    if len(lanes) == 1:  # then one lane stands in as many columns as it needs, and as there is room for
        beside = max(1, min(width // LEAST_COLUMN, -(-len(lanes[0]) // max(1, room))))
        each = -(-len(lanes[0]) // beside)
        columns = [lanes[0][start : start + each] for start in range(0, len(lanes[0]), max(1, each))]
    else:
        columns = lanes if beside > 1 else [range(len(view.step.x))]
    size = (width - GAP * (len(columns) - 1)) // max(1, len(columns))
    drawn = [_column(view, column, size, room, palette) for column in columns]
    rows = [
        sized([segment for rows in drawn for segment in _cells(rows, y, size)], width)
        for y in range(max(map(len, drawn)))
    ]
    return [*head, *rows][:height]


def _lanes(view: View) -> list[range]:
    """The indices of the numbers of each lane."""
    below = view.model.layers[(view.model.floor.layer or 1) - 1]
    if below.bidirectional and below.merge == "concat":
        return [range(below.hidden_size), range(below.hidden_size, 2 * below.hidden_size)]
    return [range(len(view.step.x))]


def _head(view: View, lanes: list[range], width: int, palette: Palette) -> Row:
    """Say whose the numbers are."""
    below = view.model.layers[(view.model.floor.layer or 1) - 1]
    count, layer = len(view.step.x), view.model.floor.layer
    both = ", → beside ←" if len(lanes) > 1 else ", → plus ←" if below.bidirectional else ""
    word = printable(view.trace.tokens[view.t].surface)
    texts = (
        f"{count} number{'s' if count > 1 else ''} from layer {layer}{both}, at “{word}”",
        f"{count} from layer {layer}{both}",
        f"{count} from layer {layer}",
        f"layer {layer}:",
    )
    return [Segment(next((text for text in texts if cell_len(text) <= width), f"{count}:"), palette.muted)]


def _column(view: View, indices: range, width: int, room: int, palette: Palette) -> list[Row]:
    """So many numbers below each other, each with its name, and with its bar where there is room; the rest counted."""
    names = [_short(input_name(view.model, j)) for j in indices]
    wide = max(map(cell_len, names), default=0)
    shown = list(indices) if len(indices) <= room else list(indices)[: max(0, room - 1)]
    cells = min(MOST_BAR, width - wide - FIGURE - 2)
    rows: list[Row] = []
    for j, name in zip(shown, names, strict=False):
        value = float(view.step.x[j])
        drawn = signed_bar(value, view.input_scale, cells, palette) if cells >= LEAST_BAR else []
        figure = Segment(fit(number(value), FIGURE, "right"), palette.signed(value))
        rows.append([Segment(fit(name, wide, "right") + " ", palette.muted), *drawn, figure])
    if len(shown) < len(indices) and room > 0:
        rows.append([Segment(fit(f"… {len(indices) - len(shown)} more", width), palette.faint)])
    return rows


def _short(name: str) -> str:
    """A name in the fewest letters: "3", "←3", "verb"."""
    return name.removesuffix(" below").replace("unit ", "").replace("→ ", "→").replace("← ", "←")


def _cells(rows: list[Row], y: int, width: int) -> Row:
    """A line of a column, and the gap behind it."""
    return [*sized(rows[y] if y < len(rows) else [], width), Segment(" " * GAP)]
