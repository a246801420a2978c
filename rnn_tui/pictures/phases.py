"""A phase as a framed panel, and as one line."""

from __future__ import annotations

import textwrap
from itertools import islice

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.cells.phases import (
    BlendTable,
    GatesTable,
    MemoryTable,
    PartsTable,
    PoolTable,
    ProductsTable,
)
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.attending import attending, width_of_units
from rnn_tui.pictures.bars import CANCELLED
from rnn_tui.pictures.check import check, guessing, votes, width_of_votes
from rnn_tui.pictures.frames import TOP, framed
from rnn_tui.pictures.memory import off_screen_units
from rnn_tui.pictures.naming import gate_head
from rnn_tui.pictures.outputs import caption, outputs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.phasecolumns import bias_of
from rnn_tui.pictures.picks import HoldPick, PhasePick, Pick, UnitPick
from rnn_tui.pictures.reading import index_of, reading
from rnn_tui.pictures.rows import Row, fit, sized, stacked
from rnn_tui.pictures.steps import UNNAMED
from rnn_tui.pictures.table import Placed, lay_out, table, value_at
from rnn_tui.pictures.unitrows import unit_at
from rnn_tui.pictures.view import View
from rnn_tui.text import number, percent, printable

RANGE, KEPT_TOGETHER = "−1 … 1", "−1\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}1"
HEADING = 12
"""The cells of a phase's heading in its line."""
NARROW = 70
"""Up to this width the words of a phase stand at the foot of its panel; beyond it they fit into its title."""


