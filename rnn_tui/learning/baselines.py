"""What a network must beat: rules that anybody could follow, measured on the same held-out samples."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from rnn_tui.learning.samples import Sample, majority
from rnn_tui.learning.series import LABELS


def accuracies(task: str, training: Sequence[Sample], validation: Sequence[Sample]) -> dict[str, float]:
    """The share of right answers of each rule, by the rule's name."""
    most_frequent = majority([answer for sample in training for answer in sample.answers])
    found = {"majority": _share([answer == most_frequent for sample in validation for answer in sample.answers])}
    if task == "tags":
        found["most frequent tag of each word"] = _tag_of_each_word(training, validation, most_frequent)
    if task == "series":
        asked = [sample for sample in validation if len(sample.text.split()) > 1]
        if asked:
            found["the same as last time"] = _share([_last_change(sample) == sample.answers[0] for sample in asked])
    return found


def frequency_bits(training: Sequence[Sequence[int]], validation: Sequence[Sequence[int]], labels: int) -> float:
    """Bits a token of a rule that knows how often each token comes, and nothing of its place.

    (Count + 1) / (total + labels), Laplace's rule, so that a token that never came has a probability as well.
    """
    counts = Counter(target for targets in training for target in targets)
    total = sum(counts.values()) + labels
    bits = [-math.log2((counts[target] + 1) / total) for targets in validation for target in targets]
    return sum(bits) / len(bits)


def _tag_of_each_word(training: Sequence[Sample], validation: Sequence[Sample], otherwise: str) -> float:
    tags: dict[str, list[str]] = defaultdict(list)
    for sample in training:
        for word, tag in zip(sample.text.lower().split(), sample.answers, strict=True):
            tags[word].append(tag)
    usual = {word: majority(seen) for word, seen in tags.items()}
    return _share(
        [
            usual.get(word, otherwise) == tag
            for sample in validation
            for word, tag in zip(sample.text.lower().split(), sample.answers, strict=True)
        ]
    )


def _last_change(sample: Sample) -> str:
    before, last = (float(number) for number in sample.text.split()[-2:])
    return LABELS[last > before]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)
