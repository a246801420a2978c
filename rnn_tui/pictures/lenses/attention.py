"""The picture of the lens attention: the weight of each word, and the answers with and without looking back."""

from __future__ import annotations

import numpy as np
from rich.segment import Segment

from rnn_tui.lenses.attention import AttentionWeights
from rnn_tui.network.arrays import Array
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.lenses.wordrows import name, stacked_rows, word_rows
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick, WordPick
from rnn_tui.pictures.rows import Row, blank, fit, shared, sized, stacked
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.both import said
from rnn_tui.story.lenses.stacks import looks_from
from rnn_tui.text import percent, printable

HEADINGS = ("how much it looks back at each {unit}", "how much it looks back", "looks back", "weight")
WITH = "with attention"
ALONE = ("from the last state alone", "last state alone", "last alone")
FIGURE = 5
GAP = 2
MARGIN = 1
"""The cells between the figures and the frame."""
LONGEST_LABEL = 12
NARROWEST = 40
BLOCK = 9
"""Rows that each of the two answers takes at most for every label, so that they stay near each other."""


def answers_width(width: int) -> int:
    """The cells that the two answers take at the right; 0 where there is no room for them."""
    return 0 if width < NARROWEST else max(18, min(60, width * 2 // 5))


def draw(measured: AttentionWeights, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """At most `height` rows of `width` cells, as far as the sentence has been read."""
    if width < 1 or height < 1:
        return []
    width, given = max(1, width - MARGIN), width
    right = answers_width(width)
    left = width - right - GAP * (right > 0)
    weights = measured.weights_at(view.t)
    if looks_from(view.trace, view.scene) is None:  # the lanes have not met: nothing of it has been computed
        words = _words(np.zeros_like(weights), view, left, height, palette, known=False)
        return [sized(row, given) for row in words[:height]]
    words = _words(weights, view, left, height, palette)
    if not right:
        return [sized(row, given) for row in words[:height]]
    both = zip(stacked(words, left, height), _answers(measured, view, right, height, palette), strict=True)
    return [sized([*row, *blank(GAP), *answers], given) for row, answers in both]


def pick_at(measured: AttentionWeights, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """A click on a word's row goes to the word."""
    width = max(1, width - MARGIN)
    right = answers_width(width)
    left = width - right - GAP * (right > 0)
    t = word_rows(view, left, height, looking_back=True).word_at(y) if x < left else None
    return None if t is None else WordPick(t)


def under(measured: AttentionWeights, t: int) -> tuple[Array, bool]:
    """The weight of each word after timestep t, (T,), a share of 1."""
    return measured.weights_at(t), False


def _words(weights: Array, view: View, width: int, height: int, palette: Palette, *, known: bool = True) -> list[Row]:
    """A row a word with its weight; the words to come have none yet."""
    rows = word_rows(view, width, height, looking_back=True)
    names = rows.name_width + 2
    bar = max(0, width - names - FIGURE)
    headings = (text.format(unit=view.model.tokenizer.unit) for text in HEADINGS)
    heading = next((text for text in headings if len(text) <= bar), "")
    heads: Row = [*blank(names), Segment(heading, palette.muted)]
    most = int(np.argmax(weights))
    bars: dict[int, list[Row]] = {}
    for t in rows.words:
        read = known and t <= view.t
        weight = float(weights[t])
        first = name(view, rows, t, palette, known=read)
        lines = [first, *(blank(names) for _ in range(rows.thickness - 1))]
        style = palette.answer if t == most else palette.muted
        track = palette.faint
        for line in lines if read else ():
            line.extend(share_bar(weight, bar, style, track if line is first else None))
        figure = fit(percent(weight), FIGURE, "right") if read else ""
        first.append(Segment(figure, palette.strong if t == most else palette.muted))
        bars[t] = lines
    return stacked_rows(view, rows, heads, bars, width, palette)


def _answers(measured: AttentionWeights, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The two answers after the current word, one below the other: exactly `height` rows."""
    alone = next((text for text in ALONE if len(text) <= width), "")
    pairs = ((WITH, measured.with_attention[view.t]), (alone, measured.last_alone[view.t]))
    each = max(1, height // 2)
    rows: list[Row] = []
    for heading, probs in pairs:
        block = [[Segment(fit(heading, width), palette.muted)]]
        block += _labels(probs, view, width, max(0, each - 1), palette)
        rows += stacked(block, width, min(each, max(len(block) + (height > BLOCK), 3)))
    return stacked(rows, width, height)


def _labels(probs: Array, view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """A bar a label: all in their order where there is room, else the most probable; as thick as there is room."""
    labels = view.model.labels
    fits = len(labels) <= height
    shown = range(len(labels)) if fits else [int(label) for label in (-probs).argsort(kind="stable")[:height]]
    thickness = max(1, min(3, (height - 1) // max(1, len(labels)) - 1)) if fits else 1
    name_width = min(shared([printable(label) for label in labels]), LONGEST_LABEL, max(3, width - FIGURE - 4))
    bar = max(0, width - name_width - 1 - FIGURE)
    best = -1 if np.isnan(probs).any() else int(probs.argmax())
    rows: list[Row] = []
    for label in shown:
        style, text = (palette.answer, palette.strong) if label == best else (palette.bar, palette.text)
        if view.scene.covered:
            rows.append([Segment(fit(printable(labels[label]), name_width) + " ?", palette.muted)])
            continue
        if view.model.output.is_number:
            value = Segment(said(view.trace, float(probs[label])), palette.strong)
            rows.append([Segment(fit(printable(labels[label]), name_width) + " ", text), value])
            continue
        share = float(probs[label])
        drawn = share_bar(share, bar, style, palette.faint)
        figure = Segment(fit(percent(share), FIGURE, "right"), text)
        rows.append([Segment(fit(printable(labels[label]), name_width) + " ", text), *drawn, figure])
        rows += [[*blank(name_width + 1), *share_bar(share, bar, style)] for _ in range(thickness - 1)]
    return rows
