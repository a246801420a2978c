"""A series: a number a line, or a column of numbers in a table."""

from __future__ import annotations

import re

from rnn_tui.learning import columns
from rnn_tui.learning.dialects import Dialect
from rnn_tui.learning.features import features_of
from rnn_tui.learning.kinds.kind import Kind, refused
from rnn_tui.learning.samples import Form
from rnn_tui.learning.series import as_number, column_of, numbers_in, windows_of
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.learning.tables import table

_COMMA = re.compile(r"[-+\N{MINUS SIGN}]?\d+,\d+")


def dialect_of_numbers(source: Source) -> Dialect:
    """The dialect; where there are spaces and nothing else between the numbers of a row, they part them."""
    text = source.filled[-1].text.strip()
    if source.delimiter is None and " " in text and all(as_number(field) is not None for field in text.split()):
        return Dialect(" ", quoted=False)
    return source.dialect


def _shows(source: Source) -> int | None:
    if {"column", "columns", "target"} & source.asked.options():
        return source.filled[0].number
    dialect, rows = dialect_of_numbers(source), source.head
    commas = has_commas(source, dialect)
    # A header may stand before one column of numbers; before several it says nothing of which is the series.
    if not _numeric(dialect, rows[0].text, commas=commas):
        rows = rows[1:] if len(dialect.fields(rows[0].text)) == 1 else []
    numbers = sum(_numeric(dialect, row.text, commas=commas) for row in rows[:2])
    most = sum(_numeric(dialect, row.text, commas=commas) for row in rows)
    return first(source.filled, rows and numbers == len(rows[:2]) and 5 * most >= 3 * len(rows))


def _numeric(dialect: Dialect, text: str, *, commas: bool) -> bool:
    return all(as_number(field, commas=commas) is not None for field in dialect.fields(text))


def has_commas(source: Source, dialect: Dialect) -> bool:
    """True where no comma stands between fields, so that one in a number is its decimal point."""
    return dialect.delimiter != "," and (source.delimiter is not None or len(dialect.fields(source.head[0].text)) > 1)


def _read(source: Source) -> Found:
    dialect = dialect_of_numbers(source)
    commas = has_commas(source, dialect)
    asked = source.asked.column
    as_numbers = source.asked.output == "number"
    if source.asked.columns is not None or source.asked.target is not None:
        return _read_columns(source, dialect, commas=commas, as_numbers=as_numbers)
    if asked is not None and columns.asked(dialect.fields(source.filled[0].text), asked) is None:
        # Said before a row that doesn't fit is.
        column_of(source.path, [(source.filled[0].number, dialect.fields(source.filled[0].text))], asked, commas=commas)
    records = list(table(source.path, source.rows, dialect))
    index, headed = column_of(source.path, records, asked, commas=commas)
    numbers = numbers_in(source.path, records, index, headed=headed, commas=commas)
    called = records[0][1][index].strip() if headed else f"{index + 1}"
    taken = f"column: {called} (numbers); {dialect}" if len(records[0][1]) > 1 else "a number a line"
    if commas and any("," in fields[index] for _, fields in records[int(headed) :]):
        taken += "; decimal commas"
    samples = windows_of(source.path, numbers, source.window, as_numbers=as_numbers)
    return Found(samples, taken, Form(1, target=called if headed or len(records[0][1]) > 1 else ""))


def _read_columns(source: Source, dialect: Dialect, *, commas: bool, as_numbers: bool) -> Found:
    """The windows of several columns, a feature each, and of the one that is asked for."""
    records = list(table(source.path, source.rows, dialect))
    found = features_of(source, records, commas=commas)
    samples = windows_of(source.path, found.target, source.window, timesteps=found.timesteps, as_numbers=as_numbers)
    target = f"{found.form.target} (what is asked)"
    taken = f"columns: {', '.join(found.form.columns)} (numbers), {target}; {dialect}"
    return Found(samples, taken + ("; decimal commas" if found.commas else ""), found.form)


def _shows_commas(source: Source) -> int | None:
    """The first row with a decimal comma, where each row has one number, after a header or none."""
    if source.delimiter is not None or {"column", "columns", "target"} & source.asked.options():
        return None
    rows = source.head
    if as_number(rows[0].text) is None and "," not in rows[0].text:
        rows = rows[1:]  # a header
    broken = [row for row in rows if as_number(row.text) is None]
    return first(broken, all(_COMMA.fullmatch(row.text.strip()) for row in broken))


SERIES = Kind("a series of numbers", "series", _shows, _read, frozenset({"column", "columns", "target", "delimiter"}))
DECIMAL_COMMAS = refused(
    "a series of numbers with decimal commas",
    "--delimiter ';' reads it as that; were it a table, --column 2 would take its second column",
    _shows_commas,
)
