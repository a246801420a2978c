"""The memory strip: the hidden state after each word, one column a word, one row a hidden unit.

Units for which there is no row stand together in one, as heat; the last row has the answer after each word.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.pictures.frames import TOP, framed
from rnn_tui.pictures.heat import heat_row, heat_style
from rnn_tui.pictures.outputs import answer_in
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, UnitPick, WordPick
from rnn_tui.pictures.rows import Row, echo, fit, over, sized
from rnn_tui.pictures.unitrows import unit_at, unit_rows
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

CELL = 9
START, SAYS = "start", " says"
SAME = 0.005  # two values that differ by less are printed with the same figures


@dataclass(frozen=True)
class Window:
    """The columns that are visible: column 0 is the state before the first word, column t + 1 the one after word t."""

    first: int
    count: int
    total: int
    name_width: int
    cell: int

    def column_at(self, cell: int) -> int | None:
        """The column that covers a cell of the row, or None."""
        index = (cell - self.name_width) // self.cell
        return self.first + index if cell >= self.name_width and 0 <= index < self.count else None


def window(view: View, width: int) -> Window:
    """The columns that fit into `width` cells: all, or as many as fit with the current word among them."""
    name_width = max(view.label_width + 2, len(SAYS) + 1)
    total = len(view.trace) + 1
    cell = min(CELL + 3, max(7, (width - name_width) // total))
    count = max(1, min(total, (width - name_width) // cell))
    first = max(0, min(view.t + 2 - max(1, count * 2 // 3), total - count))
    return Window(first, count, total, name_width, cell)


def memory_strip(view: View, width: int, palette: Palette, name: str = "h") -> list[Row]:
    """A head row with the words, `view.memory_pitch` rows for each visible unit, those out of sight, the answers."""
    shown = window(view, width)
    columns = range(shown.first, shown.first + shown.count)
    scale = view.scale(name)

    def draw(unit: int) -> list[Row]:
        lines = [_unit(view, shown, columns, unit, scale, palette, name)]
        thick = view.memory_pitch - 2  # cells are as thick as there is room for
        if view.before is not None and view.memory_pitch > 1:
            lines.append(_ghosts(view, shown, columns, unit, scale, palette, name))
            thick -= 1
        lines += [echo(lines[0])] * thick
        picked = unit == view.unit
        return [sized(over(line, palette.picked), width) if picked else line for line in lines]

    rows = unit_rows(_heads(view, shown, columns, palette), view.units, view.memory_pitch, draw)
    if view.others:
        rows.append(_others(view, shown, columns, scale, palette, name))
    if name == "h":
        rows.append(_answers(view, shown, columns, palette))
    return [sized(row, width) for row in rows]


def _others(view: View, shown: Window, columns: range, scale: float, palette: Palette, name: str) -> Row:
    """The units that have no row of their own: a heat cell each, as many as fit into a column."""
    row: Row = [Segment(fit(f" +{len(view.others)}", shown.name_width), palette.muted)]
    room = shown.cell - 1
    units = list(view.others if len(view.others) <= room else view.others[: room - 1])
    for column in columns:
        if column and not view.knows(name, column - 1):
            row.append(Segment(" " * shown.cell))
            continue
        values = view.trace.initial[name] if column == 0 else view.trace.values[name][column - 1]
        left = (room - len(units)) // 2
        more = "…" if len(units) < len(view.others) else ""
        cells = heat_row(values[units], scale, palette)
        row += [Segment(" " * left), *cells, Segment(fit(more, shown.cell - left - len(units)), palette.muted)]
    return row


def _answers(view: View, shown: Window, columns: range, palette: Palette) -> Row:
    """The answer after each word, under its column, as far as the walk has come."""
    row: Row = [Segment(fit(SAYS, shown.name_width), palette.muted)]
    for column in columns:
        known = column and view.knows("probs", column - 1)
        text = answer_in(view, column - 1, shown.cell - 1) if known else ""
        style = palette.strong if column == view.t + 1 else palette.text
        row += [Segment(fit(text, shown.cell - 1, "center"), style), Segment(" ")]
    return row


def _heads(view: View, shown: Window, columns: range, palette: Palette) -> Row:
    row: Row = [Segment(" " * shown.name_width)]
    for column in columns:
        word = START if column == 0 else printable(view.trace.tokens[column - 1].surface)
        style = palette.accent if column == view.t + 1 else palette.muted if column <= view.t else palette.faint
        row.append(Segment(fit(word, shown.cell - 1, "center") + " ", style))
    return row


def _unit(view: View, shown: Window, columns: range, unit: int, scale: float, palette: Palette, name: str) -> Row:
    picked = unit == view.unit
    label = fit(view.unit_label(unit), shown.name_width - 2)
    row: Row = [
        Segment("▸" if picked else " ", palette.accent),
        Segment(label + " ", palette.accent if picked else palette.text),
    ]
    for column in columns:
        if column and not view.knows(name, column - 1):
            row.append(
                Segment(fit("···" if column == view.t + 1 else "·", shown.cell - 1, "center") + " ", palette.faint)
            )
            continue
        values = view.trace.initial[name] if column == 0 else view.trace.values[name][column - 1]
        value = float(values[unit])
        text = number(value)
        if view.memory_pitch == 1:  # no line below for what it was
            text += _moved(value, _was(view, name, column, unit))
        row += [Segment(fit(text, shown.cell - 1, "center"), heat_style(value, scale, palette)), Segment(" ")]
    return row


def _was(view: View, name: str, column: int, unit: int) -> float | None:
    """The value of a cell before the edits; None where it was the same, or where there was none."""
    old = view.ghost(name, column - 1) if column else None
    if old is None or abs(float(old[unit]) - float(view.trace.values[name][column - 1][unit])) < SAME:
        return None
    return float(old[unit])


def _moved(value: float, was: float | None) -> str:
    return "" if was is None else "↑" if value > was else "↓"


def _ghosts(view: View, shown: Window, columns: range, unit: int, scale: float, palette: Palette, name: str) -> Row:
    """The line below a unit's cells: the values from before an edit, where it changed them."""
    row: Row = [Segment(" " * shown.name_width)]
    for column in columns:
        known = not column or view.knows(name, column - 1)
        was = _was(view, name, column, unit) if known else None
        text, style = ("", None) if was is None else (f"was {number(was)}", palette.muted)
        if was is not None and shown.cell - 1 < len(text):
            text = number(was)
        row += [Segment(fit(text, shown.cell - 1, "center"), style), Segment(" ")]
    return row


