"""A label and a text a line without a header: a tab, comma, semicolon or bar between them, or a space after the label.

Which of the two is the label is told by how often it comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rnn_tui.learning import columns
from rnn_tui.learning.dialects import DELIMITERS, NAMES, Dialect, plainly_quoted
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.rows import Row, RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source, first

_FEWEST = 4
"""Fewer rows than this don't show what comes again; between tabs two do."""
_MOST_LABELS = 100
_LONGEST_LABEL = 40
_CODE = re.compile(r"[-+]?\d{1,3}|[A-Za-z]\w*:\w+|\[\w+\]|<\w+>")
"""A label before a space that is no word: 0, DESC:manner, [sports]."""
_USUAL = frozenset(("pos", "neg", "neu", "positive", "negative", "neutral", "ham", "spam", "toxic", "non-toxic"))
"""Words that are labels before a space, with a colon or without."""


@dataclass(frozen=True)
class _Shape:
    """The sign between label and text, and whether the label comes first."""

    dialect: Dialect
    label_first: bool

    def split(self, text: str) -> tuple[str, str] | None:
        """Label and text of a row, or None where it has no two fields."""
        fields = self._fields(text)
        if len(fields) < 2:
            return None
        label, rest = (fields[0], fields[1]) if self.label_first else (fields[-1], fields[0])
        colon = self.dialect.delimiter == " " and label.endswith(":")
        return (label[:-1] if colon else label.strip()), rest.strip()

    def _fields(self, text: str) -> Sequence[str]:
        sign = self.dialect.delimiter
        if self.dialect.quoted and '"' in text:
            fields = self.dialect.fields(text)
            if len(fields) == 2:
                return fields
        if sign == " ":
            return text.split(None, 1) if self.label_first else text.rsplit(None, 1)
        return text.split(sign, 1) if self.label_first else text.rsplit(sign, 1)


def _shape(source: Source, rows: Sequence[Row]) -> _Shape | None:
    """The shape that all of the rows have; None where there is none, or where it isn't plain which side it is."""
    texts = [row.text.strip(" ") for row in rows]
    # Words alone may be texts where that is asked for, but where blank lines part them they are a sentence's.
    single = source.asked.task == "labels" and len(rows) == rows[-1].number - rows[0].number + 1 if rows else False
    for sign in (source.delimiter,) if source.delimiter else DELIMITERS:
        if not all(sign in text for text in texts):
            continue
        if sign != "," and any(text.count(sign) > 1 for text in texts):
            continue
        dialect = Dialect(sign, sign != "\t" or plainly_quoted(rows, sign))
        found = _sided(texts, dialect, single=single)
        if found is not None:
            return found
    spaced = _Shape(Dialect(" ", quoted=False), label_first=True)
    labels = [pair[0] for text in texts if (pair := spaced.split(text))]
    coded = all(_CODE.fullmatch(label) or label.casefold() in _USUAL for label in labels)
    many = len(set(labels)) > 1 and len(labels) == len(texts)
    return spaced if source.delimiter is None and coded and many and _recur(labels, _FEWEST) else None


def is_headed(source: Source) -> bool:
    """True where the rows have such a shape, and the first one rather names the columns.

    So it does where its label never comes again while all others do, or where it has a usual name.
    """
    rows = source.head
    shape = _shape(source, rows[1:])
    above = shape.split(rows[0].text.strip(" ")) if shape is not None else None
    if shape is None or above is None:
        return False
    if columns.usual(above, (*columns.TEXTS, *columns.LABELS)) is not None:
        return True
    labels = Counter(pair[0] for row in rows[1:] if (pair := shape.split(row.text.strip(" "))))
    return above[0] not in labels and len(labels) > 1 and min(labels.values()) > 1


def _sided(texts: Sequence[str], dialect: Dialect, *, single: bool) -> _Shape | None:
    """The shape with the label on the side where few texts come again and again; None where that is neither.

    `single`: a text may be a single word in every row.
    """
    counts: dict[bool, int] = {}
    tab = dialect.delimiter == "\t"
    for label_first in (True, False):
        pairs = [_Shape(dialect, label_first).split(text) for text in texts]
        labels = [pair[0] for pair in pairs if pair is not None]
        spaced = any(" " in pair[1] for pair in pairs if pair is not None)
        if len(labels) < len(texts) or not (spaced or single):
            continue
        words = 3 if tab else 1
        short = all(0 < len(label) <= _LONGEST_LABEL and len(label.split()) <= words for label in labels)
        recur = _recur(labels, 2 if tab else _FEWEST) or (single and len(set(labels)) < len(labels))
        if short and recur and (tab or len(set(labels)) > 1):
            counts[label_first] = len(set(labels))
    if not counts or (len(counts) == 2 and counts[True] == counts[False]):
        return None
    return _Shape(dialect, min(counts, key=lambda side: counts[side]))


def _recur(labels: Sequence[str], fewest: int) -> bool:
    different = len(set(labels))
    return len(labels) >= fewest and different <= _MOST_LABELS and 2 * different <= len(labels)


def _shows(source: Source) -> int | None:
    return first(source.filled, _shape(source, source.head) is not None and not is_headed(source))


def _read(source: Source) -> Found:
    shape = _shape(source, source.head)
    assert shape is not None  # else it wouldn't show
    samples = []
    named = NAMES.get(shape.dialect.delimiter, shape.dialect.delimiter)
    for row in source.filled:
        pair = shape.split(row.text.strip(" "))
        if pair is None:
            raise RowError(source.path, f"has no {named} between the label and the text", row.number)
        label, text = pair
        if not label or not text:
            raise RowError(source.path, f"the {'text' if label else 'label'} is empty", row.number)
        samples.append(Sample(row.number, text, (label,)))
    both = ("1 (label), 2 (text)", "1 (text), 2 (label)")[not shape.label_first]
    return Found(tuple(samples), f"columns: {both}, no header; {shape.dialect}")


HEADERLESS = Kind("a label and a text a line", "labels", _shows, _read, frozenset({"delimiter"}))
