"""A word and its tags a line, a blank line after each sentence: CoNLL-U, CoNLL-2003 and their kin.

CoNLL-U has ten columns with tabs between, and comments. Others have two or more, with tabs or spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rnn_tui.learning import columns
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.rows import Row, RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import HEAD, Found, Source
from rnn_tui.text import cited

UNIVERSAL = frozenset(
    (
        *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "CONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT"),
        *("SCONJ", "SYM", "VERB", "X", ".", "PRT", "_"),
    )
)
"""The universal tags (UD, and the older twelve)."""
CONLL_U = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
CONLL_2003 = ("word", "pos", "chunk", "ner")
_NAMED = {10: CONLL_U, 4: CONLL_2003, 3: ("word", "pos", "chunk"), 2: ("word", "tag")}
"""The usual names of so many columns."""
_RANGE = re.compile(r"\d+-\d+|\d+\.\d+")
"""The number of a word that is written together (1-2), or of one that isn't written (1.1)."""
_INDEX = re.compile(r"\d+(?:[-.]\d+)?")
_NUMBER = re.compile(r"[-+]?\d*[.,]?\d+")
_IOB = re.compile(r"O|[BILUESM]-.+")
_TAG = re.compile(r"O|[BILUESM]-\S+|[A-Z][A-Z0-9$]*(?:[-_|=+.:][A-Za-z0-9$]+)*|-?[^\w\s]+-?|-X-|-[LR]RB-")
_LONGEST_TAG = 24
_DOCUMENT = "-DOCSTART-"
_HEADS = {*columns.WORDS, *columns.TAGS, "chunk", "lemma", "id", "feats", "head", "deprel", "deps", "misc"}


@dataclass(frozen=True)
class _Layout:
    """The columns of such a file: how a row is parted, their names, and whether the first row is a header of them."""

    source: Source
    tabs: bool
    size: int

    def fields(self, row: Row) -> list[str]:
        """The fields of a row; none for a blank one."""
        if not self.tabs or not row.text.strip():
            return row.text.split()
        fields = row.text.split("\t")
        return [field.strip() for field in fields] if " " in row.text else fields

    def is_comment(self, row: Row) -> bool:
        """True for a line that begins with # and isn't the word “#” itself."""
        return row.text.startswith("#") and len(self.fields(row)) != self.size

    @cached_property
    def header(self) -> Row | None:
        """The first row, if it names the columns."""
        row = self.source.filled[0]
        named = {name.casefold() for name in self.fields(row)}
        return row if len(named) > 1 and named <= _HEADS else None

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The fields of the first rows with words."""
        rows = [row for row in self.source.head if not self.is_comment(row) and row is not self.header]
        return [fields for row in rows if (fields := self.fields(row)) and fields[0] != _DOCUMENT]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns: those of the header, of `# global.columns =`, or the usual ones."""
        if self.header is not None:
            return tuple(self.fields(self.header))
        for row in self.source.head[:20]:
            said = re.fullmatch(r"#\s*global\.columns\s*=\s*(.+)", row.text.strip())
            if said and len(said[1].split()) == self.size:
                return tuple(said[1].split())
        return _NAMED.get(self.size, ()) if self.numbered == (self.size == len(CONLL_U)) else ()

    @cached_property
    def numbered(self) -> bool:
        """True where the first column counts the words of a sentence."""
        return bool(self.tokens) and all(_INDEX.fullmatch(fields[0]) for fields in self.tokens) and self.size > 2

    @property
    def word(self) -> int:
        """The index of the words' column."""
        found = columns.usual(self.names, columns.WORDS)
        return int(self.numbered) if found is None else found

    def values(self, column: int) -> list[str]:
        """The values of a column in the first rows."""
        return [fields[column] for fields in self.tokens if column < len(fields)]

    def called(self, column: int) -> str:
        """The name of a column, or its number from 1."""
        return self.names[column] if self.names else f"{column + 1}"


def _layout(source: Source) -> _Layout | None:
    """The layout, where the rows are those of such a file."""
    plain = [row for row in source.head if not row.text.startswith(("# ", "#\t")) or "\t" in row.text[2:]]
    plain = [row for row in plain if not row.text.startswith(_DOCUMENT)]
    if not plain:
        return None
    tabs = 5 * sum("\t" in row.text.strip() for row in plain) >= 4 * len(plain)
    sizes = Counter(len(row.text.split("\t") if tabs else row.text.split()) for row in plain)
    if source.delimiter not in (None, "\t" if tabs else " "):
        return None
    size, often = sizes.most_common(1)[0]
    # A row of another size is rather a fault than a sign of another kind, as long as it is rare.
    if size < 2 or 5 * often < 4 * len(plain):
        return None
    layout = _Layout(source, tabs, size)
    return layout if layout.tokens and _is_one(layout) else None


def _is_one(layout: _Layout) -> bool:
    """True where each row is a word with tags, rather than a text of as many words, or a table."""
    if layout.tabs and layout.size == len(CONLL_U) and layout.numbered:
        return True
    words, last = layout.values(layout.word), layout.values(layout.size - 1)
    if any(" " in word for word in words):
        return False
    spans = all(map(_IOB.fullmatch, last)) and any(value != "O" for value in last)
    parted = _is_parted(layout.source) or any(row.text.startswith(_DOCUMENT) for row in layout.source.head)
    if not parted:
        # One sentence alone is plain only where its words are numbered, its columns are named, or it marks spans.
        plain = layout.header is not None or spans or (layout.numbered and _universal(layout) is not None)
        return layout.size > 2 and plain
    behind = range(layout.word + 1, layout.size)
    tagged = [column for column in behind if _are_tags(layout.values(column), spaced=not layout.tabs)]
    return bool(tagged) if layout.tabs else layout.size - 1 in tagged


