"""The picture of the lens recency: what each word counts for, a row a word, and the current word slid along."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from rich.segment import Segment

from rnn_tui.lenses.recency import Recency
from rnn_tui.network.arrays import Array
from rnn_tui.network.outputs import Number
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.lenses.sliding import columns, sliding
from rnn_tui.pictures.lenses.wordrows import name, stacked_rows, word_rows
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import Row, blank, fit, sized, stacked, text_of
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.both import digits_of, said
from rnn_tui.text import LONGEST_WORD, MINUS, NO_NUMBER, clipped, number

ADDS = ("how much it adds to the number", "what it adds", "it adds", "adds")
OF_NUMBER = ("its share of the number", "share of the number", "its share", "share")
GIVES = ("points it gives the answer", "points it gives", "it gives", "points")
SHARE = ("its share of the score", "share of the score", "of the score", "score")
LOGIT = ("its share of the logit", "share of the logit", "of the logit", "logit")
TOGETHER = (
    "All shares together are what the {score} gains; the points need not add up.",
    "The shares add up, the points need not.",
    "shares add up, points need not",
)
"""How the two figures of a word go together."""
ALL_OF_NUMBER = (
    "All shares together are what the number gains; what each adds need not be its share.",
    "The shares add up to what the number gains.",
    "shares add up",
)
"""The same where the answer is a number."""
ASKED = ("which one counts most?", "which one?", "?")
"""The head of the words while their bars are covered."""
LEAST_SCALE = 0.05
FIGURE = 6
WIDEST_BAR = 41
NARROWEST_BAR = 5
GAP = 2
MARGIN = 1
"""The cells between the figures and the frame."""
LONGEST_LABEL = 20
SIDE_BY_SIDE = 88
WITH_ANSWER = 10
BELOW_EACH_OTHER = 15


@dataclass(frozen=True)
class RecencyLayout:
    """The share of the panel that the bars and the curve take; 0 rows for what has no room.

    The curve stands right of the bars from column `curve_x` on or, where that is 0, below them from row `curve_y` on.
    """

    bars_width: int
    bars_height: int
    curve_x: int
    curve_y: int
    curve_width: int
    curve_height: int


def layout(view: View, width: int, height: int) -> RecencyLayout:
    """Side by side, below each other, or the bars alone; while a word slides, the curve alone."""
    if width >= SIDE_BY_SIDE:
        left = width // 2 - 1
        return RecencyLayout(left, height, left + 2, 0, width - left - 2, height)
    if height >= BELOW_EACH_OTHER:
        bars = min(height - 7, max(height // 2, 1 + len(view.trace)))
        return RecencyLayout(max(1, width - MARGIN), bars, 0, bars, width, height - bars)
    if view.slid is not None:
        return RecencyLayout(0, 0, 0, 0, width, height)
    return RecencyLayout(max(1, width - MARGIN), height, 0, 0, 0, 0)


def draw(
    measured: Recency,
    view: View,
    width: int,
    height: int,
    palette: Palette,
    swept: Array | None = None,
    *,
    scale: float = LEAST_SCALE,
) -> list[Row]:
    """At most `height` rows of `width` cells.

    The curve is `swept` (T,), p with the current word at each timestep; or the one that `view.measurement` has of this
    word, or the word's row of the whole sweep. Where there is none, a line says which key makes one. `scale` is the
    change of p that a bar shows in full, at least; the largest one is always to be seen.
    """
    if width < 1 or height < 1:
        return []
    shown = layout(view, width, height)
    bars = _bars(measured, view, shown.bars_width, shown.bars_height, palette, scale) if shown.bars_height else []
    curve = _curve(measured, view, shown.curve_width, shown.curve_height, palette, swept) if shown.curve_height else []
    if not shown.curve_x:
        return [*stacked(bars, width, shown.bars_height), *curve][:height]
    pairs = zip(stacked(bars, shown.bars_width, height), stacked(curve, shown.curve_width, height), strict=True)
    return [sized([*left, *blank(2), *right], width) for left, right in pairs]


def shared_scale(*measured: Recency) -> dict[str, float]:
    """The options of `draw` that make the pictures of several results comparable: one scale for p without a word."""
    return {"scale": max(Measure(each.leave_one_out, LEAST_SCALE, GIVES, points).scale for each in measured)}


def pick_at(measured: Recency, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """A click on a word's row goes to the word, one on a column of the curve to the word at that timestep."""
    shown = layout(view, width, height)
    if shown.curve_height and x >= shown.curve_x and y >= shown.curve_y:
        t = columns(view, shown.curve_width).timestep_at(x - shown.curve_x)
        return None if t is None or view.scene.covered else WordPick(t)
    if not shown.bars_height or x >= shown.bars_width or y >= shown.bars_height:
        return None
    top = _answer_rows(shown.bars_height)
    t = word_rows(view, shown.bars_width, shown.bars_height - top).word_at(y - top)
    return None if t is None else WordPick(t)


