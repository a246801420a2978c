"""The words that are kept out of sight, since what a lens lists may stand on the wall of a classroom."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _listed() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of the list, and the beginnings of words, which stand there with a star."""
    text = (files("rnn_tui.lenses") / "out_of_sight.txt").read_text(encoding="utf-8")
    entries = [entry for line in text.splitlines() if not line.startswith("#") for entry in line.split()]
    whole = frozenset(entry for entry in entries if not entry.endswith("*"))
    return whole, tuple(entry.removesuffix("*") for entry in entries if entry.endswith("*"))


def out_of_sight(word: str) -> bool:
    """Tell whether a word of a vocabulary is one that is not shown in a list, in capitals or not."""
    whole, beginnings = _listed()
    lower = word.lower()
    return lower in whole or lower.startswith(beginnings)
