"""Commands as they may be printed: a shell reads them back as they were, and a terminal obeys nothing in them."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable

from rnn_tui.text import printable

_PLAIN_ON_WINDOWS = r"--?[A-Za-z0-9_-]+|[A-Za-z0-9_./\\+]([A-Za-z0-9_.:/\\+=-]*[A-Za-z0-9_.:/+=-])?"


def command_line(words: Iterable[str]) -> str:
    """Words quoted for a POSIX shell, or on Windows for PowerShell and the command prompt alike.

    A word with control characters, invisible ones or bytes that are no text becomes $'…', in which these stand as octal
    bytes; bash, zsh and ksh read it.
    """
    return " ".join(map(_quoted_on_windows if sys.platform == "win32" else _quoted, words))


def _quoted(word: str) -> str:
    plain = shlex.quote(word)
    return plain if printable(plain) == plain else f"$'{''.join(map(_escaped, word))}'"


def _quoted_on_windows(word: str) -> str:
    """A word as a program on Windows takes it from its command line (list2cmdline of subprocess gives the rules).

    More is quoted than these ask for, since the shells read signs before: PowerShell makes two words of no,yes and of
    -s.x. Where a word has a quotation mark, `$`, `%` or a backtick no way of writing it is read alike by both shells.
    """
    word = printable(word)
    if re.fullmatch(_PLAIN_ON_WINDOWS, word):
        return word
    doubled = re.sub(r"(\\*)$", r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', word), count=1)
    return f'"{doubled}"'


def _escaped(character: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    if printable(character) == character:
        return character
    from_bytes = "\udc80" <= character <= "\udcff"  # a byte of an argument that was no UTF-8
    encoded = character.encode("utf-8", "surrogateescape" if from_bytes else "surrogatepass")
    return "".join(f"\\{byte:03o}" for byte in encoded)


def sentence_arguments(text: str) -> list[str]:
    """The arguments that give a command a sentence; one that begins with a dash would be taken for an option."""
    return [f"--sentence={text}"] if text.startswith("-") else ["-s", text]
