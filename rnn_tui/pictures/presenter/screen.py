"""The presenter view: the sentence, the phase at work in large figures, all units, and the sentence that explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.phases import READ, Phase
from rnn_tui.pictures.letters import large
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.presenter import units, words
from rnn_tui.pictures.presenter.content import Content, content
from rnn_tui.pictures.presenter.figures import ROWS, figures, lay_out
from rnn_tui.pictures.presenter.reading import read
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import WordCells, number_curve, ribbon
from rnn_tui.pictures.ribbon import pick_at as word_at
from rnn_tui.pictures.rows import Row, blank, fit, sized, stacked, width_of
from rnn_tui.pictures.view import View
from rnn_tui.story import Line, tell
from rnn_tui.story.bounds import told_first

TALL = 28
"""From so many rows on the words of the sentence are large, and the sentence that explains has an empty row between its
lines."""
EDGE = 2
"""The cells left free at either side."""
TITLE = ROWS + 1
"""The rows of a large title, and an empty one below it."""
BETWEEN_WORDS = 3
LEAST = 7
"""The rows that a phase and the row of units have in any case: a title, and a line a term."""


class Rooms(NamedTuple):
    """The rows of the sentence at the top, of the phase, of the units, and of the sentence that explains."""

    words: int
    phase: int
    units: int
    told: int


def presenter(view: View, laid: WordCells, width: int, height: int, palette: Palette) -> list[Row]:
    """All of it in exactly `height` rows of `width` cells; what is told is never cut, figures take what is left."""
    view = replace(view, wide=False)  # the phase has its panel to itself
    rooms = _rooms(view, width, height, palette)
    inner = width - 2 * EDGE
    body = [
        *_phase(view, view.phase, inner, rooms.phase, palette),
        *([units.unit_row(view, view.phase, inner, palette)] * rooms.units),
        *stacked(_told(view, inner, height, palette), inner, rooms.told),
    ]
    top = _words(view, laid, width, rooms.words, palette)
    return stacked([*top, *([Segment(" " * EDGE), *row] for row in body)], width, height)


def pick_at(view: View, laid: WordCells, width: int, height: int, x: int, y: int, palette: Palette) -> Pick | None:
    """The word or the unit at a cell of what `presenter` draws."""
    view = replace(view, wide=False)
    rooms = _rooms(view, width, height, palette)
    if y < rooms.words:
        return words.pick_at(view, width, x) if _large(height) else word_at(laid, view, width, x)
    if y == rooms.words + rooms.phase:
        return units.pick_at(view, view.phase, width - 2 * EDGE, x - EDGE)
    return None


def _large(height: int) -> bool:
    return height >= TALL


def _top(view: View, height: int) -> int:
    """The rows of the sentence that is read."""
    return words.HEIGHT + 1 if _large(height) else 2 + (view.model.tokenizer.kind == "numbers")


def _rooms(view: View, width: int, height: int, palette: Palette) -> Rooms:
    """Share the rows out: for what is told at least as many as most of it takes, so that nothing jumps."""
    top = _top(view, height)
    usual = 5 if _large(height) and width < 110 else 3
    told = max(len(_told(view, width - 2 * EDGE, height, palette)), usual + 1)
    told = max(2, min(told, height - top - LEAST))
    return Rooms(top, height - top - told - 1, 1, told)


def _words(view: View, laid: WordCells, width: int, height: int, palette: Palette) -> list[Row]:
    """The sentence that is read, large or small."""
    if height > words.HEIGHT:
        return stacked(words.words(view, width, palette), width, height)
    rows = ribbon(view, laid, width, palette)
    if view.model.tokenizer.kind == "numbers":
        rows.append(number_curve(view, laid, width, palette))
    return rows


def _told(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The sentence that explains, in bold, below an empty row, and in notation the equation with its numbers.

    Where the equation would take the room of the phase, it is left out as a whole.
    """
    lines = tell(view.trace, view.scene)
    equation: tuple[Line, ...] = lines[-1:] if view.scene.notation else ()
    said = told_first(lines[: len(lines) - len(equation)])[0]
    rows: list[Row] = []
    for row in wrapped(said, width, palette):
        if rows and _large(height):
            rows.append([])
        rows.append([Segment(text, (style or Style()) + Style(bold=True)) for text, style, _ in row])
    below = [row for line in equation for row in wrapped(line, width, palette)]
    room = height - _top(view, height) - LEAST
    return [[], *rows, *(below if 1 + len(rows) + len(below) <= room else [])]


