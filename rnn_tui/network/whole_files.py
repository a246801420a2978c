"""Files that are read whole, such as a table or a vocabulary: what is no file is refused, and what is too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from rnn_tui.network.errors import UserError

MOST_BYTES = 512 * 2**20
"""The largest file that is read whole unless a caller says otherwise; a pipe is read as far as that, too."""
_PIECE = 2**20


class NotReadError(UserError):
    """Something that is no file, or a file that is too large; `reason` is the message without the path before it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


def read_whole(path: Path, most: int = MOST_BYTES) -> bytes:
    """All bytes of a file or of a pipe, which is waited for: a shell's <(…) is one.

    Raises NotReadError for a folder, for a device (some never end) and for more than `most` bytes, and OSError as
    `open` does.
    """
    if os.path.isdir(path):
        raise NotReadError(path, "is a folder; give a file in it")
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        if stat.S_ISREG(found.st_mode):
            # The size first: nothing of a file is read that is too large. It may grow meanwhile.
            content = b"" if found.st_size > most else file.read()
            if max(found.st_size, len(content)) > most:
                raise _too_large(path, most)
            return content
        if not (stat.S_ISFIFO(found.st_mode) or _ends(file)):
            raise NotReadError(path, "is a device, no file; give a file")
        return _of_stream(path, file, most)


def _ends(file: BinaryIO) -> bool:
    """True for the devices that have an end: a terminal, at which somebody types, and the empty one."""
    return file.isatty() or os.path.samestat(os.fstat(file.fileno()), os.stat(os.devnull))


def _of_stream(path: Path, file: BinaryIO, most: int) -> bytes:
    """All bytes that come, piece by piece, so that no more is held than is read."""
    content = bytearray()
    while piece := file.read(_PIECE):
        content += piece
        if len(content) > most:
            raise _too_large(path, most)
    return bytes(content)


def _too_large(path: Path, most: int) -> NotReadError:
    return NotReadError(path, f"is larger than {most / 2**20:.0f} MiB, the most that is read; give a part of it")
