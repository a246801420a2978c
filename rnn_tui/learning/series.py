"""A series of numbers, cut into windows: does the number after a window rise or fall, or which one is it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from rnn_tui.learning import columns
from rnn_tui.learning.dialects import dialect_of
from rnn_tui.learning.rows import Row, RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.tables import table
from rnn_tui.text import cited

LABELS = ("falls", "rises")
PIXELS = 16
"""The fewest columns of numbers that may be a picture."""


def windows(path: Path, rows: list[Row], size: int, column: str | None = None) -> tuple[Sample, ...]:
    """Every window of `size` numbers, labelled by the number after it; where that is equal, the window is left out.

    A sample's row is the number of the window's first value in the series, from 1. Raises RowError where a row holds
    no number, or where the series is too short.
    """
    return windows_of(path, numbers_of(path, rows, column), size)


def windows_of(
    path: Path, numbers: Sequence[str], size: int, *, timesteps: Sequence[str] | None = None, as_numbers: bool = False
) -> tuple[Sample, ...]:
    """The windows of numbers, as `windows` gives them.

    `timesteps` are the texts that are read in place of the numbers that are asked for, as many. With `as_numbers` the
    answer is the number after the window itself, and no window is left out.
    """
    read = numbers if timesteps is None else timesteps
    values = [float(number) for number in numbers]
    samples = []
    for start in range(len(values) - size):
        last, following = values[start + size - 1 : start + size + 1]
        if as_numbers or following != last:
            answer = numbers[start + size] if as_numbers else LABELS[following > last]
            before = tuple(values[max(start, start + size - 2) : start + size])
            samples.append(Sample(start + 1, " ".join(read[start : start + size]), (answer,), before))
    if not samples:
        change = "" if as_numbers else " that change"
        said = f"has {len(numbers)} numbers, too few{change} for windows of {size}; a smaller --window mends it"
        raise RowError(path, said)
    return tuple(samples)


def numbers_of(path: Path, rows: list[Row], column: str | None = None) -> list[str]:
    """The numbers of the one column, or of the one that is named or numbered; raises RowError."""
    records = list(table(path, rows, dialect_of(path, rows, None, [] if column is None else [column])))
    index, headed = column_of(path, records, column)
    return numbers_in(path, records, index, headed=headed)


def numbers_in(
    path: Path, records: Sequence[tuple[int, list[str]]], index: int, *, headed: bool, commas: bool = False
) -> list[str]:
    """The numbers of a column of records, the first of which is a header or not, as Python writes them.

    `commas`: a comma in a number is its decimal point. Raises RowError where a row has no number.
    """
    return [checked(path, row, fields[index], commas=commas) for row, fields in records[int(headed) :]]


def column_of(
    path: Path,
    records: Sequence[tuple[int, list[str]]],
    column: str | None,
    *,
    commas: bool = False,
    option: str = "--column",
) -> tuple[int, bool]:
    """The index of a series' column, and True where there is a header; raises RowError where it isn't plain.

    `option` is the one that named it.
    """
    number, first = records[0]
    headed = is_header(first, records[1][1] if len(records) > 1 else None, commas=commas)
    if column is not None:
        index = columns.asked(first if headed else [""] * len(first), column)
        if index is None and not headed:
            said = f"no column is called {cited(column)}; the file has no header: {option} N takes one of {len(first)}"
            raise RowError(path, said, number)
        if index is None:
            raise RowError(path, columns.missing(first, column, option), number)
        return index, headed
    if len(first) == 1:
        return 0, headed
    below = records[1][1] if len(records) > 1 else first
    numeric = [at for at, field in enumerate(below) if as_number(field, commas=commas) is not None]
    last = numeric[-1] if numeric else len(first) - 1
    named = first[last].strip() if headed and first[last].strip() else f"{last + 1}"
    mend = f"say which one: --column {named}{of_pictures(len(numeric))}"
    raise RowError(path, f"has {len(first)} columns; {mend}", number)


def of_pictures(columns: int) -> str:
    """The option that reads so many columns as a picture's pixels, where they are enough for one."""
    return f"; of pictures, all pixels of one a line: --rows {math.isqrt(columns)}" if columns >= PIXELS else ""


def is_header(first: Sequence[str], below: Sequence[str] | None, *, commas: bool) -> bool:
    """True for a row without numbers, or without one where the row below it has some."""
    if not any(character.isalpha() for field in first for character in field):
        return False
    numbers = [as_number(field, commas=commas) is not None for field in first]
    if not any(numbers):
        return True
    return below is not None and any(
        not number and as_number(field, commas=commas) is not None for number, field in zip(numbers, below, strict=True)
    )


def as_number(field: str, *, commas: bool = False) -> float | None:
    """The finite number that a field is; None where it is none."""
    try:
        value = float(_plain(field, commas=commas))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _plain(field: str, *, commas: bool) -> str:
    """A number as Python writes it: with a hyphen for a minus, and a point."""
    text = field.strip().replace("\N{MINUS SIGN}", "-")
    return text.replace(",", ".", 1) if commas and "." not in text else text


def checked(path: Path, row: int, field: str, *, commas: bool = False, name: str = "") -> str:
    """The number of a field as Python writes it; raises RowError, with the name of its column, where it has none."""
    number = _plain(field, commas=commas)
    if as_number(number) is None and not name:
        raise RowError(path, f"{cited(field.strip())} is no number", row)
    if as_number(number) is None:
        held = f"{cited(field.strip())} in the column {cited(name)} is no number"
        said = held if field.strip() else f"the column {cited(name)} is empty"
        raise RowError(path, f"{said}; fill it in, or leave the row out", row)
    return number
