"""A question in the presenter view: its words in bold, its choices with bars and counts as large as there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.asking import (
    CURSOR,
    GAP,
    LEAST_BAR,
    RIGHT,
    Asking,
    Column,
    Drawn,
    asking_panel,
    columns_of,
    framed_question,
    pick_of,
    rows_needed,
)
from rnn_tui.pictures.asking import pick_at as small_pick_at
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.presenter.figures import figure, height_of, size_of
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import blank, fit, sized
from rnn_tui.story import Span
from rnn_tui.text import printable

BOLD = Style(bold=True)
SCALES = (3, 2, 1)
EDGE = 2
"""The cells between the frame and what is in it."""
KEY = 9
"""The cells of a choice's number, in large figures too, and of the mark of the right one."""
LEAST_BARS = (LEAST_BAR, 24)
"""The cells of a bar at least: where figures could be smaller, more, so that shares can be told apart."""
LONGEST_NAME = 3
"""The part of the width that the names of the choices may take is one in so many."""


def large_question(asking: Asking, width: int, height: int, palette: Palette) -> list[list[Segment]]:
    """The question in a frame of `width` by `height` cells; as elsewhere where there is no room to have it large."""
    rows = _largest(asking, width, height, palette)
    if rows is None:
        return asking_panel(_thick(asking, width, height), width, height, palette)
    return framed_question(asking, [[Segment(" " * EDGE), *row] for row, _ in rows], width, height, palette)


def pick_at(asking: Asking, width: int, height: int, y: int) -> Pick | None:
    """The key of the choice in a row of what `large_question` draws."""
    rows = _largest(asking, width, height, Palette())
    return small_pick_at(_thick(asking, width, height), width, y) if rows is None else pick_of(asking, rows, y)


def _thick(asking: Asking, width: int, height: int) -> Asking:
    """The question with thick bars at least, where there is room for them."""
    thick = replace(asking, roomy=True)
    return thick if rows_needed(thick, width) <= height else asking


