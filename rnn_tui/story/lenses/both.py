"""Words for what both sides of a comparison have."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.story.spans import Line, line, word


def first_word(comparison: Comparison) -> Line:
    """The first word where both sides begin with the same one, else "the first word"."""
    if comparison.same_word(0):
        return line(word(comparison.a.tokens[0].surface))
    return line(f"the first {comparison.a.model.tokenizer.unit}")
