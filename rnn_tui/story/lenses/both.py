"""Words that several lenses share."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.network.trace import Trace
from rnn_tui.story.spans import Line, line, word
from rnn_tui.text import percent

HALF = "50%"


def beside_half(trace: Trace, p: float) -> str:
    """A probability; of two labels with its side of one half where it can't be read off: "just under 50%"."""
    share = percent(p)
    if share != HALF or p == 0.5 or len(trace.model.labels) != 2:
        return share
    return f"just {'under' if p < 0.5 else 'over'} {share}"


def first_word(comparison: Comparison) -> Line:
    """The first word where both sides begin with the same one, else "the first word"."""
    if comparison.same_word(0):
        return line(word(comparison.a.tokens[0].surface))
    return line(f"the first {comparison.a.model.tokenizer.unit}")
