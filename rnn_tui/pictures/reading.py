"""The phase Read: the word, large where there is room, and the vector that the network gets for it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from rnn_tui.loading import module
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.letters import BASE, large
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, stacked
from rnn_tui.pictures.series import curve, features, features_of, is_picture, picture, width_of_picture
from rnn_tui.pictures.view import View
from rnn_tui.story.reading import scaled
from rnn_tui.text import number, printable

IN_LINES = 40
"""From this width on the word stands large, and the numbers of x in lines where they can't stand below each other."""
FIGURE = 7
ROOM_FOR_BLOCK = 6
"""The rows from which on a word that can't be drawn in large letters has an empty row above and below it."""
READ_AS = "read as "
SIDE_BY_SIDE = 56
"""From this width on the curve stands beside the number and not below it."""
LEAST_BESIDE = 12
"""The cells beside a picture from which on something is said there."""
BESIDE = 3
"""The cells between a large word and what is said beside it."""


def reading(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, as large as there is room for, and under it the vector that the network gets for it.

    Numbers have a curve of them all under them, in which the one of now is marked. In a lane above the lowest layer it
    is what the layer below hands up.
    """
    if not view.model.reads_words:
        rows: list[Row] = _handed().handed(view, width, height, palette)
        return rows
    if features_of(view.model):
        several = features_of(view.model) > 1
        return (_several if several else _one_number)(view, width, height, palette)
    figures = 1 if isinstance(view.model.embedding, OneHot) else _lines_of_numbers(view, width)
    rows = [*_word(view, width, height - figures, palette)]
    if isinstance(view.model.embedding, OneHot):
        gap: list[Row] = [[]] if height - len(rows) > 1 else []
        return [*rows, *gap, _one_hot(view, palette)][:height]
    room = height - len(rows)
    if width >= IN_LINES and room < len(view.step.x):
        return [*rows, *_numbers_in_lines(view, width, room, palette)][:height]
    return [*rows, *_numbers_in_bars(view, width, room, palette)]


_handed = module("rnn_tui.pictures.handed")  # only networks of several layers have it


def _one_number(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The number, what is read in its place, and the curve of all: beside it where it is wide, else below it."""
    if width >= SIDE_BY_SIDE:
        left = width // 2 - BESIDE
        rows = stacked(_with_input(view, left, height, palette), left, height)
        beside = stacked(curve(view, 0, width - left - BESIDE, height, palette), width - left - BESIDE, height)
        return [[*row, Segment(" " * BESIDE), *line] for row, line in zip(rows, beside, strict=True)]
    rows = _word(view, width, height - 2, palette)
    x, room = float(view.step.x[0]), height - len(rows)
    read_as = Segment(f"{READ_AS if width >= 14 else ''}{number(x)}", palette.signed(x))
    if room > 1:
        return [*rows, [read_as], *curve(view, 0, width, room - 1, palette)]
    beside = curve(view, 0, width - read_as.cell_length - 1, 1, palette)
    return [*rows, [read_as, Segment(" "), *(beside[0] if beside else [])]][:height]


def _with_input(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The number, and what is read in its place."""
    x = float(view.step.x[0])
    return [*_word(view, width, height - 1, palette), [Segment(f"{READ_AS}{number(x)}", palette.signed(x))]][-height:]


def _several(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The numbers of a timestep, a curve each, or a row of a picture; what is said of them stands beside a picture."""
    surface = printable(view.trace.tokens[view.t].surface)
    style = palette.badge if view.scene.position.phase == 0 else palette.strong
    said: list[Row] = [[Segment(fit(line, width), palette.muted)] for line in index_of(view, width)]
    if not is_picture(view.model):
        named: list[Row] = [[Segment(fit(surface, width, "center"), style + Style(bold=True))]]
        least = features_of(view.model)
        above = [*named, *said] if height >= least + len(said) + 1 else named if height > least else []
        return [*above, *features(view, width, height - len(above), palette)]
    taken = width_of_picture(view.model, width)
    left = width - taken - BESIDE
    if left < LEAST_BESIDE:
        above = said if height >= len(view.trace) + len(said) else []
        return [*above, *picture(view, width, height - len(above), palette)]
    rows = picture(view, taken, height, palette)
    lines = index_of(view, left)
    here = [
        Segment(fit(surface, left), style + Style(bold=True)),
        *(Segment(fit(one, left), palette.muted) for one in lines),
    ]
    return [
        [*sized(row, taken), *([Segment(" " * BESIDE), here[y]] if y < len(here) else [])] for y, row in enumerate(rows)
    ]


def index_of(view: View, width: int = 60) -> list[str]:
    """The lines that say what the network gets for the word, of at most `width` cells as far as the words allow.

    That is the index in the vocabulary where a column is picked by it, else how many numbers stand for the word.
    """
    token, model = view.trace.tokens[view.t], view.model
    if not model.reads_words:
        count, layer = (
            f"{model.input_size} number{'s' if model.input_size > 1 else ''}",
            f"from layer {model.floor.layer}",
        )
        return _joined([f"{count} {layer}"], [count, layer], width)
    if isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1:
        count = f"{model.tokenizer.features} numbers"
        return _joined([f"{count}, {scaled(model.tokenizer)}"], [count, "scaled"], width)
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
    mean, scale = tokenizer.scaling()
    return f"less {mean:g}, divided by {scale:g}"


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


def _numbers_in_lines(view: View, width: int, room: int, palette: Palette) -> list[Row]:
    """The numbers of x one after the other, as many in a line as fit; those that don't fit in `room` are counted."""
    figures = [Segment(fit(number(value), FIGURE, "right"), palette.signed(value)) for value in map(float, view.step.x)]
    count = max(1, width // FIGURE)
    lines = [figures[start : start + count] for start in range(0, len(figures), count)]
    if 0 < room < len(lines):
        more = next(
            more for more in range(1, len(figures) + 1) if _fit_with(len(figures) - more, more, room, width, count)
        )
        kept = figures[: len(figures) - more]
        lines = [kept[start : start + count] for start in range(0, len(kept), count)] or [[]]
        lines[-1] = [*lines[-1], Segment(_more(more), palette.faint)]
    return lines


def _more(count: int) -> str:
    return f"  … {count} more"


def _fit_with(kept: int, more: int, room: int, width: int, count: int) -> bool:
    """True where so many numbers fit in so many lines, the last of which says how many more there are."""
    whole, rest = divmod(kept, count)
    last = (rest or count) * FIGURE + len(_more(more))
    return kept == 0 or (whole + bool(rest) <= room and last <= width)


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
