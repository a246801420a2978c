"""A sentence a line, every word with its tag behind it: The/DET dog/NOUN, or The_DET dog_NOUN."""

from __future__ import annotations

import re

from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.text import cited

_TAG = re.compile(r"[A-Z][A-Z0-9$*+-]*|[.,:;!?'`\"()-]+|[-A-Z]*[A-Z]")
_SIGNS = ("/", "_")


def _sign(source: Source) -> str | None:
    """The sign between word and tag, where all tokens of the first rows have one."""
    tokens = [token for row in source.head for token in row.text.split()]
    for sign in _SIGNS:
        pairs = [token.rpartition(sign) for token in tokens]
        fits = sum(bool(word and _TAG.fullmatch(tag)) for word, _, tag in pairs)
        if 20 * fits >= 19 * len(pairs) and any(word.islower() for word, _, _ in pairs):
            return sign
    return None


def _shows(source: Source) -> int | None:
    return first(source.filled, _sign(source))


def _read(source: Source) -> Found:
    sign, samples = _sign(source) or "/", []
    for row in source.filled:
        pairs = [token.rpartition(sign) for token in row.text.split()]
        wrong = next(
            (token for token, (word, _, tag) in zip(row.text.split(), pairs, strict=True) if not word or not tag), None
        )
        if wrong is not None:
            raise RowError(source.path, f"{cited(wrong)} is no word with “{sign}” and its tag behind it", row.number)
        samples.append(Sample(row.number, " ".join(word for word, _, _ in pairs), tuple(tag for _, _, tag in pairs)))
    return Found(tuple(samples), f"a sentence a line: every word, “{sign}”, its tag")


SLASHED = Kind("sentences with a tag behind every word", "tags", _shows, _read)
