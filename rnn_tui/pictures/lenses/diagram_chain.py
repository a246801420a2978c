"""The unrolled chain: a box a word, joined by the arrows of the memory, with the picked unit's numbers on them."""

from __future__ import annotations

from rich.cells import cell_len

from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_layout import AFTER, Layout, box_name, start_names
from rnn_tui.pictures.lenses.diagram_parts import (
    CELL,
    DONE,
    INPUT,
    LIT,
    LONG,
    MEMORY,
    TO_COME,
    WORD,
    Live,
    Pen,
    cut_off,
)
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import fit
from rnn_tui.text import printable

AHEAD, UP, CUT, GOES_ON = "▸", "▲", "✕", "›"
BACK, GOES_BACK = "◂", "‹"
PUSHED = 3
"""The cells that a word at the right edge may stand left of its box's middle."""


def chain(board: Board, live: Live, laid: Layout) -> None:
    """Draw the boxes, the words below them, and all arrows between them."""
    _starts(board, live, laid)
    for t in laid.timesteps:
        _word(board, live, laid, t)
        _enter(board, live, laid, t)
        for lane in range(len(laid.rows.lanes)):
            _arrow(board, live, laid, t, lane)
        _box(board, live, laid, t)
    last = laid.timesteps[-1]
    if laid.first + laid.count < laid.total:
        _goes_on(board, live, laid, last)


def _starts(board: Board, live: Live, laid: Layout) -> None:
    """What stands left of the first arrows: the names of what they carry, or the start."""
    names = start_names(live, first=laid.first)[-len(laid.rows.lanes) :]
    for name, y in zip(names, laid.rows.lanes, strict=True):
        x = laid.left - cell_len(name) - 1 if laid.mirror is None else laid.mirror - laid.left + 1
        board.put(x, y, name, live.palette.muted)


def _word(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The word below its box: a badge while it is read, bright once it is."""
    text = printable(live.trace.tokens[t].surface)
    room = min(laid.pitch - 3, 2 * (board.width - 2 - laid.middle(t)) + PUSHED)
    named = f"x_{t + 1} {text}" if live.notation else text
    text = named if cell_len(named) <= room else fit(text, min(room, cell_len(text)))
    state = live.state(WORD, t)
    palette = live.palette
    if t == live.view.t:
        style = palette.badge if state == LIT else palette.strong
        text = f"▸{text}◂" if state == LIT else f" {text} "
    else:
        style = palette.text if state == DONE else palette.faint
    board.centred(laid.middle(t), laid.rows.word, text, style, WordPick(t))


def _enter(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The arrow from the word up into its box, with what the word brings the unit beside it."""
    rows = laid.rows.enter
    if not rows:
        return
    state, x, pick = live.state(INPUT, t), laid.middle(t), live.pick(INPUT, t)
    upright(board, live, state, x, rows, pick)
    text, style = live.brought(t)
    if text:
        x += -1 - cell_len(text) if laid.crowded else 2
        board.put(x, rows[len(rows) // 2], text, style, pick)


def upright(board: Board, live: Live, state: int, x: int, rows: range, pick: Pick | None = None) -> None:
    """An arrow that points up through some rows."""
    pen = live.pen(state)
    for y in rows:
        head = y == rows[0] and state != TO_COME
        board.put(x, y, UP if head else pen.up, pen.style, pick)


def _arrow(board: Board, live: Live, laid: Layout, t: int, lane: int) -> None:
    """The arrow of the memory into the box of timestep t, with its number in it, or above it where there is room."""
    lanes = laid.rows.lanes
    last = lane == len(lanes) - 1
    part = MEMORY if last else LONG
    state, pick = live.state(part, t), live.pick(part, t)
    x, y = laid.arrow(t), lanes[lane]
    pen = live.pen(state)
    cut = last and cut_off(live.model)
    line = BACK + pen.across * (laid.gap - 1) if live.backward else pen.across * (laid.gap - 1) + AHEAD
    board.put(x, y, line, pen.style, pick)
    if cut:
        board.put(x + (laid.gap - 1) // 2, y, CUT, live.palette.strong, pick)
    if lane:
        return
    text, style = live.carried(t, laid.gap - 2)
    if not text or (cut and not laid.rows.framed):
        return
    if laid.rows.framed:
        board.put(x + (laid.gap - cell_len(text)) // 2, y - 1, text, style, pick)
    else:
        board.put(x + max(1, (laid.gap - 1 - cell_len(text)) // 2), y, text, style, pick)


def _box(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The box of a timestep, with the unit's number in it once it is there."""
    rows, x, width = laid.rows, laid.box(t), laid.node
    state = live.state(CELL, t)
    pen, pick = live.pen(state), WordPick(t)
    if rows.framed:
        frame(board, x, rows.top, width, rows.bottom - rows.top + 1, pen, pick)
    else:
        for y in rows.lanes:
            board.put(x, y, f"{pen.up}{' ' * (width - 2)}{pen.up}", pen.style, pick)
    if rows.named:
        name = box_name(live, t, width - 2)
        style = live.palette.muted if state != TO_COME else live.palette.faint
        board.centred(x + width // 2, rows.lane - 1, name, style, pick)
    for name, y in zip(live.lanes[-len(rows.lanes) :], rows.lanes, strict=True):
        text, style = live.figure(name, t)
        if text:
            board.put(x + (width - cell_len(text)) // 2, y, text, style, pick)


def frame(board: Board, x: int, y: int, width: int, height: int, pen: Pen, pick: Pick | None = None) -> None:
    """An empty box with a frame."""
    left, right, under_left, under_right = pen.corners
    line = pen.across * (width - 2)
    board.put(x, y, f"{left}{line}{right}", pen.style, pick)
    for row in range(y + 1, y + height - 1):
        board.put(x, row, f"{pen.up}{' ' * (width - 2)}{pen.up}", pen.style, pick)
    board.put(x, y + height - 1, f"{under_left}{line}{under_right}", pen.style, pick)


def _goes_on(board: Board, live: Live, laid: Layout, last: int) -> None:
    """The arrows to the words that are off screen."""
    following = last - 1 if live.backward else last + 1
    x = laid.box(last) - AFTER if live.backward else laid.box(last) + laid.node
    for lane, y in enumerate(laid.rows.lanes):
        part = MEMORY if lane == len(laid.rows.lanes) - 1 else LONG
        pen = live.pen(live.state(part, following))
        line = pen.across * (AFTER - 2)
        board.put(x, y, GOES_BACK + BACK + line if live.backward else line + AHEAD + GOES_ON, pen.style)
