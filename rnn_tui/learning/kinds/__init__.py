"""The kinds of file that can be learned from, or that are known and refused: one record each, in a file of its own."""

from __future__ import annotations

from rnn_tui.learning.kinds.conll import CONLL
from rnn_tui.learning.kinds.fasttext import FASTTEXT
from rnn_tui.learning.kinds.headerless import HEADERLESS
from rnn_tui.learning.kinds.json_lines import JSON_LINES, JSON_TAGS, JSON_TEXTS
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.kinds.labelled import LABELLED, TEXT_COLUMN
from rnn_tui.learning.kinds.others import OTHERS, TABLE
from rnn_tui.learning.kinds.pictures import PICTURES
from rnn_tui.learning.kinds.prose import PROSE
from rnn_tui.learning.kinds.series import DECIMAL_COMMAS, SERIES
from rnn_tui.learning.kinds.slashed import SLASHED
from rnn_tui.learning.kinds.tagged import PAIRS, TAGGED
from rnn_tui.learning.kinds.token_table import TOKEN_TABLE

KINDS: tuple[Kind, ...] = (
    FASTTEXT,
    JSON_TEXTS,
    JSON_TAGS,
    JSON_LINES,
    *OTHERS,
    PICTURES,
    TEXT_COLUMN,
    LABELLED,
    TOKEN_TABLE,
    CONLL,
    DECIMAL_COMMAS,
    SERIES,
    TAGGED,
    SLASHED,
    HEADERLESS,
    PAIRS,
    TABLE,
    PROSE,
)
"""All kinds, in the order in which they are tried: the first one that a file shows is the one it is read as.

What is surest goes first, a table without known columns and prose last.
"""
USUAL = {"labels": LABELLED, "tags": TAGGED, "series": SERIES, "next": PROSE}
"""The kind that a file is read as where a task is asked for and it shows no kind of that task."""
