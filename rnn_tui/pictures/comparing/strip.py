"""A side in columns: its words, the hidden state after each, and the answer after each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pair import SIDES
from rnn_tui.pictures.amounts import reach_of
from rnn_tui.pictures.comparing.side import ANSWER, MARGIN, Grid, Side, grid
from rnn_tui.pictures.frames import TOP, framed
from rnn_tui.pictures.heat import heat_style, sign_glyph
from rnn_tui.pictures.outputs import label_and_share, short_label
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import ColumnPick, Pick, UnitPick
from rnn_tui.pictures.rows import Row, echo, fit, over, sized
from rnn_tui.pictures.unitrows import unit_at, unit_rows
from rnn_tui.rounding import ABOUT, as_shown, closes, sign_of_quantity
from rnn_tui.story.answers import leaders
from rnn_tui.story.comparing import named
from rnn_tui.text import MINUS, NO_NUMBER, number, printable, quantity

GAP = "┄"
UNITS = (" points", " pts")
"""The unit of a difference of two shares, from the whole word to the shortest."""
LEVELS = "▁▂▃▄▅▆▇█"
DIFFERS = Style(underline=True)


def side_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """The columns of a side under its title, in a frame or without one."""
    shown = grid(side, width - 3)
    rows: list[Row] = [[Segment(" "), *row] for row in strip(side, shown, width - 3, palette)]
    title = [Segment(f" {SIDES[side.which]} ", palette.badge if side.focused else palette.bar), Segment(" ")]
    names = named(side.model, side.scene.edits)
    name = next((name for name in names if cell_len(name) <= width - 10), names[-1])
    title.append(Segment(name, palette.strong if side.focused else palette.text))
    if not side.framed:
        return [sized([Segment(" "), *row], width) for row in (title, *rows)]
    style = palette.frame_now if side.focused else palette.frame
    foot = off_screen(side, shown)
    return framed(rows, width, height, title, style, heavy=side.focused, foot=foot, foot_style=palette.muted)


def pick_at(side: Side, width: int, x: int, y: int) -> Pick | None:
    """The column, or the unit by its name, at a cell of the panel that `side_panel` draws."""
    column = grid(side, width - 3).column_at(x - MARGIN)
    if column is not None:
        return ColumnPick(column)
    unit = unit_at(side.units, side.memory_pitch, y - TOP)
    return None if unit is None else UnitPick(unit)


def off_screen(side: Side, shown: Grid) -> str:
    """Say which units and columns are visible, where not all are."""
    notes = []
    if len(side.units) < side.model.hidden_size:
        notes.append(f"units {side.units[0] + 1}–{side.units[-1] + 1} of {side.model.hidden_size}")
    if shown.count < shown.total:
        notes.append(f"{side.model.tokenizer.unit}s {shown.first + 1}–{shown.first + shown.count} of {shown.total}")
    return " · ".join(notes)


def strip(side: Side, shown: Grid, width: int, palette: Palette) -> list[Row]:
    """The words, `side.memory_pitch` rows for each visible unit, and the answers."""
    scale = side.scale("h")

    def draw(unit: int) -> list[Row]:
        row = _unit(side, shown, unit, scale, palette)
        lines = [row, *[echo(row)] * (side.memory_pitch - 1)]
        return [over(line, palette.picked) for line in lines] if unit == side.unit else lines

    rows = unit_rows(word_row(side, shown, palette), side.units, side.memory_pitch, draw)
    return [sized(row, width) for row in (*rows, _answers(side, shown, palette))]


def word_row(side: Side, shown: Grid, palette: Palette) -> Row:
    """The words of the visible columns; what the other side has not is underlined."""
    row: Row = [Segment(" " * shown.name_width)]
    for column in shown.columns:
        token = side.token(column)
        width, now = shown.cell - shown.gap, column == side.at.t
        text = GAP * min(3, width) if token is None else printable(token.surface)
        style = palette.badge if now else palette.text if column < side.at.t else palette.muted
        if token is None:
            style = palette.accent if now else palette.faint
        differs = token is not None and not now and not side.comparison.same_word(column)
        row += [*_centred(text, width, style, style + DIFFERS if differs else style), Segment(" " * shown.gap)]
    return row


def _centred(text: str, width: int, around: Style, style: Style) -> Row:
    """A text in the middle of its cells, in a style of its own."""
    shown = fit(text, min(width, cell_len(text)))
    left = (width - cell_len(shown)) // 2
    right = width - cell_len(shown) - left
    return [Segment(" " * left, around), Segment(shown, style), Segment(" " * right, around)]


def _unit(side: Side, shown: Grid, unit: int, scale: float, palette: Palette) -> Row:
    row = name_cells(side, unit, shown.name_width, palette)
    for column in shown.columns:
        t = side.known("h", column)
        if t is None:
            row += empty(side, shown, column, palette)
        else:
            row += heat_cell(float(side.trace.values["h"][t][unit]), scale, shown, palette)
    return row


def name_cells(side: Side, unit: int, width: int, palette: Palette) -> Row:
    """The name of a unit, marked where it is picked."""
    picked = unit == side.unit
    name = fit(side.unit_label(unit), width - 2)
    return [
        Segment("▸" if picked else " ", palette.accent),
        Segment(f"{name} ", palette.accent if picked else palette.text),
    ]


def heat_cell(value: float, scale: float, shown: Grid, palette: Palette) -> Row:
    """A value in a column: in figures, or as its sign where the columns are narrow."""
    digits = digits_of(value, shown)
    text = sign_glyph(value, scale) if digits is None else number(value, digits)
    return _written(text, value, scale, shown, palette)


def difference_cell(value: float, of: tuple[float, float], scale: float, shown: Grid, palette: Palette) -> Row:
    """A difference in a column: with ≈ in front where the two numbers, as they are `of` the sides, don't give it."""
    for digits in (2, 1, 0) if shown.figures else ():
        about = not closes(value, of[0] - of[1], digits)
        text = (ABOUT if about else "") + number(value, digits)
        if len(text) <= shown.cell - shown.gap:
            return _written(text, value, scale, shown, palette)
    return _written(sign_glyph(value, scale), value, scale, shown, palette)


