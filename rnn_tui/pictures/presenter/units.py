"""The row of all units below the large figures: its name, and a heat cell each, the spotlight's between marks."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.network.phases import READ, Phase
from rnn_tui.pictures.check import guessing
from rnn_tui.pictures.heat import heat_style, sign_glyph
from rnn_tui.pictures.others import gate_of, values_of
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import UnitPick
from rnn_tui.pictures.presenter.terms import INPUT, terms_of
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

LEFT, RIGHT = "▸", "◂"
BEFORE, AFTER = "‹ ", " ›"
CELLS = (5, 3, 1)
"""The cells of a unit: as many as there is room for; the one in the spotlight has three in any case."""
LEAST = len(LEFT) + 1 + len(RIGHT)


class Placed(NamedTuple):
    """The units of the row, each with its first cell and the one after its last."""

    units: tuple[tuple[int, int, int], ...]
    cut: tuple[bool, bool]  # whether others are left out before them, and after


def unit_row(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    """One row of `width` cells; empty where the phase has no number a unit, or where it is covered."""
    values = _values(view, phase)
    if values is None:
        return sized([], width)
    numbers, scale = values
    name = _name(view, phase)
    placed = _placed(view, width, cell_len(name))
    start, before = placed.units[0][1], BEFORE if placed.cut[0] else ""
    room = start - cell_len(name) - len(before)
    row: Row = [Segment(f"{' ' * room}{name}{before}" if room >= 0 else before.rjust(start), palette.muted)]
    for unit, first, end in placed.units:
        value, picked = float(numbers[unit]), unit == view.unit
        ink = heat_style(value, scale, palette)
        glyph = sign_glyph(value, scale)
        if not picked:
            margin = " " * ((end - first) // 5)  # a narrow cell has none, so that there is something to see
            inside = end - first - 2 * len(margin) if end - first > 1 else 1
            row += [Segment(margin), Segment(glyph.center(inside), ink), Segment(margin)]
            continue
        row += [
            Segment(LEFT, palette.accent),
            Segment(glyph.center(end - first - 2), ink + Style(bold=True)),
            Segment(RIGHT, palette.accent),
        ]
    return sized([*row, Segment(AFTER if placed.cut[1] else "", palette.muted)], width)


def said(view: View) -> str:
    """The unit in the spotlight: "verb · unit 1 of 4", "unit 3 of 16"."""
    text = f"unit {view.unit + 1} of {view.model.hidden_size}"
    if view.model.meets:
        return view.model.unit_name(view.unit)
    return f"{view.unit_label(view.unit)} · {text}" if view.model.unit_names else text


def pick_at(view: View, phase: Phase, width: int, x: int) -> UnitPick | None:
    """The unit at cell `x` of the row."""
    if _values(view, phase) is None:
        return None
    return next(
        (
            UnitPick(unit)
            for unit, first, end in _placed(view, width, cell_len(_name(view, phase))).units
            if first <= x < end
        ),
        None,
    )


def _values(view: View, phase: Phase) -> tuple[Array, float] | None:
    """The number of each unit and the size of the largest; None where there is nothing to show."""
    if phase.name == READ.name or guessing(view, phase):
        return None
    values, scale = values_of(view, phase)
    return (values, scale or 1.0) if values.shape == (view.model.hidden_size,) else None


def _name(view: View, phase: Phase) -> str:
    """What the row shows of each unit: "memory: ", the gate where there are several, "votes: " for an answer."""
    if "logits" in phase.shows:
        return "votes: "
    if gate := gate_of(view, phase):
        return printable(gate)
    *_, last = terms_of(view, phase)  # the row is what comes out, for every unit
    return f"{INPUT if last.word else printable(last.name)}: "


def _placed(view: View, width: int, name: int) -> Placed:
    """Put the units in the middle of the row, behind `name` cells; where not all fit, those around the spotlight."""
    count = view.model.hidden_size
    name = name if width - name >= width // 2 else 0
    room = width - name
    cell = next((cells for cells in CELLS if cells * (count - 1) + max(cells, LEAST) <= room), CELLS[-1])
    room -= 0 if cell * (count - 1) + max(cell, LEAST) <= room else len(BEFORE) + len(AFTER)
    shown = min(count, 1 + (room - max(cell, LEAST)) // cell)
    first = max(0, min(view.unit - shown // 2, count - shown))
    size = cell * (shown - 1) + max(cell, LEAST)
    before = len(BEFORE) if shown < count else 0
    at = max(name + before, (width - size) // 2)
    units = []
    for unit in range(first, first + shown):
        size = max(cell, LEAST) if unit == view.unit else cell
        units.append((unit, at, at + size))
        at += size
    return Placed(tuple(units), (first > 0, first + shown < count))
