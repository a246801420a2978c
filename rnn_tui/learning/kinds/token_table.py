"""A table with a word a row, its tag, and a column that says where the next sentence begins."""

from __future__ import annotations

from rnn_tui.learning import columns
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.kinds.labelled import taken
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.learning.tables import table

_TAGS = ("upos", "pos", "tag", "tags", "ner", "ner_tag", "label", "xpos")
_SENTENCES = ("sentence #", "sentence", "sentence_id", "sentence id", "sent_id", "sentence_idx", "sent", "sid", "id")


def _columns(source: Source) -> tuple[int | None, int | None, int | None]:
    """The indices of sentence, word and tag, None for one that is not there."""
    header, asked = source.header, source.asked.column
    tag = columns.usual(header, _TAGS) if asked is None else columns.asked(header, asked)
    return columns.usual(header, _SENTENCES), columns.usual(header, columns.WORDS), tag


def _shows(source: Source) -> int | None:
    return first(source.filled, None not in _columns(source))


def _read(source: Source) -> Found:
    sentence, word, tag = (index for index in _columns(source) if index is not None)
    records = table(source.path, source.rows, source.dialect)
    next(records)
    samples: list[Sample] = []
    words: list[tuple[str, str]] = []
    begins, now = 0, ""

    def ended() -> None:
        if words:
            samples.append(Sample(begins, " ".join(one for one, _ in words), tuple(answer for _, answer in words)))

    for number, fields in records:
        # Some tables name the sentence in its first row alone.
        if fields[sentence].strip() not in ("", now):
            ended()
            words, begins, now = [], number, fields[sentence].strip()
        if not fields[word].strip() or not fields[tag].strip():
            raise RowError(source.path, f"has no {'tag' if fields[word].strip() else 'word'}", number)
        words.append(("_".join(fields[word].split()), "_".join(fields[tag].split())))
    ended()
    if not samples:
        raise RowError(source.path, "has a header and no row under it; there is nothing to learn from")
    roles = {sentence: "sentences", word: "words", tag: "tags"}
    return Found(tuple(samples), taken(source, roles, source.header))


TOKEN_TABLE = Kind("a table with a word and its tag a row", "tags", _shows, _read, frozenset({"column", "delimiter"}))
