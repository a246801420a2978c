"""Hidden units below one row of heads: how their rows are stacked, and which unit stands in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rnn_tui.pictures.rows import Row

HEADS = 1


def unit_rows(head: Row, units: Sequence[int], pitch: int, draw: Callable[[int], list[Row]]) -> list[Row]:
    """The head, and below it `pitch` rows for each unit: those that `draw` gives, and empty ones."""
    rows = [head]
    for unit in units:
        lines = draw(unit)
        rows += [*lines, *([[]] * (pitch - len(lines)))]
    return rows


def unit_at(units: Sequence[int], pitch: int, row: int) -> int | None:
    """The unit in a row of those that `unit_rows` stacks, counted from the head; None where there is none."""
    index = (row - HEADS) // pitch
    return units[index] if 0 <= index < len(units) else None
