"""A phase as a framed panel, and as one line."""

from __future__ import annotations

import textwrap

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.embedding import OneHot
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.bars import signed_bar
from rnn_tui.pictures.columns import columns
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.outputs import caption, outputs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, stacked
from rnn_tui.pictures.table import table
from rnn_tui.pictures.view import View
from rnn_tui.text import number, printable

SIDE_BY_SIDE = 56
"""From this width on, Check's output bars stand beside its units and not below them."""


def phase_panel(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """The phase in its frame: heavy and bright at work, normal when done, dim when still to come."""
    progress = view.progress(phase)
    style = palette.frame_now if progress == 0 else palette.frame_dim if progress > 0 else palette.frame
    title_style = palette.accent if progress == 0 else palette.muted if progress > 0 else palette.text
    title: Row = [Segment(phase.heading, title_style + Style(bold=progress <= 0))]
    inner = width - 4
    if inner > len(phase.heading) + len(phase.words) + 12:
        title.append(Segment(f"  {phase.notation if view.scene.notation else phase.words}", title_style))
    body = _bodies(view, phase, inner, height - 2, palette)
    rows: list[Row] = [[Segment(" "), *row] for row in body]
    return framed(
        rows, width, height, title, style, heavy=progress == 0, foot=_foot(view, phase), foot_style=palette.faint
    )


def _bodies(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    if phase.name == "read":
        return _read(view, width, height, palette)
    if phase.name == "check":
        return _check(view, phase, width, height, palette)
    rows = table(view, phase, width, palette)
    return _with_words(view, phase, rows, width, height, palette)


def _with_words(view: View, phase: Phase, rows: list[Row], width: int, height: int, palette: Palette) -> list[Row]:
    """The table, and at the foot of the panel what the phase does, where there is room for it."""
    text = phase.notation if view.scene.notation else _words(view, phase)
    lines = textwrap.wrap(text, max(8, width))
    room = height - len(rows)
    if room < 2 or width > SIDE_BY_SIDE + 20:
        return rows
    words: list[Row] = [[Segment(fit(line, width), palette.muted)] for line in lines[: room - 1]]
    return [*stacked(rows, width, height - len(words)), *words]


def _words(view: View, phase: Phase) -> str:
    if phase.name == "multiply" and isinstance(view.model.embedding, OneHot):
        return "the word × its weights: it picks one column"
    if phase.name == "add":
        return "add what it remembers (dark) to the input (bright)"
    return phase.words


def _foot(view: View, phase: Phase) -> str:
    """The scale of the phase's bars."""
    if view.progress(phase) > 0 or phase.name == "read":
        return ""
    bars = [column for column in columns(view, phase.name) if column.kind == "bar"]
    return f"scale ±{number(bars[-1].scale).lstrip('+')}" if bars else ""


def _read(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The word, its place in the vocabulary, and the vector that the network gets for it."""
    token = view.trace.tokens[view.t]
    now = view.scene.position.phase == 0
    rows: list[Row] = [[Segment(fit(printable(token.surface), width), palette.accent if now else palette.strong)]]
    rows += [[Segment(fit(line, width), palette.muted)] for line in _place(view)]
    room = height - len(rows)
    if isinstance(view.model.embedding, OneHot):
        vector = [Segment("· · ", palette.faint), Segment("1" if token.index is not None else "0", palette.positive)]
        return [*rows, [], [*vector, Segment(" · ·", palette.faint)]][:height]
    scale = max(float(abs(view.step.x).max(initial=0)), 1e-12)
    shown = view.step.x[: max(0, room)]
    if len(view.step.x) > room > 0:
        shown = shown[:-1]
    for place, value in enumerate(map(float, shown)):
        figure = Segment(fit(number(value), 6, "right"), palette.signed(value))
        bar = signed_bar(value, scale, min(21, width - 9), palette) if width >= 14 else []
        rows.append(sized([Segment(f"{place + 1:>2} ", palette.faint), *bar, figure], width))
    if len(shown) < len(view.step.x) and room > 0:
        rows.append([Segment(fit(f"… {len(view.step.x) - len(shown)} more", width), palette.faint)])
    return rows


def _place(view: View) -> list[str]:
    token, model = view.trace.tokens[view.t], view.model
    if token.value is not None:
        return ["scaled"]
    if token.index is None:
        return ["unknown", "→ zeros"]
    lines = [f"place {token.index + 1}", f"of {len(model.vocabulary)}"]
    if token.unknown:
        lines = ["unknown", f"→ {printable(model.vocabulary.words[token.index])}"]
    return lines if isinstance(model.embedding, OneHot) else [*lines, f"{model.input_size} numbers"]


def _check(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """How each unit votes, and the output bars: beside the units where it is wide, else below them."""
    style = palette.accent if view.final and view.progress(phase) == 0 else palette.muted
    if width >= SIDE_BY_SIDE:
        half = width // 2 - 1
        votes = _votes(view, phase, half, palette)
        right: list[Row] = [[Segment(fit(caption(view), half), style)], *outputs(view, half, height - 1, palette)]
        pairs = zip(stacked(votes, half, height), stacked(right, half, height), strict=True)
        return [[*left, Segment("  "), *beside] for left, beside in pairs]
    rows = _votes(view, phase, width, palette)
    room = max(1, height - len(rows) - 1)
    bars = outputs(view, width, min(room, len(view.model.labels)), palette)
    below: list[Row] = [[Segment(fit(caption(view), width), style)], *bars]
    return [*stacked(rows, width, height - len(below)), *below]


def _votes(view: View, phase: Phase, width: int, palette: Palette) -> list[Row]:
    """The table of votes with the labels they are for in its head."""
    if view.scene.hidden and view.progress(phase) <= 0:
        return [[Segment(fit("guess first, then press p", width), palette.accent)]]
    rows = table(view, phase, width, palette)
    if view.progress(phase) > 0:
        return rows
    _, towards, away = view.votes()
    names = (printable(away), printable(towards))
    room = width - 3 if sum(map(cell_len, names)) <= width - 3 else 2 * ((width - 3) // 2)
    left = min(cell_len(names[0]), max(room // 2, room - cell_len(names[1]))) if away else -2
    head: Row = [Segment(f"◂{fit(names[0], left)} ", palette.negative)] if away else []
    head.append(Segment(fit(names[1], room - left, "right" if away else "left") + "▸", palette.positive))
    return [sized(head, width), *rows[1:]]


def phase_line(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """A phase in one line: done with its values, or still to come."""
    progress = view.progress(phase)
    mark, style = ("✓", palette.text) if progress < 0 else ("·", palette.faint)
    row: Row = [Segment(f" {mark} {fit(phase.heading, 12)}", style)]
    return [sized([*row, *_line_values(view, phase, width - 15, palette)], width)]


def _line_values(view: View, phase: Phase, width: int, palette: Palette) -> Row:
    if phase.name == "check" and view.answered >= 0 and not view.scene.hidden:
        row: Row = [Segment(f"{caption(view)}: ", palette.muted)]
        (best,) = outputs(view, min(30, width - len(caption(view)) - 2), 1, palette)[:1] or [[]]
        return [*row, *best]
    if view.progress(phase) > 0:
        return [Segment(phase.words, palette.faint)]
    if phase.name == "read":
        return [Segment(" · ".join([printable(view.trace.tokens[view.t].surface), *_place(view)]), palette.muted)]
    name = phase.shows[-1]
    row = []
    for unit in view.units:
        value = float(view.step[name][unit])
        picked = unit == view.scene.unit
        row.append(Segment(f"{view.unit_label(unit)} ", palette.accent if picked else palette.muted))
        row.append(Segment(f"{number(value)}   ", palette.signed(value)))
    return row
