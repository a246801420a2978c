"""Texts with one label each: a table with a header that has a column of texts and one of labels."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.learning import columns
from rnn_tui.learning.kinds.kind import COLUMNS, Kind
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample
from rnn_tui.learning.series import as_number, of_pictures
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.learning.tables import table
from rnn_tui.text import cited


def _shows(source: Source) -> int | None:
    asked = source.asked
    if asked.text_column is not None or asked.label_column is not None:
        return source.filled[0].number
    there = (columns.usual(source.header, usual) for usual in (columns.TEXTS, columns.LABELS))
    return first(source.filled, None not in there)


def _shows_texts(source: Source) -> int | None:
    return first(source.filled, source.asked.task == "next" and source.asked.text_column)


def index_of(source: Source, role: str) -> int:
    """The index of the text's or the label's column; raises RowError where there is none."""
    said = source.asked.text_column if role == "text" else source.asked.label_column
    header = source.header
    usual = columns.TEXTS if role == "text" else columns.LABELS
    index = columns.usual(header, usual) if said is None else columns.asked(header, said)
    if index is None:
        raise (
            unknown_columns(source)
            if said is None
            else RowError(source.path, columns.missing(header, said, f"--{role}-column"), source.filled[0].number)
        )
    return index


def unknown_columns(source: Source) -> RowError:
    """The error for a table of which text or label have no usual name: the options that say them."""
    header, asked = source.header, source.asked
    roles = (("text", columns.TEXTS, asked.text_column), ("label", columns.LABELS, asked.label_column))
    lacking = [role for role, usual, said in roles if said is None and columns.usual(header, usual) is None] or ["text"]
    said = columns.missing(header, lacking[0], f"--{lacking[0]}-column")
    if len(lacking) == 2:
        said += ", --label-column which one is the label"
    said += _series(source)
    if asked.task is None:
        said += "; --task next takes every line as a text"
    return RowError(source.path, said, source.filled[0].number)


def _series(source: Source) -> str:
    """The option for a series, where a column has numbers."""
    below = source.dialect.fields(source.filled[1].text) if len(source.filled) > 1 else []
    commas = source.dialect.delimiter != ","
    pairs = zip(source.header, below, strict=False)
    numeric = [name.strip() for name, field in pairs if as_number(field, commas=commas) is not None]
    series = f"; of a series of numbers: --column {numeric[-1]}" if numeric and numeric[-1] else ""
    return series + of_pictures(len(numeric))


def read(source: Source) -> Found:
    """The samples of a table; raises RowError for a missing column, or a row that can't be used."""
    text, label = index_of(source, "text"), index_of(source, "label")
    if text == label:
        said = f"{cited(source.header[text].strip())} is the text and the label"
        raise RowError(source.path, f"{said}; --text-column and --label-column name both", source.filled[0].number)
    records = list(table(source.path, source.rows, source.dialect))
    headed = _has_header(source, [fields[label] for _, fields in records])
    samples = []
    for number, fields in records[1:] if headed else records:
        if not fields[text].strip():
            raise RowError(source.path, "the text is empty", number)
        if not fields[label].strip():
            raise RowError(source.path, "the label is empty", number)
        samples.append(Sample(number, fields[text], (fields[label].strip(),)))
    if not samples:
        raise RowError(source.path, "has a header and no row under it; there is nothing to learn from")
    names = source.header if headed else [f"{number}" for number in range(1, len(source.header) + 1)]
    form = Form(target=names[label].strip() if headed else "")
    return Found(tuple(samples), taken(source, {text: "text", label: "label"}, names, headed=headed), form)


def _has_header(source: Source, labels: list[str]) -> bool:
    """False where both columns are said by number, and the first row's label comes again below it."""
    asked = source.asked
    by_number = [
        said is not None and said not in columns.known(source.header) and said.isdigit()
        for said in (asked.text_column, asked.label_column)
    ]
    return not (all(by_number) and labels[0] in labels[1:])


def _read_texts(source: Source) -> Found:
    index = index_of(source, "text")
    samples = tuple(Sample(number, " ".join(fields[index].split())) for number, fields in _body(source))
    kept = tuple(sample for sample in samples if sample.text)
    if not kept:
        raise RowError(source.path, "has a header and no text under it; there is nothing to learn from")
    return Found(kept, taken(source, {index: "text"}, source.header))


def _body(source: Source) -> Iterator[tuple[int, list[str]]]:
    records = table(source.path, source.rows, source.dialect)
    next(records)
    return records


def taken(source: Source, roles: dict[int, str], names: list[str], *, headed: bool = True) -> str:
    """The columns that were taken, and the delimiter: “columns: review (text), sentiment (label); delimiter ;”."""
    listed = ", ".join(f"{names[index].strip() or index + 1} ({role})" for index, role in roles.items())
    none = "" if headed else ", no header"
    return f"column{'s' * (len(roles) != 1)}: {listed}{none}; {source.dialect}"


LABELLED = Kind("a table with a text and a label a row", "labels", _shows, read, COLUMNS)
TEXT_COLUMN = Kind("a table", "next", _shows_texts, _read_texts, frozenset({"text_column", "delimiter"}))
