"""The rows of a text file, and the error for one that can't be used, with the file's name and the row's number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnn_tui.network.errors import UserError


class RowError(UserError):
    """A file that can't be learned from; the message names the file and, where there is one, the row."""

    def __init__(self, path: Path, message: str, row: int | None = None) -> None:
        super().__init__(f"{path}: {message}" if row is None else f"{path}: row {row}: {message}")


@dataclass(frozen=True)
class Row:
    """One line of a file, as an editor numbers it (from 1), without its line end."""

    number: int
    text: str


def read_rows(path: Path) -> list[Row]:
    """All lines of a UTF-8 file; raises RowError where it can't be read, is no UTF-8, or holds nothing."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RowError(path, "no such file") from error
    except IsADirectoryError as error:
        raise RowError(path, "is a folder; give a file in it") from error
    except OSError as error:
        raise RowError(path, f"can't be read: {error.strerror or error}") from error
    rows = [Row(number, line) for number, line in enumerate(_lines(_decoded(path, content)), start=1)]
    if not any(row.text.strip() for row in rows):
        raise RowError(path, "is empty; there is nothing to learn from")
    return rows


def filled(rows: list[Row]) -> list[Row]:
    """The rows that aren't blank."""
    return [row for row in rows if row.text.strip()]


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RowError(path, "is UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The offset counts from behind a byte order mark, if there is one.
        before = error.object[: error.start]
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise RowError(path, message, len(_lines(before.decode("utf-8", "replace")))) from error
    if "\0" in text:
        raise RowError(path, "holds a zero byte, so it is no text file", len(_lines(text[: text.index("\0")])))
    return text


def _lines(text: str) -> list[str]:
    """Split at line ends alone: str.splitlines also splits at form feeds and the like, which no editor counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
