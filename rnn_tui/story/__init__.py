"""From (trace, scene) to the sentences that explain it, with its real numbers, in words and in notation."""

from __future__ import annotations

from rnn_tui.story.answers import answer
from rnn_tui.story.reading import outline, unknown_line
from rnn_tui.story.spans import Line, Span, plain
from rnn_tui.story.telling import tell

__all__ = ["Line", "Span", "answer", "outline", "plain", "tell", "unknown_line"]
