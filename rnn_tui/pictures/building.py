"""The floors of a network as a building: all of them in one line, or a line each above the words, with what is lit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.floors import Floor
from rnn_tui.network.model import Model
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import FloorPick, Pick, WordPick
from rnn_tui.pictures.pieces import Piece
from rnn_tui.pictures.pieces import width_of as width_of_pieces
from rnn_tui.pictures.ribbon import WordCells, offset, ribbon
from rnn_tui.pictures.ribbon import pick_at as word_at
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View

DONE, NOW, TO_COME = "●", "◉", "○"
ANSWER = "answer"
LABEL = 12
"""The cells at the left of a line that name its floor."""


# In one line


def floor_pieces(view: View, room: int, palette: Palette) -> list[Piece]:
    """All floors in a line of at most `room` cells, the one of now lit: "1 → ←   2 → ←   meet"; [] without room."""
    named = [Piece("layer ", palette.muted)]
    for start, gap, spaced, short in (
        (named, "   ", " ", False),
        (named, "  ", " ", False),
        ([], "   ", " ", False),
        ([], "  ", "", False),
        ([], " ", "", False),
        ([], " ", "", True),
    ):
        pieces = [*start, *_in_line(view, palette, gap, spaced, short=short)]
        if width_of_pieces(pieces) <= room:
            return pieces
    return []


def _in_line(view: View, palette: Palette, gap: str, spaced: str, *, short: bool) -> Iterator[Piece]:
    model, last = view.model, None
    for floor in model.floors:
        if floor.layer is None:
            yield Piece(gap)
            called, name = _called(view, floor, short=short), _above(floor, short=short)
            yield _lit(view, floor, called, palette)
            if "check" in floor.names and not short:  # as many cells in each phase, so that nothing beside it moves
                yield Piece(" " * (max(len(name), len(ANSWER)) - len(called)))
            continue
        two = model.layers[floor.layer].bidirectional
        if floor.layer != last:
            yield Piece(gap if last is not None else "")
            number = str(floor.layer + 1)
            if not two:
                yield _lit(view, floor, number, palette)
            else:
                yield Piece(number + spaced, palette.muted)
        if two:
            yield _lit(view, floor, "←" if floor.backward else "→", palette)
            yield Piece(spaced if not floor.backward else "")
        last = floor.layer


def _above(floor: Floor, *, short: bool) -> str:
    """The name of what stands above the lanes, in one word or one letter."""
    word = floor.names[0] if floor.names[0] in ("meet", "head") else ANSWER
    word = "hidden" if word == "head" else word
    return word[0].upper() if short else word


def _called(view: View, floor: Floor, *, short: bool) -> str:
    """The name of what stands above the lanes, in one word or one letter: while its outputs are checked, the answer."""
    if floor.index != view.model.at_floor or view.phase.name != "check":
        return _above(floor, short=short)
    return ANSWER[0].upper() if short else ANSWER


def _lit(view: View, floor: Floor, text: str, palette: Palette) -> Piece:
    """A floor: bright where the walk stands, plain where something of it has been computed, else faint."""
    if floor.index == view.model.at_floor:
        return Piece(text, palette.badge, FloorPick(floor.index))
    known = view.trace.order.known(view.scene.position, 0, floor.index)
    return Piece(text, palette.strong if known else palette.faint, FloorPick(floor.index))


# A line each, or a line a layer


def placed(laid: WordCells, width: int) -> tuple[int, int]:
    """The first cell of the words, behind the names of the lines, and the cells that they have: all in the middle."""
    inner = min(laid.width, width - LABEL)
    return (width - LABEL - inner) // 2 + LABEL, inner


def building(view: View, laid: WordCells, width: int, height: int, palette: Palette) -> list[Row]:
    """Draw what stands above the lanes, the lanes with a dot a word, the highest first, and at the bottom the words.

    A dot says whether the floor has been walked through at the word. In fewer than `height` lines than that takes, both
    lanes of a layer share a line, and a word has two dots there, the one of the lane that reads forward first.
    """
    left, inner = placed(laid, width)
    rows = [_line(view, floors, laid, inner, palette) for floors in _lines(view.model, height)]
    words = ribbon(view, laid, inner, palette)[0]
    margin = Segment(" " * (left - LABEL))
    return [sized([margin, *row], width) for row in (*rows, [Segment(" " * LABEL), *words])]


def pick_at(view: View, laid: WordCells, width: int, height: int, x: int, y: int) -> Pick | None:
    """The floor and the word at a cell of what `building` draws."""
    left, inner = placed(laid, width)
    word = word_at(laid, view, inner, x - left) if 0 <= x - left < inner else None
    t = word.t if isinstance(word, WordPick) else None
    lines = _lines(view.model, height)
    if not 0 <= y < len(lines):
        return word
    floors = lines[y]
    if _shared(floors):  # a word's left half is the lane that reads forward, its right half the other
        own = t is not None and x - left + offset(laid, view.t, inner) > _first_dot(laid, t)
        return FloorPick(floors[own].index, t)
    floor = next((one for one in floors if t is None or view.trace.order.has(t, one.index)), floors[0])
    return FloorPick(floor.index, t if view.trace.order.has(t or 0, floor.index) else None)


def _lines(model: Model, height: int) -> list[Sequence[Floor]]:
    """The floors of each line, the highest first, in fewer than `height` lines: what is above the lanes has one."""
    above = [floor for floor in model.floors if floor.layer is None]
    lanes: list[Sequence[Floor]] = [[floor] for floor in model.floors if floor.layer is not None]
    if len(lanes) + bool(above) >= height:
        lanes = [[floor for floor in model.floors if floor.layer == layer] for layer in range(len(model.layers))]
    return [*([above] if above else []), *lanes[::-1]]


def _shared(floors: Sequence[Floor]) -> bool:
    """True for a line of the two lanes of a layer."""
    return floors[0].layer is not None and len(floors) > 1


def _line(view: View, floors: Sequence[Floor], laid: WordCells, width: int, palette: Palette) -> Row:
    """The name of a line's floors, and its dots."""
    dots = _pairs(view, floors, laid, width, palette) if _shared(floors) else _dots(view, floors, laid, width, palette)
    return sized([*_named(view, floors, palette), *dots], LABEL + width)


