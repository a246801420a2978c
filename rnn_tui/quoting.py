"""Commands as they may be printed: a shell reads them back as they were, and a terminal obeys nothing in them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from rnn_tui.text import printable


def command_line(words: Iterable[str]) -> str:
    """Words quoted for a POSIX shell.

    A word with control characters, invisible ones or bytes that are no text becomes $'…', in which these stand as octal
    bytes; bash, zsh and ksh read it.
    """
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    plain = shlex.quote(word)
    return plain if printable(plain) == plain else f"$'{''.join(map(_escaped, word))}'"


def _escaped(character: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    if printable(character) == character:
        return character
    from_bytes = "\udc80" <= character <= "\udcff"  # a byte of an argument that was no UTF-8
    encoded = character.encode("utf-8", "surrogateescape" if from_bytes else "surrogatepass")
    return "".join(f"\\{byte:03o}" for byte in encoded)


def sentence_arguments(text: str) -> list[str]:
    """The words of a command line that name a sentence; one that begins with a dash would be read as an option."""
    return [f"--sentence={text}"] if text.startswith("-") else ["-s", text]
