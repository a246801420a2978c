"""Rules that anybody could follow, measured on the same held-out samples: a network must beat them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rnn_tui.learning.samples import Sample, majority
from rnn_tui.learning.series import LABELS
from rnn_tui.network.tokens import Tokenizer, Vocabulary, WordTokenizer


def accuracies(
    task: str, training: Sequence[Sample], held_out: Sequence[Sample], tokenizer: Tokenizer | None = None
) -> dict[str, float]:
    """The share of right answers of each rule on the held-out samples, by the rule's name.

    Words of tagged sentences are the same where `tokenizer` looks up the same; by default in lower case.
    """
    most_frequent = majority([answer for sample in training for answer in sample.answers])
    found = {"majority": _share([answer == most_frequent for sample in held_out for answer in sample.answers])}
    if task == "tags":
        read = tokenizer or WordTokenizer()
        found["most frequent tag of each word"] = _tag_of_each_word(training, held_out, most_frequent, read)
    if task == "series":
        asked = [sample for sample in held_out if len(_last(sample)) > 1]
        if asked:
            found["the same as last time"] = _share([_last_change(sample) == sample.answers[0] for sample in asked])
    return found


def count_bits(
    training: Sequence[Sequence[int]],
    held_out: Sequence[Sequence[int]],
    labels: int,
    *,
    length: int = 1,
    added: float = 1.0,
) -> float:
    """Bits a token of a rule that has counted runs of `length` tokens, and knows nothing else of the order.

    (Count + added) / (total + added · labels), so that a token that never came has a probability as well; added 1 is
    Laplace's rule. With length 1 it is the frequency of each token alone.
    """
    runs: Counter[tuple[int | None, ...]] = Counter()
    contexts: Counter[tuple[int | None, ...]] = Counter()
    for targets in training:
        for run in _runs(targets, length):
            runs[run] += 1
            contexts[run[:-1]] += 1
    bits = [
        -math.log2((runs[run] + added) / (contexts[run[:-1]] + added * labels))
        for targets in held_out
        for run in _runs(targets, length)
    ]
    return sum(bits) / len(bits)


def _runs(targets: Sequence[int], length: int) -> Iterator[tuple[int | None, ...]]:
    """Every token with the `length` − 1 before it; None stands before the first."""
    padded = [None] * (length - 1) + list(targets)
    return (tuple(padded[start : start + length]) for start in range(len(targets)))


def _tag_of_each_word(
    training: Sequence[Sample], held_out: Sequence[Sample], otherwise: str, tokenizer: Tokenizer
) -> float:
    tags: dict[str, list[str]] = defaultdict(list)
    for sample in training:
        for word, tag in _tagged_words(sample, tokenizer):
            tags[word].append(tag)
    usual = {word: Counter(seen).most_common(1)[0][0] for word, seen in tags.items()}  # of equals the first seen
    answers = (pair for sample in held_out for pair in _tagged_words(sample, tokenizer))
    return _share([usual.get(word, otherwise) == tag for word, tag in answers])


def _tagged_words(sample: Sample, tokenizer: Tokenizer) -> Iterator[tuple[str, str]]:
    """The words of a sample, as they are looked up, each with its tag."""
    none = Vocabulary(())
    words = (tokenizer.token(word, none).text for word in sample.text.split())
    return zip(words, sample.answers, strict=True)


def guesses(samples: Sequence[Sample], mean: float) -> dict[str, list[float]]:
    """The numbers that anybody could say in place of a network, for each of the samples, by the rule's name.

    `mean` is the one of known answers. The last value is there where the samples are windows of a series.
    """
    found = {"mean": [mean] * len(samples)}
    if samples and all(sample.before for sample in samples):
        found["last value"] = [sample.before[-1] for sample in samples]
    return found


def absolute_errors(training: Sequence[Sample], held_out: Sequence[Sample]) -> dict[str, float]:
    """The mean absolute error of each rule on the held-out samples, by the rule's name."""
    known = [float(sample.answers[-1]) for sample in training]
    answers = [float(sample.answers[-1]) for sample in held_out]
    rules = guesses(held_out, sum(known) / len(known))
    return {
        name: sum(abs(said - answer) for said, answer in zip(numbers, answers, strict=True)) / len(answers)
        for name, numbers in rules.items()
    }


def _last_change(sample: Sample) -> str:
    before, last = _last(sample)
    return LABELS[last > before]


def _last(sample: Sample) -> tuple[float, ...]:
    """The last two numbers of what is asked for, before the answer."""
    return sample.before or tuple(float(number) for number in sample.text.split()[-2:])


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)
