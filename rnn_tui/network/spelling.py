"""Words that are spelled most like another one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from heapq import heappush, heapreplace

import numpy as np
from numpy.typing import NDArray

CUTOFF = 0.5
"""The least ratio of similarity (difflib's) of two words that are called alike."""
_BUCKETS = 64


class Spelling:
    """Words, in which the nearest to another one are found as difflib.get_close_matches finds them, but sooner.

    The letters that two words have in common, in whatever order, can't be fewer than those that they have in the same
    order; so their number bounds the ratio from above, and NumPy counts it for all words at once. The ratio itself is
    asked for, the most promising first, until no bound is left that could change the answer.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._counts = np.zeros((len(words), _BUCKETS), np.uint16)
        for row, word in enumerate(words):
            self._counts[row] = _letters(word)
        self._lengths = np.array([len(word) for word in words], np.int64)

    def nearest(self, text: str, n: int) -> list[str]:
        """Up to `n` words with a ratio of at least 0.5, the nearest first."""
        common = np.minimum(self._counts, _letters(text)).sum(axis=1, dtype=np.int64)
        together = self._lengths + len(text)
        bounds = np.where(together > 0, 2 * common / np.maximum(together, 1), 1.0)
        candidates = np.flatnonzero(bounds >= CUTOFF)
        matcher = SequenceMatcher()
        matcher.set_seq2(text)
        best: list[tuple[float, str]] = []
        for row in candidates[np.argsort(-bounds[candidates], kind="stable")].tolist():
            if len(best) == n and bounds[row] < best[0][0]:
                break
            matcher.set_seq1(self.words[row])
            found = (matcher.ratio(), self.words[row])
            if found[0] < CUTOFF:
                continue
            if len(best) < n:
                heappush(best, found)
            elif found > best[0]:
                heapreplace(best, found)
        return [word for _, word in sorted(best, reverse=True)]


def _letters(word: str) -> NDArray[np.uint16]:
    """The number of letters in each of 64 buckets (a bucket for several letters keeps the bound one)."""
    codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), np.uint32) % _BUCKETS
    return np.minimum(np.bincount(codes, minlength=_BUCKETS), 65_535).astype(np.uint16)
