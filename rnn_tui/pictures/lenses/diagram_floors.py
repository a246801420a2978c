"""The floors of a network as boxes that stand on each other, and what is computed where no lane reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from rnn_tui.network.floors import Floor
from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_chain import UP, frame
from rnn_tui.pictures.lenses.diagram_parts import DONE, LIT, TO_COME, Live
from rnn_tui.pictures.rows import fit
from rnn_tui.pictures.view import View
from rnn_tui.story.answers import answer
from rnn_tui.story.spans import plain
from rnn_tui.text import number, printable

WIDTHS = ((100, 26), (88, 18))
"""The cells that the floors take beside a chain, in so wide a picture and above."""
WIDEST = 44
FRAMED, WITH_ARROWS = 4, 2
"""The rows of a box with a frame and the arrow into it, and of one without a frame."""


class Area(NamedTuple):
    """A part of the board: its first cell, and how many it has."""

    x: int
    y: int
    width: int
    height: int


class Level(NamedTuple):
    """The boxes that stand side by side: each with the floor whose it is, None for the words and the answer."""

    boxes: tuple[tuple[tuple[str, ...], Floor | None], ...]


def tower_width(live: Live, width: int) -> int:
    """The cells that the floors take beside a chain; 0 where there is no room."""
    return next((cells for least, cells in WIDTHS if width >= least), 0)


def tower(board: Board, live: Live, area: Area) -> None:
    """Draw all floors in an area, the words below and the answer above, with that of now lit."""
    levels = _levels(live)
    rows = next((rows for rows in (FRAMED, WITH_ARROWS) if _height(levels, rows) <= area.height), 1)
    y = area.y + max(0, (area.height - _height(levels, rows)) // 2)
    for index, level in enumerate(levels):
        if y >= area.y + area.height:
            return
        ends = index in (0, len(levels) - 1)
        boxed = rows == FRAMED and not ends
        _level(board, live, level, Area(area.x, y, area.width, 3 if boxed else 1), boxed=boxed, framed=not ends)
        y += 3 if boxed else 1
        if rows > 1 and index < len(levels) - 1:
            _arrows(board, live, levels[index + 1], Area(area.x, y, area.width, 1))
            y += 1


def _height(levels: Sequence[Level], rows: int) -> int:
    """The rows of all levels: those at the ends have no frame."""
    inner, arrows = len(levels) - 2, (len(levels) - 1) * (rows > 1)
    return inner * (3 if rows == FRAMED else 1) + 2 + arrows


def _levels(live: Live) -> list[Level]:
    """The answer, the floors from the highest on, those of a layer side by side, and what is read."""
    model, unit = live.model, live.model.tokenizer.unit
    answered = live.view.answered
    said = "answer" if answered is None else plain(answer(live.trace, answered, hidden=live.view.scene.covered))
    levels = [Level((((said, "answer"), None),))]
    for floor in reversed(model.floors):
        if floor.layer is None:
            levels.append(Level(((_above_names(floor), floor),)))
        elif not floor.backward:
            lanes = [one for one in model.floors if one.layer == floor.layer]
            boxes = [(_lane_names(live, lane), lane) for lane in lanes]
            levels.append(Level(tuple(boxes)))
    return [*levels, Level((((f"each {unit}",), None),))]


def _lane_names(live: Live, floor: Floor) -> tuple[str, ...]:
    """The names of a lane, the longest first."""
    assert floor.layer is not None
    arrow = ("←" if floor.backward else "→") if live.model.layers[floor.layer].bidirectional else ""
    name = f"layer {floor.layer + 1} {arrow}".strip()
    return f"{name} {floor.cell.kind_title}", name, f"{floor.layer + 1} {arrow}".strip()


def _above_names(floor: Floor) -> tuple[str, ...]:
    """The names of a floor above all lanes: of its phases, the last of which is Check on the highest."""
    titles = [phase.title.lower() for phase in floor.phases]
    return ", ".join(titles), titles[0], titles[0][:4]


def _state(live: Live, floor: Floor) -> int:
    """Tell whether a floor is at work, done at the current word, or to come."""
    if floor.index == live.model.at_floor:
        return LIT
    order, position = live.trace.order, live.view.scene.position
    known = order.known(position, len(floor.phases) - 1, floor.index)
    t = position.t if order.has(position.t, floor.index) else len(live.trace) - 1
    return DONE if t in known else TO_COME


def _cells(level: Level, area: Area) -> list[tuple[int, int]]:
    """The first cell of each box of a level, and how many it has."""
    count = len(level.boxes)
    each = (area.width - (count - 1)) // count
    return [(area.x + n * (each + 1), each) for n in range(count)]


def _level(board: Board, live: Live, level: Level, area: Area, *, boxed: bool, framed: bool) -> None:
    for (names, floor), (x, width) in zip(level.boxes, _cells(level, area), strict=True):
        room = width - 4 if framed else width
        text = next((name for name in names if cell_len(name) <= room), fit(names[-1], max(1, room)))
        if floor is None:
            board.centred(x + width // 2, area.y, text, live.palette.text)
            continue
        state = _state(live, floor)
        pen = live.pen(state)
        if boxed:
            frame(board, x, area.y, width, 3, pen)
        else:
            board.put(x, area.y, f"{pen.up}{' ' * (width - 2)}{pen.up}", pen.style)
        style = live.palette.strong if state == LIT else live.palette.text if state == DONE else live.palette.faint
        board.put(x + (width - cell_len(text)) // 2, area.y + area.height // 2, text, style)


def _arrows(board: Board, live: Live, below: Level, area: Area) -> None:
    """The arrows from the boxes of a level up to the one above."""
    for (_, floor), (x, width) in zip(below.boxes, _cells(below, area), strict=True):
        state = DONE if floor is None else _state(live, floor)
        handed = state == DONE or (state == LIT and live.view.scene.position.phase == len(live.model.phases) - 1)
        pen = live.pen(TO_COME if state == TO_COME else DONE)
        board.put(x + width // 2, area.y, UP if handed else pen.up, pen.style)


# Where no lane reads


def above_lanes(board: Board, live: Live) -> None:
    """All floors and, beside them, what is computed on this one with the picked unit's numbers."""
    beside = board.width >= 60
    width = min(WIDEST, board.width // 2 if beside else board.width) - 2
    legend = board.height >= 5
    tower(board, live, Area(1, 0, width, board.height - legend))
    if beside:
        _phases(board, live, Area(width + 4, 0, board.width - width - 5, board.height - legend))
    if legend:
        pen, phase = live.pen(LIT), live.view.phase
        unit = live.model.tokenizer.unit
        texts = (f"{phase.heading}: {phase.words_for(unit)}", phase.heading)
        said = next((text for text in texts if cell_len(text) <= board.width - 5), phase.heading)
        board.put(1, board.height - 1, f"{pen.across}{pen.across} ", pen.style)
        board.put(4, board.height - 1, fit(said, min(cell_len(said), board.width - 5)), live.palette.strong)


def _phases(board: Board, live: Live, area: Area) -> None:
    """A line a phase of this floor, the last at the top as in the tower, each with the unit's number."""
    view, model = live.view, live.model
    lines: list[tuple[str, str, int]] = []
    for index, phase in enumerate(model.phases):
        now = view.scene.position.phase
        state = LIT if index == now else DONE if index < now else TO_COME
        lines.append((phase.heading, _value(view, phase.shows[-1], covered=view.covers(phase)), state))
    head = f"values: {live.unit_name}"
    y = area.y + max(0, (area.height - 2 * len(lines) - 1) // 2)
    board.put(area.x, y, fit(head, min(area.width, cell_len(head))), live.palette.muted)
    for n, (title, value, state) in enumerate(reversed(lines)):
        row = y + 2 + 2 * n if area.height > 2 * len(lines) + 1 else y + 1 + n
        style = live.palette.strong if state == LIT else live.palette.text if state == DONE else live.palette.faint
        text = f"{live.pen(state).across} {title}{f'  {value}' if value else ''}"
        board.put(area.x, row, fit(text, min(area.width, cell_len(text))), style)


def _value(view: View, name: str, *, covered: bool) -> str:
    """The picked unit's number in what a phase brings to light, or the answer; nothing where it is not known yet."""
    t = len(view.trace) - 1 if not view.trace.order.has(view.t, view.model.at_floor) else view.t
    if not view.knows(name, t) or covered:
        return "? guess first" if covered else ""
    if name == view.model.output.answer:
        return printable(plain(answer(view.trace, t)))
    values = view.trace.values.get(name)
    if values is None or values.shape[1] != view.model.hidden_size:
        return ""
    return number(float(values[t][view.unit]))
