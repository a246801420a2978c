"""The picture of the lens units: what the picked unit goes with, what pushes it, and the answer without it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.lenses.lanes import floor_of, unit_looked_at
from rnn_tui.lenses.learned import Pushes, Traits
from rnn_tui.lenses.units import Unit, Units
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.heat import heat_style, sign_glyph
from rnn_tui.pictures.lenses.units_answer import AS_IT_IS, answer_bars, answer_in_a_line
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, UnitPick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, blank, echo, fit, shared, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.units import CALLED
from rnn_tui.story.spans import Span, line
from rnn_tui.text import number, printable

NAME, FIGURE, COUNT = 12, 6, 6
LEAST_BAR, MOST_BAR = 9, 41
LEAST_MAP = 12  # columns of room from which on all units are shown beside the picked one
NAMES_FROM = 6  # columns a unit from which on its name is written, if need be cut
FIGURES_FROM = 7  # columns a unit from which on its figure is written
LONGEST_PUSH = 16
UP, DOWN = "▲", "▼"


@dataclass(frozen=True)
class UnitsLayout:
    """The layout of the picture in its cells.

    `traits` are drawn `pitch` lines each, with a bar of `bar` columns, and beside it from column `map_at` on `units`
    (from 0), `cell` columns each. Below come `below` lines with the words that push the unit and with the answer.
    """

    traits: tuple[str, ...]
    pitch: int
    bar: int
    map_at: int
    units: range
    cell: int
    below: int

    @property
    def above(self) -> int:
        """The lines of the traits, with their heads."""
        return 1 + self.pitch * len(self.traits)


def draw(measured: Units, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """Correlations above; below them what pushes the unit, and the answer as it is and without it."""
    unit, view = _picked(measured, view)
    if unit is None or width < LEAST_BAR + FIGURE + 4 or height < 1:
        return [sized([], width)] * min(1, height)
    plan = _plan(measured, unit, view, width, height)
    rows = (
        _correlations(measured, unit, view, plan, width, palette)
        if plan.traits
        else _note(measured, unit, width, palette)
    )
    rows = rows[: height - plan.below]
    rows += [[]] * (height - plan.below - len(rows))  # what is below stands at the foot, where the eye expects it
    rows += _below(measured, unit, view, width, plan.below, palette)
    return [sized([Segment(" "), *row], width) for row in rows[:height]]


def pick_at(measured: Units, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """The unit whose column of the map is there."""
    picked = view
    unit, view = _picked(measured, view)
    if unit is None or width < LEAST_BAR + FIGURE + 4 or view is not picked:  # a unit of another floor can't be picked
        return None
    plan = _plan(measured, unit, view, width, height)
    column = (x - 1 - plan.map_at) // plan.cell if plan.cell else -1
    if not plan.cell or x <= plan.map_at or not 0 <= y < plan.above or column >= len(plan.units):
        return None
    return UnitPick(plan.units[column])


def _picked(measured: Units, view: View) -> tuple[Unit | None, View]:
    """The picked unit, and the view on the floor of its lane: on a floor above all lanes another one is meant."""
    looked, own = unit_looked_at(view.trace, view.unit)
    floor = floor_of(view.model, looked)
    if floor != view.model.at_floor:
        place = view.trace.order.first(floor)
        view = replace(view, scene=view.scene.at(replace(view.scene.position, floor=floor, phase=place.phase)))
    return measured.of(own, looked), view


def _plan(measured: Units, unit: Unit, view: View, width: int, height: int) -> UnitsLayout:
    below = 2 if height < 7 else 3 if height < 9 else 4 if height < 11 else min(10, max(5, height * 2 // 5))
    below = below if height > 3 else 1 if height > 1 else 0
    order = sorted(unit.correlation, key=lambda trait: -_size(unit.correlation[trait]))
    room = max(1, height - below - 1)
    traits = tuple(order[:room])
    pitch = 2 if traits and 2 * len(order) < room else 1
    figures = NAME + 1 + FIGURE + COUNT
    bar = min(MOST_BAR, width - 2 - figures)
    spare = width - 2 - figures - 3 - 15
    if spare >= LEAST_MAP:
        bar = max(15, min(MOST_BAR, (width - 2 - figures) * 2 // 5))
    map_at = figures + bar + 3
    left = width - 2 - map_at
    if left < LEAST_MAP or not order:
        return UnitsLayout(traits, pitch, max(LEAST_BAR, bar), 0, range(0), 0, below)
    size = view.model.hidden_size
    count = min(size, left)
    first = max(0, min(unit.unit - count // 2, size - count))
    return UnitsLayout(traits, pitch, bar, map_at, range(first, first + count), min(9, left // count), below)


def _size(r: float) -> float:
    return abs(r) if math.isfinite(r) else -1.0


@lru_cache(maxsize=4)
def _scale(learned: Traits) -> float:
    """The largest correlation of any unit: one scale for all, so that units can be compared."""
    finite = learned.correlation[np.isfinite(learned.correlation)]
    return float(np.abs(finite).max(initial=0)) or 1.0


def _note(measured: Units, unit: Unit, width: int, palette: Palette) -> list[Row]:
    head: Row = [Segment(fit(printable(unit.name), width - 2), palette.accent)]
    return [head, *wrapped(line(Span(measured.note or "", "muted")), width - 2, palette)]


def _correlations(
    measured: Units, unit: Unit, view: View, plan: UnitsLayout, width: int, palette: Palette
) -> list[Row]:
    learned = measured.traits[unit.looked]
    scale = _scale(learned)
    name = fit(f"{printable(unit.name)} goes with", NAME + plan.bar + 1)
    match, seen = ("r", "cases") if view.scene.notation else ("match", "seen")
    head: Row = [Segment(name, palette.accent), Segment(match.rjust(FIGURE), palette.muted)]
    head += [Segment(seen.rjust(COUNT), palette.muted), *_map_head(view, unit, plan, palette)]
    rows = [head]
    for trait in plan.traits:
        r = unit.correlation[trait]
        bar = signed_bar(r, scale, plan.bar, palette)
        row: Row = [
            Segment(fit(trait if view.scene.notation else CALLED[trait], NAME) + " ", palette.text),
            *sized(bar, plan.bar),
            Segment(fit(number(r), FIGURE, "right"), palette.signed(r)),
            Segment(fit(str(unit.counts[trait]), COUNT, "right"), palette.muted),
        ]
        cells = _map_row(learned, trait, unit, plan, scale, palette)
        rows.append(row + cells)
        thick: Row = [*blank(NAME + 1), *sized(bar, plan.bar), *blank(FIGURE + COUNT)]
        rows += [thick + echo(cells)] * (plan.pitch - 1)
    return rows


def _map_head(view: View, unit: Unit, plan: UnitsLayout, palette: Palette) -> Row:
    """The names of the units over their columns; where there is no room for them, which ones they are."""
    if not plan.cell:
        return []
    row: Row = [*blank(3)]
    labels = [view.unit_label(other) for other in plan.units]
    if plan.cell >= min(NAMES_FROM, shared(labels) + 1):
        for other, label in zip(plan.units, labels, strict=True):
            style = palette.badge if other == unit.unit else palette.muted
            row += [Segment(fit(label, plan.cell - 1, "center"), style), Segment(" ")]
        return row
    column = plan.units.index(unit.unit) * plan.cell
    first, last, size = plan.units[0] + 1, plan.units[-1] + 1, view.model.hidden_size
    several = f"units {first}–{last} of {size}" if len(plan.units) < size else f"all {size} units"
    behind = plan.cell * len(plan.units) - column - 1
    for text in (several, f"of {size}"):  # on the side where there is more room, if it is enough
        if cell_len(text) < max(column, behind):
            before, after = (text, "") if column > behind else ("", f" {text}")
            return [*row, *_mark(before, column, palette), Segment(after, palette.muted)]
    return [*row, *_mark("", column, palette)]


def _mark(before: str, column: int, palette: Palette) -> Row:
    """A mark over the picked unit's column, and what stands before it."""
    return [Segment(fit(before, column), palette.muted), Segment(DOWN, palette.accent)]


