"""The phase Read: the word, large where there is room, and the vector that the network gets for it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.embedding import OneHot
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.letters import BASE, large
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

IN_LINES = 40
"""From this width on the word stands large, and the numbers of x in lines where they can't stand below each other."""
FIGURE = 7
ROOM_FOR_BLOCK = 6
"""The rows from which on a word that can't be drawn in large letters has an empty row above and below it."""
BESIDE = 3
"""The cells between a large word and what is said beside it."""


def reading(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, as large as there is room for, and under it the vector that the network gets for it."""
    figures = 1 if isinstance(view.model.embedding, OneHot) else _lines_of_numbers(view, width)
    rows = [*_word(view, width, height - figures, palette)]
    if isinstance(view.model.embedding, OneHot):
        gap: list[Row] = [[]] if height - len(rows) > 1 else []
        return [*rows, *gap, _one_hot(view, palette)][:height]
    room = height - len(rows)
    if width >= IN_LINES and room < len(view.step.x):
        return [*rows, *_numbers_in_lines(view, width, palette)][:height]
    return [*rows, *_numbers_in_bars(view, width, room, palette)]


def index_of(view: View, width: int = 60) -> list[str]:
    """The lines that say what the network gets for the word, of at most `width` cells as far as the words allow.

    That is the index in the vocabulary where a column is picked by it, else how many numbers stand for the word.
    """
    token, model = view.trace.tokens[view.t], view.model
    if isinstance(model.tokenizer, NumberTokenizer):
        return _joined([_scaling(model.tokenizer)], ["scaled"], width)
    if token.index is None:
        return ["unknown", "→ zeros"]
    unknown = ["unknown", f"→ {printable(model.vocabulary.words[token.index])}"] if token.unknown else []
    known = _joined([" ".join(unknown)], unknown, width) if unknown else []
    if isinstance(model.embedding, OneHot):
        place, of = f"place {token.index + 1}", f"of {len(model.vocabulary)}"
        return known or _joined([f"{place} {of}"], [place, of], width)
    one = model.input_size == 1
    count = f"{model.input_size} number{'' if one else 's'}"
    return [*known, *_joined([f"{count} stand{'s' if one else ''} for it"], [count, "for it"], width)]


def _scaling(tokenizer: NumberTokenizer) -> str:
    """What becomes of a number before it is read."""
    return f"less {tokenizer.mean:g}, divided by {tokenizer.scale:g}"


def _joined(whole: list[str], parts: list[str], width: int) -> list[str]:
    """The one line where it fits, else its parts, a line each."""
    return whole if len(whole[0]) <= width else parts


def _word(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word and what the network gets for it: large, or in the middle of a block; at most `height` rows.

    What is said stands under the large word, or beside it where there are too few rows.
    """
    surface = printable(view.trace.tokens[view.t].surface)
    style = (palette.accent if view.scene.position.phase == 0 else palette.strong) + Style(bold=True)
    said: list[Row] = [[Segment(fit(line, width), palette.muted)] for line in index_of(view, width)]
    drawn = large(surface, width) if width >= IN_LINES else []
    if not drawn or len(drawn) > height:
        return [*_block(surface, view, width, height - len(said), palette), *said]
    rows: list[Row] = [[Segment(line, style)] for line in drawn]
    room = height - len(rows)
    if room >= len(said):
        return [*rows, *([[]] if room > len(said) else []), *said]
    beside = "   ".join(index_of(view, width))
    start = len(drawn[0]) + BESIDE
    if start + len(beside) <= width:
        line = BASE // 2 - 1  # on which the word stands
        rows[line] = [*rows[line], Segment(" " * BESIDE), Segment(beside, palette.muted)]
    return rows


def _block(surface: str, view: View, width: int, room: int, palette: Palette) -> list[Row]:
    """The word on a ground of its own while it is read, as wide as the panel; three rows high where there is room."""
    style = palette.badge if view.scene.position.phase == 0 else palette.strong
    margin: list[Row] = [[Segment(" " * width, style)]] if room > ROOM_FOR_BLOCK else []
    return [*margin, [Segment(fit(surface, width, "center"), style + Style(bold=True))], *margin]


def _one_hot(view: View, palette: Palette) -> Row:
    """A piece of x around its one: "… · 1 · …"."""
    index, size = view.trace.tokens[view.t].index, view.model.input_size
    if index is None:
        return [Segment("0 0 0 …", palette.faint)]
    before = "… · " if index > 1 else "· " * index
    after = " · …" if index < size - 2 else " ·" * (size - 1 - index)
    return [Segment(before, palette.faint), Segment("1", palette.positive), Segment(after, palette.faint)]


def _lines_of_numbers(view: View, width: int) -> int:
    """The least lines that the numbers of x take: below each other in a narrow panel, else one after the other."""
    return len(view.step.x) if width < IN_LINES else -(-len(view.step.x) // max(1, width // FIGURE))


def _numbers_in_lines(view: View, width: int, palette: Palette) -> list[Row]:
    """The numbers of x one after the other, as many in a line as fit."""
    figures = [Segment(fit(number(value), FIGURE, "right"), palette.signed(value)) for value in map(float, view.step.x)]
    count = max(1, width // FIGURE)
    return [figures[start : start + count] for start in range(0, len(figures), count)]


def _numbers_in_bars(view: View, width: int, room: int, palette: Palette) -> list[Row]:
    """The numbers of x below each other, each with its bar where there is room for one; those left out are counted."""
    shown = view.step.x[: max(0, room)]
    if len(view.step.x) > room > 0:
        shown = shown[:-1]
    rows: list[Row] = []
    for k, value in enumerate(map(float, shown)):
        figure = Segment(fit(number(value), 6, "right"), palette.signed(value))
        bar = signed_bar(value, view.input_scale, min(21, width - 9), palette) if width >= 14 else []
        rows.append(sized([Segment(f"{k + 1:>2} ", palette.faint), *bar, figure], width))
    if len(shown) < len(view.step.x) and room > 0:
        rows.append([Segment(fit(f"… {len(view.step.x) - len(shown)} more", width), palette.faint)])
    return rows