def points(difference: float) -> str:
    """A difference of two probabilities with its sign, in points of per cent: "+54", "−3.1", "0"."""
    if not math.isfinite(difference):
        return NO_NUMBER
    text = f"{100 * difference:+.{0 if abs(difference) >= 0.0995 else 1}f}"
    return text.replace("-", MINUS) if text.strip("+-0.") else "0"


def under(measured: Recency, t: int) -> tuple[Array, bool]:
    """The probability that each word gives the answer, (T,), signed; it is the same at every timestep."""
    return measured.leave_one_out, True


def _bars(measured: Recency, view: View, width: int, height: int, palette: Palette, scale: float) -> list[Row]:
    """The answer where there is room for it, and a row a word with its two bars."""
    top = _answer_rows(height)
    answer: list[Row] = [sized(_answer(measured, view, palette), width)] * top
    words = _word_bars(measured, view, width, height - top, palette, scale)
    score = "logit" if view.scene.notation else "score"
    of_number = view.model.output.is_number
    together = _longest([text.format(score=score) for text in (ALL_OF_NUMBER if of_number else TOGETHER)], width - 2)
    while words and not text_of(words[-1]).strip():
        words.pop()
    room = height - top - len(words)
    if together and room and not view.scene.covered and np.isfinite(measured.integrated_gradients).all():
        words += [*[[]] * (room > 1), [Segment(f" {together}", palette.muted)]]
    return [*answer, *words]


def _answer_rows(height: int) -> int:
    return int(height >= WITH_ANSWER)


def _answer(measured: Recency, view: View, palette: Palette) -> Row:
    if view.scene.covered:
        return [Segment(" ? guess first", palette.muted)]
    after = "The answer"
    if view.model.readout.kind == "each":
        after += f" for “{clipped(view.trace.tokens[measured.t].surface, LONGEST_WORD)}”"
    label = clipped(view.model.labels[measured.label], LONGEST_LABEL)
    return [
        Segment(f" {after}: ", palette.muted),
        Segment(f"{label} {said(view.trace, measured.probability)}", palette.strong),
    ]