def _named(view: View, floors: Sequence[Floor], palette: Palette) -> Row:
    """The name of a line with a mark where the walk stands on it; of two lanes the one of now is lit."""
    now = next((floor for floor in floors if floor.index == view.model.at_floor), None)
    style = palette.accent + Style(bold=True) if now else palette.muted
    mark = "▸" if now else " "
    if not _shared(floors):
        return [Segment(fit(f" {mark}{_label(view, floors)}", LABEL), style)]
    arrows = [Segment("←" if one.backward else "→", style if one is now else palette.muted) for one in floors]
    return sized([Segment(f"{mark}layer {_layer(floors)} ", style), *arrows], LABEL)


def _layer(floors: Sequence[Floor]) -> int:
    """The number of the layer of a line's lanes, from 1."""
    return (floors[0].layer or 0) + 1


def _label(view: View, floors: Sequence[Floor]) -> str:
    """The name of a line: "layer 2 ←", "answer"; of what is above the lanes that of the floor of now."""
    floor = next((floor for floor in floors if floor.index == view.model.at_floor), floors[-1])
    if floor.layer is None:
        if floor.index != view.model.at_floor or view.phase.name == "check":
            return ANSWER
        return _above(floor, short=False) if view.phase.name == floor.names[0] else view.phase.title.lower()
    arrow = ("←" if floor.backward else "→") if view.model.layers[floor.layer].bidirectional else ""
    return f"layer {floor.layer + 1} {arrow}"


def _in_sight(view: View, laid: WordCells, width: int) -> tuple[int, range]:
    """The first cell of the words that is visible, and the words of which something may be."""
    start = offset(laid, view.t, width)
    return start, range(
        max(0, bisect_right(laid.starts, start) - 1), min(len(laid.starts), bisect_right(laid.starts, start + width))
    )


def _walked(view: View, floors: Sequence[Floor]) -> tuple[range, int | None]:
    """The words at which the last of these floors is done, and the word of now where the walk stands on one of them."""
    last = floors[-1]
    done = view.trace.order.known(view.scene.position, len(last.phases) - 1, last.index)
    return done, view.t if view.model.at_floor in [floor.index for floor in floors] else None


def _dot(t: int, done: range, now: int | None, palette: Palette) -> Segment:
    """The dot of a word."""
    if t == now:
        return Segment(NOW, palette.accent)
    return Segment(DONE, palette.text) if t in done else Segment(TO_COME, palette.faint)


def _dots(view: View, floors: Sequence[Floor], laid: WordCells, width: int, palette: Palette) -> Row:
    """A dot a word that these floors are walked through at, and the line that joins them as far as it has come."""
    order, (done, now) = view.trace.order, _walked(view, floors)
    start, seen = _in_sight(view, laid, width)
    cells, before = [Segment(" ")] * width, None
    for t in seen:
        if not order.has(t, floors[-1].index):
            continue
        x, reached = laid.starts[t] + cell_len(laid.labels[t]) // 2 - start, t == now or t in done
        if before is not None:
            stroke = Segment("━", palette.muted) if reached and before[1] else Segment("─", palette.faint)
            for cell in range(max(0, before[0] + 1), min(width, x)):
                cells[cell] = stroke
        before = (x, reached)
        if 0 <= x < width:
            cells[x] = _dot(t, done, now, palette)
    return cells


def _first_dot(laid: WordCells, t: int) -> int:
    """The cell of the words in which the left one of a word's two dots stands."""
    return laid.starts[t] + (cell_len(laid.labels[t]) - 1) // 2


def _pairs(view: View, floors: Sequence[Floor], laid: WordCells, width: int, palette: Palette) -> Row:
    """Two dots a word, the first of the lane that reads forward."""
    start, seen = _in_sight(view, laid, width)
    cells = [Segment(" ")] * width
    for beside, floor in enumerate(floors):
        done, now = _walked(view, [floor])
        for t in seen:
            x = _first_dot(laid, t) + beside - start
            if 0 <= x < width:
                cells[x] = _dot(t, done, now, palette)
    return cells
