"""The cutting of a text into words and into characters, in Unicode's composed form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise

_JOINERS = "'’-\N{ZERO WIDTH JOINER}"
_MANY_MARKS = 64
"""More combining marks than this after one letter are put in order here, not by unicodedata."""


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC).

    unicodedata sorts the marks after a letter by insertion, which takes the square of their number: where there are
    many they are decomposed and sorted by their combining class here (the canonical ordering of Unicode, UAX #15).
    """
    if len(text) > _MANY_MARKS and not text.isascii():
        runs = ("".join(run) for _, run in groupby(text, key=_combines))
        text = "".join(map(_ordered, runs))
    return unicodedata.normalize("NFC", text)


def _combines(character: str) -> bool:
    return unicodedata.combining(character) > 0


def _ordered(run: str) -> str:
    """Many marks, each decomposed, in the order of their combining classes; any other run as it is."""
    if len(run) <= _MANY_MARKS or not _combines(run[0]):
        return run
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in run)
    return "".join(sorted(marks, key=unicodedata.combining))


def characters_of(text: str) -> list[str]:
    """The characters of a text in composed form; marks stay with the letter before them."""
    characters = composed(text)
    return _cut(characters, [at for at, one in enumerate(characters) if unicodedata.category(one)[0] != "M"])


def runs_of(chunk: str) -> list[str]:
    """Split a chunk without white space into runs of word characters and runs of anything else."""
    inside = [_is_word_character(character) or _joins(chunk, at) for at, character in enumerate(chunk)]
    return _cut(chunk, [at for at in range(1, len(chunk)) if inside[at] != inside[at - 1]])


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in "_<>"


def _joins(chunk: str, at: int) -> bool:
    """Return True where an apostrophe, hyphen or joiner stands between two word characters."""
    return (
        chunk[at] in _JOINERS
        and 0 < at < len(chunk) - 1
        and _is_word_character(chunk[at - 1])
        and _is_word_character(chunk[at + 1])
    )


def is_punctuation(piece: str) -> bool:
    """Return True where all of a piece is punctuation."""
    return all(unicodedata.category(character).startswith("P") for character in piece)


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    """The pieces of a text that begin at its start and at `starts`, none of them empty."""
    cuts = sorted({0, *starts, len(text)})
    return [text[start:end] for start, end in pairwise(cuts)]
