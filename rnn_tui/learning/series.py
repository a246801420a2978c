"""A series of numbers, cut into windows: does the number after a window rise or fall?"""

from __future__ import annotations

import math
from pathlib import Path

from rnn_tui.learning.rows import Row, RowError, filled
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.tables import column_index, table

LABELS = ("falls", "rises")


def windows(path: Path, rows: list[Row], size: int, column: str | None = None) -> tuple[Sample, ...]:
    """Every window of `size` numbers, labelled by the number after it; where that is equal, the window is left out.

    A sample's row is the number of the window's first value in the series, from 1. Raises RowError where a row holds
    no number, or where the series is too short.
    """
    numbers = numbers_of(path, rows, column)
    samples = []
    for start in range(len(numbers) - size):
        last, following = float(numbers[start + size - 1]), float(numbers[start + size])
        if following != last:
            text = " ".join(numbers[start : start + size])
            samples.append(Sample(start + 1, text, (LABELS[following > last],)))
    if not samples:
        raise RowError(
            path, f"has {len(numbers)} numbers, too few that change for windows of {size}; a smaller --window mends it"
        )
    return tuple(samples)


def looks_numeric(rows: list[Row]) -> bool:
    """True where the rows hold one number each, but for a header."""
    there = [row.text for row in filled(rows)]
    body = there if _number(there[0]) is not None else there[1:]
    return bool(body) and _number(body[0]) is not None


def numbers_of(path: Path, rows: list[Row], column: str | None = None) -> list[str]:
    """The numbers of the one column, or of the one that is named, as they are written; raises RowError."""
    records = list(table(path, rows))
    number, first = records[0]
    header = any(_number(field) is None for field in first)
    if column is not None:
        index = column_index(path, first, column) if header else _no_header(path, column)
    elif len(first) == 1:
        index = 0
    else:
        named = f": --column {first[-1].strip()}" if header else ", which a header with names allows"
        raise RowError(path, f"has {len(first)} columns; say which one{named}", number)
    return [_checked(path, row, fields[index]) for row, fields in (records[1:] if header else records)]


def _no_header(path: Path, column: str) -> int:
    raise RowError(path, f"no column is called “{column}”; the file has no header", 1)


def _checked(path: Path, row: int, field: str) -> str:
    if _number(field) is None:
        raise RowError(path, f"“{field.strip()}” is no number", row)
    return field.strip()


def _number(field: str) -> float | None:
    try:
        value = float(field)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
