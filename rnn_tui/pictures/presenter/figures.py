"""Terms below each other, as in an addition on paper: a name, a sign, a large figure, and a bar as thick as it.

All bars have one axis. Figures are drawn at the largest of some scales at which all fit, names and bars beside them.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.bars import share_bar, signed_bar
from rnn_tui.pictures.letters import BASE, large, width_of
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.presenter.terms import Term
from rnn_tui.pictures.rows import Row, blank, fit, sized, stacked
from rnn_tui.text import MINUS

SCALES = ((4, 4), (3, 3), (2, 2), (1, 2), (1, 1), (0, 1), (0, 0))
"""The scales of the parts and of the result, the largest first; 0 is the letters of the terminal."""
ROWS = BASE // 2
"""The rows of a figure at scale 1."""
GAP, MOST_GAP = 2, 2
LEAST_BAR = 1 / 3
"""The least part of the width that bars take."""
ENDLESS = 10_000
RULE = "━"
WALL = "┊"


def height_of(scale: int) -> int:
    """The rows of a figure."""
    return ROWS * scale or 1


def figure(text: str, scale: int) -> list[str]:
    """The text as large as that, all rows of one width; as it is at scale 0, or where a sign can't be drawn."""
    drawn = large(text, ENDLESS, scale, figure=True) if scale else []
    return drawn or [text]


def size_of(text: str, scale: int) -> int:
    """The cells of the text as large as that."""
    return (width_of(text, scale, figure=True) if scale else 0) or cell_len(text)


@dataclass(frozen=True)
class Cells:
    """The cells of the columns, and the scale of each term."""

    name: int
    sign: int
    figure: int
    bar: int
    scales: tuple[int, ...]

    @property
    def left(self) -> int:
        """The cells to the left of the bars."""
        return self.name + GAP + (self.sign + GAP if self.sign else 0) + self.figure + GAP


