"""The rolled network: one box, whose memory comes back to it."""

from __future__ import annotations

from rich.cells import cell_len

from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_chain import CUT, frame, upright
from rnn_tui.pictures.lenses.diagram_layout import Rows
from rnn_tui.pictures.lenses.diagram_parts import (
    ANSWER,
    CELL,
    HEAD,
    INPUT,
    LIT,
    LONG,
    MEMORY,
    POOL,
    WORD,
    Live,
    cut_off,
)

BOX, LOOP, EQUALS = 11, 4, 3
NARROW = 76
"""Below this width the box is narrower."""


def rolled_width(live: Live, rows: Rows, width: int) -> int:
    """The cells that it takes; 0 where its loop has no two rows."""
    if not rows.framed or rows.bottom - rows.top < 3:
        return 0
    return 1 + _box(live, width) + LOOP + EQUALS


def _box(live: Live, width: int) -> int:
    return max(9, cell_len(live.model.cell.kind_title) + 4) if width < 100 else BOX + 2


def rolled(board: Board, live: Live, rows: Rows, width: int) -> None:
    """Draw it in `width` cells, in the rows of the chain, with the same parts lit."""
    t, size = live.view.t, width - 1 - LOOP - EQUALS
    x, middle = 1, 1 + size // 2
    states = {part: live.state(part, t) for part in (WORD, INPUT, MEMORY, LONG, CELL, POOL, HEAD, ANSWER)}
    pen = live.pen(states[CELL])
    frame(board, x, rows.top, size, rows.bottom - rows.top + 1, pen, live.pick(CELL, t))
    board.centred(middle, rows.top + 1, live.model.cell.kind_title, live.palette.strong, live.pick(CELL, t))
    _loop(board, live, rows, x + size)
    upright(board, live, states[INPUT], middle, rows.enter, live.pick(INPUT, t))
    unit = live.model.tokenizer.unit
    names = ("x_t",) if live.notation else (f"each {unit}", unit)
    name = next(name for name in names if len(name) <= size + 1 or name == names[-1])
    _named(board, live, middle, rows.word, name, states[WORD])
    state = states[ANSWER]
    if rows.answer >= 0:
        upright(board, live, state, middle, rows.rise, live.pick(ANSWER, t))
        upright(board, live, states[HEAD], middle, rows.reach, live.pick(HEAD, t))
        upright(board, live, states[POOL], middle, rows.below, live.pick(POOL, t))
        if rows.head >= 0:
            title = next(phase.title for phase in live.model.phases if phase.name == "head")
            _named(board, live, middle, rows.head, f"{title}", states[HEAD])
        if rows.pool >= 0:
            _named(board, live, middle, rows.pool, live.model.readout.phases[-1].title, states[POOL])
        _named(board, live, middle, rows.answer, "probs" if live.notation else "answer", state)
        if live.notation and len(rows.rise) > 1:
            board.put(middle + 2, rows.rise[1], "fc.weight", live.palette.muted)
    if live.notation and rows.enter:
        board.put(middle + 2, rows.enter[len(rows.enter) // 2], "weight_ih", live.palette.muted)
    board.put(x + size + LOOP + 1, rows.lane, "=", live.palette.strong)


def _named(board: Board, live: Live, x: int, y: int, text: str, state: int) -> None:
    style = live.palette.frame_now if state == LIT else live.palette.text
    board.centred(x, y, text, style)


def _loop(board: Board, live: Live, rows: Rows, x: int) -> None:
    """The way of the memory out of the box and back into it; with a second one, each has its own lit."""
    t = live.view.t
    pen, pick = live.pen(live.state(MEMORY, t)), live.pick(MEMORY, t)
    corners = "┓┛" if pen.across == "━" else "╮╯"
    board.put(x, rows.lane - 1, pen.across * (LOOP - 2) + corners[0], pen.style, pick)
    board.put(x, rows.lane, "◂" + pen.across * (LOOP - 3) + corners[1], pen.style, pick)
    if cut_off(live.model):
        board.put(x + 1, rows.lane - 1, CUT, live.palette.strong, pick)
    board.put(x + 1, rows.top, "weight_hh" if live.notation else live.lane_name("h"), live.palette.muted)
