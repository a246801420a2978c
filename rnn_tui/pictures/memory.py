"""The memory strip: the hidden state after each word, one column a word, one row a hidden unit.

Units for which there is no row stand together in one, as heat; the last row has the answer after each word.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
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
    """The columns that are visible.

    One is the state before the first word that is read, the start, and each other the one after a word: in a lane that
    reads forward the start is column 0, in one that reads backward it is the last. Above all lanes there is none.
    """

    first: int
    count: int
    total: int
    name_width: int
    cell: int
    backward: bool = False
    starts: bool = True

    def column_at(self, cell: int) -> int | None:
        """The column that covers a cell of the row, or None."""
        index = (cell - self.name_width) // self.cell
        return self.first + index if cell >= self.name_width and 0 <= index < self.count else None

    def word(self, column: int) -> int | None:
        """The timestep of a column; None of the start."""
        t = column - (self.starts and not self.backward)
        return t if 0 <= t < self.words else None

    @property
    def words(self) -> int:
        """The number of columns after a word, visible or not."""
        return self.total - self.starts

    @property
    def visible(self) -> range:
        """The columns that are visible."""
        return range(self.first, self.first + self.count)


def window(view: View, width: int) -> Window:
    """The columns that fit into `width` cells: all, or as many as fit with the current word among them."""
    name_width = max(view.label_width + 2, len(SAYS) + 1)
    backward, starts = view.model.floor.backward, view.model.floor.layer is not None
    total = len(view.trace) + starts
    cell = min(CELL + 3, max(7, (width - name_width) // total))
    count = max(1, min(total, (width - name_width) // cell))
    ahead = max(1, count * 2 // 3)
    now = view.t - (count - ahead) if backward else view.t + starts + 1 - ahead
    first = max(0, min(now, total - count))
    return Window(first, count, total, name_width, cell, backward, starts)


def memory_strip(
    view: View, width: int, palette: Palette, name: str = "h", *, answers: bool = True, marked: bool = True
) -> list[Row]:
    """A head row with the words, `view.memory_pitch` rows for each visible unit, those out of sight, the answers.

    `marked` says that the picked unit is marked.
    """
    shown = window(view, width)
    scale = view.scale(name)

    def draw(unit: int) -> list[Row]:
        picked = marked and unit == view.unit
        lines = [_unit(view, shown, unit, scale, palette, name, picked=picked)]
        thick = view.memory_pitch - 2  # cells are as thick as there is room for
        if view.before is not None and view.memory_pitch > 1:
            lines.append(_ghosts(view, shown, unit, name, palette))
            thick -= 1
        lines += [echo(lines[0])] * thick
        return [sized(over(line, palette.picked), width) if picked else line for line in lines]

    rows = unit_rows(_heads(view, shown, palette), view.units, view.memory_pitch, draw)
    if view.others:
        rows.append(_others(view, shown, scale, palette, name))
    if name == "h" and answers:
        rows.append(_answers(view, shown, palette))
    return [sized(row, width) for row in rows]


def _values(view: View, name: str, t: int | None) -> Array | None:
    """The state after a word, or at the start; None where it isn't known yet."""
    if t is None:
        return view.trace.initial[name]
    return view.trace.values[name][t] if view.knows(name, t) else None


def _others(view: View, shown: Window, scale: float, palette: Palette, name: str) -> Row:
    """The units that have no row of their own: a heat cell each, as many as fit into a column."""
    row: Row = [Segment(fit(f" +{len(view.others)}", shown.name_width), palette.muted)]
    room = shown.cell - 1
    units = list(view.others if len(view.others) <= room else view.others[: room - 1])
    for column in shown.visible:
        values = _values(view, name, shown.word(column))
        if values is None:
            row.append(Segment(" " * shown.cell))
            continue
        left = (room - len(units)) // 2
        more = "…" if len(units) < len(view.others) else ""
        cells = heat_row(values[units], scale, palette)
        row += [Segment(" " * left), *cells, Segment(fit(more, shown.cell - left - len(units)), palette.muted)]
    return row


def _answers(view: View, shown: Window, palette: Palette) -> Row:
    """The answer after each word, under its column, as far as the walk has come."""
    row: Row = [Segment(fit(SAYS, shown.name_width), palette.muted)]
    for t in map(shown.word, shown.visible):
        known = t is not None and view.knows("logits", t)
        text = answer_in(view, t, shown.cell - 1) if known and t is not None else ""
        style = palette.strong if t == view.t else palette.text
        row += [Segment(fit(text, shown.cell - 1, "center"), style), Segment(" ")]
    return row


def _heads(view: View, shown: Window, palette: Palette) -> Row:
    """The words; of two lanes an arrow in front says which way this one reads."""
    arrow = lane_arrow(view.model)
    row: Row = [Segment(fit(f" {arrow}", shown.name_width), palette.accent if arrow else None)]
    for t in map(shown.word, shown.visible):
        word = START if t is None else printable(view.trace.tokens[t].surface)
        read = t is None or (t >= view.t if shown.backward else t <= view.t)
        style = palette.accent if t == view.t else palette.muted if read else palette.faint
        row.append(Segment(fit(word, shown.cell - 1, "center") + " ", style))
    return row


