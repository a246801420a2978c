"""Words that several lenses share."""

from __future__ import annotations

import math

from rnn_tui.comparison import Comparison
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import Trace
from rnn_tui.story.spans import Line, line, word
from rnn_tui.text import percent, quantity

HALF = "50%"


def digits_of(output: Number, label: int = 0) -> int:
    """The digits after the point with which a number is shown: a hundredth of its standard deviation is to be seen."""
    std = output.std[label]
    return max(0, min(6, 2 - math.floor(math.log10(std)))) if std > 0 and math.isfinite(std) else 2


def said(trace: Trace, p: float) -> str:
    """A probability in per cent; where the answer is numbers, a number in its unit."""
    return quantity(p) if trace.model.output.is_number else percent(p)


def beside_half(trace: Trace, p: float) -> str:
    """As `said`; of two labels with its side of one half where it can't be read off: "just under 50%"."""
    if trace.model.output.is_number:
        return said(trace, p)
    share = percent(p)
    if share != HALF or p == 0.5 or len(trace.model.labels) != 2:
        return share
    return f"just {'under' if p < 0.5 else 'over'} {share}"


def first_word(comparison: Comparison) -> Line:
    """The first word where both sides begin with the same one, else "the first word"."""
    if comparison.same_word(0):
        return line(word(comparison.a.tokens[0].surface))
    return line(f"the first {comparison.a.model.tokenizer.unit}")
