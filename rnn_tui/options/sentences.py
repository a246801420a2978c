"""The sentence that a command line names: typed after -s, or read from a file or from standard input."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import BinaryIO

from rnn_tui.network.errors import UserError

STDIN = "-"
MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class SentenceFile:
    """A file that holds a sentence, as its path was given; "-" is standard input."""

    path: str

    def read(self) -> str:
        """The text without the line end at its end; raises UserError, which names the path."""
        called = "standard input" if self.path == STDIN else self.path
        try:
            content = _from_stdin() if self.path == STDIN else _from_file(self.path)
        except OSError as error:
            raise UserError(f"{called}: can't be read: {error.strerror or error}") from error
        if len(content) > MOST_BYTES:
            raise UserError(f"{called}: is larger than {MOST_BYTES // 1_000_000} MB; a sentence is shorter")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            raise UserError(f"{called}: byte 0x{byte:02x} is not UTF-8; save the text as UTF-8") from error
        return text.replace("\r\n", "\n").removesuffix("\n")


Sentence = str | SentenceFile


def text_of(sentence: Sentence) -> str:
    """The text of a sentence; raises UserError where its file can't be read."""
    return sentence if isinstance(sentence, str) else sentence.read()


def _from_file(path: str) -> bytes:
    if "\0" in path:
        raise UserError(f"{path}: is no path of a file")
    with open(os.path.expanduser(path), "rb") as file:
        return file.read(MOST_BYTES + 1)


def _from_stdin() -> bytes:
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UserError("standard input: is closed, so there is no sentence in it")
    content = stream.read(MOST_BYTES + 1)
    _keys_from_terminal()
    return content


def _keys_from_terminal() -> None:
    """Let what reads keys find the terminal where the sentence came through a pipe; without one all stays."""
    if sys.stdin.isatty() or not (sys.stdout is not None and sys.stdout.isatty()):
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)
