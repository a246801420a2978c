"""The top of the diagram: the answers, the head before them, and what reads all memories where there is such."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from rnn_tui.network.model import Model
from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_chain import PUSHED, UP, upright
from rnn_tui.pictures.lenses.diagram_layout import Layout
from rnn_tui.pictures.lenses.diagram_parts import ANSWER, BOLD, CELL, DONE, HEAD, LIT, POOL, TO_COME, Live
from rnn_tui.pictures.outputs import answer_in
from rnn_tui.text import number, percent, unsigned

AROUND = 5
"""The cells left of the first arrow that a name may take, too."""


def answers(board: Board, live: Live, laid: Layout) -> None:
    """Draw all above the boxes: the answer above each, and the arrow up to it, from what pools all where that is so."""
    if not live.answers:
        for t in laid.timesteps:
            _hand_up(board, live, laid, t)
        return
    pooled = POOL in live.parts
    for t in laid.timesteps:
        _answer(board, live, laid, t)
        if not pooled:
            _rise(board, live, laid, t)
    if pooled:
        _rise(board, live, laid, live.view.t)
        if laid.rows.pool >= 0:
            _pooled(board, live, laid)


def _hand_up(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The arrow up from a box to the floor above, which is named above the current one."""
    rows = laid.rows
    if rows.answer < 0:
        return
    done = t == live.view.t and live.view.knows("h", t)
    state = DONE if done or live.state(CELL, t) == DONE else TO_COME
    upright(board, live, state, laid.middle(t), range(rows.answer + 1, rows.top), None)
    if t == live.view.t:
        board.centred(laid.middle(t), rows.answer, f"to {above(live.model)}", live.palette.muted)


def above(model: Model) -> str:
    """The place to which a lane hands its states up: "layer 2", "both lanes", "the answer"."""
    layer = model.floor.layer or 0
    if layer + 1 < len(model.layers):
        return f"layer {layer + 2}"
    return "both lanes" if model.layers[layer].bidirectional else "the answer"


def _answer(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The answer above a box, once it is there."""
    y = laid.rows.answer
    if y < 0 or not live.view.knows(live.model.output.answer, t):
        return
    room = min(laid.pitch - 3, 2 * (board.width - 2 - laid.middle(t)) + PUSHED)
    text = answer_in(live.view, t, room if laid.rows.rise else room - 2)
    now = t == live.view.t
    style = live.palette.answer + BOLD if now else live.palette.muted
    if not laid.rows.rise and (now or POOL not in live.parts):  # the answers before stand without an arrow
        text = f"{UP} {text}"
    board.centred(laid.middle(t), y, text, style, live.pick(ANSWER, t))


def _rise(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The arrow from the box (or from what pools all) up to the answer, through the head where there is one."""
    rows = laid.rows
    if rows.answer < 0:
        return
    state, x, pick = live.state(ANSWER, t), laid.middle(t), live.pick(ANSWER, t)
    upright(board, live, state, x, rows.rise, pick)
    if rows.head >= 0:
        upright(board, live, live.state(HEAD, t), x, rows.reach, live.pick(HEAD, t))
        _head(board, live, laid, t)


def _head(board: Board, live: Live, laid: Layout, t: int) -> None:
    """The box of the head, with the unit's number in it once it is there."""
    name, title = live.model.reads, next(phase.title for phase in live.model.phases if phase.name == "head")
    pen, pick = live.pen(live.state(HEAD, t)), live.pick(HEAD, t)
    known = live.view.knows(name, t) and not live.view.scene.covered
    value = float(live.trace.values[name][t][live.view.unit]) if known else 0.0
    text = f" {title} {number(value)} " if known else f" {title} "
    if cell_len(text) + 2 > laid.pitch - 1:
        text = f" {title} "
    board.centred(laid.middle(t), laid.rows.head, f"{pen.up}{' ' * cell_len(text)}{pen.up}", pen.style, pick)
    board.centred(laid.middle(t), laid.rows.head, text, live.signed(value, t) if known else pen.style, pick)


def _pooled(board: Board, live: Live, laid: Layout) -> None:
    """The line that gathers the memories of all words so far, with the part of each, and what comes of it."""
    rows, now = laid.rows, live.view.t
    state = live.state(POOL, now)
    pen, pick = live.pen(state), live.pick(POOL, now)
    begin = laid.middle(laid.first) if laid.first == 0 else laid.left
    end = laid.middle(now)
    board.put(begin, rows.pool, pen.across * (end - begin + 1), pen.style, pick)
    shares = _shares(live, laid)
    left, between, right = "┗┻┛" if state == LIT else "╰┴╯"
    for t in range(laid.first, now + 1):
        x = laid.middle(t)
        corner = between if 0 < t < now else left if t < now else right if now else pen.up
        board.put(x, rows.pool, corner, pen.style, pick)
        upright(board, live, state, x, rows.below, pick)
        if t in shares:
            _share(board, live, laid, t, *shares[t])
    _gathered(board, live, laid, begin)


def _share(board: Board, live: Live, laid: Layout, t: int, text: str, style: Style) -> None:
    """The part of one word right of its arrow, or left of it where there is no room; in the line without a row."""
    x, below = laid.middle(t), laid.rows.below
    text, near = (text, 2) if below else (f" {text} ", 1)
    fits = x + near + cell_len(text) < board.width
    y = below[-1] if below else laid.rows.pool
    board.put(x + near if fits else x + 1 - near - cell_len(text), y, text, style, live.pick(POOL, live.view.t))


def _shares(live: Live, laid: Layout) -> dict[int, tuple[str, Style]]:
    """The part of each visible word in what is handed on now: its weight, or where the unit has its largest value."""
    view, readout, palette = live.view, live.model.readout, live.palette
    if live.state(POOL, view.t) == TO_COME or view.scene.covered:
        return {}
    if readout.kind == "max":
        so_far = live.trace.values["h"][: view.t + 1, view.unit]
        largest = int(so_far.argmax())
        return {largest: ("largest", palette.strong)} if largest in laid.timesteps else {}
    shares = readout.shares(live.trace.values, view.t)
    most = int(shares.argmax()) if readout.kind == "attention" else -1
    written = unsigned if live.notation else percent
    seen = (t for t in laid.timesteps if t <= view.t)
    return {t: (written(float(shares[t])), palette.strong if t == most else palette.text) for t in seen}


def _gathered(board: Board, live: Live, laid: Layout, begin: int) -> None:
    """The name of what is gathered and the unit's number: left of the line, or in it where that comes from afar."""
    name, t, pick = live.model.readout.reads, live.view.t, live.pick(POOL, live.view.t)
    known = live.view.knows(name, t) and not live.view.scene.covered
    value = float(live.trace.values[name][t][live.view.unit]) if known else 0.0
    title = name if live.notation else live.model.readout.phases[-1].title
    figure = number(value) if known else ""
    room = begin - laid.left if laid.first == 0 else laid.middle(laid.first) - begin - 4
    room = min(room + AROUND, begin - 2) if laid.first == 0 else room
    words = next((text for text in (f" {title} ", " ") if cell_len(text + figure) <= room), "")
    if not (words + figure).strip() or not words:
        return
    x, y = (begin - cell_len(words + figure) - 1 if laid.first == 0 else begin + 1), laid.rows.pool
    board.put(x, y, words, live.palette.muted, pick)
    board.put(x + cell_len(words), y, f"{figure} ", live.signed(value, t), pick)
