"""The textbook's diagram: the network rolled and unrolled, with this sentence's words and the picked unit's numbers.

Small, it is the unrolled chain alone; large, the rolled network stands at its left, and the inside of the cell below.
"""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.lenses.lanes import Looked, is_stack, lane_name
from rnn_tui.pictures.lenses.diagram_answers import answers
from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_cells import CELLS, Drawing
from rnn_tui.pictures.lenses.diagram_chain import CUT, chain
from rnn_tui.pictures.lenses.diagram_floors import Area, above_lanes, tower, tower_width
from rnn_tui.pictures.lenses.diagram_inside import Inside
from rnn_tui.pictures.lenses.diagram_layout import Layout, laid_out, rows_for
from rnn_tui.pictures.lenses.diagram_parts import HEAD, LIT, POOL, Live, cut_off
from rnn_tui.pictures.lenses.diagram_rolled import rolled, rolled_width
from rnn_tui.pictures.naming import gate_head
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View

LEAST_WIDTH, LEAST_HEIGHT = 20, 2
LARGE_WIDTH, LARGE_HEIGHT = 76, 11
SHORT_INSIDE = 2
"""The rows of an inside that has no head."""
TALLEST = 15
"""The most rows of the chain: with more it would be drawn out."""


def draw(measured: Any, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """At most `height` rows of `width` cells: what has been computed by now, the arrow at work lit, the rest dim."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return [sized([Segment(fit("no room", width), palette.muted)], width)][:height]
    return _drawn(view, width, height, palette).rows()


def pick_at(measured: Any, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """The word of a box, or the phase of an arrow at its word."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return None
    return _drawn(view, width, height, Palette()).pick_at(x, y)


def _drawn(view: View, width: int, height: int, palette: Palette) -> Board:
    board, live = Board(width, height), Live(view, palette)
    if view.model.floor.layer is None:
        above_lanes(board, live)
    elif width >= LARGE_WIDTH and height >= LARGE_HEIGHT:
        _large(board, live)
    else:
        _small(board, live)
    return board


def _small(board: Board, live: Live) -> None:
    """The chain, and what is lit in the last row where there is room for it."""
    legend = board.height >= 5
    rows = rows_for(live, board.height - legend)
    laid = laid_out(live, rows, 0, board.width)
    chain(board, live, laid)
    answers(board, live, laid)
    if legend:
        _legend(board, live, [*_lit(live), SAME, *_notes(live, laid, whole=True)], board.height - 1)


def _large(board: Board, live: Live) -> None:
    """A head, the rolled network and the chain, the inside of the cell, and what is lit."""
    room = board.height - 2
    inside = _inside(live, board.width, room)
    below = 0 if inside is None else inside.rows + 1 + (inside.rows > SHORT_INSIDE)
    chain_rows = min(room - below, TALLEST)
    spare = room - chain_rows - below
    rows = rows_for(live, chain_rows, top=1 + (spare + 1) // 3)
    stacked = is_stack(live.model)
    left = tower_width(live, board.width) if stacked else rolled_width(live, rows, board.width)
    laid = laid_out(live, rows, left, board.width - left)
    if left and stacked:
        tower(board, live, Area(1, 1, left - 2, chain_rows + (spare + 1) // 3))
        board.put(1, 0, "floors", live.palette.strong)
    elif left:
        rolled(board, live, rows, left)
        board.put(1, 0, "rolled", live.palette.strong)
    _head(board, live, laid, left, whole=inside is None)
    chain(board, live, laid)
    answers(board, live, laid)
    if inside is not None:
        y = board.height - 1 - inside.rows - (spare + 1) // 3
        if inside.rows > SHORT_INSIDE:
            board.put(1, y - 1, f"inside the cell at this {live.model.tokenizer.unit}", live.palette.strong)
        inside.draw(Inside(board, live, 3, y, board.width - 4))
    _legend(board, live, [*_lit(live), SAME], board.height - 1)


def _inside(live: Live, width: int, room: int) -> Drawing | None:
    """The drawing of the cell's inside for which there is room below the chain."""
    for drawing in CELLS.get(live.model.cell.kind, ()):
        head = drawing.rows > SHORT_INSIDE
        if width - 4 >= drawing.width and room - drawing.rows - 1 - head >= _comfortable(live):
            return drawing
    return None


def _comfortable(live: Live) -> int:
    """The rows below which the chain gives nothing to the inside of the cell."""
    return 8 + 2 * (POOL in live.parts) + (HEAD in live.parts)


def _head(board: Board, live: Live, laid: Layout, left: int, *, whole: bool) -> None:
    """The head over the chain, with whose numbers these are, and which words are seen where not all are."""
    palette = live.palette
    title = f"unrolled: one cell, drawn once a {live.model.tokenizer.unit}"
    notes = " · ".join(_notes(live, laid, whole=whole))
    x = left + 2 if left else 1
    for text in (title, "unrolled"):
        if x + cell_len(text) + 3 + cell_len(notes) < board.width:
            board.put(x, 0, text, palette.strong)
            x += cell_len(text) + 2
            break
    board.put(x, 0, notes, palette.muted)


SAME = "same weights W at every step"
SHORT = {SAME: "same weights W"}


def _lit(live: Live) -> list[str]:
    """The phase at work, and what it does in words or in notation."""
    phase = live.view.phase
    words = phase.notation if live.notation and phase.notation else phase.words_for(live.model.tokenizer.unit)
    return [f"{phase.heading}: {words}"]


def _notes(live: Live, laid: Layout, *, whole: bool) -> list[str]:
    """Whose numbers these are, what the shares on the arrows are, what is cut, and the words that are seen.

    Where the boxes are the `whole` of the cell, its bias is said with whose numbers they are: it stands on no arrow,
    and without it those would not give the number in the box.
    """
    cut = f"{CUT} no memory" if cut_off(live.model) else ""
    bias = f", {live.bias}" if whole and live.bias else ""
    notes = (_lane(live), f"values: {live.unit_name}{bias}", _on_arrows(live, laid), cut, _off_screen(live, laid))
    return [note for note in notes if note]


def _lane(live: Live) -> str:
    """The lane whose chain it is, where there are several."""
    floor = live.model.floor
    return lane_name(live.model, Looked(floor.layer, floor.backward)) if is_stack(live.model) else ""


def _on_arrows(live: Live, laid: Layout) -> str:
    """What the shares on the arrows are, where they have no names of their own."""
    keep = live.model.cell.keep_gate
    if keep is None or cell_len(gate_head(live.view, keep)) + len(" 100%") <= laid.gap - 2:
        return ""
    return f"arrows: {gate_head(live.view, keep)}"


def _off_screen(live: Live, laid: Layout) -> str:
    """The words that are seen, where there are more."""
    unit = live.model.tokenizer.unit
    if laid.count == laid.total:
        return ""
    first, last = min(laid.timesteps) + 1, max(laid.timesteps) + 1
    return f"{unit}s {first}–{last} of {laid.total}" if last > first else f"{unit} {first} of {laid.total}"


def _legend(board: Board, live: Live, notes: list[str], y: int) -> None:
    """What is lit, behind a piece of a lit line, and the other notes as far as there is room."""
    pen = live.pen(LIT)
    head = f"{pen.across}{pen.across} "
    lit, *others = notes
    room = board.width - 2 - len(head)
    candidates = _candidates(lit, others, live)
    said = next((text for text in candidates if cell_len(" · ".join(text)) <= room), candidates[-1])
    board.put(1, y, head, pen.style)
    board.put(1 + len(head), y, fit(said[0], min(room, cell_len(said[0]))), live.palette.strong)
    rest = "".join(f" · {text}" for text in said[1:])
    board.put(1 + len(head) + cell_len(said[0]), y, rest, live.palette.muted)


def _candidates(lit: str, others: list[str], live: Live) -> list[list[str]]:
    """The notes in ever fewer words; what is lit is named in any case, and that the weights are the same goes last."""
    heading = live.view.phase.heading
    same, *rest = [SHORT.get(note, note) for note in others]
    found = [[lit, *others], [lit, same, *rest], [heading, *others]]
    found += [[heading, same, *rest[left_out:]] for left_out in range(len(rest) + 1)]
    return [*found, [heading]]