def lane_arrow(model: Model) -> str:
    """The arrow of the floor's lane where its layer reads both ways; "" elsewhere."""
    layer = model.floor.layer
    if layer is None or not model.layers[layer].bidirectional:
        return ""
    return "←" if model.floor.backward else "→"


def _unit(view: View, shown: Window, unit: int, scale: float, palette: Palette, name: str, *, picked: bool) -> Row:
    label = fit(view.unit_label(unit), shown.name_width - 2)
    row: Row = [
        Segment("▸" if picked else " ", palette.accent),
        Segment(label + " ", palette.accent if picked else palette.text),
    ]
    for t in map(shown.word, shown.visible):
        values = _values(view, name, t)
        if values is None:
            row.append(Segment(fit("···" if t == view.t else "·", shown.cell - 1, "center") + " ", palette.faint))
            continue
        value = float(values[unit])
        text = number(value)
        if view.memory_pitch == 1:  # no line below for what it was
            text += _moved(value, _was(view, name, t, unit))
        row += [Segment(fit(text, shown.cell - 1, "center"), heat_style(value, scale, palette)), Segment(" ")]
    return row


def _was(view: View, name: str, t: int | None, unit: int) -> float | None:
    """The value of a cell before the edits; None where it was the same, or where there was none."""
    old = None if t is None else view.ghost(name, t)
    if old is None or abs(float(old[unit]) - float(view.trace.values[name][t][unit])) < SAME:
        return None
    return float(old[unit])


def _moved(value: float, was: float | None) -> str:
    return "" if was is None else "↑" if value > was else "↓"


def _ghosts(view: View, shown: Window, unit: int, name: str, palette: Palette) -> Row:
    """The line below a unit's cells: the values from before an edit, where it changed them."""
    row: Row = [Segment(" " * shown.name_width)]
    for t in map(shown.word, shown.visible):
        was = _was(view, name, t, unit) if _values(view, name, t) is not None else None
        text, style = ("", None) if was is None else (f"was {number(was)}", palette.muted)
        if was is not None and shown.cell - 1 < len(text):
            text = number(was)
        row += [Segment(fit(text, shown.cell - 1, "center"), style), Segment(" ")]
    return row


def memory_panel(view: View, name: str, width: int, height: int, palette: Palette) -> list[Row]:
    """The strip in its frame; the foot names the visible units and words where not all are."""
    answers = view.model.answers_each
    rows: list[Row] = [[Segment(" "), *row] for row in memory_strip(view, width - 3, palette, name, answers=answers)]
    foot = off_screen(view, window(view, width - 3), width - 4)
    return framed(rows, width, height, title_of(view, name, width, palette), palette.frame, foot=foot,
                  foot_style=palette.muted)  # fmt: skip


def title_of(view: View, name: str, width: int, palette: Palette) -> Row:
    """The state in words, and which floor's it is where there are several; in notation as it is written."""
    heading, words = view.model.cell.state_title(name, view.model.tokenizer.unit)
    said = [f"{name}[t]" if view.scene.notation else words]
    if len(view.model.floors) > 1:
        said = _of_floor(view, name, words)
    title: Row = [Segment(heading, palette.strong)]
    text = next((text for text in said if width > cell_len(heading) + cell_len(text) + 10), None)
    return title if text is None else [*title, Segment(f"  {text}", palette.muted)]


def _of_floor(view: View, name: str, words: str) -> list[str]:
    """Say which floor's state it is, the longest text first."""
    from rnn_tui.story.floors import floor_name, floor_symbol, lane_end

    model, floor = view.model, view.model.floor
    if view.scene.notation:
        symbol = floor_symbol(model, floor).replace("h", name)
        return [f"{symbol}[t]"]
    if floor.layer is not None and sum(one.layer is not None for one in model.floors) == 1:
        return [words]  # with one lane there is one memory
    floored = floor_name(model, floor)
    whole = ", ".join(filter(None, (floored, lane_end(model, floor))))
    return [f"{words} · {whole}", whole, floored, floored.replace(" lane", ""), lane_arrow(model)]


def pick_at(view: View, width: int, x: int, y: int) -> Pick | None:
    """The unit and the word of a cell of the panel that `memory_panel` draws, as far as there is either."""
    unit = unit_at(view.units, view.memory_pitch, y - TOP)
    shown = window(view, width - 3)
    column = shown.column_at(x - 2)
    t = None if column is None else shown.word(column)  # the start is no word's
    if unit is not None:
        return UnitPick(unit, t)
    return None if t is None else WordPick(t)


def off_screen_units(view: View) -> str:
    """The numbers of the visible units: "units 1–9 of 16"."""
    first, last = view.units[0] + 1, view.units[-1] + 1
    shown = f"units {first}–{last}" if last > first else f"unit {first}"
    return f"{shown} of {view.model.hidden_size}"


def off_screen(view: View, shown: Window, room: int = 200) -> str:
    """The numbers of the visible units and words, where not all are visible; in `room` cells in fewer words."""
    notes = [off_screen_units(view)] if len(view.units) < view.model.hidden_size else []
    if shown.count < shown.total:
        numbers = [t + 1 for t in map(shown.word, shown.visible) if t is not None]
        notes.append(f"{view.model.tokenizer.unit}s {numbers[0]}–{numbers[-1]} of {shown.words}")
    said = " · ".join(notes)
    return next((text for text in (said, said.replace("units ", "").replace("unit ", "")) if len(text) <= room), said)
