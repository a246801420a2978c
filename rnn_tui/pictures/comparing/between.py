"""The rows between two sides: which words are the same, where they part, and the differences of their numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from rich.segment import Segment

from rnn_tui.network.arrays import Array
from rnn_tui.network.expected import unit_of as unit_of_answers
from rnn_tui.pictures.comparing.side import MARGIN, Grid, Side, grid
from rnn_tui.pictures.comparing.strip import (
    UNITS,
    Points,
    amount_of,
    blank_cell,
    difference_cell,
    name_cells,
    points_of,
    points_row,
    shown_value,
    unit_of,
    word_row,
)
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.outputs import short_label
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import ColumnPick
from rnn_tui.pictures.rows import Row, fit, over, sized
from rnn_tui.rounding import quantity_as_shown, share_as_shown
from rnn_tui.text import printable

SAME, OTHER, PART = "=", "≠", "◆"
MINUS = "A − B"

ROUNDING = 1e-6
"""The distance that two differences of probabilities in float32 may lie apart and still count as equally large."""


def between_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """The difference in a frame with both sentences, or just the difference."""
    shown = grid(side, width - 3)
    room = height - 2 if side.words else height
    rows: list[Row] = [[Segment(" "), *row] for row in between(side, shown, width - 3, room, palette)]
    if not side.words:
        return [sized([Segment(" "), *row], width) for row in rows]
    title = [Segment("Word by word", palette.strong), *_legend(side, palette)]
    foot = _foot(side) if room > 1 else ""
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def pick_at(side: Side, width: int, x: int) -> ColumnPick | None:
    """The column at a cell of the panel that `between_panel` draws."""
    column = grid(side, width - 3).column_at(x - MARGIN)
    return None if column is None else ColumnPick(column)


def _legend(side: Side, palette: Palette) -> Row:
    if side.comparison.difference is None:
        return []
    said = "h_a − h_b" if side.scene.notation else "what A remembers, less what B remembers"
    return [Segment(f"  {said}", palette.muted)]


def _foot(side: Side) -> str:
    """Say what stands in the row of the answers; nothing of it while the class is to guess."""
    if not side.comparison.same_labels or side.scene.covered:
        return ""
    if side.comparison.in_numbers:
        unit = printable(unit_of_answers(side.model))
        return f"{MINUS}{f', in {unit}' if unit else ''}: A's {_label_name(side)}, less B's"
    return f"{MINUS}, in percentage points: A's share of {_label_name(side)}, less B's"


def between(side: Side, shown: Grid, width: int, height: int, palette: Palette) -> list[Row]:
    """The marks, with the words of both above and below them; the units that fit; and the answers."""
    rows = [_marks(side, shown, palette)]
    if side.words:
        sides = (replace(side, which=which, trace=trace) for which, trace in enumerate(side.comparison.traces))
        above, below = (_named(word_row(each, shown, palette), "AB"[each.which], palette) for each in sides)
        rows = [above, *rows, below]
    last = [_answers(side, shown, palette)] if side.comparison.same_labels and height > len(rows) else []
    room = height - len(rows) - len(last)
    if side.comparison.difference is not None and room > 0:
        for unit in visible(side, room):
            row = _unit(side, shown, unit, side.comparison.difference, palette)
            rows.append(over(sized(row, width), palette.picked) if unit == side.unit else row)
    return [sized(row, width) for row in (*rows, *last)]


def visible(side: Side, room: int) -> range:
    """The units of the level that fit into so many rows, the picked one among them.

    A side that waits may stand on a floor of its own with more units or fewer.
    """
    size = side.comparison.traces[side.which].model.hidden_size
    first = max(0, min(min(side.unit, size - 1) // room * room, size - room))
    return range(first, min(first + room, size))


def _named(row: Row, name: str, palette: Palette) -> Row:
    """A row of words with the letter of its side in front."""
    return [Segment(f" {name}", palette.strong), Segment(row[0].text[2:]), *row[1:]]


def _marks(side: Side, shown: Grid, palette: Palette) -> Row:
    """A mark a column: the same word, another one, or where the two part."""
    name = MINUS if side.comparison.same_labels else f"{side.model.tokenizer.unit}s"  # there is no A − B of two answers
    row: Row = [Segment(fit(f" {name}", shown.name_width), palette.muted)]
    width = shown.cell - shown.gap
    parts_at = side.comparison.memories_part_at if side.scene.covered else side.comparison.parts_at
    for column in shown.columns:
        same = side.comparison.same_word(column)
        text, style = (SAME, palette.faint) if same else (OTHER, palette.text)
        if column == parts_at:
            text, style = (f"{PART} part" if width >= 6 else PART), palette.accent
        row += [Segment(fit(text, width, "center"), style), Segment(" " * shown.gap)]
    return row


def _unit(side: Side, shown: Grid, unit: int, difference: Array, palette: Palette) -> Row:
    scale = side.scale("h")
    row = name_cells(side, unit, shown.name_width, palette)
    for column in shown.columns:
        if side.settled("h", column):
            both = _values_of_both(side, shown, column, unit)
            row += difference_cell(float(difference[column][unit]), both, scale, shown, palette)
        else:
            row += blank_cell("·", shown, palette)
    return row


def _values_of_both(side: Side, shown: Grid, column: int, unit: int) -> tuple[float, float]:
    """A unit's value on each side, as it is shown in a column; one that waits keeps that of its word before."""
    a, b = (shown_value(float(held[column][unit]), shown) for held in side.comparison.held)
    return a, b


