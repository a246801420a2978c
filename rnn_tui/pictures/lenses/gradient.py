"""The way back through time: how much a change of the memory after each word would still change at the end."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from rich.segment import Segment

from rnn_tui.lenses.gradient import EXPLODES, VANISHES, Gradient
from rnn_tui.pictures.bars import GHOST, signed_bar
from rnn_tui.pictures.lenses.wordrows import WordRows, name, stacked_rows, word_rows
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import Row, blank, fit
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.stacks import cells_walked, seen
from rnn_tui.text import NO_NUMBER, magnitude, percent

FIGURE = 12
FACTOR = 10
KEPT = 9
SAID = 10
WITH_KEPT = 64
NARROWEST = 9
ROOMY = 40
"""From this width on the axis can do without the cells for words that say what has vanished."""
MARKS = ((0.0, "1"), (math.log10(VANISHES), "1/1000"), (math.log10(EXPLODES), "1000"))


@dataclass(frozen=True)
class Axis:
    """A log scale from 10^low to 10^high: `left` cells, one for the line at 1, and `right` cells."""

    low: int
    high: int
    left: int
    right: int

    @classmethod
    def over(cls, low: int, high: int, cells: int) -> Axis:
        """Spread over some cells, at least one; the line at 1 is one of them."""
        left = round((cells - 1) * -low / (high - low))
        return cls(low, high, left, cells - 1 - left)

    @property
    def cells(self) -> int:
        """All of them."""
        return self.left + 1 + self.right

    def mark(self, log10: float) -> int:
        """The cell in which a power of ten lies, or would lie beyond the ends."""
        share, cells = (log10 / self.low, -self.left) if log10 < 0 else (log10 / self.high, self.right)
        return self.left + round(share * cells)


@dataclass(frozen=True)
class GradientLayout:
    """A row a word: its name, a bar on the axis, the product, and as there is room the factor, what is kept, words."""

    rows: WordRows
    axis: Axis
    with_factor: bool
    with_kept: bool
    with_said: bool


def shared_scale(*measured: Gradient) -> dict[str, tuple[int, int]]:
    """The options of `draw` that make the pictures of several results comparable: one axis for all."""
    lows, highs = zip(*map(_reach, measured), strict=True)
    return {"reach": (min(lows), max(highs))}


def _reach(measured: Gradient) -> tuple[int, int]:
    """The powers of ten that the product reaches, and at least from 1/10,000 to 10."""
    known = measured.log10_norm[np.isfinite(measured.log10_norm)]
    return min(math.floor(known.min()), -4), max(math.ceil(known.max()), 1)


def layout(
    measured: Gradient, view: View, width: int, height: int, reach: tuple[int, int] | None = None
) -> GradientLayout:
    """The axis reaches as far as the product does, unless `reach` says how far."""
    on = not measured.backward
    rows = word_rows(view, width, height, looking_on=on, looking_back=not on)
    low, high = _reach(measured) if reach is None else reach
    room = width - rows.name_width - 3
    with_factor = room - FIGURE - FACTOR >= NARROWEST
    with_kept = width >= WITH_KEPT
    cells = room - FIGURE - FACTOR * with_factor - KEPT * with_kept
    beyond = reach is not None or _beyond(measured)  # a picture beside this one may have words: then both have room
    with_said = with_kept and cells - SAID >= ROOMY and beyond
    return GradientLayout(
        rows, Axis.over(low, high, max(1, cells - SAID * with_said)), with_factor, with_kept, with_said
    )


def draw(
    measured: Gradient,
    view: View,
    width: int,
    height: int,
    palette: Palette,
    *,
    reach: tuple[int, int] | None = None,
) -> list[Row]:
    """At most `height` rows of `width` cells: the whole way, dim where the walk backward hasn't come to yet.

    `reach` are the powers of ten at the ends of the axis: those that the product reaches, unless others are given.
    """
    if width < 1 or height < 1:
        return []
    laid = layout(measured, view, width, height, reach)
    bars = {t: _lines(measured, view, laid, t, palette) for t in laid.rows.words}
    return stacked_rows(view, laid.rows, _heads(measured, view, laid, palette), bars, width, palette)[:height]


def pick_at(measured: Gradient, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """A click on a word's row walks there."""
    t = layout(measured, view, width, height).rows.word_at(y)
    return None if t is None else WordPick(t)


def _heads(measured: Gradient, view: View, laid: GradientLayout, palette: Palette) -> Row:
    """The scale: what is below 1/1000 has vanished, what is above 1000 has exploded."""
    axis = laid.axis
    marks = [" "] * axis.cells
    for log10, text in MARKS:
        if axis.low <= log10 <= axis.high:
            _write(marks, axis.mark(log10), text)
    heads = fit("all steps", FIGURE, "right")
    heads += fit("one step", FACTOR, "right") if laid.with_factor else ""
    heads += fit(_keeper(view, measured), KEPT, "right") if laid.with_kept else ""
    return [*blank(laid.rows.name_width + 2), Segment("".join(marks) + heads, palette.muted)]


