"""The little grammar that drawn sentences need: which pieces stand alone, and which words may change places.

The word classes are those of the tagged sentences (rnn_tui/lenses/sentences.tsv).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rnn_tui.lenses.tagged import OPEN_CLASSES, sentences

BEGINNING = frozenset(("DET", "PRON", "PROPN", "ADP"))
"""The classes with which a piece may begin inside a sentence."""
CLAUSE = frozenset(("PUNCT", "CCONJ", "SCONJ"))
"""The classes after which a clause begins."""
AFTER = frozenset(("PUNCT", "CCONJ", "ADP", "SCONJ"))
"""The classes before which a sentence may be broken off: what follows is no part of the phrase."""
EXCHANGED = ("NOUN", "ADJ", "VERB")
"""The classes whose words may take each other's place."""
ENDINGS = ("ing", "ed", "s")


def pieces_that_stand_alone(words: Sequence[str], tags: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """The runs of `length` words of a sentence that a reader takes for a phrase: "in the rain", not "rain in the"."""
    for start in range(len(words) - length + 1):
        end = start + length
        inside = tags[start:end]
        # What begins in the middle is a phrase without a verb, or all that follows "and" or a comma.
        begins = start == 0 or (
            inside[0] in BEGINNING and (tags[start - 1] in CLAUSE or not {"VERB", "AUX"} & set(inside))
        )
        ends = tags[end - 1] in OPEN_CLASSES and (end == len(words) or tags[end] in AFTER)
        if begins and ends and "PUNCT" not in inside:
            yield tuple(words[start:end])


def tags_of(words: Sequence[str]) -> tuple[str, ...]:
    """The class that each word has most often, "" where it is known of none."""
    return tuple(_known().get(word.lower(), "") for word in words)


def class_of(word: str, *, loosely: bool = False) -> object:
    """The words that may take the place of a word, as a key: its class, its ending, and "a" or "an" before it.

    None where nothing may. Loosely, any noun, verb or adjective may take the place of any other.
    """
    tag = _known().get(word.lower(), "")
    if loosely:
        return "open" if tag in ("", *OPEN_CLASSES) else None
    ending = next((end for end in ENDINGS if word.lower().endswith(end)), "")
    if not tag and ending == "ing":
        tag = "VERB"
    if tag not in EXCHANGED or (tag == "VERB" and ending not in ("ing", "ed")):
        return None  # verbs without an ending may be of the present or of the past
    return tag, ending, word[:1].lower() in "aeiou"


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """The class that each word of the tagged sentences has most often, by the word in small letters."""
    counts: dict[str, Counter[str]] = {}
    for one in sentences():
        for word, tag in zip(one.words, one.tags, strict=True):
            counts.setdefault(word.lower(), Counter())[tag] += 1
    return {word: count.most_common(1)[0][0] for word, count in counts.items()}
