"""The path of the hidden state through the plane, with the words at its points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.lenses.path import Path
from rnn_tui.network.arrays import Array
from rnn_tui.pictures.lenses.canvas import ACROSS, DOWN, Canvas, Trail, rounded
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import Row, blank, fit, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import percent, printable

LONGEST = 14
LABELLED = 60  # words whose names are tried besides the current one: more could not be read
START, HERE, FIRST_SIDE, SECOND_SIDE, TIE, TO_COME = "◇", "◉", "○", "●", "◐", "·"
LINE_KEPT = 0.6  # how much smaller the path may become so that the line on which the answer flips can be seen
LEAST_WIDTH, LEAST_HEIGHT = 16, 3


@dataclass(frozen=True, eq=False)
class Frame:
    """The position of the plane on the canvas: the dots (T + 1) of each point, NaN where there is none."""

    x: Array
    y: Array
    scale: float
    origin: tuple[float, float]  # the dot of (0, 0)

    @cached_property
    def trail(self) -> Trail:
        """The path, up to where it overflowed: from there it doesn't come back."""
        last = int(np.isfinite(self.x).sum())
        return Trail.through(self.x[:last], self.y[:last])

    @cached_property
    def cells(self) -> list[tuple[int, int] | None]:
        """The column and the row of each point."""
        finite = np.isfinite(self.x)
        columns = (rounded(np.where(finite, self.x, 0)) // ACROSS).tolist()
        rows = (rounded(np.where(finite, self.y, 0)) // DOWN).tolist()
        found = zip(columns, rows, finite, strict=True)
        return [(column, row) if known else None for column, row, known in found]


def draw(measured: Path, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The path up to the current word bright, the rest dim; in the last row, how much of it is seen, and the marks."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return [sized([Segment(fit("no room", width), palette.muted)], width)][:height]
    canvas, _ = _drawn(measured, view, width, height, palette)
    rows = [[Segment(" "), *row, Segment(" ")] for row in canvas.rows()]
    return [*rows, _foot(measured, view, width, palette)]


def pick_at(measured: Path, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """The word whose name or point is there."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or not (0 <= y < height - 1 and 0 < x < width - 1):
        return None
    _, marked = _drawn(measured, view, width, height, Palette())
    point = marked.get((y, x - 1))
    if point is None:
        frame = _frame(measured, width - 2, height - 1)
        away = np.hypot(
            (frame.x / ACROSS - (x - 0.5)) / 2, frame.y / DOWN - (y + 0.5)
        )  # a cell is half as wide as high
        point = int(np.nanargmin(away)) if np.isfinite(away).any() and np.nanmin(away) <= 1 else None
    return None if point is None else WordPick(measured.step(max(0, point - 1)))


@lru_cache(maxsize=4)
def _frame(measured: Path, width: int, height: int) -> Frame:
    """The whole path in a canvas of `width` by `height` cells, as large as it gets, equally in both directions."""
    points = measured.points
    finite = points[np.isfinite(points).all(axis=1)]
    if not len(finite):
        nowhere = np.full(len(points), np.nan)
        return Frame(nowhere, nowhere, 1.0, (0.0, 0.0))
    margin = min(14, width // 4)  # for the names of the words that stand farthest out
    room = np.array([(width - 2 * margin) * ACROSS - 1, height * DOWN - 3], float)
    corners = np.stack((finite.min(axis=0), finite.max(axis=0)))
    scale = _scale(corners, room)
    boundary = measured.boundary
    if boundary is not None:
        centre = corners.mean(axis=0)
        off = boundary.offset - boundary.normal @ centre
        nearest = centre + boundary.normal * off / (boundary.normal @ boundary.normal)
        wider = np.stack((np.minimum(corners[0], nearest), np.maximum(corners[1], nearest)))
        if _scale(wider, room) >= LINE_KEPT * scale:
            corners, scale = wider, _scale(wider, room)
    centre = corners.mean(axis=0)
    origin = ((width * ACROSS - 1) / 2 - scale * centre[0], (height * DOWN - 1) / 2 + scale * centre[1])
    return Frame(origin[0] + scale * points[:, 0], origin[1] - scale * points[:, 1], scale, origin)


def _scale(corners: Array, room: Array) -> float:
    """Dots a unit of length; 1 where all is one point."""
    size = corners[1] - corners[0]
    return float((room[size > 0] / size[size > 0]).min(initial=np.inf)) if size.any() else 1.0


Marked = dict[tuple[int, int], int]


def _drawn(measured: Path, view: View, width: int, height: int, palette: Palette) -> tuple[Canvas, Marked]:
    """The canvas, and which point's mark or name each of its cells shows, by row and column."""
    canvas = Canvas(width - 2, height - 1)
    frame = _frame(measured, width - 2, height - 1)
    now = measured.step(view.t) + 1
    _lines(canvas, frame, now, palette)
    if measured.boundary is not None:
        _boundary(canvas, measured, frame, palette)
    marked: Marked = {}
    _marks(canvas, marked, measured, frame, view, palette)
    _names(canvas, marked, measured, frame, view, palette)
    return canvas, marked


def _lines(canvas: Canvas, frame: Frame, now: int, palette: Palette) -> None:
    """Draw the path to come, the path so far, and the last step."""
    frame.trail.draw(canvas, now, len(frame.x), palette.faint)
    frame.trail.draw(canvas, 0, now - 1, palette.text)
    frame.trail.draw(canvas, now - 1, now, palette.accent)


def _boundary(canvas: Canvas, measured: Path, frame: Frame, palette: Palette) -> None:
    """The line on which the answer flips: whole where it is exact, dashed where it is only a projection."""
    assert measured.boundary is not None
    x, y = _line(measured, frame, canvas.width, canvas.height)
    kept = np.ones(len(x), np.bool_) if measured.exact else np.arange(len(x)) % 8 < 4
    column, row = rounded(x[kept]), rounded(y[kept])
    steep = abs(measured.boundary.normal[0]) >= abs(measured.boundary.normal[1])
    canvas.dots(column, row, palette.muted)
    canvas.dots(column + steep, row + (not steep), palette.muted)  # two dots thick, so that it is no path


def _line(measured: Path, frame: Frame, width: int, height: int) -> tuple[Array, Array]:
    """The dots of the line, from end to end of the canvas: one a column, or one a row of dots where it is steep."""
    assert measured.boundary is not None
    (across, up), offset = measured.boundary.normal, measured.boundary.offset
    if abs(across) >= abs(up):
        y = np.arange(height * DOWN, dtype=float)
        return frame.origin[0] + (offset * frame.scale - up * (frame.origin[1] - y)) / across, y
    x = np.arange(width * ACROSS, dtype=float)
    return x, frame.origin[1] - (offset * frame.scale - across * (x - frame.origin[0])) / up


def _marks(canvas: Canvas, marked: Marked, measured: Path, frame: Frame, view: View, palette: Palette) -> None:
    """A mark at each point; of several in one cell that of the latest word read, and the current one always."""
    now = measured.step(view.t) + 1
    for point in (*range(now, -1, -1), *range(now + 1, len(frame.x))):
        cell = frame.cells[point]
        if cell is None or (cell[1], cell[0]) in marked:
            continue
        if point == 0:
            glyph, style = START, palette.text
        elif point > now:
            glyph, style = TO_COME, palette.faint
        else:
            glyph, style = _side(measured, point, view, palette)
        if point == now:
            glyph, style = HERE, style + Style(bold=True)
        canvas.text(cell[0], cell[1], glyph, style)
        marked[cell[1], cell[0]] = point


def _side(measured: Path, point: int, view: View, palette: Palette) -> tuple[str, Style]:
    """The mark of the answer that is given in this state, wherever it lies in the plane."""
    if measured.boundary is None or view.scene.covered:
        return SECOND_SIDE, palette.text
    margin = float(measured.boundary.margin[point])
    if not margin:
        return TIE, palette.text
    return (SECOND_SIDE, palette.positive) if margin > 0 else (FIRST_SIDE, palette.negative)


def _names(canvas: Canvas, marked: Marked, measured: Path, frame: Frame, view: View, palette: Palette) -> None:
    """The words at their points: the current one in any case, with its side, the others as there is room."""
    now, last = measured.step(view.t) + 1, len(frame.x) - 1
    order = [now, 0, *range(now - 1, 0, -1), *range(now + 1, last + 1)][: LABELLED + 1]
    side = "" if measured.boundary is None or view.scene.covered else f"{_side(measured, now, view, palette)[0]} "
    for point in order:
        cell = frame.cells[point]
        if cell is None:
            continue
        word = "start" if point == 0 else printable(view.trace.tokens[measured.step(point - 1)].surface)
        text = fit(word, min(LONGEST, cell_len(word)))
        if point == now:
            text, style = f" {side}{text} ", palette.badge
        else:
            style = palette.faint if point > now else palette.muted if point == 0 else palette.text
        found = _room(canvas, cell, cell_len(text), must=point == now)
        if found is not None and marked.get((cell[1], cell[0])) == point:
            canvas.text(*found, text, style)
            marked |= {(found[1], found[0] + k): point for k in range(cell_len(text))}


def _room(canvas: Canvas, cell: tuple[int, int], size: int, *, must: bool) -> tuple[int, int] | None:
    """The column and row of a name of `size` cells near a point: where nothing is drawn, or at least written."""
    column, row = cell
    tried = [(column + 2, row), (column - 1 - size, row)]
    tried += [(column - size // 2, row - 1), (column - size // 2, row + 1)]
    tried += [(column + 1, row - 1), (column + 1, row + 1), (column - size, row - 1), (column - size, row + 1)]
    for start in tried:
        if canvas.apart(*start, size):
            return start
    if not must:
        return None
    free = [start for start in tried if canvas.free(*start, size)]
    return free[0] if free else (max(0, min(column + 2, canvas.width - size)), row)


def _foot(measured: Path, view: View, width: int, palette: Palette) -> Row:
    if not np.isfinite(measured.points[measured.step(view.t) + 1]).all():
        said = ["the numbers grew beyond all bounds here", "beyond all bounds"]
    elif not measured.shown:
        said = ["the point never moves"]
    else:
        share = percent(min(1.0, round(measured.shown, 6)))
        line, short = ("", "") if measured.boundary is None else _EXACT if measured.exact else _PROJECTED
        said = [f"the map shows {share} of the movement{end}" for end in (line, short)]
        said += [f"{share} of the movement{short}", f"map: {share} of the movement", f"map {share}"]
    legend = _legend(measured, view, palette)
    room = width - 2 - width_of(legend)
    shown = next((text for text in said if cell_len(text) <= room), "")
    if width_of(legend) > width - 2:
        legend, room = [], width - 2
    return sized([*blank(1), Segment(fit(shown, room), palette.muted), *legend], width)


def _legend(measured: Path, view: View, palette: Palette) -> Row:
    """The marks of the two answers, where there is a line between them and the answer isn't covered."""
    if measured.boundary is None or view.scene.covered or not np.isfinite(measured.points).all():
        return []
    row: Row = []
    for label, glyph, style in zip(
        view.model.labels, (FIRST_SIDE, SECOND_SIDE), (palette.negative, palette.positive), strict=True
    ):
        name = printable(label)
        row.append(Segment(f"  {glyph} {fit(name, min(LONGEST, cell_len(name)))}", style))
    return row


_EXACT = (" · line: where the answer turns, exactly", " · line: exact")
_PROJECTED = (" · dashed: where the answer turns, roughly", " · dashed: rough")