def _is_parted(source: Source) -> bool:
    """True where blank lines stand between groups of rows, not after each one."""
    last = source.head[-1].number
    begins = source.head[0].number
    rows = [row for row in source.rows if begins <= row.number <= last]
    blank = [not row.text.strip() for row in rows]
    return any(blank) and any(not one and not other for one, other in pairwise(blank))


def _are_tags(values: Sequence[str], *, spaced: bool) -> bool:
    """True for values that look like tags: short, in capitals, or between tabs a small set that comes again."""
    if any(" " in value or len(value) > _LONGEST_TAG for value in values):
        return False
    if 10 * sum(bool(_TAG.fullmatch(value)) for value in values) >= 9 * len(values):
        return True
    few = 2 * len(set(values)) <= len(values) and not any(_NUMBER.fullmatch(value) for value in values)
    return few and not spaced


def _universal(layout: _Layout) -> int | None:
    """The index of the first column of universal tags behind the words; None where there is none."""
    for column in range(layout.word + 1, layout.size):
        values = set(layout.values(column))
        if UNIVERSAL.issuperset(values) and not values <= {"_", ".", "X"}:
            return column
    return None


def _tag_column(layout: _Layout) -> int:
    """The index of the tags' column: the one that is asked for, else universal tags, else the one there is."""
    asked = layout.source.asked.column
    names = layout.names or tuple(f"{number}" for number in range(1, layout.size + 1))
    if asked is not None:
        index = columns.asked(names, asked)
        if index is None:
            row = layout.source.filled[0].number
            raise RowError(layout.source.path, columns.missing(names, asked, "--column", holder="the file"), row)
        if index == layout.word:
            said = f"--column {asked} is the column of the words; it is to be that of their tags"
            raise RowError(layout.source.path, said)
        return index
    if layout.size == 10 and layout.names == CONLL_U:
        return CONLL_U.index("UPOS")
    universal = _universal(layout)
    if universal is not None:
        return universal
    last = layout.size - 1
    if layout.size == 2 or layout.names == CONLL_2003 or all(map(_IOB.fullmatch, layout.values(last))):
        return last
    example = " ".join(f"{number} {cited(value)}" for number, value in enumerate(layout.tokens[0], start=1))
    said = f"has {layout.size} columns ({example}); --column N says which one holds the tags"
    raise RowError(layout.source.path, said, layout.source.filled[0].number)


def _sentences(layout: _Layout) -> Iterator[list[tuple[Row, list[str]]]]:
    """The rows of each sentence with their fields; words that are written together or not at all are left out."""
    sentence: list[tuple[Row, list[str]]] = []
    header, size, numbered = layout.header, layout.size, layout.numbered
    for row in layout.source.rows:
        fields = layout.fields(row)
        if not fields or fields[0] == _DOCUMENT:
            if sentence:
                yield sentence
            sentence = []
        elif len(fields) != size:
            if not row.text.startswith("#"):
                s = "s" * (len(fields) != 1)
                said = f"has {len(fields)} column{s} where the others have {size}"
                raise RowError(layout.source.path, said, row.number)
        elif row is not header and not (numbered and _RANGE.fullmatch(fields[0])):
            sentence.append((row, fields))
    if sentence:
        yield sentence


def _shows(source: Source) -> int | None:
    layout = _layout(source)
    if layout is None:
        return None
    rows = (row for row in source.head if not layout.is_comment(row) and row is not layout.header)
    return next(row.number for row in rows)


def _read(source: Source) -> Found:
    layout = _layout(source)
    assert layout is not None  # else it wouldn't show
    tag, word, samples = _tag_column(layout), layout.word, []
    for sentence in _sentences(layout):
        words = [fields[word] for _, fields in sentence]
        tags = tuple(fields[tag] for _, fields in sentence)
        if not all(map(str.strip, (*words, *tags))) or "_" in tags:
            _check_sentence(layout, tag, sentence)
        # A text is parted again at white space of any kind, such as the hard space in “10 000”.
        text = " ".join("_".join(one.split()) for one in words)
        samples.append(Sample(sentence[0][0].number, text, tags))
    return Found(tuple(samples), _taken(layout, tag))


def _check_sentence(layout: _Layout, tag: int, sentence: list[tuple[Row, list[str]]]) -> None:
    """Raise RowError for a row without a word, or without a tag (in CoNLL-U that is “_”)."""
    for row, fields in sentence:
        word = fields[layout.word].strip()
        if not word or not fields[tag].strip() or (fields[tag] == "_" and word != "_"):
            lacking, column = ("tag", tag) if word else ("word", layout.word)
            said = f"has no {lacking} in column {layout.called(column)}; --column says another one"
            raise RowError(layout.source.path, said, row.number)


def _taken(layout: _Layout, tag: int) -> str:
    kind = "CoNLL-U" if layout.names == CONLL_U else "a word a line (CoNLL)"
    taken = f"{kind}; columns: {layout.called(layout.word)} (words), {layout.called(tag)} (tags)"
    others = [layout.called(at) for at in range(layout.size) if at not in (layout.word, tag)]
    if len(others) > int(layout.numbered):
        taken += "; --column takes another"
    if all(map(_IOB.fullmatch, layout.values(tag)[:HEAD])):
        taken += "; the tags mark spans (B-, I-, O), and are learned a word at a time"
    return taken


CONLL = Kind("CoNLL, a word and its tags a line", "tags", _shows, _read, frozenset({"column", "delimiter"}))
