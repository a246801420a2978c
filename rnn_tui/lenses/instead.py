"""The shipped models, by name, in which a lens that needs something has all to say."""

from __future__ import annotations

LOOKS_BACK = "sentiment-attention"
KNOWS_TAGGED_WORDS = "sentiment"
