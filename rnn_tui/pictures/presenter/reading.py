"""The phase Read in the presenter view: the word as large as there is room for, and what the network gets for it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.expected import numbers_read
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.pictures.letters import large
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.presenter.figures import figures
from rnn_tui.pictures.presenter.terms import Term
from rnn_tui.pictures.reading import index_of
from rnn_tui.pictures.rows import Row, blank, fit, stacked
from rnn_tui.pictures.series import feature_label, features, features_of, is_picture, picture, span, width_of_picture
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable, quantity

SCALES = (4, 3, 2, 1)
MOST_LARGE = 4
"""The most features whose numbers stand large."""


def read(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, or the number before and after it is scaled, in the middle of exactly `height` rows."""
    if features_of(view.model) > 1 and view.model.floor.layer == 0:
        return _several(view, width, height, palette)
    said: list[Row] = [[Segment(fit(line, width, "center"), palette.strong)] for line in index_of(view, width)]
    gap: list[Row] = [blank(width)] if height > len(said) + 1 else []
    rows = [*_word(view, width, max(1, height - len(said) - len(gap)), palette), *gap, *said]
    above = max(0, height - len(rows)) // 2
    return stacked([*(blank(width) for _ in range(above)), *rows], width, height)


def _several(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The numbers of a timestep: large where they are few, else a curve each, or the rows of a picture."""
    said: list[Row] = [[Segment(fit(line, width, "center"), palette.strong)] for line in index_of(view, width)]
    room = max(1, height - len(said) - 1)
    if is_picture(view.model):
        size = 2 if room >= 2 * len(view.trace) else 1
        taken = width_of_picture(view.model, width, size)
        edge = Segment(" " * ((width - taken) // 2))
        drawn = [[edge, *row] for row in picture(view, taken, room, palette, size)]
    elif features_of(view.model) <= MOST_LARGE and room >= 3 * features_of(view.model):
        drawn = figures([_feature(view, k) for k in range(features_of(view.model))], width, room, palette)
    else:
        drawn = features(view, width, room, palette)
    above = max(0, height - len(drawn) - len(said) - 1) // 2
    return stacked([*(blank(width) for _ in range(above)), *drawn, blank(width), *said], width, height)


def _feature(view: View, feature: int) -> Term:
    """A feature's number between the smallest and the largest of the text."""
    value = numbers_read(view.trace, feature)[view.t]
    name, reach = feature_label(view.model, feature), span(view.trace, feature)
    return Term(name, quantity(value), value, bar="scale", reach=reach)


def _word(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    surface = printable(view.trace.tokens[view.t].surface)
    if view.model.reads_words and isinstance(view.model.tokenizer, NumberTokenizer):
        x = float(view.step.x[0])
        terms = [Term("read", surface, 0.0), Term("scaled", number(x), x, "→", "signed", view.input_scale)]
        return figures(terms, width, height, palette)
    style = palette.accent + Style(bold=True)
    for scale in SCALES:
        drawn = large(surface, width, scale)
        if drawn and len(drawn) <= height:
            left = (width - len(drawn[0])) // 2
            return [[Segment(" " * left), Segment(line, style)] for line in drawn]
    return [[Segment(fit(f" {surface} ", width, "center"), palette.badge + Style(bold=True))]]
