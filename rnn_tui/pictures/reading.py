"""The phase Read: the word, its place in the vocabulary, and the vector that the network gets for it."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.network.embedding import OneHot
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable


def reading(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, its place in the vocabulary, and the vector that the network gets for it."""
    token = view.trace.tokens[view.t]
    now = view.scene.position.phase == 0
    rows: list[Row] = [[Segment(fit(printable(token.surface), width), palette.accent if now else palette.strong)]]
    rows += [[Segment(fit(line, width), palette.muted)] for line in place_of(view)]
    room = height - len(rows)
    if isinstance(view.model.embedding, OneHot):
        vector = [Segment("· · ", palette.faint), Segment("1" if token.index is not None else "0", palette.positive)]
        return [*rows, [], [*vector, Segment(" · ·", palette.faint)]][:height]
    shown = view.step.x[: max(0, room)]
    if len(view.step.x) > room > 0:
        shown = shown[:-1]
    for place, value in enumerate(map(float, shown)):
        figure = Segment(fit(number(value), 6, "right"), palette.signed(value))
        bar = signed_bar(value, view.input_scale, min(21, width - 9), palette) if width >= 14 else []
        rows.append(sized([Segment(f"{place + 1:>2} ", palette.faint), *bar, figure], width))
    if len(shown) < len(view.step.x) and room > 0:
        rows.append([Segment(fit(f"… {len(view.step.x) - len(shown)} more", width), palette.faint)])
    return rows


def place_of(view: View) -> list[str]:
    """Where the word stands in the vocabulary, in a few short lines."""
    token, model = view.trace.tokens[view.t], view.model
    if token.value is not None:
        return ["scaled"]
    if token.index is None:
        return ["unknown", "→ zeros"]
    lines = [f"place {token.index + 1}", f"of {len(model.vocabulary)}"]
    if token.unknown:
        lines = ["unknown", f"→ {printable(model.vocabulary.words[token.index])}"]
    return lines if isinstance(model.embedding, OneHot) else [*lines, f"{model.input_size} numbers"]
