"""The dialect of a table: the sign between its fields, and whether quotation marks may stand around one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.learning.columns import LABELS, TEXTS, usual
from rnn_tui.learning.rows import Row, filled

LONGEST_FIELD = 2**31 - 1
"""The longest field that is read; csv stops at 131,072 characters unless it is told otherwise."""
csv.field_size_limit(LONGEST_FIELD)
DELIMITERS = ("\t", ";", "|", ",")
"""The signs that are looked for, of equally frequent ones the first."""
NAMES = {"\t": "tab", " ": "space"}
SPELLINGS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|", "space": " "}
"""The delimiters that can be said in a word."""


@dataclass(frozen=True)
class Dialect:
    """The sign between two fields of a row, and whether a field may stand in quotation marks."""

    delimiter: str = ","
    quoted: bool = True

    def fields(self, text: str) -> list[str]:
        """The fields of one row, however it is quoted."""
        if self.delimiter == " ":
            return text.split()
        if not self.quoted or '"' not in text:
            fields = text.split(self.delimiter)
            return [field.lstrip(" ") for field in fields] if self.quoted else fields
        return next(csv.reader([text], delimiter=self.delimiter, skipinitialspace=True), [])

    @property
    def sign(self) -> str:
        """The delimiter as a message says it: “;” or a tab."""
        return f"a {NAMES[self.delimiter]}" if self.delimiter in NAMES else f"“{self.delimiter}”"

    def __str__(self) -> str:
        return f"delimiter {NAMES.get(self.delimiter, self.delimiter)}"


def spelled(text: str) -> str | None:
    """The delimiter that a word or a sign stands for; None where it is neither."""
    if text.casefold() in SPELLINGS:
        return SPELLINGS[text.casefold()]
    return text if len(text) == 1 and text not in '"\n\r' else None


def dialect_of(path: Path, rows: Sequence[Row], said: str | None = None, named: Iterable[str] = ()) -> Dialect:
    """The dialect of a table that begins with a header.

    `said` is the delimiter where it is known, `named` are columns that the header has. A table with tabs has no
    quotation marks around its fields, unless it plainly has (`plainly_quoted`).
    """
    there = filled(list(rows))
    delimiter = said or _delimiter(path, there[0].text, list(named))
    quoted = delimiter != "\t" or plainly_quoted(there, delimiter)
    return Dialect(delimiter, quoted)


def said_delimiter(row: Row) -> str | None:
    """The delimiter of a first line such as `sep=;`, which Excel writes and obeys; None for any other line."""
    text = row.text.strip(" ,;|").strip('"')
    said = text[4:] if text[:4].casefold() == "sep=" else None
    if said is None:
        return None
    return said if len(said) == 1 else row.text.strip()[4:5] or None


def _delimiter(path: Path, header: str, named: list[str]) -> str:
    """The sign that parts the header into known columns, or else into the most; a comma where none does."""
    usual_first = {".tsv": "\t", ".csv": ","}.get(path.suffix.lower())
    order = sorted(DELIMITERS, key=lambda sign: sign != usual_first)
    parted = {sign: Dialect(sign).fields(header) for sign in order}
    for sign, fields in parted.items():
        wanted = [usual(fields, [name.casefold()]) for name in named] or [usual(fields, TEXTS), usual(fields, LABELS)]
        if len(fields) > 1 and None not in wanted:
            return sign
    most = max(order, key=lambda sign: len(parted[sign]))
    if len(parted[most]) > 1:
        return most
    return usual_first or ","


def plainly_quoted(rows: Sequence[Row], delimiter: str) -> bool:
    """True where quotation marks around fields are meant as such, for a kind of table that usually has none.

    So they are where a delimiter or a line end stands between them, where marks inside are doubled, or where a whole
    column has them; and none may be alone.
    """
    marked = [row.text.split(delimiter) for row in rows if '"' in row.text]
    begun = [field for fields in marked for field in fields if field.startswith('"')]
    if not begun:
        return False
    size = rows[0].text.count(delimiter)
    if any(row.text.count(delimiter) != size for row in rows):
        return _same_size(rows, delimiter)
    if not all(map(_closed, begun)):
        return False
    if any('""' in field[1:-1] for field in begun):
        return True
    columns = [sum(field.startswith('"') for field in column) for column in zip(*marked, strict=True)]
    return bool(max(columns) >= max(2, len(rows) - 1))


def _closed(field: str) -> bool:
    return len(field) > 1 and field.endswith('"') and '"' not in field[1:-1].replace('""', "")


def _same_size(rows: Sequence[Row], delimiter: str) -> bool:
    """True where every record has as many fields as the first, once quotation marks are taken as such."""
    try:
        reader = csv.reader((f"{row.text}\n" for row in rows), delimiter=delimiter, strict=True)
        return len({len(fields) for fields in reader if fields}) == 1
    except csv.Error:
        return False