def _word_bars(measured: Recency, view: View, width: int, height: int, palette: Palette, scale: float) -> list[Row]:
    """A row a word with two signed bars, covered with the answer: of what it gives the answer, and of its share."""
    rows = word_rows(view, width, height)
    figure = 0 if view.scene.covered else FIGURE
    names = rows.name_width + 2
    both = width - names - 2 * figure - GAP >= 2 * NARROWEST_BAR
    bar = min(WIDEST_BAR, (width - names - 2 * figure - GAP) // 2 if both else width - names - figure)
    bar -= (bar + 1) % 2  # an axis in the middle takes an odd number of cells
    measures = _measures(measured, view, scale)[: 1 + both]
    heads: Row = blank(names)
    if view.scene.covered:
        heads.append(Segment(_longest(ASKED, width - names), palette.muted))
    for n, kind in enumerate([] if view.scene.covered else measures):
        heading = fit(_longest(kind.heads, bar + figure), bar + figure, "center")
        heads += [*blank(GAP * (n > 0)), Segment(heading, palette.muted)]
    bars: dict[int, list[Row]] = {}
    for t in rows.words:
        bars[t] = [name(view, rows, t, palette), *(blank(names) for _ in range(rows.thickness - 1))]
        if view.scene.covered:
            bars[t][0].append(Segment(NO_NUMBER, palette.muted))
            continue
        for n, kind in enumerate(measures):
            drawn, said = kind.cells(t, bar, figure, palette)
            for line, row in enumerate(bars[t]):
                row += [*blank(GAP * (n > 0)), *drawn, *(blank(figure) if line else [said])]
    return stacked_rows(view, rows, heads, bars, width, palette)


def _measures(measured: Recency, view: View, scale: float) -> list[Measure]:
    """The two figures of each word, in points and in logits; of a number both are in its unit."""
    output = view.model.output
    if not isinstance(output, Number):
        shares = Measure(measured.integrated_gradients, 0.0, LOGIT if view.scene.notation else SHARE, number)
        return [Measure(measured.leave_one_out, scale, GIVES, points), shares]
    std, digits = output.std[measured.label], digits_of(output, measured.label)
    signed = partial(_in_unit, digits=digits)
    shares = Measure(measured.integrated_gradients * std, scale * std, OF_NUMBER, signed)
    return [Measure(measured.leave_one_out, scale * std, ADDS, signed), shares]


def _in_unit(value: float, digits: int) -> str:
    """A difference of two numbers with its sign, with fewer digits where they don't fit beside a bar."""
    texts = [number(value, fewer) for fewer in range(digits, -1, -1)]
    return next((text for text in texts if len(text) < FIGURE), texts[-1])


@dataclass(frozen=True, eq=False)
class Measure:
    """One of the two figures that each word has, and how it is headed and said."""

    values: Array
    least_scale: float
    heads: Sequence[str]
    said: Callable[[float], str]

    def cells(self, t: int, bar: int, figure: int, palette: Palette) -> tuple[Row, Segment]:
        """The bar of word t, on one scale for all words, and its figure."""
        value = float(self.values[t])
        text = self.said(value) if figure else ""
        style = palette.signed(value) if text.startswith(("+", MINUS)) else palette.muted
        return signed_bar(value, self.scale, bar, palette), Segment(fit(text, figure, "right"), style)

    @cached_property
    def scale(self) -> float:
        """The largest size that is a number; at least `least_scale`."""
        sizes = np.abs(self.values)
        return max(self.least_scale, float(sizes.max(initial=0, where=np.isfinite(sizes)))) or 1.0


def _longest(texts: Sequence[str], width: int) -> str:
    """The longest of the texts that fits."""
    return next((text for text in texts if len(text) <= width), "")


def _curve(measured: Recency, view: View, width: int, height: int, palette: Palette, swept: Array | None) -> list[Row]:
    word = clipped(view.trace.tokens[view.t].surface, LONGEST_WORD)
    if view.scene.covered:
        return [sized([Segment("  ? guess first, then slide the word", palette.muted)], width)]
    p = row_of(measured, view) if swept is None else swept
    if p is None:
        says = [Segment("  l", palette.accent), Segment(f" slides “{word}” through all places", palette.muted)]
        return [sized(says, width)]
    label = clipped(view.model.labels[measured.label], LONGEST_LABEL)
    at = view.t if view.slid is None else view.slid
    head: Row = [Segment(f"“{word}”", palette.accent), Segment(f" at place {at + 1}: ", palette.muted)]
    head.append(Segment(f"{label} {said(view.trace, float(p[at]))}", palette.strong))
    return sliding(p, head, view, width, height, palette)


def row_of(measured: Recency, view: View) -> Array | None:
    """The current word's row of the sweep, if it has been measured."""
    if measured.position_sweep is not None:
        row: Array = measured.position_sweep[view.t]
        return row
    swept = view.measurement.swept if view.measurement is not None else None
    return swept[1] if swept is not None and swept[0] == view.t else None
