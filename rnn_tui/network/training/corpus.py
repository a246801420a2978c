"""Sequences and their targets, and the padded batches into which a training cuts them."""

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

MOST_PADDED = 2**17
"""The most tokens in a batch of several sequences, padding and all: a long one is not read beside short ones."""
NO_TARGET = -1
"""A label that takes no loss and counts in no figure; among numbers it is NaN."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Sequences and the answers that are right.

    `inputs[k]` is (length,) rows of the vocabulary, or (length, input_size) numbers. `targets[k]` is (length,), the
    label at every token; a text with one label for all of it has NO_TARGET everywhere but at its last token. Where the
    answers are numbers it is (length, K), standardised as the output nodes give them, and NaN in place of NO_TARGET.
    """

    inputs: tuple[Integers | Array, ...]
    targets: tuple[Integers | Array, ...]

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


def numbered(inputs: Iterable[Integers | Array], numbers: Iterable[Array | Sequence[float]]) -> Corpus:
    """A corpus of sequences with K standardised numbers each, asked for after the last token."""
    inputs, targets = tuple(inputs), []
    for tokens, answer in zip(inputs, numbers, strict=True):
        target = np.full((len(tokens), len(answer)), np.nan, np.float32)
        target[-1] = answer
        targets.append(target)
    return Corpus(inputs, tuple(targets))


def asked_of(targets: Integers | Array) -> NDArray[np.bool_]:
    """Tell at which timesteps there is a target: from labels (…) or numbers (…, K) to (…)."""
    numbers = targets.dtype.kind == "f"
    asked: NDArray[np.bool_] = ~np.isnan(targets[..., 0]) if numbers else targets != NO_TARGET
    return asked


def input_of(tokens: Sequence[Token], unreadable: int | None = None) -> Integers | Array:
    """The input of a network for these tokens: rows of the vocabulary (T,), or numbers (T, features).

    A token that has neither, which is an unknown word of a vocabulary without a word for it, becomes `unreadable`;
    raises ValueError where that is None.
    """
    if all(token.values for token in tokens):
        with np.errstate(over="ignore"):
            return np.array([token.values for token in tokens], np.float64).astype(np.float32)
    if unreadable is None and any(token.index is None for token in tokens):
        raise ValueError("an unknown word, and the vocabulary has no word for unknown ones")
    return np.array([unreadable if token.index is None else token.index for token in tokens])


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
        for picked in parted(corpus, by_length[start : start + size]):
            yield pad(corpus, picked, every_word)


def parted(corpus: Corpus, picked: Integers) -> Iterator[Integers]:
    """The picked sequences, the shortest first, in parts that have no more than MOST_PADDED tokens where padded."""
    if len(picked) > 1 and len(picked) * len(corpus.inputs[picked[-1]]) > MOST_PADDED:
        half = len(picked) // 2
        yield from parted(corpus, picked[:half])
        yield from parted(corpus, picked[half:])
    else:
        yield picked


def pad(corpus: Corpus, picked: Integers, every_word: float = 0.0) -> Batch:
    """Put the picked sequences into the columns of one batch, padded at their ends.

    The weights of all losses add to 1.
    """
    lengths = np.array([len(corpus.inputs[k]) for k in picked])
    shape = (int(lengths.max()), len(picked))
    first, answer = corpus.inputs[picked[0]], corpus.targets[picked[0]]
    numbers = answer.dtype.kind == "f"
    inputs = np.zeros((*shape, *first.shape[1:]), first.dtype)
    targets = np.full((*shape, *answer.shape[1:]), np.nan if numbers else NO_TARGET, answer.dtype if numbers else None)
    spread: Array = np.zeros(shape, np.float32)
    for column, (k, length) in enumerate(zip(picked, lengths, strict=True)):
        inputs[:length, column] = corpus.inputs[k]
        targets[:length, column] = corpus.targets[k]
        spread[:length, column] = 1 / length
    weights: Array = asked_of(targets).astype(np.float32)
    weights /= max(weights.sum(), 1)
    if every_word:
        targets[:] = np.fmax.reduce(targets, axis=0)  # the one that is there: more than NO_TARGET, and no NaN
        weights = (1 - every_word) * weights + every_word * spread / len(picked)
    return Batch(inputs, np.nan_to_num(targets) if numbers else np.maximum(targets, 0), weights, lengths)
