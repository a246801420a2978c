"""The phase Check: how each unit votes, and the output bars."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.phases import Phase
from rnn_tui.pictures.amounts import rows_of
from rnn_tui.pictures.outputs import caption, outputs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, stacked
from rnn_tui.pictures.table import Placed, table
from rnn_tui.pictures.view import View
from rnn_tui.text import printable

SIDE_BY_SIDE = 56
"""From this width on, Check's output bars stand beside its units and not below them."""


GUESS_FIRST = "guess first"
AGAINST = ("◂against", "◂not", "◂")
LESS, MORE = ("◂less", "◂"), "more"
"""The sides of the votes where they make a number smaller or larger."""


def width_of_votes(width: int) -> int:
    """The part of the panel's width that the units take."""
    return width // 2 - 1 if width >= SIDE_BY_SIDE else width


def check(view: View, phase: Phase, placed: Placed, width: int, height: int, palette: Palette) -> list[Row]:
    """Draw the vote of each unit, and the output bars: to the right of the units where it is wide, else below them."""
    style = palette.accent if view.final and view.progress(phase) == 0 else palette.muted
    if width >= SIDE_BY_SIDE:
        half = width_of_votes(width)
        left = votes(view, phase, placed, half, palette)
        right: list[Row] = [[Segment(fit(caption(view, half), half), style)], *outputs(view, half, height - 1, palette)]
        pairs = zip(stacked(left, half, height), stacked(right, half, height), strict=True)
        return [[*row, Segment("  "), *beside] for row, beside in pairs]
    rows = votes(view, phase, placed, width, palette)
    room = max(1, height - len(rows) - 1)
    bars = outputs(view, width, min(room, rows_of(view.model)), palette)
    below: list[Row] = [[Segment(fit(caption(view, width), width), style)], *bars]
    return [*stacked(rows, width, height - len(below)), *below]


def guessing(view: View, phase: Phase) -> bool:
    """True where the votes are covered until the class has guessed.

    While a question about the answer is open they are so in the phases to come, too, where the weights alone would say
    much.
    """
    return view.covers(phase) and (view.progress(phase) <= 0 or view.scene.asks_answer)


def votes(view: View, phase: Phase, placed: Placed, width: int, palette: Palette) -> list[Row]:
    """The table of votes with the labels they are for in its head."""
    if guessing(view, phase):
        said = GUESS_FIRST if view.scene.asking else f"{GUESS_FIRST}, then press p"
        lines = textwrap.wrap(said, max(8, width))
        return [[Segment(fit(line, width), palette.accent)] for line in lines]
    rows = table(view, phase, placed, width, palette)
    if view.progress(phase) > 0:
        return rows
    _, label = view.votes()
    number = view.model.output.is_number
    name = MORE if number and view.model.output_size == 1 else printable(label)
    return [sized(_sides(name, LESS if number else AGAINST, width, palette), width), *rows[1:]]


def _sides(label: str, words: Sequence[str], width: int, palette: Palette) -> Row:
    """The sides of the votes, against the label at the left and for it; in fewer letters where it is narrow."""
    against = next((word for word in words if cell_len(word) + cell_len(label) + 2 <= width), words[-1])
    room = max(0, width - cell_len(against) - 2)
    return [
        Segment(f"{against} ", palette.negative),
        Segment(fit(label, room, "right") + "▸", palette.positive),
    ]
