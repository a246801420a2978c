"""Texts with one label each: CSV or TSV with a header that has the columns text and label."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from rnn_tui.learning.rows import Row, RowError, filled
from rnn_tui.learning.samples import Sample

COLUMNS = ("text", "label")


def labelled_texts(path: Path, rows: list[Row]) -> tuple[Sample, ...]:
    """The samples of a table; raises RowError for a missing column, or a row that can't be used."""
    records = table(path, rows)
    _, header = next(records)
    text, label = (column_index(path, header, column) for column in COLUMNS)
    samples = []
    for number, fields in records:
        if not fields[text].strip():
            raise RowError(path, "the text is empty", number)
        if not fields[label].strip():
            raise RowError(path, "the label is empty", number)
        samples.append(Sample(number, fields[text], (fields[label].strip(),)))
    if not samples:
        raise RowError(path, "has a header and no row under it; there is nothing to learn from")
    return tuple(samples)


def table(path: Path, rows: list[Row]) -> Iterator[tuple[int, list[str]]]:
    """The header and the records of a CSV or TSV file, each with the row that it begins in.

    Raises RowError for a record with more or fewer fields than the header.
    """
    reader = csv.reader((f"{row.text}\n" for row in rows), delimiter=delimiter(path, rows), strict=True)
    size, begins = None, 1
    while True:
        begins = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RowError(path, f"can't be read as a table: {error}", begins) from error
        if not any(field.strip() for field in fields):
            continue
        size = len(fields) if size is None else size
        if len(fields) != size:
            raise RowError(
                path,
                f"has {len(fields)} field{'s' if len(fields) != 1 else ''} where the header has {size}; "
                "a comma or line end inside a text needs quotation marks around the text",
                begins,
            )
        yield begins, fields


def delimiter(path: Path, rows: list[Row]) -> str:
    """The sign between the fields: as the file's ending says, else a tab where the header has one, else a comma."""
    if path.suffix.lower() in (".csv", ".tsv"):
        return "\t" if path.suffix.lower() == ".tsv" else ","
    return "\t" if "\t" in filled(rows)[0].text else ","


def names(header: list[str]) -> list[str]:
    """The column names of a header, as they are compared."""
    return [name.strip().casefold() for name in header]


def column_index(path: Path, header: list[str], column: str) -> int:
    """The index of a column; raises RowError where it is missing."""
    known = names(header)
    if column.casefold() not in known:
        there = ", ".join(name.strip() for name in header)
        raise RowError(path, f"no column is called “{column}”; the header has: {there}", 1)
    return known.index(column.casefold())
