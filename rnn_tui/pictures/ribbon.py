"""The sentence: its words in a line, the current one marked, and below them a line that ends at the last word read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.series import features_of, profile
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

GAP = 2
LONGEST = 24
DONE, NOW, TO_COME = "●", "◉", "○"


@dataclass(frozen=True)
class WordCells:
    """The cells of the words of one sentence: `starts[t]` is the first cell of word t, `width` that of all words."""

    labels: tuple[str, ...]
    starts: tuple[int, ...]
    width: int

    def word_at(self, cell: int) -> int | None:
        """The word that covers a cell, or None."""
        t = bisect_right(self.starts, cell) - 1
        return t if t >= 0 and cell < self.starts[t] + cell_len(self.labels[t]) else None


def laid_out(trace: Trace) -> WordCells:
    """Lay the words out once a sentence; an unknown word gets a question mark."""
    gap = 0 if trace.model.tokenizer.kind == "characters" else GAP
    known: dict[tuple[str, bool], tuple[str, int]] = {}  # a long text says most of its words many times
    for token in trace.tokens:
        if (key := (token.surface, token.unknown)) not in known:
            word = printable(token.surface)
            label = f" {fit(word, LONGEST) if cell_len(word) > LONGEST else word}{'?' if token.unknown else ''} "
            known[key] = (label, cell_len(label) + gap)
    labels, sizes = zip(*(known[token.surface, token.unknown] for token in trace.tokens), strict=True)
    ends = list(accumulate(sizes))
    return WordCells(labels, tuple(end - size for end, size in zip(ends, sizes, strict=True)), ends[-1] - gap)


def offset(laid: WordCells, t: int, width: int) -> int:
    """The first cell of the sentence that is visible: the sentence is centred, or the current word is."""
    if laid.width <= width:
        return -((width - laid.width) // 2)
    middle = laid.starts[t] + cell_len(laid.labels[t]) // 2
    return max(0, min(middle - width // 2, laid.width - width))


def ribbon(view: View, laid: WordCells, width: int, palette: Palette) -> list[Row]:
    """Two rows: the words, and the line with a dot a word."""
    start = offset(laid, view.t, width)
    words: Row = []
    line: Row = []
    first = max(0, bisect_right(laid.starts, start) - 1)
    at = start
    for t in range(first, len(laid.labels)):
        if laid.starts[t] >= start + width:
            break
        _word(view, laid, t, at, words, line, palette)
        at = laid.starts[t] + cell_len(laid.labels[t])
    cut = max(0, start - laid.starts[first])
    more = start + width < laid.width
    return [_window(row, cut, width, more=more, before=start > 0, palette=palette) for row in (words, line)]


def _word(view: View, laid: WordCells, t: int, at: int, words: Row, line: Row, palette: Palette) -> None:
    label, gap = laid.labels[t], max(0, laid.starts[t] - at)
    unknown = view.trace.tokens[t].unknown
    if t == view.t:
        style = palette.badge
    elif unknown:
        style = palette.negative
    else:
        done = t > view.t if view.model.floor.backward else t < view.t
        style = palette.text if done else palette.muted
    words += [Segment(" " * gap), Segment(label, style)]
    size = cell_len(label)
    middle = size // 2
    reached, passed = t <= view.t, t < view.t
    if view.model.floor.backward:  # then what comes after has been read, and the line ends at the last word
        reached, passed = t > view.t, t >= view.t
    dot = NOW if t == view.t else DONE if reached or passed else TO_COME
    joins = t > 0
    before = ("━" if reached else "─") if joins else " "
    after = ("━" if passed else "─") if t < len(laid.labels) - 1 else " "
    lit = palette.accent if t == view.t else palette.muted if reached else palette.faint
    line += [
        Segment(before * (gap + middle), palette.muted if reached else palette.faint),
        Segment(dot, lit),
        Segment(after * (size - middle - 1), palette.muted if passed else palette.faint),
    ]


def _window(row: Row, cut: int, width: int, *, more: bool, before: bool, palette: Palette) -> Row:
    """`width` cells of a row from `cut` on, with arrows where words are left out."""
    _, *rest = Segment.divide(row, [cut, cut + width]) if cut else ([], row)
    shown = sized(list(rest[0]) if cut else row, width)
    if before:
        shown = [Segment("‹", palette.accent), *list(Segment.divide(shown, [1, width]))[1]]
    if more:
        shown = [*next(iter(Segment.divide(shown, [width - 1]))), Segment("›", palette.accent)]
    return shown


def pick_at(laid: WordCells, view: View, width: int, x: int) -> WordPick | None:
    """The word at cell `x` of the rows that `ribbon` draws."""
    t = laid.word_at(x + offset(laid, view.t, width))
    return None if t is None else WordPick(t)


def under_words(view: View, laid: WordCells, width: int, draw: Callable[[int, int], Row]) -> Row:
    """One row of `width` cells that scrolls with the ribbon; `draw` gives what stands under word t in so many cells."""
    start = offset(laid, view.t, width)
    first = max(0, bisect_right(laid.starts, start) - 1)
    row: Row = []
    at = start
    for t in range(first, len(laid.labels)):
        if laid.starts[t] >= start + width:
            break
        size = cell_len(laid.labels[t])
        row += [Segment(" " * max(0, laid.starts[t] - at)), *draw(t, size)]
        at = laid.starts[t] + size
    cut = max(0, start - laid.starts[first])
    return sized(list(list(Segment.divide(row, [cut, cut + width]))[1]) if cut else row, width)


def number_curve(view: View, laid: WordCells, width: int, palette: Palette) -> Row:
    """The numbers of a number model as a curve: a block under each, as wide as it, and high where it is large.

    Of several features there is a block each beside each other, and of the rows of a picture their pixels.
    """
    if features_of(view.model) > 1:
        return under_words(view, laid, width, lambda t, size: _profile(view, t, size, palette))
    values = [token.value or 0.0 for token in view.trace.tokens]
    low, high = min(values), max(values)
    steps = "▁▂▃▄▅▆▇█"

    def block(t: int, size: int) -> Row:
        level = 0 if high == low else round((values[t] - low) / (high - low) * (len(steps) - 1))
        style = palette.accent if t == view.t else palette.muted
        return [Segment(" "), Segment(steps[level] * (size - 2), style), Segment(" ")]

    return under_words(view, laid, width, block)


def _profile(view: View, t: int, size: int, palette: Palette) -> Row:
    """The features of a timestep in so many cells."""
    style = palette.accent if t == view.t else palette.muted
    return [Segment(fit(profile(view, t, max(1, size - 2)), size, "center"), style)]