def _phase(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """The title, large where the figures beside it can be, the figures, and what stands with them in a line each."""
    if phase.name == READ.name:
        title = _title(view, phase, width, palette) if height >= 2 * TITLE else [_narrow(view, phase, width, palette)]
        return [*title, *read(view, width, height - len(title), palette)]
    shown = content(view, phase, max(1, (height - 1) // (ROWS + 1)))  # each has an empty row, and the title has one
    lines = _lines(shown.said + shown.more, width)
    if not _is_large(shown, width, height - len(lines) - 1):
        lines = _lines(shown.said, width)
    room = height - len(lines)
    title = _title(view, phase, width, palette)
    if not title or not _is_large(shown, width, room - TITLE):
        title = [_narrow(view, phase, width, palette)]
    elif sum(lay_out(shown.terms, width, room - ROWS).scales) > sum(lay_out(shown.terms, width, room - TITLE).scales):
        del title[ROWS:]  # figures that are larger for it are worth an empty row
    drawn = figures(shown.terms, width, max(0, room - len(title)), palette)
    below: list[Row] = [[Segment(fit(line, width, "center"), palette.strong)] for line in lines]
    return stacked([*title, *drawn, *below], width, height)


def _is_large(shown: Content, width: int, height: int) -> bool:
    """True where every figure can be drawn large in so many cells."""
    return min(lay_out(shown.terms, width, height).scales, default=0) > 0


def _lines(texts: Sequence[str], width: int) -> list[str]:
    """The texts beside the terms in lines, as many in each as fit."""
    lines: list[str] = []
    for text in texts:
        joined = f"{lines[-1]} · {text}" if lines else ""
        if joined and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(text)
    return lines


def _title(view: View, phase: Phase, width: int, palette: Palette) -> list[Row]:
    """The phase in large capitals, and beside it the unit and the word; none where there is no room for it."""
    drawn = [large(word.upper(), width) for word in phase.heading.split()]
    beside = _beside(view, phase)
    gap = " " * BETWEEN_WORDS
    size = sum(len(rows[0]) + BETWEEN_WORDS for rows in drawn if rows)
    if not all(drawn) or {len(rows) for rows in drawn} != {ROWS} or size + max(map(cell_len, beside)) > width:
        return []
    made: list[Row] = []
    for y, letters in enumerate(zip(*drawn, strict=True)):
        text = beside[y] if y < len(beside) else ""
        row = [Segment(gap.join(letters), palette.accent + Style(bold=True))]
        made.append(_between(row, [Segment(text, palette.strong if y == 0 else palette.text)], width))
    return [*made, blank(width)]


def _narrow(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    """The same in one row."""
    beside = _beside(view, phase)
    said = phase.words_for(view.model.tokenizer.unit)
    right = " · ".join(beside)
    row = [Segment(f" {phase.heading} ", palette.badge + Style(bold=True))]
    if width_of(row) + cell_len(said) + cell_len(right) + 4 <= width:
        row.append(Segment(f"  {said}", palette.strong))
    room = width - width_of(row) - 2
    text = next((text for text in (right, beside[0]) if cell_len(text) <= room), "")
    return _between(row, [Segment(text, palette.strong)], width)


def _beside(view: View, phase: Phase) -> list[str]:
    """The unit in the spotlight, where the phase has one, and the word that is read."""
    read_now = f"{view.model.tokenizer.unit} {view.t + 1} of {len(view.trace)}"
    if len(view.model.floors) > 1:
        from rnn_tui.story.floors import floor_name  # only networks of several floors have it

        read_now = f"{read_now} · {floor_name(view.model, view.model.floor)}"
    return [read_now] if phase.name == READ.name else [units.said(view), read_now]


def _between(left: Row, right: Row, width: int) -> Row:
    """A row with something at either end."""
    return [*sized(left, max(0, width - width_of(right))), *right]
