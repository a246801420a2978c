"""Small pictures: a line has all pixels of one, row by row, and its label; each row of pixels is a timestep."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.learning import columns
from rnn_tui.learning.features import Records
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.kinds.series import dialect_of_numbers
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample
from rnn_tui.learning.series import checked, column_of, is_header
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.learning.tables import table

LABELS = (*columns.LABELS, "digit", "number", "y")
_SAYS = "--label-column NAME (or a number) says which one is the label"


def _shows(source: Source) -> int | None:
    return first(source.filled, source.asked.rows is not None)


def _read(source: Source) -> Found:
    rows, dialect = source.asked.rows or 1, dialect_of_numbers(source)
    records = list(table(source.path, source.rows, dialect))
    headed = is_header(records[0][1], records[1][1] if len(records) > 1 else None, commas=False)
    label = _label(source, records, headed=headed)
    pixels = [index for index in range(len(records[0][1])) if index != label]
    if not pixels or len(pixels) % rows:
        said = f"has {len(pixels)} columns beside the label, which can't be cut into {rows} rows; {_SAYS}"
        raise RowError(source.path, said, records[0][0])
    names = [(headed and name.strip()) or f"{index}" for index, name in enumerate(records[0][1], start=1)]
    samples = []
    for number, fields in records[int(headed) :]:
        if not fields[label].strip():
            raise RowError(source.path, "the label is empty", number)
        numbers = [checked(source.path, number, fields[index], name=names[index]) for index in pixels]
        samples.append(Sample(number, _text(numbers, rows), (fields[label].strip(),)))
    if not samples:
        raise RowError(source.path, "has a header and no row under it; there is nothing to learn from")
    features = len(pixels) // rows
    taken = f"column: {names[label]} (label); {rows} rows of {features} numbers; {dialect}"
    return Found(tuple(samples), taken, Form(features, target=names[label] if headed else "", rows=rows))


def _text(numbers: Sequence[str], rows: int) -> str:
    width = len(numbers) // rows
    return " ".join(",".join(numbers[row * width : (row + 1) * width]) for row in range(rows))


def _label(source: Source, records: Records, *, headed: bool) -> int:
    """The index of the label's column: the one that is said, a usual one, or the last of an unnamed table.

    Where nothing names it, the first column is as likely; a border of the picture is the same in every line, and the
    label is not. Raises RowError where that doesn't tell them apart.
    """
    number, header = records[0]
    asked = source.asked.label_column
    if asked is not None:
        return column_of(source.path, records, asked, option="--label-column")[0]
    if headed:
        index = columns.usual(header, LABELS)
        if index is None:
            raise RowError(source.path, columns.missing(header, "label", "--label-column"), number)
        return index
    same = {at: len({fields[at] for _, fields in records}) == 1 for at in (0, len(header) - 1)}
    different = [at for at, alike in same.items() if not alike]
    if len(different) != 1:
        raise RowError(source.path, f"has no header, and its label may be in any column; {_SAYS}", number)
    return different[0]


PICTURES = Kind(
    "pictures, all pixels of one a line", "labels", _shows, _read, frozenset({"rows", "label_column", "delimiter"})
)
