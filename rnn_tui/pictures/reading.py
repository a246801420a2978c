"""The phase Read: the word, its row of the vocabulary, and the vector that the network gets for it."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.network.embedding import OneHot
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

IN_LINES = 40
"""From this width on, the numbers of x stand in lines and not below each other."""


def reading(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, its row of the vocabulary, and the vector that the network gets for it."""
    token = view.trace.tokens[view.t]
    now = view.scene.position.phase == 0
    rows: list[Row] = [[Segment(fit(printable(token.surface), width), palette.accent if now else palette.strong)]]
    rows += [[Segment(fit(line, width), palette.muted)] for line in vocabulary_lines(view)]
    room = height - len(rows)
    if isinstance(view.model.embedding, OneHot):
        return [*rows, [], _one_hot(view, palette)][:height]
    if width >= IN_LINES:
        return [*rows, *_numbers_in_lines(view, width, palette)][:height]
    shown = view.step.x[: max(0, room)]
    if len(view.step.x) > room > 0:
        shown = shown[:-1]
    for number_of_x, value in enumerate(map(float, shown), 1):
        figure = Segment(fit(number(value), 6, "right"), palette.signed(value))
        bar = signed_bar(value, view.input_scale, min(21, width - 9), palette) if width >= 14 else []
        rows.append(sized([Segment(f"{number_of_x:>2} ", palette.faint), *bar, figure], width))
    if len(shown) < len(view.step.x) and room > 0:
        rows.append([Segment(fit(f"… {len(view.step.x) - len(shown)} more", width), palette.faint)])
    return rows


def vocabulary_lines(view: View) -> list[str]:
    """The row of the vocabulary that is read, in a few short lines."""
    token, model = view.trace.tokens[view.t], view.model
    if token.value is not None:
        return ["scaled"]
    if token.index is None:
        return ["unknown", "→ zeros"]
    lines = [f"place {token.index + 1}", f"of {len(model.vocabulary)}"]
    if token.unknown:
        lines = ["unknown", f"→ {printable(model.vocabulary.words[token.index])}"]
    return lines if isinstance(model.embedding, OneHot) else [*lines, f"{model.input_size} numbers"]


def _one_hot(view: View, palette: Palette) -> Row:
    """A piece of x around its one: "… · 1 · …"."""
    index, size = view.trace.tokens[view.t].index, view.model.input_size
    if index is None:
        return [Segment("0 0 0 …", palette.faint)]
    before = "… · " if index > 1 else "· " * index
    after = " · …" if index < size - 2 else " ·" * (size - 1 - index)
    return [Segment(before, palette.faint), Segment("1", palette.positive), Segment(after, palette.faint)]


def _numbers_in_lines(view: View, width: int, palette: Palette) -> list[Row]:
    """The numbers of x one after the other, as many in a line as fit."""
    figures = [Segment(fit(number(value), 7, "right"), palette.signed(value)) for value in map(float, view.step.x)]
    count = max(1, width // 7)
    return [figures[start : start + count] for start in range(0, len(figures), count)]
