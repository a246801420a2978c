"""Short made-up sentences that show the work of "not": "it is boring", "it is not boring".

"not" stands in one training sentence of fourteen, but before "bad" in only two of 11,560, so a small network learns the
word and not what it does to the next. These are added to the training part; validation and test have none of them.
Their adjectives are counted in the training part: those that often follow "is", "very" and the like, and nearly
always stand in sentences of one label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from rated_sentences import LABELS, Sentence

from rnn_tui.learning.samples import Sample

SUBJECTS = (
    "it", "this", "that", "this movie", "the movie", "the film", "the story", "the service", "the camera", "the phone",
)  # fmt: skip
PLAIN = ("{subject} {be} {word}", "{subject} {be} very {word}", "very {word}", "{word}", "{word}", "{word}")
NEGATED = ("{subject} {be} not {word}", "{subject} {be}n't {word}", "{subject} {be} not very {word}", "not {word}")
BEFORE_ADJECTIVES = ("is", "was", "are", "were", "very", "so", "too", "pretty", "quite")


def made_up_samples(training: Sequence[Sentence], n: int, seed: int) -> list[Sample]:
    """`n` made-up sentences; six in ten are negated, and half of the adjectives are positive."""
    rng = np.random.default_rng(seed)
    adjectives = strong_adjectives(training)
    samples = []
    for number in range(1, n + 1):
        label, negated = int(rng.random() < 0.5), bool(rng.random() < 0.6)
        parts = {
            "word": str(rng.choice(adjectives[label])),
            "subject": str(rng.choice(SUBJECTS)),
            "be": str(rng.choice(("is", "was"))),
        }
        pattern = str(rng.choice(NEGATED if negated else PLAIN))
        answer = LABELS[1 - label if negated else label]
        samples.append(Sample(number, pattern.format(**parts), (answer,)))
    return samples


def strong_adjectives(training: Sequence[Sentence], n: int = 16) -> tuple[list[str], list[str]]:
    """The `n` most frequent words of (negative, positive) sentences that stand where adjectives stand."""
    total, positive, as_adjective = Counter[str](), Counter[str](), Counter[str]()
    for sentence in training:
        total.update(set(sentence.words))
        positive.update(set(sentence.words) if sentence.label else ())
        pairs = pairwise(sentence.words)
        as_adjective.update(second for first, second in pairs if first in BEFORE_ADJECTIVES)
    adjectives = [w for w in total if w.isalpha() and total[w] >= 6 and as_adjective[w] >= max(3, 0.08 * total[w])]
    odds = {word: np.log((positive[word] + 0.5) / (total[word] - positive[word] + 0.5)) for word in adjectives}
    frequent = sorted(adjectives, key=lambda word: (-total[word], word))
    return [w for w in frequent if odds[w] < -1][:n], [w for w in frequent if odds[w] > 1][:n]
