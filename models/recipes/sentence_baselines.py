"""Rules that a recurrent network has to beat on the same split: the more frequent label, VADER's, word counting."""

from __future__ import annotations

import importlib
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from packages import cache_folder, fetch
from rated_sentences import VADER, Sentence

from rnn_tui.learning.baselines import accuracies
from rnn_tui.network.training.optimizer import Adam


def baselines(parts: Mapping[str, Sequence[Sentence]]) -> dict[str, float]:
    """Test accuracy of each baseline, by its name."""
    return {
        **accuracies("labels", *([sentence.sample for sentence in parts[name]] for name in ("training", "test"))),
        "VADER's rules": vader(parts["test"]),
        "logistic regression on words and pairs": logistic_regression(parts),
    }


def vader(test: Sequence[Sentence]) -> float:
    """The sign of the compound score of the package's own rules and word list; 0, no word known, counts as negative.

    (Of the training sentences with 0, most are negative.)
    """
    folder = cache_folder() / "vaderSentiment-3.3.2"
    if not folder.exists():
        with tarfile.open(fetch(*VADER)) as archive:
            archive.extractall(cache_folder(), filter="data")
    sys.path.insert(0, str(folder))
    analyzer = importlib.import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    sys.path.remove(str(folder))
    scores = [analyzer.polarity_scores(sentence.text)["compound"] for sentence in test]
    return float(np.mean([(score > 0) == bool(s.label) for score, s in zip(scores, test, strict=True)]))


def logistic_regression(parts: Mapping[str, Sequence[Sentence]]) -> float:
    """Words and pairs of neighbours as 0 or 1; the strength of the L2 penalty is chosen on the validation part."""
    features = _feature_rows(parts["training"])
    encoded = {name: _Sparse.of(sentences, features) for name, sentences in parts.items()}
    found = []
    for penalty in (0.03, 0.1, 0.3, 1.0, 3.0):
        weights = _fit(encoded["training"], len(features), penalty)
        found.append((encoded["validation"].accuracy(weights), encoded["test"].accuracy(weights)))
    return max(found)[1]


def _features(words: Sequence[str]) -> set[str]:
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


def _feature_rows(sentences: Iterable[Sentence]) -> dict[str, int]:
    counts = Counter(feature for sentence in sentences for feature in _features(sentence.words))
    return {feature: row for row, feature in enumerate(sorted(f for f, n in counts.items() if n >= 2))}


class _Sparse:
    """The features of each sentence, as two parallel lists, and the labels."""

    def __init__(self, sentence: NDArray[np.int64], feature: NDArray[np.int64], labels: NDArray[np.float64]) -> None:
        self.sentence, self.feature, self.labels = sentence, feature, labels

    @classmethod
    def of(cls, sentences: Sequence[Sentence], rows: Mapping[str, int]) -> _Sparse:
        pairs = [
            (number, rows[feature])
            for number, sentence in enumerate(sentences)
            for feature in sorted(_features(sentence.words))
            if feature in rows
        ]
        sentence, feature = np.array(pairs).T
        return cls(sentence, feature, np.array([float(s.label) for s in sentences]))

    def probabilities(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = np.bincount(self.sentence, weights[self.feature], len(self.labels)) + weights[-1]
        return 1 / (1 + np.exp(-scores))

    def accuracy(self, weights: NDArray[np.float64]) -> float:
        return float(np.mean((self.probabilities(weights) >= 0.5) == (self.labels == 1)))


def _fit(training: _Sparse, n_features: int, penalty: float, steps: int = 400) -> NDArray[np.float64]:
    """Minimise Σ cross-entropy + penalty/2 · |weights|² over all sentences at once; the bias is the last weight."""
    weights = np.zeros(n_features + 1)
    adam = Adam(len(weights), weights.dtype)
    for step in range(steps):
        error = training.probabilities(weights) - training.labels
        gradient = np.bincount(training.feature, error[training.sentence], len(weights))
        gradient += penalty * weights
        gradient[-1] = error.sum()
        adam.step(weights, gradient, learning_rate=0.05 * (1 - step / steps))
    return weights