def _largest(asking: Asking, width: int, height: int, palette: Palette) -> list[Drawn] | None:
    """The rows in the largest figures that fit, in the middle of the frame; None where none do."""
    inner, room = width - 2 - 2 * EDGE, height - 2
    for scale in SCALES:
        for airy in (True, False):
            if not _fits(asking, scale, inner):
                continue
            rows = list(_rows(asking, scale, inner, palette, airy=airy))
            if len(rows) <= room:
                above: list[Drawn] = [(blank(inner), None)] * ((room - len(rows)) // 3)
                return [*above, *rows]
    return None


def _fits(asking: Asking, scale: int, width: int) -> bool:
    """True where names, bars and figures have room beside one another; many choices in columns are never large."""
    if asking.typed:
        return not asking.choices and size_of(_given(asking), scale) <= width
    columns = columns_of(asking)
    each = (width - KEY - _names(asking, width)) // max(1, len(columns))
    return all(each >= GAP + LEAST_BARS[scale > 1] + GAP + _figure(column, scale) for column in columns)


def _rows(asking: Asking, scale: int, width: int, palette: Palette, *, airy: bool) -> Iterator[Drawn]:
    """The question, what is chosen or typed, and then the answer; with empty rows between its lines where `airy`."""
    yield from _bold(asking.ask, "strong", width, palette, airy=airy)
    yield blank(width), None
    yield from _typed(asking, scale, width, palette) if asking.typed else _choices(asking, scale, width, palette)
    if asking.revealed is not None:
        for text, role in ((asking.revealed.marked, "word"), (asking.revealed.why, "plain")):
            yield from _bold(text, role, width, palette, airy=airy) if text else ()


def _bold(text: str, role: str, width: int, palette: Palette, *, airy: bool) -> Iterator[Drawn]:
    """A text in bold, in as many rows as it needs."""
    for line in text.splitlines():
        for row in wrapped((Span(printable(line), role),), width, palette):
            yield [Segment(piece, (style or Style()) + BOLD) for piece, style, _ in row], None
            if airy:
                yield blank(width), None


def _given(asking: Asking) -> str:
    """What has been typed, with a cell for the cursor."""
    return printable(asking.given) + " "


def _typed(asking: Asking, scale: int, width: int, palette: Palette) -> Iterator[Drawn]:
    """What has been typed so far, in large figures; nothing where nothing was and the answer is there."""
    if asking.revealed is not None and not asking.given:
        return
    yield sized([Segment(f"{asking.wanted}:", palette.strong + BOLD)], width), None
    drawn = figure(printable(asking.given), scale) if asking.given else []
    end = CURSOR if asking.revealed is None else ""
    for y in range(height_of(scale)):
        text = drawn[y] if y < len(drawn) else ""
        yield sized([Segment(f"  {text}", palette.strong + BOLD), Segment(end, palette.accent)], width), None
    yield blank(width), None


def _names(asking: Asking, width: int) -> int:
    """The cells of the choices' names."""
    longest = max((cell_len(printable(choice)) for choice in asking.choices), default=0)
    return min(longest, width // LONGEST_NAME)


def _figure(column: Column, scale: int) -> int:
    """The cells of the widest figure beside a column's bars."""
    _, _, figures = column
    return max(size_of(text, scale) for text in figures)


def _choices(asking: Asking, scale: int, width: int, palette: Palette) -> Iterator[Drawn]:
    """The choices below one another, each as high as its figures; the columns' heads where there are several."""
    columns, names = columns_of(asking), _names(asking, width)
    each = (width - KEY - names) // len(columns) if columns else 0
    if len(columns) > 1:
        heads = [Segment(" " * GAP + fit(head, each - GAP), palette.muted) for head, _, _ in columns]
        yield sized([Segment(" " * (KEY + names)), *heads], width), None
    for index in range(len(asking.choices)):
        for row in _choice(asking, index, scale, (names, each), palette):
            yield sized(row, width), index
        yield blank(width), None


def _choice(
    asking: Asking, index: int, scale: int, sizes: tuple[int, int], palette: Palette
) -> Iterator[list[Segment]]:
    """The rows of a choice: its number, its name in the middle of them, and a bar as thick as the figure beside it."""
    names, each = sizes
    right = asking.revealed.right if asking.revealed else None
    lost = right is not None and right != index
    ink, bar_ink = (palette.muted, palette.muted) if lost else (palette.strong, palette.answer)
    rows, columns = height_of(scale), columns_of(asking)
    number, middle = figure(str(index + 1), 1), height_of(scale) // 2
    name = _name_rows(asking.choices[index], names, rows)
    for y in range(rows):
        digit = number[y - (rows - len(number)) // 2] if 0 <= y - (rows - len(number)) // 2 < len(number) else ""
        mark = RIGHT if right == index and y == middle else ""
        row = [Segment(fit(digit, 5), palette.muted if lost else palette.accent)]
        row += [Segment(fit(mark, KEY - 5, "center"), palette.accent + BOLD), Segment(fit(name[y], names), ink + BOLD)]
        for column in columns:
            _, shares, figures = column
            wide = _figure(column, scale)
            drawn = figure(figures[index], scale)
            text = drawn[y] if y < len(drawn) else ""
            bar = share_bar(shares[index], max(0, each - 2 * GAP - wide), bar_ink, palette.faint)
            row += [Segment(" " * GAP), *bar, Segment(" " * GAP), Segment(fit(text, wide, "right"), ink + BOLD)]
        yield row


def _name_rows(name: str, width: int, rows: int) -> list[str]:
    """A name in the middle of so many rows; cut where it is too long for them."""
    told = [
        "".join(segment.text for segment in row) for row in wrapped((Span(printable(name)),), max(1, width), Palette())
    ]
    lines = told if len(told) <= rows else [printable(name)]
    above = (rows - len(lines)) // 2
    return [*[""] * above, *lines, *[""] * (rows - above - len(lines))]