def phase_panel(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """The phase in its frame: heavy and bright at work, normal when done, dim when still to come."""
    if view.unnamed(phase):
        return framed([], width, height, [Segment(UNNAMED, palette.muted)], palette.frame_dim)
    progress = view.progress(phase)
    style = palette.frame_now if progress == 0 else palette.frame_dim if progress > 0 else palette.frame
    inner = width - 4
    placed = _placed(view, phase, inner)
    rows: list[Row] = [[Segment(" "), *row] for row in _body(view, phase, placed, inner, height - 2, palette)]
    title, foot = _title(view, phase, inner, palette), _foot(view, phase, placed, inner)
    return framed(rows, width, height, title, style, heavy=progress == 0, foot=foot, foot_style=palette.faint)


def pick_at(view: View, phase: Phase, width: int, height: int, x: int, y: int) -> Pick:
    """The unit at a cell of a phase that is drawn in so many cells; where there is none, the phase itself.

    In the what-if mode it is the number, where it is one that can be held.
    """
    shown = height >= 3 and y < height - 1 and 2 <= x < 2 + _units_width(view, phase, width - 4)
    unit = unit_at(view.units, view.pitch, y - TOP) if shown else None
    if unit is None:
        return PhasePick(view.model.phases.index(phase))
    name = value_at(_placed(view, phase, width - 4), x - 2) if view.scene.what_if and view.progress(phase) <= 0 else ""
    return HoldPick(name, unit) if name else UnitPick(unit)


def _units_width(view: View, phase: Phase, width: int) -> int:
    """The cells inside the frame that rows of units take."""
    if phase.name == "read":
        return 0
    if phase.name == "check":
        return 0 if guessing(view, phase) else width_of_votes(width)
    if isinstance(phase.table, PoolTable):
        return 0 if guessing(view, phase) else width_of_units(width)
    return 0 if guessing(view, phase) else width


def _title(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    progress = view.progress(phase)
    style = palette.accent if progress == 0 else palette.muted if progress > 0 else palette.text
    title: Row = [Segment(phase.heading, style + Style(bold=progress <= 0))]
    texts = [phase.notation if view.scene.notation else _said(view, phase)]
    legend = _legend(view, phase)
    if legend:
        texts = [f"{texts[0]} ({legend})", texts[0] if view.scene.notation else legend]
    fitting = (text for text in texts if width > NARROW and width > len(phase.heading) + len(text) + 12)
    return [*title, *(Segment(f"  {text}", style) for text in islice(fitting, 1))]


def _placed(view: View, phase: Phase, width: int) -> Placed:
    return lay_out(view, phase, _units_width(view, phase, width) or width)


def _body(view: View, phase: Phase, placed: Placed, width: int, height: int, palette: Palette) -> list[Row]:
    if phase.name == "read":
        return reading(view, width, height, palette)
    if phase.name == "check":
        return check(view, phase, placed, width, height, palette)
    if isinstance(phase.table, PoolTable):
        return attending(view, phase, placed, width, height, palette)
    if guessing(view, phase):
        return stacked(votes(view, phase, placed, width, palette), width, height)
    rows = [] if _to_come(view, phase) else table(view, phase, placed, width, palette)
    return _with_words(view, phase, rows, width, height, palette)


def _to_come(view: View, phase: Phase) -> bool:
    """True for a phase after the one at work while a question is open: its weights might give the answer."""
    return view.scene.asking and view.progress(phase) > 0


def _with_words(view: View, phase: Phase, rows: list[Row], width: int, height: int, palette: Palette) -> list[Row]:
    """The table, and at the foot of the panel what the phase does, where there is room for it."""
    text = phase.notation if view.scene.notation else _words(view, phase)
    lines = textwrap.wrap(text.replace(RANGE, KEPT_TOGETHER), max(8, width), break_long_words=False)
    room = height - len(rows)
    if room < 2 or width > NARROW or len(lines) > room - 1:
        return rows
    words: list[Row] = [[Segment(fit(line, width), palette.muted)] for line in lines]
    return [*stacked(rows, width, height - len(words)), *words]


def _words(view: View, phase: Phase) -> str:
    if isinstance(phase.table, ProductsTable) and view.one_hot:
        unit = view.model.tokenizer.unit
        return f"each {unit} picks its own column of the weights"
    return _legend(view, phase) or _said(view, phase)


def _said(view: View, phase: Phase) -> str:
    """Say what the phase does."""
    return phase.words_for(view.model.tokenizer.unit)


def _legend(view: View, phase: Phase) -> str:
    """Say what the shades of a sum's bar mean; "" where the phase adds nothing."""
    if isinstance(phase.table, MemoryTable):
        return f"dim: memory, {'' if bias_of(view) is None else 'grey: bias, '}bright: input, {CANCELLED}: cancelled"
    return f"dim: kept, bright: new, {CANCELLED}: cancelled" if isinstance(phase.table, PartsTable | BlendTable) else ""


def _foot(view: View, phase: Phase, placed: Placed, width: int) -> str:
    """Say what the weights show where that is not all of them, and the scale of the bars; nothing if it is covered."""
    if guessing(view, phase) or _to_come(view, phase):
        return ""
    notes = []
    for column, _ in placed:
        cells = 0 if column.values is None else column.values.shape[-1]
        if column.kind == "heat" and cells < column.of:
            notes.append(f"{cells} of {column.of} columns")
    bars = [column for column, _ in placed if column.kind == "bar"]
    if bars and view.progress(phase) <= 0:
        notes.append(f"scale ±{number(bars[-1].scale).lstrip('+')}")
    if placed and not view.wide and len(view.units) < view.model.hidden_size:
        notes.insert(0, off_screen_units(view))
    foot = " · ".join(notes)
    shorter = (foot, foot.replace(" columns", ""), foot.replace(" columns", "").replace("scale ", ""))
    return next((text for text in shorter if len(text) <= width - 2), shorter[-1])


def phase_line(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """A phase in one line: done with its values, or still to come."""
    if view.unnamed(phase):
        return [sized([Segment(f" · {UNNAMED}", palette.faint)], width)]
    progress = view.progress(phase)
    mark, style = ("✓", palette.text) if progress < 0 else ("·", palette.faint)
    size = max(HEADING, len(phase.heading) + 1)
    row: Row = [Segment(f" {mark} {fit(phase.heading, size)}", style)]
    return [sized([*row, *_line_values(view, phase, width - size - 3, palette)], width)]


def _line_values(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    if phase.name == "check" and view.answered is not None and not view.scene.covered:
        row: Row = [Segment(f"{caption(view)}: ", palette.muted)]
        (best,) = outputs(view, min(30, width - len(caption(view)) - 2), 1, palette)[:1] or [[]]
        return [*row, *best]
    if view.progress(phase) > 0 or phase.name == "check" or view.covers(phase):
        return [Segment(_said(view, phase), palette.faint)]
    if phase.name == "read":
        return [Segment(" · ".join([printable(view.trace.tokens[view.t].surface), *index_of(view)]), palette.muted)]
    name = phase.shows[-1]
    if isinstance(phase.table, GatesTable) or len(view.step[name]) > view.model.hidden_size:
        return _gate_values(view, phase, palette)
    row = []
    for unit in _in_line(view, width):
        value = float(view.step[name][unit])
        picked = unit == view.unit
        row.append(Segment(f"{view.unit_label(unit)} ", palette.accent if picked else palette.muted))
        row.append(Segment(f"{number(value)}   ", palette.signed(value)))
    left_out = view.model.hidden_size - len(_in_line(view, width))
    return [*row, Segment(f"and {left_out} more", palette.muted)] if left_out else row


def _in_line(view: View, width: int) -> range:
    """The visible units, and as many after them as the line has room for."""
    each = view.label_width + 10
    last = min(view.model.hidden_size, view.first + max(1, (width - len("and 999 more")) // each))
    return range(view.first, last)


def _gate_values(view: View, phase: Phase, palette: Palette) -> Row:
    """Gate by gate the values of the picked unit: what the input brings to each, or how far each is open."""
    unit, cell = view.unit, view.model.cell
    row: Row = [Segment(f"{printable(view.model.unit_name(unit))}:   ", palette.accent)]
    opened = isinstance(phase.table, GatesTable)
    for gate in phase.table.gates if isinstance(phase.table, GatesTable) else cell.gates:
        values = view.step[gate.letter] if opened else cell.block(view.step[phase.shows[-1]], gate.letter)
        value, name = float(values[unit]), ("" if opened else "→") + gate_head(view, gate)
        share = opened and not gate.signed and not view.scene.notation
        shown, ink = (percent(value), palette.text) if share else (number(value), palette.signed(value))
        row += [Segment(f"{name} ", palette.muted), Segment(f"{shown}   ", ink)]
    return row
