"""fastText's lines: `__label__positive a fine film`. Of several labels in a line the first is taken."""

from __future__ import annotations

from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source

PREFIX = "__label__"


def _shows(source: Source) -> int | None:
    marked = [row.number for row in source.head if row.text.lstrip().startswith(PREFIX)]
    return marked[0] if marked and 2 * len(marked) > len(source.head) else None


def _read(source: Source) -> Found:
    samples, several = [], 0
    for row in source.filled:
        words = row.text.split()
        labels = [word.removeprefix(PREFIX) for word in words if word.startswith(PREFIX)]
        if not labels:
            raise RowError(source.path, f"has no {PREFIX}, which stands before the label of every text", row.number)
        if not all(labels):
            raise RowError(source.path, f"has a {PREFIX} without a label", row.number)
        text = " ".join(word for word in words if not word.startswith(PREFIX))
        if not text:
            raise RowError(source.path, "has a label and no text", row.number)
        several += len(labels) > 1
        samples.append(Sample(row.number, text, (labels[0],)))
    taken = f"fastText's lines: {PREFIX} and a label, then the text"
    if several:
        line = "a line has" if several == 1 else f"{several:,} lines have"
        taken += f"; {line} several labels, of which the first is learned"
    return Found(tuple(samples), taken)


FASTTEXT = Kind("fastText's lines (__label__)", "labels", _shows, _read)
