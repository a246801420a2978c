"""Sentences with one tag a word: the words, a tab, their tags; both separated by spaces."""

from __future__ import annotations

from rnn_tui.learning.kinds.kind import Kind, refused
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source, first


def read(source: Source) -> Found:
    """The samples of a file of sentences and tags; raises RowError for a row of another shape."""
    samples = []
    for row in source.filled:
        fields = row.text.split("\t")
        if len(fields) != 2:
            shape = f"{len(fields) - 1} tabs" if len(fields) > 1 else "no tab"
            said = f"has {shape}; expected the words, one tab, and their tags (of CoNLL --column N is the tag's column)"
            raise RowError(source.path, said, row.number)
        words, tags = (field.split() for field in fields)
        if len(words) != len(tags):
            said = f"has {len(words)} words and {len(tags)} tags; expected one tag a word"
            raise RowError(source.path, said, row.number)
        if not words:
            raise RowError(source.path, "has no words", row.number)
        samples.append(Sample(row.number, " ".join(words), tuple(tags)))
    return Found(tuple(samples), "a sentence a line: words, a tab, their tags")


def _counts(source: Source) -> list[tuple[int, ...]]:
    """The number of words before and behind the one tab of each of the first rows; nothing for another row."""
    halves = [row.text.split("\t") for row in source.head]
    return [tuple(len(half.split()) for half in both) if len(both) == 2 else () for both in halves]


def _shows(source: Source) -> int | None:
    counts = _counts(source)
    equal = [len(both) == 2 and both[0] == both[1] > 0 for both in counts]
    several = any(even and both[0] > 1 for even, both in zip(equal, counts, strict=True))
    # Rows that are none are rather faults than another kind, as long as most are some.
    return first(source.filled, several and 5 * sum(equal) >= 3 * len(equal))


def _shows_pairs(source: Source) -> int | None:
    return first(source.filled, all(both == (1, 1) for both in _counts(source)))


TAGGED = Kind("sentences with their tags", "tags", _shows, read)
PAIRS = refused(
    "two words a line with a tab between",
    "--task labels takes them as a text and its label, --task tags as a word and its tag; in CoNLL's files a blank "
    "line ends a sentence",
    _shows_pairs,
    doubtful=True,
)
