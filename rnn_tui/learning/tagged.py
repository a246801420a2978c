"""Sentences with one tag a word: the words, a tab, their tags; both separated by spaces."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.learning.rows import Row, RowError, filled
from rnn_tui.learning.samples import Sample


def tagged_sentences(path: Path, rows: list[Row]) -> tuple[Sample, ...]:
    """The samples of a file of sentences and tags; raises RowError for a row of another shape."""
    samples = []
    for row in filled(rows):
        fields = row.text.split("\t")
        if len(fields) != 2:
            shape = f"{len(fields) - 1} tabs" if len(fields) > 1 else "no tab"
            raise RowError(path, f"has {shape}; expected the words, one tab, and their tags", row.number)
        words, tags = (field.split() for field in fields)
        if len(words) != len(tags):
            raise RowError(path, f"has {len(words)} words and {len(tags)} tags; expected one tag a word", row.number)
        if not words:
            raise RowError(path, "has no words", row.number)
        samples.append(Sample(row.number, " ".join(words), tuple(tags)))
    return tuple(samples)


def looks_tagged(rows: list[Row]) -> bool:
    """True where the first sentence has one tab, and as many words before it as tags behind."""
    fields = filled(rows)[0].text.split("\t")
    return len(fields) == 2 and len(fields[0].split()) == len(fields[1].split()) > 0
