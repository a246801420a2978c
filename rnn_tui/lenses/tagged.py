"""The tagged sentences: what is known about each word, so that one can ask what a unit has learned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

OPEN_CLASSES = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "INTJ")
CLOSED_CLASSES = ("PRON", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "NUM")
CLASSES = (*OPEN_CLASSES, *CLOSED_CLASSES, "PUNCT")
"""The word classes that occur, by their tags in Universal Dependencies."""

POLARITIES = {"negative": -1, "neutral": 0, "positive": 1}


@dataclass(frozen=True)
class Tagged:
    """One sentence: its words, the class of each, and −1, 0 or 1 for how it is meant."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    polarity: int


def parse(text: str) -> tuple[Tagged, ...]:
    """The sentences of a file's text; its first lines say the format. Raises ValueError with the line that is wrong."""
    parsed = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        words, tags = (tuple(field.split()) for field in (fields[1:3] if len(fields) == 3 else ("", "")))
        if fields[0] not in POLARITIES or not words or len(words) != len(tags):
            raise ValueError(f"line {number}: expected polarity, words and as many tags, with tabs between them")
        parsed.append(Tagged(words, tags, POLARITIES[fields[0]]))
    return tuple(parsed)


@lru_cache(maxsize=1)
def sentences() -> tuple[Tagged, ...]:
    """The sentences that come with the program."""
    return parse((files("rnn_tui.lenses") / "sentences.tsv").read_text(encoding="utf-8"))
