"""The corpus that a network is trained on: sequences, their targets, and the padded batches they are cut into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Batch
from rnn_tui.network.tokens import Token, Vocabulary

Integers = NDArray[np.integer]

NO_TARGET = -1
"""A target that takes no loss and counts in no figure."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Sequences and what each should be answered with.

    `inputs[k]` is (length,) rows of the vocabulary, or (length, input_size) numbers. `targets[k]` is (length,), the
    label at every token; a text with one label for all of it has NO_TARGET everywhere but at its last token.
    """

    inputs: tuple[Integers | Array, ...]
    targets: tuple[Integers, ...]

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def lengths(self) -> Integers:
        """The number of tokens of each sequence, (n,)."""
        return np.array([len(tokens) for tokens in self.inputs])


def labelled(inputs: Iterable[Integers | Array], labels: Iterable[int]) -> Corpus:
    """A corpus of sequences with one label each, asked for after the last token."""
    inputs, targets = tuple(inputs), []
    for tokens, label in zip(inputs, labels, strict=True):
        target = np.full(len(tokens), NO_TARGET)
        target[-1] = label
        targets.append(target)
    return Corpus(inputs, tuple(targets))


def input_of(tokens: Sequence[Token]) -> Integers | Array:
    """Return the input of a network for these tokens: rows of the vocabulary, or numbers (T, 1) of a number model.

    Raises ValueError for a token that has neither, which is an unknown word of a vocabulary without a word for it.
    """
    if all(token.value is not None for token in tokens):
        return np.array([[token.value] for token in tokens], np.float32)
    if any(token.index is None for token in tokens):
        raise ValueError("an unknown word, and the vocabulary has no word for unknown ones")
    return np.array([token.index for token in tokens])


def vocabulary_of(texts: Iterable[Sequence[str]], least: int = 1, unknown: str | None = None) -> Vocabulary:
    """The words that come at least `least` times, the most frequent first, and `unknown` in front of them."""
    counts = Counter(word for words in texts for word in words)
    frequent = sorted((word for word, n in counts.items() if n >= least), key=lambda word: (-counts[word], word))
    if unknown is None:
        return Vocabulary(tuple(frequent))
    return Vocabulary((unknown, *(word for word in frequent if word != unknown)), unknown)


def batches(
    corpus: Corpus, size: int, rng: np.random.Generator | None = None, every_word: float = 0.0
) -> Iterator[Batch]:
    """Cut a corpus into padded batches of sequences of about one length.

    With `rng`, the batches come in random order and equally long sequences are mixed; without, the shortest come
    first. `every_word` is the share of the loss that is spread over all words of a text with one label for all of it.
    """
    shuffled = np.arange(len(corpus)) if rng is None else rng.permutation(len(corpus))
    by_length = shuffled[np.argsort(corpus.lengths[shuffled], kind="stable")]
    starts = np.arange(0, len(corpus), size)
    for start in starts if rng is None else rng.permutation(starts):
        yield pad(corpus, by_length[start : start + size], every_word)


def pad(corpus: Corpus, picked: Integers, every_word: float = 0.0) -> Batch:
    """Put the picked sequences side by side, padded at their ends; the weights of all losses add to 1."""
    longest = max(len(corpus.inputs[k]) for k in picked)
    first = corpus.inputs[picked[0]]
    inputs = np.zeros((longest, len(picked), *first.shape[1:]), first.dtype)
    targets = np.full((longest, len(picked)), NO_TARGET)
    spread = np.zeros((longest, len(picked)), np.float32)
    for column, k in enumerate(picked):
        length = len(corpus.inputs[k])
        inputs[:length, column] = corpus.inputs[k]
        targets[:length, column] = corpus.targets[k]
        spread[:length, column] = 1 / length
    weights = (targets != NO_TARGET).astype(np.float32)
    weights /= max(weights.sum(), 1)
    if every_word:
        targets[:] = targets.max(axis=0)
        weights = (1 - every_word) * weights + every_word * spread / len(picked)
    return Batch(inputs, np.maximum(targets, 0), weights)
