"""A phase that pools: what each unit was at the words so far, what comes of it, and how much each word counts."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.network.cells.phases import PoolTable
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.check import guessing, votes
from rnn_tui.pictures.lookback import most_looked_at
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, shared, sized, stacked
from rnn_tui.pictures.table import Placed, table
from rnn_tui.pictures.view import View
from rnn_tui.text import percent, printable

SIDE_BY_SIDE = 56
"""From this width on, the words stand beside the units and not below them."""
FIGURE = 5
LONGEST_NAME = 14
LEAST_HEADED = 2
"""From more rows than this on, one says what the shares are shares of."""


def width_of_units(width: int) -> int:
    """The part of the panel's width that the units take."""
    return width * 6 // 10 - 2 if width >= SIDE_BY_SIDE else width


def attending(view: View, phase: Phase, placed: Placed, width: int, height: int, palette: Palette) -> list[Row]:
    """Draw the units, and the words with their weights: beside the units where it is wide, else below them.

    While the class is to guess the answer, all that only the answer is made of is covered.
    """
    if guessing(view, phase):
        return stacked(votes(view, phase, placed, width, palette), width, height)
    left = width_of_units(width)
    units = table(view, phase, placed, left, palette)
    if left == width:
        below = words(view, phase, width, max(0, height - len(units)), palette)
        return [*stacked(units, width, height - len(below)), *below]
    right = width - left - 2
    beside = stacked(words(view, phase, right, height, palette), right, height)
    pairs = zip(stacked(units, left, height), beside, strict=True)
    return [[*row, Segment("  "), *word] for row, word in pairs]


def words(view: View, phase: Phase, width: int, height: int, palette: Palette) -> list[Row]:
    """A line a word so far, with a bar and its share; where not all fit, those that count most, and the rest in one."""
    if view.progress(phase) > 0 or height < 1:
        return []
    weights = view.model.readout.shares(view.trace.values, view.t)
    head = _counted(phase, width, palette) if height > LEAST_HEADED else []
    height -= len(head)
    shown = list(range(len(weights))) if len(weights) <= height else most_looked_at(weights, max(1, height - 1))
    names = {t: printable(view.trace.tokens[t].surface) for t in shown}
    name_width = min(shared(list(names.values())), LONGEST_NAME, max(3, width - FIGURE - 5))
    most = int(weights.argmax())
    rows: list[Row] = []
    for t, name in names.items():
        ink, style = (palette.strong, palette.answer) if t == most else (palette.text, palette.bar)
        share = float(weights[t])
        row: Row = [Segment(fit(name, name_width) + " ", palette.accent if t == view.t else ink)]
        row += share_bar(share, max(0, width - name_width - 1 - FIGURE), style, palette.faint)
        rows.append(sized([*row, Segment(fit(percent(share), FIGURE, "right"), ink)], width))
    if (left_out := len(weights) - len(shown)) and len(rows) < height:
        rest = max(0.0, 1.0 - float(weights[shown].sum()))
        said = f"{left_out} more {view.model.tokenizer.unit}{'s' if left_out > 1 else ''}"
        row = [Segment(fit(said, width - FIGURE) + fit(percent(rest), FIGURE, "right"), palette.muted)]
        rows.append(sized(row, width))
    return [*head, *rows]


def _counted(phase: Phase, width: int, palette: Palette) -> list[Row]:
    """The head of the shares, which says what they are shares of; none where the phase leaves it unsaid."""
    counted = phase.table.counted if isinstance(phase.table, PoolTable) else ()
    said = next((text for text in counted if len(text) <= width), "")
    return [[Segment(fit(said, width, "right"), palette.muted)]] if said else []