def _shares_of_both(side: Side, column: int, label: int) -> tuple[float, float]:
    """The probability of a label on each side after a column, or its number, as it is shown."""
    counts = (read[column] for read in side.comparison.read)
    as_shown = quantity_as_shown if side.comparison.in_numbers else share_as_shown
    a, b = (
        as_shown(float(trace.values[trace.model.output.answer][count - 1][label]))
        for trace, count in zip(side.comparison.traces, counts, strict=True)
    )
    return a, b


def most_apart(difference: Array) -> int:
    """The label whose probability differs most, from the differences (K,): the first of those that differ as much.

    Two labels' differences are each other's negative, so that without a margin for rounding the last digit, which is
    not the same on every processor, would choose the label and with it every sign in the row.
    """
    sizes = np.nan_to_num(np.abs(difference))
    return int((sizes >= sizes.max() - ROUNDING).argmax())


def _label_name(side: Side) -> str:
    """The label in which the answers differ most in the end."""
    return printable(side.model.labels[_label_apart(side)])


def _label_apart(side: Side) -> int:
    difference = side.comparison.answers_difference
    assert difference is not None
    return most_apart(difference[-1] / side.comparison.spread)


def _answers(side: Side, shown: Grid, palette: Palette) -> Row:
    """The difference in the probability of the label in which the two differ most in the end, or in its number."""
    probs, numbers = side.comparison.answers_difference, side.comparison.in_numbers
    assert probs is not None
    label = _label_apart(side)
    points: list[Points | None] = []
    for column in shown.columns:
        value = float(probs[column][label])
        known = side.settled("logits", column) and not side.scene.covered and not math.isnan(value)
        made = amount_of if numbers else points_of
        points.append(made(value, _shares_of_both(side, column, label)) if known else None)
    if numbers:
        name = "" if side.scene.covered else _name_of_row(side, label, "", shown.name_width - 2)
        named = Segment(fit(f" {name}", shown.name_width), palette.muted)
        return [named, *points_row(points, "", shown, palette, float(side.comparison.spread[label]))]
    unit = unit_of(points, shown)
    name = "" if side.scene.covered else _name_of_row(side, label, "" if unit else UNITS[-1], shown.name_width - 2)
    row: Row = [Segment(fit(f" {name}", shown.name_width), palette.muted)]
    return [*row, *points_row(points, unit, shown, palette)]


def _name_of_row(side: Side, label: int, unit: str, width: int) -> str:
    """The label whose shares are compared; with the unit, where the columns have no room for it: "Neg pts"."""
    if not unit:
        return printable(side.model.labels[label])
    return f"{short_label(side.model, label, width - len(unit))}{unit}".strip()
