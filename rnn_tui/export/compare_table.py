"""Two traces side by side in plain lines, a line a column: for pipes and screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.comparison import Comparison
from rnn_tui.pair import SIDES
from rnn_tui.pictures.rows import fit
from rnn_tui.story import answer, plain
from rnn_tui.story.comparing import beyond_of, parting, standing
from rnn_tui.text import printable

WORD_WIDTH, ANSWER_WIDTH = 16, 20
GAP = "-"


def lines(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    """The lines: what A and B are, the words with the answers after them, where the two part, the final answers."""
    for side, name in zip(SIDES, names, strict=True):
        yield f"{side}: {name}"
    yield ""
    yield _row("", *(text for side in SIDES for text in (f"{side} reads", f"{side} says")))
    for column in range(len(comparison)):
        cells = [text for side in (0, 1) for text in _cells(comparison, side, column)]
        mark = "*" if column == comparison.parts_at else " "
        yield _row(f"{column + 1}{mark}", *cells)
    yield ""
    yield plain(parting(comparison))
    yield plain(standing(comparison, comparison.order.last))
    yield from map(plain, beyond_of(comparison, comparison.order.last))


def _cells(comparison: Comparison, side: int, column: int) -> tuple[str, str]:
    """The word of a side in a column and the answer after it; one that answers nothing new has none."""
    t, trace = comparison.columns[column][side], comparison.traces[side]
    if t is None:
        return GAP, ""
    return printable(trace.tokens[t].surface), "" if t < trace.answered_from else plain(answer(trace, t))


def _row(number: str, word_a: str, answer_a: str, word_b: str, answer_b: str) -> str:
    widths = (WORD_WIDTH, ANSWER_WIDTH, WORD_WIDTH, ANSWER_WIDTH)
    cells = (fit(text, width) for text, width in zip((word_a, answer_a, word_b, answer_b), widths, strict=True))
    return f"{number:>4} {' '.join(cells)}".rstrip()