class Points(NamedTuple):
    """The difference of two shares in a column: its text in percentage points, such as "≈+14", and its value."""

    text: str
    value: float


def points_of(value: float, of: tuple[float, float]) -> Points:
    """A difference in percentage points, with ≈ where the shares `of` both sides, as they are shown, don't give it."""
    about = not closes(100 * value, 100 * (of[0] - of[1]), 0)
    return Points(f"{ABOUT if about else ''}{number(100 * value, 0)}", value)


def amount_of(value: float, of: tuple[float, float]) -> Points:
    """A difference of two numbers, "+14.2"; with ≈ where those `of` both sides, as they are shown, don't give it."""
    sign = sign_of_quantity(value, of[0] - of[1])
    text = quantity(value)
    plus = "+" if value > 0 and text != "0" else ""
    return Points(f"{ABOUT if sign == ABOUT else ''}{plus}{text}", value)


def unit_of(points: Sequence[Points | None], shown: Grid) -> str:
    """The unit that every one of the columns has room for: " points", " pts" or none."""
    widest = max((len(point.text) for point in points if point is not None), default=0)
    return next((unit for unit in UNITS if widest + len(unit) <= shown.cell - shown.gap), "")


def points_row(points: Sequence[Points | None], unit: str, shown: Grid, palette: Palette, scale: float = 1.0) -> Row:
    """Differences of two shares, a column each: "+14 points"; None where there is none.

    `scale` is the |difference| of the strongest colour.
    """
    row: Row = []
    for point in points:
        if point is None:
            row += blank_cell("·", shown, palette)
            continue
        said = point.text + (unit.rstrip("s") if point.text.lstrip(f"{ABOUT}+{MINUS}") == "1" else unit)
        fits = shown.figures and len(said) <= shown.cell - shown.gap
        row += _written(said if fits else sign_glyph(point.value, scale), point.value, scale, shown, palette)
    return row


def digits_of(value: float, shown: Grid) -> int | None:
    """The digits after the point with which a value stands in a column; None where it stands there as its sign."""
    width = shown.cell - shown.gap
    return next((digits for digits in (2, 1, 0) if shown.figures and len(number(value, digits)) <= width), None)


def shown_value(value: float, shown: Grid) -> float:
    """The number that is read off a column."""
    digits = digits_of(value, shown)
    return value if digits is None else as_shown(value, digits)


def _written(text: str, value: float, scale: float, shown: Grid, palette: Palette) -> Row:
    style = heat_style(value, scale, palette)
    return [Segment(fit(text, shown.cell - shown.gap, "center"), style), Segment(" " * shown.gap)]


def empty(side: Side, shown: Grid, column: int, palette: Palette) -> Row:
    """A column in which nothing is known: it is still to come, or there is no word."""
    waits = side.token(column) is None and column <= side.at.t
    return blank_cell(GAP * min(3, shown.cell - shown.gap) if waits else "·", shown, palette)


def blank_cell(text: str, shown: Grid, palette: Palette) -> Row:
    """A column without a value."""
    return [Segment(fit(text, shown.cell - shown.gap, "center"), palette.faint), Segment(" " * shown.gap)]


def _answers(side: Side, shown: Grid, palette: Palette) -> Row:
    """The most probable label after each word; it stands out where the other side has another one."""
    row: Row = [Segment(fit(f" {ANSWER}", shown.name_width), palette.muted)]
    for column in shown.columns:
        t = side.known("logits", column)
        if t is None:
            row += empty(side, shown, column, palette)
            continue
        apart = side.comparison.agree(column) is False
        style = palette.accent if apart else palette.text
        width = shown.cell - shown.gap
        if side.scene.covered:
            row += [Segment(fit("?", width, "center"), palette.muted), Segment(" " * shown.gap)]
            continue
        row += [*_answer(side, t, width, style, palette), Segment(" " * shown.gap)]
    return row


def _answer(side: Side, t: int, width: int, style: Style, palette: Palette) -> Row:
    """A label and its probability: in per cent over a bar, or as a bar of one cell."""
    label, probability = side.trace.prediction(t)
    if side.model.output.is_number:
        _, said = label_and_share(side.trace, t, width)
        low, high = reach_of(side)
        if not said and high > low:  # not a digit of it fits
            said = LEVELS[max(0, min(7, int((probability - low) / (high - low) * 8)))]
        return [Segment(fit(said, width, "center"), style if math.isfinite(probability) else palette.muted)]
    if not probability >= 0:  # NaN
        return [Segment(fit(NO_NUMBER, width, "center"), palette.muted)]
    if width < 6:
        level = LEVELS[min(7, int(probability * 8))]
        tied = len(leaders(side.trace.values["probs"][t])) > 1
        name = "" if tied else short_label(side.model, label, width - 1)
        return [Segment(fit(f"{name}{level}", width), style)]
    name, figure = label_and_share(side.trace, t, width)
    text = f"{fit(name, width - len(figure))}{figure}"
    filled = round(probability * width)
    first, rest = text[:filled], text[filled:]
    return [Segment(first, style + palette.picked), Segment(rest, style)]
