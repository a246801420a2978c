"""The levels of questions, from easy to hard."""

from __future__ import annotations

LEVELS = {
    1: "what happens next",
    2: "which way",
    3: "which answer",
    4: "one step by hand",
    5: "a whole sum, or what would be",
}
"""What is asked on each level, by its number."""
EASIEST, HARDEST = min(LEVELS), max(LEVELS)
