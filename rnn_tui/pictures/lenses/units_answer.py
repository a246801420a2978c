"""The answer as it is, and with the picked unit held at 0."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.lenses.units import Unit, Units
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit
from rnn_tui.pictures.view import View
from rnn_tui.story.lenses.both import said
from rnn_tui.text import percent, printable

AS_IT_IS, WITHOUT = "as it is", "unit held at 0"


def answer_bars(measured: Units, unit: Unit, view: View, called: str, width: int, palette: Palette) -> list[Row]:
    """The answer's bar as it is, with what stands before it, and its bar with the unit held at 0."""
    if view.scene.covered:
        guess = "? guess first"
        asked = ("the answer without this unit: ", "without this unit: ", "without it: ", "")
        fitting = next((text for text in asked if len(text) + len(guess) <= width), "")
        return [[Segment(fitting + guess, palette.muted)]]
    names = cell_len(WITHOUT)
    room = min(40, width - names - 7)
    if view.model.output.is_number:
        before, after = (said(view.trace, p) for p in (measured.probability, unit.silenced))
        return [
            [Segment(fit(name, names) + " ", palette.text), Segment(figure, palette.strong)]
            for name, figure in ((called, before), (WITHOUT, after))
        ]
    return [
        [Segment(fit(name, names) + " ", palette.text), *_bar(p, room, style, palette)]
        for name, p, style in zip(
            (called, WITHOUT), (measured.probability, unit.silenced), (palette.answer, palette.bar), strict=True
        )
    ]


def _bar(p: float, width: int, style: Style, palette: Palette) -> Row:
    return [*share_bar(p, max(3, width), style, palette.faint), Segment(fit(percent(p), 5, "right"), palette.strong)]


def answer_in_a_line(measured: Units, unit: Unit, view: View, width: int, palette: Palette) -> Row:
    """Both bars side by side."""
    if view.scene.covered:
        return [Segment("? guess first", palette.muted)]
    label = fit(printable(view.model.labels[measured.label]), min(10, width // 4))
    if view.model.output.is_number:
        before, after = (said(view.trace, p) for p in (measured.probability, unit.silenced))
        return [Segment(f"{label.rstrip()} {before}, without it {after}", palette.text)]
    room = (width - cell_len(label) - 2 * 5 - 11) // 2
    if room < 3:
        return [Segment(f"{label} {percent(measured.probability)}, without it {percent(unit.silenced)}", palette.text)]
    return [
        Segment(f"{label} ", palette.strong),
        *_bar(measured.probability, room, palette.answer, palette),
        Segment("  without ", palette.muted),
        *_bar(unit.silenced, room, palette.bar, palette),
    ]
