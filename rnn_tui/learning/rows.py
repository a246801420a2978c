"""The rows of a text file, and the error for one that can't be used, with the file's name and the row's number."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import NamedTuple

from rnn_tui.learning.signatures import recognised
from rnn_tui.network.errors import UserError
from rnn_tui.network.whole_files import MOST_BYTES, NotReadError, read_whole

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, and the encodings that they tell."""
_BEGINNING = 4096


class RowError(UserError):
    """A file that can't be learned from; the message names the file and, where there is one, the row."""

    def __init__(self, path: Path, message: str, row: int | None = None) -> None:
        super().__init__(f"{path}: {message}" if row is None else f"{path}: row {row}: {message}")


class Row(NamedTuple):
    """One line of a file, as an editor numbers it (from 1), without its line end."""

    number: int
    text: str


def read_rows(path: Path, encoding: str | None = None, most: int = MOST_BYTES) -> list[Row]:
    """All lines of a text file; raises RowError where it can't be read, is no text in its encoding, or holds nothing.

    The encoding is UTF-8 unless it is given, or a byte order mark tells another one. `most` is the largest count of
    bytes that is read.
    """
    return rows_of(path, read_bytes(path, most), encoding)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """All bytes of a file; raises RowError where it can't be read, is a device, or has more than `most`."""
    try:
        return read_whole(path, most)
    except NotReadError as error:
        raise RowError(path, error.reason) from error
    except FileNotFoundError as error:
        raise RowError(path, "no such file") from error
    except OSError as error:
        if os.path.isdir(path):  # which Windows calls a lack of permission; Path.is_dir raises for a name too long
            raise RowError(path, "is a folder; give a file in it") from error
        raise RowError(path, f"can't be read: {error.strerror or error}") from error


def rows_of(path: Path, content: bytes, encoding: str | None = None) -> list[Row]:
    """The lines of a file's bytes; raises RowError as `read_rows` does."""
    found = recognised(content)
    if found is not None:
        raise RowError(path, f"is {found.title}, as its first bytes say, and no text; {found.mend}")
    lines = _lines(_decoded(path, content, encoding))
    rows = list(map(Row._make, enumerate(lines, start=1)))
    if not any(row.text.strip() for row in rows):
        raise RowError(path, "is empty; there is nothing to learn from")
    return rows


def filled(rows: list[Row]) -> list[Row]:
    """The rows that aren't blank."""
    return [row for row in rows if row.text.strip()]


def marked_encoding(content: bytes) -> str | None:
    """The encoding that a byte order mark tells, or None where there is none."""
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _decoded(path: Path, content: bytes, encoding: str | None) -> str:
    marked = marked_encoding(content)
    name = encoding or marked or "utf-8"
    if encoding is None and marked is None and (guess := _zeros(content)) is not None:
        raise RowError(path, f"looks like UTF-16 without a byte order mark; --encoding {guess} reads it")
    # The mark itself is no text; the encodings utf-16 and utf-32 leave it out themselves.
    body = content.removeprefix(codecs.BOM_UTF8) if marked == "utf-8" else content
    try:
        text = body.decode(name).removeprefix("\ufeff")
    except UnicodeError as error:
        raise _no_text(path, error, name, asked=encoding is not None) from error
    if "\0" in text:
        raise RowError(path, "holds a zero byte, so it is no text file", len(_lines(text[: text.index("\0")])))
    return text


def _no_text(path: Path, error: UnicodeError, name: str, *, asked: bool) -> RowError:
    """The error for bytes that are no text in this encoding."""
    if not isinstance(error, UnicodeDecodeError):
        return RowError(path, f"is no text in {name}; --encoding NAME says which one it is in")
    # The offset counts from behind a byte order mark, if there is one.
    row = len(_lines(error.object[: error.start].decode(name, "replace")))
    called = "UTF-8" if name == "utf-8" else name
    mend = "; --encoding NAME says which one it is in"
    if called == "UTF-8" and not asked:
        mend = "; save the file as UTF-8, or say what it is in, such as --encoding cp1252 (Windows) or latin-1"
    return RowError(path, f"byte 0x{error.object[error.start]:02x} is not {called}{mend}", row)


def _zeros(content: bytes) -> str | None:
    """UTF-16 in either byte order where nearly every other byte is zero, as it is in Latin text; else None."""
    begins = content[:_BEGINNING]
    half = len(begins) // 2
    if half < 4:
        return None
    even, odd = begins[::2].count(0) / half, begins[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _lines(text: str) -> list[str]:
    """Split at line ends alone: str.splitlines also splits at form feeds and the like, which no editor counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
