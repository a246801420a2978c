"""Tables with a header: the records of a CSV or TSV file, in its dialect."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from rnn_tui.learning.dialects import Dialect, dialect_of
from rnn_tui.learning.rows import Row, RowError


def table(path: Path, rows: list[Row], dialect: Dialect | None = None) -> Iterator[tuple[int, list[str]]]:
    """The header and the records of a table, each with the row that it begins in.

    Fields that are there beyond the header's, and are empty, are left out. Raises RowError for a record with more or
    fewer fields than the header, and where no field holds anything.
    """
    dialect = dialect or dialect_of(path, rows)
    size = None
    for begins, found in _records(path, rows, dialect):
        if len(found) == size and found[0]:
            yield begins, found
            continue
        if not any(field.strip() for field in found):
            continue
        size = len(found) if size is None else size
        fields = found if any(field.strip() for field in found[size:]) else found[:size]
        if len(fields) != size:
            inside = "a comma" if dialect.delimiter == "," else dialect.sign
            raise RowError(
                path,
                f"has {len(fields)} field{'s' if len(fields) != 1 else ''} where the header has {size}; "
                f"{inside} or line end inside a text needs quotation marks around the text, "
                "and another sign between the fields --delimiter",
                begins,
            )
        yield begins, fields
    if size is None:
        raise RowError(path, f"has nothing between its delimiters ({dialect}); there is nothing to learn from")


def _records(path: Path, rows: list[Row], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """All records, blank ones too."""
    if not dialect.quoted or dialect.delimiter == " ":
        for row in rows:
            yield row.number, dialect.fields(row.text) if row.text.strip() else []
        return
    reader = csv.reader(
        (f"{row.text}\n" for row in rows), delimiter=dialect.delimiter, strict=True, skipinitialspace=True
    )
    while True:
        begins = rows[min(reader.line_num, len(rows) - 1)].number
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = f"can't be read as a table with {dialect.sign} between the fields ({error})"
            mend = "a text in quotation marks ends with one, and those inside it are doubled"
            raise RowError(path, f"{said}; {mend}", begins) from error
        yield begins, fields