def _map_row(learned: Traits, trait: str, unit: Unit, plan: UnitsLayout, scale: float, palette: Palette) -> Row:
    """The same trait for every unit, as heat cells."""
    if not plan.cell:
        return []
    column = learned.traits.index(trait)
    row: Row = [*blank(3)]
    gap = 1 if plan.cell >= 3 else 0
    for other in plan.units:
        r = float(learned.correlation[other, column])
        text = number(r) if plan.cell >= FIGURES_FROM else sign_glyph(r, scale)
        style = heat_style(r, scale, palette)
        row += [Segment(fit(text, plan.cell - gap, "center"), style), *([Segment(" ")] if gap else [])]
    return row


def _below(measured: Units, unit: Unit, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The words that push the unit and the answer: side by side where there is room, else below one another."""
    inner = width - 2
    if height >= 5 and inner >= 56:
        left = inner // 2
        pushes = _push_columns(unit, left - 3, height - 1, palette)
        label = printable(view.model.labels[measured.label])
        of_it = "" if view.model.output.is_number else "p of " if view.scene.notation else "how sure of "
        head: Row = [Segment(of_it, palette.muted), Segment(fit(label, min(cell_len(label), 20)), palette.strong)]
        answer = [head, *answer_bars(measured, unit, view, AS_IT_IS, inner - left, palette)]
        if view.scene.covered:
            answer = answer[1:]
        rows: list[Row] = []
        for n in range(height - 1):
            row = sized(pushes[n] if n < len(pushes) else [], left)
            rows.append(row + (answer[n] if n < len(answer) else []))
        return [[], *rows]
    if height < 4:
        below = [answer_in_a_line(measured, unit, view, inner, palette)]
    else:
        below = answer_bars(measured, unit, view, printable(view.model.labels[measured.label]), inner, palette)
    lines = [_push_line(words, glyph, inner, palette) for words, glyph in ((unit.up, UP), (unit.down, DOWN))]
    lines = lines[: max(0, height - len(below))] if unit.up or unit.down else []
    return [*lines, *([[]] * (height - len(lines) - len(below))), *below][-height:] if height else []


def _push_columns(unit: Unit, width: int, height: int, palette: Palette) -> list[Row]:
    """Two columns: the words that push it up, and those that push it down, with the state after each."""
    half = (width - 2) // 2
    columns = []
    if not (unit.up or unit.down):
        return []
    for pushes, glyph, way in ((unit.up, UP, "up"), (unit.down, DOWN, "down")):
        style = palette.positive if way == "up" else palette.negative
        column: list[Row] = [sized([Segment(f"{glyph} pushed {way} by", palette.muted)], half)]
        room = min(LONGEST_PUSH, half - FIGURE)
        whole = [push for push in pushes if cell_len(printable(push[0])) <= room]
        for text, value in (whole or pushes)[: height - 1]:
            name = fit(printable(text), room)
            column.append(sized([Segment(name, palette.text), Segment(number(value).rjust(FIGURE), style)], half))
        if not pushes:
            column.append(sized([Segment("none", palette.faint)], half))
        columns.append(column)
    longest = max(map(len, columns))
    left, right = ([*column, *([blank(half)] * (longest - len(column)))] for column in columns)
    return [[*a, *blank(2), *b] for a, b in zip(left, right, strict=True)]


def _push_line(pushes: Pushes, glyph: str, width: int, palette: Palette) -> Row:
    """As many of the words as fit in a line, the strongest first."""
    style = palette.positive if glyph == UP else palette.negative
    row: Row = [Segment(f"{glyph} ", style)]
    for n, (text, value) in enumerate(pushes):
        shown = printable(text)
        figure = f" {number(value)}" if n == 0 else ""
        if width_of(row) + cell_len(shown) + len(figure) + 2 > width:
            break
        row += [Segment(shown, palette.text), Segment(f"{figure}  ", style)]
    return row if len(row) > 1 else [Segment(f"{glyph} none", palette.faint)]