def lay_out(terms: Sequence[Term], width: int, height: int) -> Cells:
    """The largest figures at which all terms fit into so many cells."""
    if len(terms) == 1:
        return Cells(0, 0, 0, width - (1 - width % 2), (_scale_alone(terms[0], width, height),))
    for parts, result in SCALES:
        scales = tuple(result if term.result else parts for term in terms)
        sizes = [size_of(term.figure, scale) for term, scale in zip(terms, scales, strict=True)]
        signs = [size_of(term.sign, scale) for term, scale in zip(terms, scales, strict=True)]
        most = max(8, width // 4)
        names = [_large_name_size(term, scale, most) for term, scale in zip(terms, scales, strict=True)]
        name = max([0, *names, min(most, max((cell_len(term.name) for term in terms), default=0))])
        cells = Cells(name, max(signs, default=0), max(sizes, default=0), 0, scales)
        bars = any(term.bar for term in terms)
        room = width - cells.left
        gaps = (len(terms) - 1) * bool(parts)
        if sum(map(height_of, scales)) + gaps + _below(terms) <= height and room >= (
            int(width * LEAST_BAR) if bars else -GAP
        ):
            break
    return replace(cells, bar=max(0, room - (1 - room % 2)))


def _large_name_size(term: Term, scale: int, most: int) -> int:
    """The cells of a name in large letters; 0 where they are more than `most`, or it is in those of the terminal."""
    size = width_of(_bare(term.name)) if scale > 1 else 0
    return size if size <= most else 0


def _bare(name: str) -> str:
    """A name without the quotation marks around it, which its colour stands for."""
    return name.strip("“”")


def _below(terms: Sequence[Term]) -> int:
    """The rows of the scale below the bars."""
    return int(any(term.bounds for term in terms))


def figures(terms: Sequence[Term], width: int, height: int, palette: Palette) -> list[Row]:
    """The terms in the middle of exactly `height` rows of `width` cells; a line stands over a sum."""
    if len(terms) == 1:
        return _alone(terms[0], width, height, palette)
    cells = lay_out(terms, width, height)
    spare = height - sum(map(height_of, cells.scales)) - _below(terms)
    gap = min(MOST_GAP, max(0, spare) // max(1, len(terms) - 1)) if len(terms) > 1 else 0
    rows: list[Row] = []
    for index, (term, scale) in enumerate(zip(terms, cells.scales, strict=True)):
        if index:
            rows += _between(terms, cells, gap, palette, ruled=term.sign in ("=", "≈"))
        rows += _term(term, scale, cells, width, palette)
    rows += _ruler(terms, cells, palette)
    if not any(term.bar for term in terms):
        rows = [[Segment(" " * (max(0, width - cells.left + GAP) // 2)), *row] for row in rows]
    above = max(0, height - len(rows)) // 2
    return stacked([*(blank(width) for _ in range(above)), *rows], width, height)


def _scale_alone(term: Term, width: int, height: int) -> int:
    """The largest scale at which a term that is alone fits, with its name beside it and its bar below it."""
    fitting = (
        scale
        for scale, _ in SCALES
        if _beside_alone(term, scale, width) + size_of(term.figure, scale) <= width
        and height_of(scale) + (1 + thickness(scale) if term.bar else 0) <= height
    )
    return next(fitting, 0)


def thickness(scale: int) -> int:
    """The rows of a bar that stands below its figure."""
    return min(3, scale + 1)


def _beside_alone(term: Term, scale: int, width: int) -> int:
    """The cells of the name beside a figure that is alone."""
    return (_large_name_size(term, scale, width // 2) or cell_len(term.name)) + GAP if term.name else 0


def _alone(term: Term, width: int, height: int, palette: Palette) -> list[Row]:
    """A term that is alone: its figure in the middle, its bar below it in the whole width."""
    scale = _scale_alone(term, width, height)
    drawn, rows = figure(term.figure, scale), height_of(scale)
    left, named = _beside_alone(term, scale, width), _large_name_size(term, scale, width // 2)
    edge = max(0, width - left - cell_len(drawn[0])) // 2
    ink = palette.accent if term.word else palette.strong
    names = _large_name(term.name, rows) if named else _name(term.name, left, rows)
    made: list[Row] = [
        [
            Segment(" " * edge),
            Segment(fit(names[y], left), ink),
            Segment(line, _style(term, palette) + Style(bold=True)),
        ]
        for y, line in enumerate(drawn)
    ]
    if term.bar:
        bar = _bar(term, width - (1 - width % 2), palette)
        made += [blank(width), *([bar] * (thickness(scale) if math.isfinite(term.value) else 1))]
    above = max(0, height - len(made)) // 2
    return stacked([*(blank(width) for _ in range(above)), *made], width, height)


def _between(terms: Sequence[Term], cells: Cells, gap: int, palette: Palette, *, ruled: bool) -> list[Row]:
    """The rows between two terms, the last of them with a line below the numbers that are added up."""
    empty: Row = [Segment(" " * cells.left), *_walls(terms, cells, palette)]
    rows: list[Row] = [empty for _ in range(gap)]
    if ruled and gap:
        start = cells.name + GAP
        rule = Segment(RULE * (cells.left - start - GAP), palette.muted)
        rows[-1] = [Segment(" " * start), rule, Segment(" " * GAP), *_walls(terms, cells, palette)]
    return rows


def _term(term: Term, scale: int, cells: Cells, width: int, palette: Palette) -> list[Row]:
    """The rows of one term."""
    rows = height_of(scale)
    drawn, signs = figure(term.figure, scale), figure(term.sign, scale) if term.sign else []
    names = (
        _large_name(term.name, rows)
        if _large_name_size(term, scale, cells.name)
        else _name(term.name, cells.name, rows)
    )
    style = _style(term, palette) + Style(bold=True)
    bar = _bar(term, cells.bar, palette)
    lines: list[Row] = []
    for y in range(rows):
        row: Row = [Segment(fit(names[y], cells.name, "right"), palette.accent if term.word else palette.strong)]
        row.append(Segment(" " * GAP))
        if cells.sign:
            row += [Segment(fit(_at(signs, y, rows), cells.sign, "center"), palette.strong), Segment(" " * GAP)]
        row += [Segment(fit(_at(drawn, y, rows), cells.figure, "right"), style), Segment(" " * GAP)]
        row += bar if math.isfinite(term.value) or y == rows // 2 else []  # what has no bar is written, once
        lines.append(sized(row, width))
    return lines


def _at(drawn: Sequence[str], y: int, rows: int) -> str:
    """Row y of something that stands in the middle of so many rows."""
    index = y - (rows - len(drawn)) // 2
    return drawn[index] if 0 <= index < len(drawn) else ""


def _name(name: str, width: int, rows: int) -> list[str]:
    """The name in the middle of so many rows; in more than one where it is long, and there are words to break at."""
    lines = textwrap.wrap(name, width, break_long_words=False) if cell_len(name) > width else [name]
    if len(lines) > rows or not lines:
        lines = [name]
    return [_at(lines, y, rows) for y in range(rows)]


def _large_name(name: str, rows: int) -> list[str]:
    """The same in large letters."""
    drawn = large(_bare(name), ENDLESS)
    return [_at(drawn, y, rows) for y in range(rows)]


def _style(term: Term, palette: Palette) -> Style:
    """The colour of a figure: that of its sign, or of an answer."""
    if term.bar == "share":
        return palette.answer if term.leads else palette.text
    if term.bar == "scale":
        return palette.answer if term.leads else palette.strong
    return palette.signed(0.0 if not term.figure.strip(f"+{MINUS}0.") else term.value)


def _bar(term: Term, width: int, palette: Palette) -> Row:
    if term.bar == "signed" and term.scale > 0:
        return signed_bar(term.value, term.scale, width, palette)
    if term.bar == "share":
        return share_bar(term.value, width, palette.answer if term.leads else palette.bar, palette.faint)
    if term.bar == "scale" and width > 0 and math.isfinite(term.value):
        return _on_scale(term, width, palette)
    return blank(width)


def _on_scale(term: Term, width: int, palette: Palette) -> Row:
    """A thin track with a mark where the number lies between the ends of its scale."""
    low, high = term.reach
    share = (term.value - low) / (high - low) if high > low else 0.5
    at = max(0, min(width - 1, round(share * (width - 1))))
    mark = Segment("█", _style(term, palette))
    return [Segment("·" * at, palette.faint), mark, Segment("·" * (width - 1 - at), palette.faint)]


def _marks(terms: Sequence[Term], cells: Cells) -> dict[int, str]:
    """The bounds that a result can't leave, by the cell of the bar at which each lies."""
    bounded = next((term for term in terms if term.bounds and term.bar == "signed"), None)
    half = (cells.bar - 1) // 2
    if bounded is None or bounded.bounds is None or half < 1:
        return {}
    return {half + round(bound / bounded.scale * half): f"{bound:g}".replace("-", MINUS) for bound in bounded.bounds}


def _walls(terms: Sequence[Term], cells: Cells, palette: Palette) -> Row:
    """The bounds between the bars."""
    marks = _marks(terms, cells)
    return [Segment("".join(WALL if x in marks else " " for x in range(cells.bar)), palette.muted)] if marks else []


def _ruler(terms: Sequence[Term], cells: Cells, palette: Palette) -> list[Row]:
    """The line below the bars that says where the bounds are."""
    if not _below(terms):
        return []
    line = [" "] * (cells.bar + GAP)
    marks = _marks(terms, cells)
    for x, text in {(cells.bar - 1) // 2: "0", **marks}.items():
        start = max(0, min(x - len(text) // 2, len(line) - len(text)))
        line[start : start + len(text)] = text
    return [[Segment(" " * cells.left), Segment("".join(line), palette.strong)]]