def _keeper(view: View, measured: Gradient) -> str:
    """The name of what lets a part through: the squash, or a gate; where layers differ it is each its own."""
    if len({cell.title for cell in cells_walked(view.trace, measured.looked)}) > 1:
        return "through"
    gate = seen(measured, view.trace).model.cell.keep_gate
    if gate is None:
        return "squash"
    return f"{gate.name} {gate.letter}" if view.scene.notation else gate.name


def _write(cells: list[str], at: int, text: str) -> None:
    """Write a label around a cell, where nothing stands yet."""
    start = max(0, min(at - len(text) // 2, len(cells) - len(text)))
    if start + len(text) <= len(cells) and not "".join(cells[max(0, start - 1) : start + len(text) + 1]).strip():
        cells[start : start + len(text)] = text


def _lines(measured: Gradient, view: View, laid: GradientLayout, t: int, palette: Palette) -> list[Row]:
    """The rows of a word; its name and figures stand in the middle."""
    walked = t <= view.t if measured.backward else t >= view.t
    shades = palette.on_picked if t == view.t else palette if walked else _dimmed(palette)
    bar = _bar(float(measured.log10_norm[t]), laid.axis, shades)
    figures = _figures(measured, laid, t, palette)
    if not walked:
        figures = [Segment(piece.text, palette.faint) for piece in figures]
    lines = []
    for n in range(laid.rows.thickness):
        if n != (laid.rows.thickness - 1) // 2:
            lines.append([*blank(laid.rows.name_width + 2), *bar])
            continue
        lines.append([*name(view, laid.rows, t, palette, known=walked), *bar, *figures])
    return lines


def _dimmed(palette: Palette) -> Palette:
    """The palette of what the walk hasn't come to yet: bars as dim as the words."""
    dim = palette.faint
    return replace(palette, positive=dim, positive_dark=dim, negative=dim, negative_dark=dim, muted=dim)


def _bar(log10: float, axis: Axis, palette: Palette) -> Row:
    """From 1 to the product: what is lost to the left, blue, what has grown to the right, orange."""
    if math.isnan(log10):
        return [Segment(fit(NO_NUMBER, axis.cells, "center"), palette.muted)]
    before = _half(log10, -axis.low, axis.left, palette)[: axis.left]
    after = _half(log10, axis.high, axis.right, palette)[axis.right + 1 :]
    row = [*before, Segment("│", palette.muted), *after]
    for limit, _ in MARKS[1:]:
        cell = axis.mark(limit)
        if axis.low <= limit <= axis.high and not row[cell].text.strip():
            row[cell] = Segment(GHOST, palette.faint)
    return row


def _half(log10: float, scale: int, cells: int, palette: Palette) -> Row:
    """A signed bar with `cells` cells on either side of its line, a segment a cell."""
    whole = signed_bar(max(-scale, min(scale, log10)), scale, 2 * cells + 1, palette)
    return [Segment(character, segment.style) for segment in whole for character in segment.text]


def _figures(measured: Gradient, laid: GradientLayout, t: int, palette: Palette) -> Row:
    """The most that all steps do from the end back to this word, that its own does, and what its squash or gate keeps.

    Both are norms, so that ≤ stands before them, but for the change at the end itself, which is the end's.
    """
    log10 = float(measured.log10_norm[t])
    last = t == measured.end
    most = "≤ " if not last and math.isfinite(log10) else ""
    row: Row = [Segment(fit(f"{most}{magnitude(log10)}", FIGURE, "right"), palette.strong)]
    if laid.with_factor:
        factor = math.nan if last else float(measured.factor[measured.step(t)])
        text = f"≤ {magnitude(math.log10(factor) if factor > 0 else -math.inf)}" if math.isfinite(factor) else ""
        row.append(Segment(fit(text, FACTOR, "right")))
    if laid.with_kept:
        kept = math.nan if last else float(measured.kept[measured.next(t)])
        row.append(Segment(fit(percent(kept) if math.isfinite(kept) else "", KEPT, "right"), palette.muted))
    if laid.with_said:
        row.append(Segment(fit(_said(log10), SAID, "right"), palette.signed(log10)))
    return row


def _beyond(measured: Gradient) -> bool:
    """True where the product is beyond the limits at any word."""
    log10 = measured.log10_norm
    return bool(((log10 < math.log10(VANISHES)) | (log10 > math.log10(EXPLODES))).any())


def _said(log10: float) -> str:
    """A product that is beyond the limits, in a word."""
    if log10 < math.log10(VANISHES):
        return "vanished"
    return "explodes" if log10 > math.log10(EXPLODES) else ""