def memory_panel(view: View, name: str, width: int, height: int, palette: Palette) -> list[Row]:
    """The strip in its frame; the foot names the visible units and words where not all are."""
    heading, words = view.model.cell.state_title(name, view.model.tokenizer.unit)
    title: Row = [Segment(heading, palette.strong)]
    if width > len(heading) + len(words) + 10:
        title.append(Segment(f"  {f'{name}[t]' if view.scene.notation else words}", palette.muted))
    rows: list[Row] = [[Segment(" "), *row] for row in memory_strip(view, width - 3, palette, name)]
    foot = off_screen(view, window(view, width - 3))
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def pick_at(view: View, width: int, x: int, y: int) -> Pick | None:
    """The unit and the word of a cell of the panel that `memory_panel` draws, as far as there is either."""
    unit = unit_at(view.units, view.memory_pitch, y - TOP)
    column = window(view, width - 3).column_at(x - 2)
    t = column - 1 if column else None  # the column in front of the words is the state before the first one
    if unit is not None:
        return UnitPick(unit, t)
    return None if t is None else WordPick(t)


def off_screen_units(view: View) -> str:
    """The numbers of the visible units: "units 1–9 of 16"."""
    first, last = view.units[0] + 1, view.units[-1] + 1
    shown = f"units {first}–{last}" if last > first else f"unit {first}"
    return f"{shown} of {view.model.hidden_size}"


def off_screen(view: View, shown: Window) -> str:
    """The numbers of the visible units and words, where not all are visible."""
    notes = [off_screen_units(view)] if len(view.units) < view.model.hidden_size else []
    if shown.count < shown.total:
        first, last = max(1, shown.first), shown.first + shown.count - 1
        notes.append(f"{view.model.tokenizer.unit}s {first}–{last} of {shown.total - 1}")
    return " · ".join(notes)
