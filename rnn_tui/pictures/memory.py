"""The memory strip: the hidden state after each word, one column a word, one row a hidden unit."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.heat import heat_style
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, over, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

CELL = 9
START = "start"


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
        place = (cell - self.name_width) // self.cell
        return self.first + place if cell >= self.name_width and 0 <= place < self.count else None


def window(view: View, width: int) -> Window:
    """Which columns fit into `width` cells: all, or as many as fit with the current word among them."""
    name_width = view.label_width + 2
    total = len(view.trace) + 1
    cell = min(CELL + 3, max(7, (width - name_width) // total))
    count = max(1, min(total, (width - name_width) // cell))
    first = max(0, min(view.t + 2 - max(1, count * 2 // 3), total - count))
    return Window(first, count, total, name_width, cell)


def memory_strip(view: View, width: int, palette: Palette, name: str = "h") -> list[Row]:
    """A head row with the words, and `view.memory_pitch` rows for each visible unit."""
    shown = window(view, width)
    columns = range(shown.first, shown.first + shown.count)
    rows = [sized(_heads(view, shown, columns, palette), width)]
    scale = view.trace.scale(name)
    for unit in view.units:
        lines = [_unit(view, shown, columns, unit, scale, palette, name)]
        lines += [_echo(lines[0])] * (view.memory_pitch - 2)  # cells as thick as there is room for
        picked = unit == view.scene.unit
        rows += [sized(over(line, palette.picked) if picked else line, width) for line in lines]
        rows += [sized([], width)] * (view.memory_pitch - len(lines))
    return rows


def _echo(line: Row) -> Row:
    """The cells of a line without their figures."""
    return [Segment(" " * segment.cell_length, segment.style) for segment in line]


def _heads(view: View, shown: Window, columns: range, palette: Palette) -> Row:
    row: Row = [Segment(" " * shown.name_width)]
    for column in columns:
        word = START if column == 0 else printable(view.trace.tokens[column - 1].surface)
        style = palette.accent if column == view.t + 1 else palette.muted if column <= view.t else palette.faint
        row.append(Segment(fit(word, shown.cell - 1, "center") + " ", style))
    return row


def _unit(view: View, shown: Window, columns: range, unit: int, scale: float, palette: Palette, name: str) -> Row:
    picked = unit == view.scene.unit
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
        row += [Segment(fit(number(value), shown.cell - 1, "center"), heat_style(value, scale, palette)), Segment(" ")]
    return row


TITLES = {"h": ("Memory", "the hidden state after each word"), "c": ("Cell state", "the long memory after each word")}


def memory_panel(view: View, name: str, width: int, height: int, palette: Palette) -> list[Row]:
    """The strip in its frame, with what is off screen said in the frame's foot."""
    heading, words = TITLES[name]
    title: Row = [Segment(heading, palette.strong)]
    if width > len(heading) + len(words) + 10:
        title.append(Segment(f"  {f'{name}[t]' if view.scene.notation else words}", palette.muted))
    rows: list[Row] = [[Segment(" "), *row] for row in memory_strip(view, width - 3, palette, name)]
    foot = off_screen(view, window(view, width - 3))
    return framed(rows, width, height, title, palette.frame, foot=foot, foot_style=palette.muted)


def off_screen(view: View, shown: Window) -> str:
    """Which units and words are visible, where not all are."""
    notes = []
    if len(view.units) < view.model.hidden_size:
        first, last = view.units[0] + 1, view.units[-1] + 1
        shown_units = f"units {first}–{last}" if last > first else f"unit {first}"
        notes.append(f"{shown_units} of {view.model.hidden_size}")
    if shown.count < shown.total:
        first, last = max(1, shown.first), shown.first + shown.count - 1
        notes.append(f"{view.model.tokenizer.unit}s {first}–{last} of {shown.total - 1}")
    return " · ".join(notes)
